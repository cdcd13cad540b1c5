-- One row a record of a source: its key, its customer, the source's own key that stands for that customer, its values and the golden ones.
-- The record that most golden values come from stands for the customer; of equals, the one with the smallest key.
with given as (
    select source_key, count(*) as golden_values from lineage where source = $source group by source_key
),
member as (
    select crosswalk.source_key, crosswalk.customer_id, crosswalk.record_id,
           first_value(crosswalk.source_key) over (
               partition by crosswalk.customer_id order by coalesce(golden_values, 0) desc, crosswalk.source_key
           ) as survivor
    from crosswalk left join given using (source_key)
    where crosswalk.source = $source
),
email as (
    -- Sorted as lists: a list that is gathered in an order takes ten times as long.
    select record_id, list_sort(list({'position': position, 'value': value, 'label': label})) as emails
    from record_email semi join member using (record_id) group by record_id
),
phone as (
    select record_id, list_sort(list({'position': position, 'value': value, 'label': label})) as phones
    from record_phone semi join member using (record_id) group by record_id
),
address as (
    select record_id, list_sort(list({
               'position': position, 'street': street, 'city': city, 'region': region, 'postcode': postcode, 'country': country
           })) as addresses
    from record_address semi join member using (record_id) group by record_id
)
select source_key, member.customer_id, survivor, email.emails, phone.phones, addresses, standard_record as single, golden_customers as golden
from member
join standard_record using (record_id)
join golden_customers using (customer_id)
left join email using (record_id)
left join phone using (record_id)
left join address using (record_id)
order by source_key
