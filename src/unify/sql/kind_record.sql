-- One row: how many of the records to be compared are certainly of the model's kind, or more likely so than not.
select count(*)::BIGINT as records from query_table($records) where of_kind
