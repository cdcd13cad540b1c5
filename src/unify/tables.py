"""Every table: its name, what it is made from, its columns. Read downwards, this is the flow.

A table type is a frozen, empty value that only `Workspace` makes, after comparing the
relation's columns with the class. A class can only mention tables defined above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from unify.fields import ADDRESS, NAMES

Columns = tuple[tuple[str, str], ...]

VALUES = 'STRUCT("value" VARCHAR, "label" VARCHAR)[]'
WRITTEN_ADDRESSES = (
    'STRUCT("label" VARCHAR, street VARCHAR, house_number VARCHAR, city VARCHAR,'
    " region VARCHAR, postcode VARCHAR, country VARCHAR)[]"
)
OWN = "MAP(VARCHAR, VARCHAR)"
SINGLE = tuple(name for name in NAMES if name not in ("emails", "phones", *ADDRESS))


def text(*names: str) -> Columns:
    """Columns of text."""
    return tuple((name, "VARCHAR") for name in names)


def lists(*names: str) -> Columns:
    """Columns of lists of text."""
    return tuple((name, "VARCHAR[]") for name in names)


# Whom a record names: a person or a firm, and what matching compares of the name.
PARTY: Columns = (
    *text("kind"),
    ("kind_certainty", "DOUBLE"),
    *text(
        "kind_reason", "full_name", "name_prefix", "given_name", "middle_name", "family_name",
        "name_suffix", "organization", "name_key", "name_same_as", "given_key", "family_key",
        "organization_key", "owner_key", "legal_form",
    ),
    *lists("given_forms"),
    ("given_common", "BOOLEAN"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A relation in the workspace whose columns have been checked."""

    name: ClassVar[str]
    reads: ClassVar[tuple[type[Table], ...]] = ()
    columns: ClassVar[Columns]


