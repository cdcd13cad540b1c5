-- One row an asked record that is there: the fingerprint of what it holds.
select record_id, fingerprint from record_fingerprint semi join asked_record using (record_id) order by record_id
