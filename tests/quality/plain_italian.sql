-- One row a record of the generated Italian contacts, the five systems' columns brought together as a careful person would:
-- a whole name is cut at its first blank, phones keep their digits without +39, the first e-mail and number stand for all.
with known as (
    select 'crm' as source, "Id" as key, "Nome" as given_name, "Cognome" as family_name,
           case when "Cognome" is null then "Azienda" end as organization, coalesce("Email", "Email 2") as email,
           coalesce("Cellulare", "Telefono") as phone, "Indirizzo" as street, "Comune" as city, "CAP" as postcode,
           "Data di nascita" as birth_date, coalesce("Codice fiscale", "Partita IVA") as tax_id
    from crm
    union all by name
    select 'gestionale' as source, "CODICE" as key,
           case when "PARIVA" is null then split_part("RAGSOC", ' ', 2) end as given_name,
           case when "PARIVA" is null then split_part("RAGSOC", ' ', 1) end as family_name,
           case when "PARIVA" is not null then "RAGSOC" end as organization, "EMAIL" as email, coalesce("TEL1", "TEL2") as phone,
           "INDIR" as street, "LOCAL" as city, "CAP" as postcode, coalesce("CODFIS", "PARIVA") as tax_id
    from gestionale
    union all by name
    select 'rubrica' as source, "Scheda" as key, "Nome" as given_name, "Cognome" as family_name,
           case when "Cognome" is null then "Società" end as organization, "Indirizzo posta elettronica" as email,
           coalesce("Cellulare", "Telefono ufficio", "Telefono abitazione") as phone, "Via" as street, "Città" as city, "CAP" as postcode
    from rubrica
    union all by name
    select 'assistenza' as source, "Ticket cliente" as key, split_part("Nominativo", ' ', 1) as given_name,
           split_part("Nominativo", ' ', 2) as family_name, "Nominativo" as organization, "Telefono" as phone,
           split_part("Indirizzo", ',', 1) as street
    from assistenza
    union all by name
    select 'newsletter' as source, "Iscrizione" as key, "Nome" as given_name, "Email" as email, "Città" as city
    from newsletter
)
select source, key, given_name, family_name, organization, email, street, city, postcode, birth_date,
       regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^(00)?39', '') as phone, regexp_replace(tax_id, '^IT', '') as tax_id
from known
