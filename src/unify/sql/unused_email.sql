-- One row a written e-mail value of a record that holds no address, and why.
select record_id, 'emails' as field, reason from settled_email join standard_email using (written)
where settled_email.value is null and standard_email.value is null
