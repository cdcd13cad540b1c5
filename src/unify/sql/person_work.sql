-- One row a person's record: what tells where the person works, as a list: the employer's name, the firm's phone, the firm's domain.
with firm as (
    select record_id, organization_key from standard_record where kind = 'organization' and organization_key is not null
),
firm_phone as (
    select value, mode(organization_key order by organization_key) as employer from record_phone join firm using (record_id) group by value
),
firm_domain as (
    select split_part(same_as, '@', 2) as domain, mode(organization_key order by organization_key) as employer
    from record_email join firm using (record_id) where not free_provider and not pec group by domain
),
own_domain as (
    -- A domain of many mailboxes that no firm is known to have is a provider's.
    select record_id, domain, employer
    from (select record_id, split_part(same_as, '@', 2) as domain, count(distinct same_as) over (partition by split_part(same_as, '@', 2)) as mailboxes
          from record_email where not free_provider and not pec)
    join person_name using (record_id)
    left join firm_domain using (domain)
    where employer is not null or mailboxes < $busy_from
),
told as (
    select record_id, organization_key as workplace from standard_record where kind = 'person' and organization_key is not null
    union
    select record_id, unnest([value, employer]) from record_phone join person_name using (record_id) join firm_phone using (value)
    union
    select record_id, value from record_phone join person_name using (record_id) join shared_value using (value) where field = 'phones'
    union
    select record_id, unnest([domain, employer]) from own_domain
)
select record_id, list_sort(list(distinct workplace)) as workplaces from told where workplace is not null group by record_id
