-- One row a link that holds a customer together of which some link is no firm one, and that is large enough to be of two groups.
with inner_link as (
    select l.cluster, a, b, match_weight >= $firm as firm
    from numbered_link
    join cluster_item as one on one.item = a
    join cluster_item as other on other.item = b
    join cluster as l on l.record_id = one.record_id
    join cluster as r on r.record_id = other.record_id and r.cluster = l.cluster
    where numbered_link.match_probability >= $threshold
    union all
    select cluster, a, b, true
    from decided_link
    join cluster_item on cluster_item.item = a
    join cluster using (record_id)
),
doubtful as (
    select cluster from cluster semi join (from inner_link where not firm) using (cluster)
    group by cluster having count(*) >= $smallest
)
select cluster, a, b, firm from inner_link semi join doubtful using (cluster) order by all
