-- One row a written phone that SQL left to the library.
select context, written from written_phone anti join settled_phone using (context, written) order by context, written
