-- One row: how many pairs of records became one customer, and how many of them are expected to be false.
-- No pair is believed to be surer than `surest`. What only third records join rests on two links that may be as weak as the weakest.
with pairs as (
    select customer_id, count(*) * (count(*) - 1) // 2 as pairs from crosswalk group by customer_id having count(*) > 1
),
linked as (
    select l.customer_id, count(*) as links, sum(greatest(1 - scored_pair.match_probability, 1 - $surest)) as doubt
    from scored_pair
    join crosswalk as l on l.record_id = record_id_l
    join crosswalk as r on r.record_id = record_id_r and r.customer_id = l.customer_id
    where scored_pair.match_probability >= $auto_merge
    group by l.customer_id
),
doubted as (
    select pairs, coalesce(doubt, 0) + (pairs - coalesce(links, 0)) * least(1, 2 * greatest(1 - confidence, 1 - $surest)) as doubt
    from pairs join golden_customer using (customer_id) left join linked using (customer_id)
)
select coalesce(sum(pairs), 0)::BIGINT as joined_pairs, round(coalesce(sum(doubt), 0), 1) as expected_false from doubted
