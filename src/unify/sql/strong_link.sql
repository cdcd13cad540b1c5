-- One row a link that is likely enough to join its records, strongest first.
select a, b, match_probability from numbered_link where match_probability >= $threshold order by match_weight desc, a, b
