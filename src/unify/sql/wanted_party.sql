-- One row a distinct written party.
select distinct written from written_party
