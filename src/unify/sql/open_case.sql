-- One row two customers whose being one is open: the pair of records that says most for it, and what an answer is worth. An answer is
-- worth the more, the less sure the evidence, the more records it concerns, and the more alike the two are used: by the same systems, of late.
with undecided as (
    select scored_pair.*, least(l.customer_id, r.customer_id) as one, greatest(l.customer_id, r.customer_id) as other
    from scored_pair
    join crosswalk as l on l.record_id = scored_pair.record_id_l
    join crosswalk as r on r.record_id = scored_pair.record_id_r
    anti join decided_now as d on d.record_id_l = scored_pair.record_id_l and d.record_id_r = scored_pair.record_id_r
    where scored_pair.match_probability >= $review and l.customer_id <> r.customer_id
),
joined as (
    select distinct least(l.customer_id, r.customer_id) as one, greatest(l.customer_id, r.customer_id) as other
    from decided_now
    join crosswalk as l on l.record_id = record_id_l
    join crosswalk as r on r.record_id = record_id_r
    where judgement = 'same' and l.customer_id <> r.customer_id
),
asked as (
    select one, other, arg_max({'l': record_id_l, 'r': record_id_r}, (match_probability, record_id_l, record_id_r)) as pair,
           max(match_probability) as probability
    from undecided anti join joined using (one, other) group by one, other
),
held as (
    -- Likely, and yet kept apart by other evidence: nothing is sure there.
    select least(l.customer_id, r.customer_id) as one, greatest(l.customer_id, r.customer_id) as other, any_value(reason order by reason) as reason
    from refused_pair
    join crosswalk as l on l.record_id = record_id_l
    join crosswalk as r on r.record_id = record_id_r
    group by all
),
weighed as (
    select asked.*, held.reason, a.records + b.records as records,
           case when held.reason is null then probability when held.reason in ('identifiers differ', 'one is a person and one a firm') then 0.9 else 0.5 end as doubt,
           len(list_intersect(a.sources, b.sources)) / len(list_distinct(list_concat(a.sources, b.sources))) as systems,
           coalesce(1 / (1 + abs(date_diff('day', try_cast(left(a.updated, 10) as date), try_cast(left(b.updated, 10) as date))) / 365.0), 0.5) as nearness
    from asked
    join golden_customers as a on a.customer_id = one
    join golden_customers as b on b.customer_id = other
    left join held using (one, other)
)
select one, other, pair.l as record_l, pair.r as record_r, probability, reason,
       round(4 * doubt * (1 - doubt) * records * (1 + systems + nearness) / 3, 6) as worth
from weighed order by worth desc, one, other
