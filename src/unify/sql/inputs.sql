-- One row: a fingerprint of all records that were read, in whatever order they came.
select coalesce(bit_xor(hash(source_record)), 0)::VARCHAR || '-' || count(*) as inputs from source_record
