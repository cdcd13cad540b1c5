-- One row: how many matches are expected among the likely pairs of one kind, and how many of them one blocking rule found, and two.
with likely as (
    select bit_count(rules) as rules, least(1 / (1 + pow(2, -match_weight)), case when anchored then 1 else $unanchored end) as probability
    from query_table($pairs)
    where not crossing and match_weight >= log2($likely / (1 - $likely))
)
select round(coalesce(sum(probability), 0), 3) as likely, round(coalesce(sum(probability) filter (where rules = 1), 0), 3) as by_one,
       round(coalesce(sum(probability) filter (where rules = 2), 0), 3) as by_two
from likely
