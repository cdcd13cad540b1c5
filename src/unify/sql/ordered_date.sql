-- One row a distinct written date of a source, and the order it is read in: the one that the source has shown, or the usual one.
select source, field, written, coalesce("order", $usual) as "order" from written_date left join date_order using (source, field)
