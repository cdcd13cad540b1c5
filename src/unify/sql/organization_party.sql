-- One row a record that is a firm's, or may be.
select record_id from standard_record where kind = 'organization' or kind_certainty < $sure
