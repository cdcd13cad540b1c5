-- One row a record: the cluster it belongs to (its first record), the weakest link that holds the cluster together, and the
-- record's strongest link within it.
with settled as (
    select item, record_id, coalesce(contested_group.cluster, component.component, item) as cluster,
           case when contested_group.item is not null then contested_group.confidence else coalesce(component.weakest, 1.0) end as confidence
    from cluster_item
    left join component using (item)
    left join contested_group using (item)
),
inner_link as (
    select a, b, match_probability
    from numbered_link
    join settled as l on l.item = a
    join settled as r on r.item = b and r.cluster = l.cluster
),
strongest as (
    select item, max(match_probability) as match_probability
    from (select a as item, match_probability from inner_link union all select b, match_probability from inner_link)
    group by item
)
select record_id, cluster, confidence, coalesce(strongest.match_probability, case when joined then 1.0 end) as match_probability,
       case when count(*) over (partition by cluster) = 1 then 'alone' when joined then 'steward' else 'model' end as joined_by
from settled
left join strongest using (item)
left join (select item, bool_or(joined) as joined from decided_item group by item) using (item)
order by item
