-- One row a relation between two customers, with the evidence for it: people and the firm that they name as employer.
with firm as (
    select organization_key, min(customer_id) as customer_id
    from standard_record join crosswalk using (record_id)
    where kind = 'organization' and organization_key is not null
    group by organization_key having count(distinct customer_id) = 1
)
select crosswalk.customer_id, 'works_at' as relation, firm.customer_id as other_customer_id,
       max(standard_record.job_title) as detail, 'names ' || max(standard_record.organization) || ' as employer' as evidence
from standard_record
join crosswalk using (record_id)
join firm using (organization_key)
where standard_record.kind = 'person' and crosswalk.customer_id <> firm.customer_id
group by crosswalk.customer_id, firm.customer_id
order by crosswalk.customer_id, firm.customer_id
