-- One row: of how many customers each field is filled.
select
    count(columns(* exclude (customer_id, emails, phones, sources, records, confidence, first_seen, updated))),
    count(*) filter (where len(emails) > 0) as emails,
    count(*) filter (where len(phones) > 0) as phones
from golden_customers
