-- One row a pair of records of one entity that are not one customer, and why.
select l.record_id as record_id_l, r.record_id as record_id_r, l.customer_id as customer_id_l, r.customer_id as customer_id_r,
       match_probability, match_weight,
       case
           when l.customer_id is null or r.customer_id is null then 'not published'
           when l.kind <> r.kind then 'a person and an organization'
           when match_probability is null then 'never compared, or hopeless'
           when match_probability < $likely then 'compared, and held unlikely'
           else 'compared, and held likely'
       end as reason
from judged_record as l
join judged_record as r on l.entity = r.entity and l.record_id < r.record_id
left join scored_pair on record_id_l = l.record_id and record_id_r = r.record_id
where l.customer_id is distinct from r.customer_id or l.customer_id is null
