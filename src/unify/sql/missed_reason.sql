-- One row a reason why pairs were missed: how many.
select reason, count(*) as pairs from missed_pair group by reason order by pairs desc, reason
