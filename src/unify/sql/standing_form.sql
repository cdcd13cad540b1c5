-- One row an asked fingerprint: the records that hold what it stands for.
select fingerprint, list(record_id order by record_id) as records
from record_fingerprint semi join asked_form using (fingerprint) group by fingerprint order by fingerprint
