-- One row: how many rows arrived, and how many hold the key of another row with other content.
select count(*) as rows, count(*) filter (where reason = 'key repeats') as repeats from verdict
