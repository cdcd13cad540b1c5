-- One row a relation between two customers, with the evidence for it: of people and the firm that they work at, of people of one
-- household, and of those who share a contact. Between two people the smaller id comes first, once.
-- What a firm has links to the firm, not its people to each other; of more than `few` who share a value, each is linked to the first.
with party as (
    select crosswalk.customer_id, golden_customer.kind, record_id, family_key, organization_key, standard_record.organization, standard_record.job_title
    from standard_record join crosswalk using (record_id) join golden_customer on golden_customer.customer_id = crosswalk.customer_id
),
firm_name as (
    select organization_key, min(customer_id) as firm
    from party where kind = 'organization' and organization_key is not null
    group by organization_key having count(distinct customer_id) = 1
),
domain as (
    select customer_id, kind, split_part(same_as, '@', 2) as domain, record_email.value
    from record_email join party using (record_id) where not free_provider and not pec
),
firm_domain as (
    select domain, min(customer_id) as firm from domain where kind = 'organization' group by domain having count(distinct customer_id) = 1
),
employed as (
    select customer_id, firm, max(job_title) as detail, 'names ' || max(organization) || ' as employer' as evidence, 1 as turn
    from party join firm_name using (organization_key) where kind = 'person' group by all
    union all
    select customer_id, firm, null, min(value) || ' is of the firm''s domain', 2
    from domain join firm_domain using (domain) where kind = 'person' group by all
),
works_at as (
    select customer_id, firm, max(detail) as detail, string_agg(evidence, '; ' order by turn) as evidence from employed group by all
),
held as (
    select distinct customer_id, kind, 'e-mail' as what, same_as as value, record_email.value as shown from record_email join party using (record_id)
    union
    select distinct customer_id, kind, 'phone', value, value from record_phone join party using (record_id)
    where type <> 'fax' and coalesce(label, '') <> 'fax'
    union
    select distinct customer_id, kind, 'address', concat_ws('|', street_key, number, coalesce(city_key, postcode)), concat_ws(', ', street, city)
    from record_address join party using (record_id)
    where street_key is not null and number <> 'SNC' and coalesce(city_key, postcode) is not null
),
holder as (
    select customer_id, kind, what, value, min(shown) as shown,
           count(*) over (partition by what, value, kind) as holders,
           min(customer_id) over (partition by what, value, kind) as first_holder,
           count(*) filter (where kind = 'organization') over (partition by what, value) as firms
    from held group by customer_id, kind, what, value
),
with_firm as (
    select person.customer_id, firm.customer_id as other, person.what, person.shown
    from holder as person join holder as firm on firm.what = person.what and firm.value = person.value
    where person.kind = 'person' and firm.kind = 'organization' and firm.holders <= $few
),
private as (
    select * from holder where kind = 'person' and firms = 0 and holders > 1
),
together as (
    select a.customer_id, b.customer_id as other, a.what, a.shown, a.holders
    from private as a join private as b on a.what = b.what and a.value = b.value and a.customer_id < b.customer_id
    where a.holders <= $few or a.customer_id = a.first_holder
),
family as (
    select distinct customer_id, family_key from party where family_key is not null
),
kin as (
    -- At an address of many, those of one name are still likely a family.
    select a.customer_id, b.customer_id as other, a.what, a.shown
    from (select * from private join family using (customer_id)) as a
    join (select * from private join family using (customer_id)) as b
      on a.what = b.what and a.value = b.value and a.family_key = b.family_key and a.customer_id < b.customer_id
    where a.holders <= $few or a.what = 'address'
),
shared as (
    select customer_id, other, what, shown, false as kin, holders from together
    union all
    select customer_id, other, what, shown, true, 2 from kin
),
pair as (
    select customer_id, other, bool_or(kin) as kin, string_agg(distinct what, ', ' order by what) as detail,
           'both have ' || string_agg(distinct shown, '; ' order by shown) as evidence, max(holders) as holders
    from shared group by customer_id, other
),
-- Who may be the same person is for a reviewer, and no relation.
distinct_pair as (
    select pair.* from pair
    join golden_customer as one on one.customer_id = pair.customer_id
    join golden_customer as two on two.customer_id = pair.other
    where jaro_winkler_similarity(lower(strip_accents(one.given_name)), lower(strip_accents(two.given_name))) < 0.88
)
select customer_id, 'works_at' as relation, firm as other_customer_id, detail, evidence from works_at where customer_id <> firm
union all
select customer_id, if(kin, 'same_household', 'shares_contact'), other, detail,
       evidence || if(not kin and holders > $few, ' (as have ' || holders || ' people)', '')
from distinct_pair
union all
select customer_id, 'shares_contact', other, string_agg(distinct what, ', ' order by what), 'both have ' || string_agg(distinct shown, '; ' order by shown)
from with_firm anti join works_at on works_at.customer_id = with_firm.customer_id and works_at.firm = other
group by customer_id, other
order by all
