"""The standard fields of a contact: one row a field, in the order they are published.

`group` names the values that belong together and survive together: an address comes
whole from one record, never the street of one and the postcode of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "category", "name", "date", "number", "id", "email", "phone"]

PERSON: Final = "person"
ORGANIZATION: Final = "organization"

LABELS: Final = ("work", "home", "mobile", "fax", "pec", "other")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a contact: its kind of value, and the group it survives with."""

    name: str
    kind: Kind
    group: str
    many: bool = False


STANDARD: Final = (
    Field("kind", "category", "kind"),
    Field("full_name", "name", "name"),
    Field("name_prefix", "name", "name"),
    Field("given_name", "name", "name"),
    Field("middle_name", "name", "name"),
    Field("family_name", "name", "name"),
    Field("name_suffix", "name", "name"),
    Field("organization", "name", "employment"),
    Field("job_title", "text", "employment"),
    Field("emails", "email", "emails", many=True),
    Field("phones", "phone", "phones", many=True),
    Field("street", "text", "address"),
    Field("city", "text", "address"),
    Field("region", "text", "address"),
    Field("postcode", "text", "address"),
    Field("country", "category", "address"),
    Field("birth_date", "date", "birth_date"),
    Field("sex", "category", "sex"),
    Field("tax_id", "id", "tax_id"),
    Field("vat_id", "id", "vat_id"),
    Field("website", "text", "website"),
    Field("consent_marketing", "category", "consent_marketing"),
    Field("notes", "text", "notes"),
)

NAMES: Final = tuple(field.name for field in STANDARD)
ADDRESS: Final = tuple(field.name for field in STANDARD if field.group == "address")
LISTS: Final = tuple(field.name for field in STANDARD if field.many)

# What a column may also hold; standardisation settles it into standard fields.
ANY_NAME: Final = "any_name"  # a person or a firm in one column (Ragione sociale)
ANY_ID: Final = "any_id"  # a tax id of a person or of a firm in one column (C.F./P.IVA)
HOUSE_NUMBER: Final = "house_number"  # beside its street

# Columns that are published beside the fields.
PUBLISHED: Final = (
    "customer_id", "email", "phone", "sources", "records", "confidence", "first_seen", "updated",
)  # fmt: skip

MAPPABLE: Final = (*NAMES, ANY_NAME, ANY_ID, HOUSE_NUMBER)
