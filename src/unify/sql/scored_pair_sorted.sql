-- One row a scored pair, strongest first; ties in the order of the record ids. What both models compared counts as the likelier says.
select record_id_l, record_id_r, max(match_weight) as match_weight, max(match_probability) as match_probability,
       arg_max(crossing, {'weight': match_weight, 'sure': not crossing}) as crossing,
       arg_max(parted, match_weight) as parted
from scored_pair group by record_id_l, record_id_r
order by match_weight desc, record_id_l, record_id_r
