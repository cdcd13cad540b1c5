-- One row a written e-mail value that only the library can judge.
select written from written_email anti join settled_email using (written) order by written
