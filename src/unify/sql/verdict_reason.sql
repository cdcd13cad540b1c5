-- One row a reason for which rows are set aside: how many.
select reason, count(*) as rows from verdict where reason is not null group by reason order by reason