@dataclass(frozen=True, slots=True)
class Remembered(Table):
    """A table whose rows follow from their key alone, so that a later run takes them over."""

    key: ClassVar[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Learnt(Table):
    """A table of what sources have shown of themselves: it stands until they show otherwise."""

    key: ClassVar[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Kept(Table):
    """A table that runs add to, and none takes from."""


@dataclass(frozen=True, slots=True)
class Passing(Table):
    """A table that serves within a stage, and is never written to the file."""


@dataclass(frozen=True, slots=True)
class Seen(Passing):
    """A relation that is read once: a view, whose rows are never held."""


class Complete(Table):
    """One row where the last run came to its end: a fingerprint of what its tables follow from,
    beside sources and decisions."""

    name = "complete"
    columns = text("made_by")


# — land —


class SourceTrait(Learnt):
    """One row a source and trait: how it writes, as its loads have shown (its encoding)."""

    name = "source_trait"
    key = ("source", "trait")
    columns = text("source", "trait", "value")


class SourceRecord(Table):
    """One row a record of a source, its values as written, under standard field names."""

    name = "source_record"
    columns = (
        *text("record_id", "source", "source_key", "location", "updated"),
        *text(*SINGLE, "any_name", "any_id"),
        ("emails", VALUES),
        ("phones", VALUES),
        ("addresses", WRITTEN_ADDRESSES),
        ("own", OWN),
    )


class SetAsideRow(Table):
    """One row a source row that is not a record of its own: where it stands and why."""

    name = "set_aside"
    columns = text("source", "location", "reason", "content")


class SourceCount(Table):
    """One row a source: what became of the rows that were read."""

    name = "source_count"
    reads = (SourceRecord, SetAsideRow)
    columns = (
        ("source", "VARCHAR"),
        ("rows_read", "BIGINT"),
        ("records", "BIGINT"),
        ("set_aside", "BIGINT"),
    )


# — standardise —


class SetKind(Table):
    """One row a record whose kind a steward set."""

    name = "set_kind"
    columns = text("record_id", "kind")


class MadeBy(Table):
    """One row: a fingerprint of the rules that the remembered standard forms were made by."""

    name = "made_by"
    columns = text("rules")


class WrittenValue(Passing):
    """One row a value of a record that is settled once for all records that write it alike."""

    name = "written_value"
    reads = (SourceRecord,)
    columns = text("record_id", "field", "written")


class StandardPlace(Remembered):
    """One row a written place: city, province or region, and postcode, each told by all."""

    name = "standard_place"
    reads = (SourceRecord,)
    key = ("city", "region", "postcode", "country")
    columns = (
        *text(*key, "standard_city", "standard_region", "standard_postcode", "code", "city_key"),
        *text("quarter"),
        ("named", "BOOLEAN"),
    )


class StandardStreet(Remembered):
    """One row a written street line, read as of the country `code`.

    A house number that was cut off it is shown between `before` and `after`.
    """

    name = "standard_street"
    reads = (SourceRecord, StandardPlace)
    key = ("line", "house_number", "code")
    columns = (
        *text(*key, "street", "number", "street_key", "before", "after"),
        *text("locality", "care_of", "postal_box"),
        ("named", "BOOLEAN"),
    )


class StandardAddress(Remembered):
    """One row a written address that holds its town and postcode in its street."""

    name = "standard_address"
    reads = (SourceRecord,)
    key = ("street", "house_number", "region", "postcode", "country")
    columns = text(
        *key, "standard_street", "number", "standard_city", "standard_region",
        "standard_postcode", "standard_country", "street_key", "city_key", "locality", "care_of",
        "postal_box",
    )  # fmt: skip


class RecordAddress(Table):
    """One row an address of a record, in standard form."""

    name = "record_address"
    reads = (SourceRecord, StandardPlace, StandardStreet, StandardAddress)
    columns = (
        *text("record_id"), ("position", "BIGINT"), *text(
            "label", "street", "number", "city", "region", "postcode", "country",
            "street_key", "city_key", "locality", "care_of", "postal_box",
        ),
    )  # fmt: skip


class StandardEmail(Remembered):
    """One row an address in a written e-mail value that only the library could judge."""

    name = "standard_email"
    reads = (SourceRecord,)
    key = ("written",)
    columns = (
        *text("written", "value", "same_as"),
        ("valid", "BOOLEAN"),
        ("role", "BOOLEAN"),
        ("free_provider", "BOOLEAN"),
        ("pec", "BOOLEAN"),
        *text("reason"),
    )


class StandardPhone(Remembered):
    """One row a number in a written phone value, read as of `context`, that only the library
    could judge."""

    name = "standard_phone"
    reads = (SourceRecord, RecordAddress)
    key = ("context", "written")
    columns = (
        *text("context", "written", "value", "type"), ("valid", "BOOLEAN"),
        *text("extension", "completed", "reason"),
    )  # fmt: skip


class DateOrder(Learnt):
    """One row a source and date field: the order in which its values prove day and month."""

    name = "date_order"
    reads = (SourceRecord,)
    key = ("source", "field")
    columns = text("source", "field", "order")


class StandardDate(Remembered):
    """One row a written date or instant that takes more than digits to read."""

    name = "standard_date"
    reads = (SourceRecord, DateOrder)
    key = ("field", "order", "written")
    columns = text("field", "order", "written", "value", "reason")


class SourceDate(Passing):
    """One row a written date or instant of a source, read in the order its source proves."""

    name = "source_date"
    reads = (SourceRecord, DateOrder, StandardDate)
    columns = text("source", "field", "written", "value")


class StandardIdentifier(Remembered):
    """One row a written identifier of a person, of a firm, or of either."""

    name = "standard_identifier"
    reads = (WrittenValue,)
    key = ("field", "written")
    columns = (
        *text("field", "written", "tax_id"),
        ("tax_id_valid", "BOOLEAN"),
        *text("birth_date", "sex", "vat_id"),
        ("vat_id_valid", "BOOLEAN"),
        *text("reason"),
    )


class StandardWord(Remembered):
    """One row a written value of a closed vocabulary or of free text (consent, sex, website, …)."""

    name = "standard_word"
    reads = (WrittenValue,)
    key = ("field", "written")
    columns = text("field", "written", "value", "reason")


class RecordSingle(Passing):
    """One row a record: its dates, identifiers and words in standard form."""

    name = "record_single"
    reads = (SourceRecord, WrittenValue, SourceDate, StandardIdentifier, StandardWord)
    columns = (
        *text("record_id", "tax_id"), ("tax_id_valid", "BOOLEAN"), *text("vat_id"),
        ("vat_id_valid", "BOOLEAN"), *text("birth_date"), ("birth_date_written", "BOOLEAN"),
        *text("sex", "updated", "website", "consent_marketing", "job_title", "notes"),
    )  # fmt: skip


class NamePart(Remembered):
    """One row a written given or family name; of one that is no plain word, no more is told."""

    name = "name_part"
    reads = (SourceRecord,)
    key = ("written",)
    columns = (
        *text("written", "display", "key"), ("lean", "BIGINT"), ("common_given", "BOOLEAN"),
        ("common_family", "BOOLEAN"), *lists("forms"),
    )  # fmt: skip


class NameWord(Remembered):
    """One row a word of the names that stand in one column, and what the lists know of it."""

    name = "name_word"
    reads = (SourceRecord,)
    key = ("written",)
    columns = (
        *text("written", "display", "key"), ("lean", "BIGINT"), ("known", "BOOLEAN"),
        ("given", "BOOLEAN"), ("family", "BOOLEAN"), ("common_given", "BOOLEAN"),
        ("compound", "BOOLEAN"), *lists("forms"),
    )  # fmt: skip


class NameOrder(Remembered):
    """One row a run of leans of a name's words: the places of its given and family names.

    `custom` is the name that the source writes first, empty where it is not known.
    """

    name = "name_order"
    reads = (NameWord,)
    key = ("leans", "letters", "custom")
    columns = (
        *text("leans", "letters", "custom"), ("given", "BIGINT[]"), ("family", "BIGINT[]")
    )  # fmt: skip


class NameCustom(Learnt):
    """One row a source with enough names that are plain in one column: the name, given or
    family, that nearly all of them begin with, if any."""

    name = "name_custom"
    reads = (NameOrder,)
    key = ("source",)
    columns = text("source", "custom")


class StandardEmployer(Remembered):
    """One row a written organisation that a record names beside its person."""

    name = "standard_employer"
    reads = (SourceRecord,)
    key = ("written",)
    columns = text("written", "name", "key")


class PlainPerson(Passing):
    """One row a record that plainly names a person: in two columns, or in one by the lists."""

    name = "plain_person"
    reads = (
        SourceRecord, SetKind, RecordSingle, NamePart, NameWord, NameOrder, NameCustom,
        StandardEmployer,
    )  # fmt: skip
    columns = (*text("record_id"), *PARTY)


class WrittenParty(Passing):
    """One row a record that does not: all that tells whom it names (a JSON object)."""

    name = "written_party"
    reads = (SourceRecord, SetKind, RecordSingle, PlainPerson)
    columns = text("record_id", "written")


class StandardParty(Remembered):
    """One row a written party: whom it names, by what it tells itself."""

    name = "standard_party"
    reads = (WrittenParty,)
    key = ("written",)
    columns = (*text("written"), *PARTY)


class SourceLeaning(Learnt):
    """One row a source with enough records that are certain of their kind: the kind that nearly
    all of them are of, if any."""

    name = "source_leaning"
    key = ("source",)
    reads = (SourceRecord, PlainPerson, WrittenParty, StandardParty)
    columns = text("source", "kind")


class LeaningParty(Remembered):
    """One row a written party that is not certain of its kind, and the kind its source leans to."""

    name = "leaning_party"
    reads = (WrittenParty, StandardParty, SourceLeaning)
    key = ("written", "leaning")
    columns = (*text("written", "leaning"), *PARTY)


class RecordParty(Seen):
    """One row a record: whom it names, in standard form, and of which kind that is."""

    name = "record_party"
    reads = (
        SourceRecord, PlainPerson, WrittenParty, StandardParty, SourceLeaning, LeaningParty
    )  # fmt: skip
    columns = (*text("record_id"), *PARTY)


class RecordEmail(Table):
    """One row an e-mail of a record, in standard form."""

    name = "record_email"
    reads = (SourceRecord, StandardEmail)
    columns = (
        *text("record_id"), ("position", "BIGINT"), *text("label", "value", "same_as"),
        ("valid", "BOOLEAN"), ("role", "BOOLEAN"), ("free_provider", "BOOLEAN"), ("pec", "BOOLEAN"),
    )  # fmt: skip


class RecordPhone(Table):
    """One row a phone of a record, in standard form.

    `completed` is what one that is not valid may stand for: an old number without its zero.
    """

    name = "record_phone"
    reads = (SourceRecord, StandardPhone, RecordAddress)
    columns = (
        *text("record_id"), ("position", "BIGINT"), *text("label", "value", "type"),
        ("valid", "BOOLEAN"), *text("extension", "completed"),
    )  # fmt: skip


class StandardRecord(Table):
    """One row a record, every single value in its standard form."""

    name = "standard_record"
    reads = (SourceRecord, RecordSingle, RecordParty, RecordEmail)
    columns = (
        *text("record_id", "source", "source_key", "updated", "kind"),
        ("kind_certainty", "DOUBLE"),
        *text(
            "full_name", "name_prefix", "given_name", "middle_name", "family_name", "name_suffix",
            "organization", "name_key", "name_same_as", "given_key", "family_key",
            "organization_key", "owner_key", "legal_form",
        ),
        *lists("given_forms"),
        ("given_common", "BOOLEAN"),
        *text("job_title", "birth_date", "sex", "tax_id"),
        ("tax_id_valid", "BOOLEAN"),
        *text("vat_id"),
        ("vat_id_valid", "BOOLEAN"),
        *text("website", "consent_marketing", "notes"),
        ("own", OWN),
    )  # fmt: skip


class UnusedValue(Table):
    """One row a source, field and reason: how many written values say nothing, and why."""

    name = "unused_value"
    reads = (SourceRecord, RecordEmail, RecordPhone, RecordSingle)
    columns = (*text("source", "field", "reason"), ("values", "BIGINT"))


class SharedValue(Table):
    """One row an e-mail, phone or address that many differently named records hold."""

    name = "shared_value"
    reads = (StandardRecord, RecordEmail, RecordPhone, RecordAddress)
    columns = (*text("field", "value"), ("parties", "BIGINT"))


class RecordFingerprint(Table):
    """One row a record: a hash of its own standard forms, as far as matching reads them."""

    name = "record_fingerprint"
    reads = (StandardRecord, RecordEmail, RecordPhone, RecordAddress)
    columns = text("record_id", "fingerprint")


@dataclass(frozen=True, slots=True)
class StandardForms:
    """All records in standard form: single values, and lists of e-mails, phones, addresses."""

    records: StandardRecord
    emails: RecordEmail
    phones: RecordPhone
    addresses: RecordAddress
    shared: SharedValue
    unused: UnusedValue


# — match —


class PersonParty(Passing):
    """One row a record that is a person's, or may be: the name as it is written."""

    name = "person_party"
    reads = (StandardRecord,)
    columns = (
        *text("record_id"), ("of_kind", "BOOLEAN"), ("other_kind", "BOOLEAN"),
        *text("given_key", "family_key"),
        *lists("given_forms"), ("given_common", "BOOLEAN"),
    )  # fmt: skip


class LentName(Passing):
    """One row a person's record that lacks a name: the names that its own e-mail is made of."""

    name = "lent_name"
    reads = (PersonParty, RecordEmail, SharedValue)
    columns = text("record_id", "given_key", "family_key")


class PersonName(Passing):
    """One row a person's record: its name as it is compared."""

    name = "person_name"
    reads = (PersonParty, LentName)
    columns = (
        *text("record_id"), ("place", "INTEGER"), ("of_kind", "BOOLEAN"), ("other_kind", "BOOLEAN"),
        ("lent", "BOOLEAN"),
        *text("given_key", "family_key", "name_key", "given_letters", "family_letters"),
        *lists("given_forms"), ("given_common", "BOOLEAN"),
    )  # fmt: skip


class PersonEmail(Passing):
    """One row an own e-mail of a person's record: how far it is made of the name."""

    name = "person_email"
    reads = (PersonName, RecordEmail, SharedValue)
    columns = (
        *text("record_id", "same_as"), ("named", "BOOLEAN"), ("plain", "BOOLEAN"),
        *text("local", "year", "family_spelt", "given_spelt"),
    )  # fmt: skip


class PersonWork(Passing):
    """One row a person's record that tells where the person works: its signs."""

    name = "person_work"
    reads = (StandardRecord, PersonName, RecordEmail, RecordPhone, SharedValue)
    columns = (*text("record_id"), *lists("workplaces"))


class PersonRecord(Table):
    """One row a person's record: what the model of people compares. Nothing known is null.

    `place` numbers the records in the order of their ids."""

    name = "person_record"
    reads = (
        StandardRecord, PersonName, PersonEmail, PersonWork, RecordPhone, RecordAddress,
        SharedValue,
    )  # fmt: skip
    columns = (
        *text("record_id"),
        ("place", "INTEGER"),
        *text(
            "source", "given_key", "family_key", "name_key", "sorted_name_key",
            "given_initial", "middle_initial", "given_start", "family_start", "family_signs",
            "birth_date", "birth_year", "tax_id", "written_tax_id", "employer_key",
        ),
        ("of_kind", "BOOLEAN"),
        ("other_kind", "BOOLEAN"),
        ("given_common", "BOOLEAN"),
        ("lent", "BOOLEAN"),
        ("checked_tax_id", "BOOLEAN"),
        *lists(
            "workplaces", "years", "given_forms", "family_forms", "emails", "plain_emails",
            "named_emails", "all_emails", "email_locals", "email_starts", "mobiles",
            "mobile_halves", "landlines", "places", "houses", "streets", "postcodes", "cities",
            "contacts",
        ),
    )  # fmt: skip


class OrganizationParty(Passing):
    """One row a record that is a firm's, or may be."""

    name = "organization_party"
    reads = (StandardRecord,)
    columns = text("record_id")


class OrganizationRecord(Table):
    """One row a firm's record: what the model of organisations compares."""

    name = "organization_record"
    reads = (StandardRecord, OrganizationParty, RecordEmail, RecordPhone, RecordAddress)
    columns = (
        *text("record_id"),
        ("place", "INTEGER"),
        *text("source", "name_key", "name_same_as"),
        ("of_kind", "BOOLEAN"),
        ("other_kind", "BOOLEAN"),
        ("lent", "BOOLEAN"),
        ("rare_name", "BOOLEAN"),
        ("several_words", "BOOLEAN"),
        ("own_word", "BOOLEAN"),
        *text("first_word", "second_word", "name_start", "name_end", "legal_form", "vat_id"),
        *lists(
            "emails",
            "domains",
            "named_domains",
            "phones",
            "contacts",
            "places",
            "houses",
            "numbers",
            "streets",
            "postcodes",
            "cities",
            "countries",
        ),
    )


MODEL: Columns = (
    *text("kind", "version", "shipped", "run_id"),
    ("records", "BIGINT"),
    ("prior", "DOUBLE"),
    ("matches_per_record", "DOUBLE"),
    *lists("anchors", "names"),
    ("rare_names", "DOUBLE"),
    *lists("blocking"),
    ("largest_blocks", "BIGINT[]"),
    ("opened_to", "BIGINT[]"),
    *text("counted"),
)
LEVEL: Columns = (
    *text("kind", "version", "comparison", "given"),
    ("place", "BIGINT"),
    ("number", "BIGINT"),
    *text("name", "condition"),
    ("m", "DOUBLE"),
    ("u", "DOUBLE"),
    ("weight", "DOUBLE"),
    ("odds", "DOUBLE"),
    ("fixed", "BOOLEAN"),
    ("parts", "BOOLEAN"),
    *text("term_frequency", "within"),
    *lists("counted_in", "learns_from"),
    ("candidates", "DOUBLE"),
    ("random", "DOUBLE"),
)
FREQUENCY: Columns = (*text("field", "value"), ("frequency", "DOUBLE"))


class FittedModel(Kept):
    """One row a linkage model that a run fitted: to which records, from which shipped model."""

    name = "fitted_model"
    columns = MODEL


class FittedLevel(Kept):
    """One row a level of a fitted model, and how often it was met when it was fitted."""

    name = "fitted_level"
    columns = LEVEL


class FittedFrequency(Kept):
    """One row a value of a fitted model's field, and how often a stranger has it; without a value,
    how often one that no record had when the model was fitted."""

    name = "fitted_frequency"
    columns = (*text("kind", "version"), *FREQUENCY)


class LinkageModel(Table):
    """One row a kind: the model that this run compares by."""

    name = "linkage_model"
    columns = MODEL


class LinkageLevel(Table):
    """One row a level of the models that this run compares by: its number (-1 is missing, 0 is
    disagreement), its weight (log2), and how often it is met."""

    name = "linkage_level"
    reads = (LinkageModel,)
    columns = LEVEL


class LinkageFrequency(Table):
    """One row a value of a field by which the models of this run weigh: how often a stranger has
    it; without a value, how often one that no record had when the model was fitted."""

    name = "linkage_frequency"
    columns = (*text("kind"), *FREQUENCY)


class BlockingCount(Table):
    """One row a kind and blocking rule: the pairs that it finds, and the records in blocks too
    large to open."""

    name = "blocking_count"
    columns = (*text("kind", "rule"), ("pairs", "BIGINT"), ("left_out", "BIGINT"))


class ScoredPair(Table):
    """One row a pair of records that were compared: weight (log2) and match probability.

    `crossing`: one is a person's, the other a firm's. A person may look; they never merge.
    `parted`: they differ in what tells two apart, such as the given name."""

    name = "scored_pair"
    reads = (PersonRecord, OrganizationRecord)
    columns = (
        *text("record_id_l", "record_id_r"),
        ("match_weight", "DOUBLE"),
        ("match_probability", "DOUBLE"),
        ("crossing", "BOOLEAN"),
        ("parted", "BOOLEAN"),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """What matching compared, and the models that it compared by."""

    people: PersonRecord
    firms: OrganizationRecord
    models: LinkageModel
    levels: LinkageLevel
    frequencies: LinkageFrequency


# — recognise —


class PublishedCrosswalk(Table):
    """One row a record of the published generation: the customer it belonged to, the record that
    it is now (null: none), and what told so (`key`, `content`, or it is `gone`; `stranger`: it
    is, and somebody else has its key)."""

    name = "published_crosswalk"
    reads = (StandardRecord,)
    columns = text("record_id", "customer_id", "now_record", "told_by")


# — cluster —


class DecidedPair(Table):
    """One row a pair of records that stewards decided on, or were asked about, as it stands now."""

    name = "decided_pair"
    columns = text("record_id_l", "record_id_r", "judgement")


class Cluster(Table):
    """One row a record: the cluster it belongs to, and the weakest link that holds it together."""

    name = "cluster"
    reads = (StandardRecord, ScoredPair)
    columns = (
        ("record_id", "VARCHAR"),
        ("cluster", "BIGINT"),
        ("confidence", "DOUBLE"),
        ("match_probability", "DOUBLE"),
        ("joined_by", "VARCHAR"),
    )


class BeyondBridge(Table):
    """One row a record that only a weak bridge holds to the main part of its customer, and no
    steward: its values fill no gaps there."""

    name = "beyond_bridge"
    reads = (Cluster,)
    columns = text("record_id")


class RefusedPair(Table):
    """One row a pair that is likely enough and yet did not join: why, and which two records
    stood in the way."""

    name = "refused_pair"
    reads = (StandardRecord, ScoredPair)
    columns = (
        *text("record_id_l", "record_id_r"),
        ("match_probability", "DOUBLE"),
        *text("reason", "witness_l", "witness_r"),
    )


class Customer(Table):
    """One row a customer: its id, the cluster it stands for, and since when it is known."""

    name = "customer"
    reads = (Cluster, PublishedCrosswalk)
    columns = (
        ("customer_id", "VARCHAR"),
        ("cluster", "BIGINT"),
        *text("founding_record", "first_seen"),
    )


class Event(Table):
    """One row a thing that happened to a customer id, for ever (but `changed`: this run's)."""

    name = "event"
    reads = (Customer,)
    columns = text("customer_id", "event", "other_customer_id", "run_id", "at")


class Alias(Table):
    """One row an id that was published and is no more: the customer that goes on for it."""

    name = "alias"
    reads = (Event,)
    columns = text("old_id", "customer_id")


class Crosswalk(Table):
    """One row a record, naming the customer it belongs to."""

    name = "crosswalk"
    reads = (StandardRecord, Cluster, Customer)
    columns = (
        *text("customer_id", "source", "source_key", "record_id"),
        ("match_probability", "DOUBLE"),
        ("joined_by", "VARCHAR"),
    )


@dataclass(frozen=True, slots=True)
class Identified:
    """Who is who: every record's customer now and as published, and every customer's id."""

    crosswalk: Crosswalk
    clusters: Cluster
    beyond: BeyondBridge
    customers: Customer
    published: PublishedCrosswalk


# — survive —


class SurvivorshipRule(Table):
    """One row a group of fields: its rules, first to last."""

    name = "survivorship_rule"
    columns = (*text("field_group"), *lists("rules"))


class SourceTrust(Table):
    """One row a source and group of fields: how far it is believed, and after how many days of
    age half as far."""

    name = "source_trust"
    columns = (
        *text("source", "field_group"), ("trust", "BIGINT"), ("half_life_days", "DOUBLE")
    )  # fmt: skip


class Candidate(Passing):
    """One row a value (a JSON object of the fields of its group) that a record offers.

    `same` says which values count as one, however they are written; `preferred` puts a home
    address before a work one; `trust` is what age has left of it.
    """

    name = "candidate"
    reads = (
        Crosswalk, BeyondBridge, StandardRecord, RecordEmail, RecordPhone, RecordAddress,
        SourceTrust,
    )  # fmt: skip
    columns = (
        *text("customer_id", "field_group", "record_id", "source", "source_key", "updated"),
        ("position", "BIGINT"),
        *text("same", "label", "value"),
        ("filled", "BIGINT"),
        ("preferred", "BIGINT"),
        ("valid", "BOOLEAN"),
        ("trust", "DOUBLE"),
    )


class HeldValue(Passing):
    """One row a value of which a customer is offered several, or one by several records: how
    many hold it, and whether they write it in several ways."""

    name = "held_value"
    reads = (Candidate,)
    columns = (
        *text("customer_id", "field_group", "same"), ("holders", "BIGINT"), ("varied", "BOOLEAN")
    )  # fmt: skip


class Slip(Table):
    """One row a value that is safely taken for a slip of another one of its customer."""

    name = "slip"
    reads = (HeldValue,)
    columns = text("customer_id", "field_group", "same", "of")


class ChosenValue(Passing):
    """One row a value of which a customer is offered several, or one by several records: the
    record that speaks best for it."""

    name = "chosen_value"
    reads = (Candidate, HeldValue, Slip, SurvivorshipRule)
    columns = (
        *text("customer_id", "field_group", "same", "record_id", "source", "source_key", "updated"),
        ("position", "BIGINT"),
        *text("label", "value"),
        ("preferred", "BIGINT"),
        ("varied", "BOOLEAN"),
        ("rules", "VARCHAR[]"),
        ("scores", "DOUBLE[]"),
    )


class WrittenWay(Passing):
    """One row a way to write a value that is written in several: the text whose writing is
    judged, and what stands beside it."""

    name = "written_way"
    reads = (Candidate, ChosenValue)
    columns = (
        *text("customer_id", "field_group", "same", "record_id", "source", "source_key", "updated"),
        ("position", "BIGINT"),
        *text("label", "value"),
        ("filled", "BIGINT"),
        ("trust", "DOUBLE"),
        ("text", "VARCHAR"),
        ("beside", "VARCHAR[]"),
    )


class Writing(Table):
    """One row a text that is one of several ways to write a value: what each mark says of it."""

    name = "writing"
    reads = (WrittenWay,)
    columns = (*text("field_group", "text"), ("marks", "BIGINT[]"))


class BestWritten(Passing):
    """One row a value that records write in several ways: the record that writes it best."""

    name = "best_written"
    reads = (ChosenValue, WrittenWay, Writing)
    columns = text(
        "customer_id", "field_group", "same", "record_id", "source", "source_key", "updated",
        "label", "value",
    )  # fmt: skip


class RankedCandidate(Passing):
    """One row a distinct value offered to a customer in its best writing, best first, with the
    rule that decided."""

    name = "ranked_candidate"
    reads = (Candidate, HeldValue, ChosenValue, BestWritten)
    columns = (
        *text("customer_id", "field_group", "record_id", "source", "source_key", "updated"),
        *text("label", "value"),
        ("rank", "BIGINT"),
        ("rule", "VARCHAR"),
    )


class Stated(Table):
    """One row a record and field for which a steward set a value, in the order of their words."""

    name = "stated"
    columns = (*text("record_id", "field", "value", "said_at"), ("turn", "BIGINT"))


class StatedValue(Table):
    """One row a customer and field that a steward set: the latest word; no value takes it away."""

    name = "stated_value"
    reads = (Stated, Crosswalk)
    columns = text("customer_id", "field", "value", "said_at")


class PublishedRefusal(Table):
    """One row a published customer that refused marketing, and the record that said so."""

    name = "published_refusal"
    columns = text("customer_id", "source", "source_key", "rule", "as_of")


class StandingRefusal(Table):
    """One row a customer that refused marketing by a record that is gone from its source."""

    name = "standing_refusal"
    reads = (PublishedRefusal, PublishedCrosswalk, Crosswalk)
    columns = text("customer_id", "source", "source_key", "as_of")


class GoldenValue(Table):
    """One row a golden value: the record it came from, the rule it won by (the lineage).

    What a steward set comes from no record."""

    name = "lineage"
    reads = (RankedCandidate, StatedValue, StandingRefusal)
    columns = text("customer_id", "field", "value", "source", "source_key", "rule", "as_of")


class GoldenCustomer(Table):
    """One row a customer: the values that survive. Own fields stand in `own`."""

    name = "golden_customer"
    reads = (GoldenValue, RankedCandidate, StatedValue, Crosswalk, Customer, Cluster)
    columns = (
        *text(
            "customer_id", "kind", "full_name", "name_prefix", "given_name", "middle_name",
            "family_name", "name_suffix", "organization", "job_title", "email",
        ),
        ("emails", VALUES),
        *text("phone"),
        ("phones", VALUES),
        *text(
            "street", "city", "region", "postcode", "country", "birth_date", "sex", "tax_id",
            "vat_id", "website", "consent_marketing", "notes",
        ),
        ("own", OWN),
        ("sources", "VARCHAR[]"),
        ("records", "BIGINT"),
        ("confidence", "DOUBLE"),
        *text("first_seen", "updated"),
    )  # fmt: skip


class Relation(Table):
    """One row a relation between two customers, with the evidence for it.

    `works_at` (its detail the job title), `same_household` and `shares_contact` (their detail what
    is shared); the last two between people name the smaller id first, once."""

    name = "relation"
    reads = (StandardRecord, RecordEmail, RecordPhone, RecordAddress, Crosswalk, GoldenCustomer)
    columns = text("customer_id", "relation", "other_customer_id", "detail", "evidence")


@dataclass(frozen=True, slots=True)
class Golden:
    """The golden customers, the origin of their values, and how they are related."""

    customers: GoldenCustomer
    lineage: GoldenValue
    relations: Relation
