-- One row a distinct written e-mail value.
select distinct written from written_value where field = 'emails'
