-- One row a relation: how many there are.
select relation, count(*) as relations, count(distinct customer_id) as customers
from relations
group by relation
order by relation
