-- One row a value that a record offers to its customer: a JSON object of the fields of its group. A kind that a steward set goes
-- before all others, and one that is open behind them. Ages are measured from the newest change of any record that is not of the
-- future, so that the same records are always as old; one without a date is as old as the oldest. What only a weak bridge holds to
-- its customer offers nothing but a no to marketing.
with known as (
    select max(updated) filter (where updated <= $at) as newest, min(updated) as oldest from standard_record
),
member as (
    select crosswalk.customer_id, standard_record.*,
           greatest(0, coalesce(epoch(newest::TIMESTAMP) - epoch(coalesce(updated, oldest)::TIMESTAMP), 0)) / 86400 as age,
           bool_or(kind = 'person' and kind_certainty >= $open) over (partition by customer_id) as of_person
    from crosswalk
    join standard_record using (record_id)
    cross join known
),
own_value as (
    select member.record_id, unnest(map_entries(own)) as entry from member
),
offered as (
    select record_id, 0 as position, 'kind' as field_group, kind as same, null::VARCHAR as label,
           json_object('kind', kind) as value, (kind_certainty >= $open)::INT + (kind_certainty = 1)::INT as preferred, true as valid
    from member
    union all
    select record_id, 0, 'name', name_key, null,
           json_object('full_name', full_name, 'name_prefix', name_prefix, 'given_name', given_name, 'middle_name', middle_name,
                       'family_name', family_name, 'name_suffix', name_suffix),
           -- An initial or a lone given name does not stand for a name.
           (length(coalesce(given_key, organization_key)) > 1)::INT + (kind = 'organization' and kind_certainty >= $open or family_key is not null)::INT, true
    from member where full_name is not null
    union all
    select record_id, 0, 'employment', coalesce(organization_key, ''), null,
           json_object('organization', organization, 'job_title', job_title), (organization is not null)::INT, true
    from member where (organization is not null or job_title is not null) and not (kind = 'organization' and of_person)
    union all
    select record_id, position, 'emails', value, label, json_object('emails', value), (not role or kind = 'organization')::INT, valid
    from record_email join member using (record_id)
    union all
    select record_id, position, 'phones', value, coalesce(case when type = 'mobile' then 'mobile' end, label), json_object('phones', value),
           case when label = 'fax' or type = 'fax' then 0 when type = 'mobile' and kind = 'person' then 2 else 1 end, valid
    from record_phone join member using (record_id)
    union all
    select record_id, position, 'address', coalesce(street_key, '') || '|' || coalesce(number, '') || '|' || coalesce(city_key, postcode, ''), label,
           json_object('street', street, 'city', city, 'region', region, 'postcode', postcode, 'country', country),
           case when (kind = 'person') = (label = 'work') then 0 when label in ('home', 'work') then 2 else 1 end
               + 3 * (street is not null)::INT,
           street is not null and city is not null and postcode is not null
    from record_address join member using (record_id)
    union all
    select record_id, 0, 'birth_date', birth_date, null, json_object('birth_date', birth_date), 0, true from member where birth_date is not null
    union all
    select record_id, 0, 'sex', sex, null, json_object('sex', sex), 0, true from member where sex is not null
    union all
    select record_id, 0, 'tax_id', tax_id, null, json_object('tax_id', tax_id), 0, tax_id_valid from member where tax_id is not null
    union all
    select record_id, 0, 'vat_id', vat_id, null, json_object('vat_id', vat_id), 0, vat_id_valid from member where vat_id is not null
    union all
    select record_id, 0, 'website', website, null, json_object('website', website), 0, true from member where website is not null
    union all
    select record_id, 0, 'consent_marketing', consent_marketing, null, json_object('consent_marketing', consent_marketing), 0, true
    from member where consent_marketing is not null
    union all
    select record_id, 0, 'notes', lower(strip_accents(regexp_replace(notes, '\s+', ' ', 'g'))), null, json_object('notes', notes), 0, true from member where notes is not null
    union all
    select record_id, 0, entry.key,
           if(list_contains($worded, entry.key), lower(strip_accents(regexp_replace(entry.value, '\s+', ' ', 'g'))), entry.value),
           null, json_object(entry.key, entry.value), 0, true
    from own_value where entry.value is not null
)
select customer_id, field_group, record_id, source, source_key, updated, position::BIGINT as position, same, label, value::VARCHAR as value,
       len(list_filter(json_extract_string(value, '$.*'), lambda v: v is not null))::BIGINT as filled,
       preferred::BIGINT as preferred, coalesce(valid, true) as valid,
       round(source_trust.trust * if(half_life_days is null, 1, pow(0.5, age / half_life_days)), 6) as trust
from offered
join member using (record_id)
join source_trust using (source, field_group)
where record_id not in (from beyond_bridge) or (field_group = 'consent_marketing' and same = 'no')
