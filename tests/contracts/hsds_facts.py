"""HSDS 3.0 as its specification states it, written down by hand: no package carries the official schemas of 3.0.

By table: the names it allows, in the order of the specification, required ones first after “!”. Names that a table has
since version 3.1 (`last_modified`) or that the specification itself puts beside a list's services (`modified_date`)
stand at the end. Nested rows are said after a colon. Independent of dorfplatz.api.hsds.document on purpose.
"""

from __future__ import annotations

from typing import Any

ONE_TO_MANY = "phones:phone schedules:schedule languages:language attributes:attribute"

TABLES: dict[str, tuple[str, str, str]] = {
    "service": (
        "id name status",
        (
            "organization_id program_id alternate_name description url email interpretation_services"
            " application_process fees_description wait_time fees accreditations eligibility_description minimum_age"
            " maximum_age assured_date assurer_email licenses alert last_modified modified_date"
        ),
        (
            f"{ONE_TO_MANY} service_areas:service_area service_at_locations:service_at_location"
            " organization:organization funding:funding cost_options:cost_option required_documents:required_document"
            " contacts:contact"
        ),
    ),
    "organization": (
        "id name description",
        "alternate_name email website tax_status tax_id year_incorporated legal_status logo uri parent_organization_id",
        "phones:phone attributes:attribute locations:location funding:funding contacts:contact services:service",
    ),
    "location": (
        "id location_type",
        (
            "url organization_id name alternate_name description transportation latitude longitude external_identifier"
            " external_identifier_type"
        ),
        f"{ONE_TO_MANY} addresses:address accessibility:accessibility contacts:contact",
    ),
    "service_at_location": (
        "id",
        "service_id location_id description last_modified",
        f"{ONE_TO_MANY} service_areas:service_area location:location service:service contacts:contact",
    ),
    "schedule": (
        "id",
        (
            "service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq"
            " interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type"
            " notes"
        ),
        "",
    ),
    "phone": (
        "id number",
        "location_id service_id organization_id contact_id service_at_location_id extension type description",
        "languages:language",
    ),
    "address": (
        "id address_1 city state_province postal_code country address_type",
        "location_id attention address_2 region",
        "",
    ),
    "accessibility": ("id", "location_id description details url", ""),
    "language": ("id", "service_id location_id phone_id name code note", ""),
    "cost_option": ("id", "service_id valid_from valid_to option currency amount amount_description", ""),
    "service_area": ("id", "service_id name description extent extent_type uri", ""),
    "attribute": (
        "id",
        "link_id taxonomy_term_id link_type link_entity value label",
        "taxonomy_term:taxonomy_term",
    ),
    "taxonomy": ("id name description", "uri version", ""),
    "taxonomy_term": (
        "id name description",
        "code parent_id taxonomy language taxonomy_id term_uri",
        "taxonomy_detail:taxonomy",
    ),
}
NUMBERS = {
    "minimum_age", "maximum_age", "year_incorporated", "latitude", "longitude", "timezone", "count", "interval",
    "amount", "extension",
}  # fmt: skip
CHOICES = {
    ("service", "status"): {"active", "inactive", "defunct", "temporarily closed"},
    ("location", "location_type"): {"physical", "postal", "virtual"},
    ("address", "address_type"): {"physical", "postal", "virtual"},
    ("schedule", "freq"): {"WEEKLY", "MONTHLY"},
    ("schedule", "wkst"): {"MO", "TU", "WE", "TH", "FR", "SA", "SU"},
}
FORMATS = {
    "id": "uuid", "url": "uri", "uri": "uri", "website": "uri", "term_uri": "uri", "email": "email",
    "last_modified": "date-time", "assured_date": "date",
}  # fmt: skip
PAGE = {
    "total_items": int, "total_pages": int, "page_number": int, "size": int, "first_page": bool, "last_page": bool,
    "empty": bool,
}  # fmt: skip


def schema_of(table: str) -> dict[str, Any]:
    """A JSON schema of one table with all that is nested in it."""
    return {"$ref": f"#/$defs/{table}", "$defs": {name: _definition(name) for name in TABLES}}


def _definition(table: str) -> dict[str, Any]:
    required, optional, nested = TABLES[table]
    properties: dict[str, Any] = {name: _column(table, name) for name in f"{required} {optional}".split()}
    for pair in nested.split():
        name, other = pair.split(":")
        row: Any = {"$ref": f"#/$defs/{other}"} if other in TABLES else False
        is_one = name in {"location", "service", "organization", "taxonomy_term", "taxonomy_detail"}
        properties[name] = row if is_one else {"type": "array", "items": row, "minItems": 1}
    return {
        "type": "object", "required": required.split(), "properties": properties, "additionalProperties": False,
    }  # fmt: skip


def _column(table: str, name: str) -> dict[str, Any]:
    if name in NUMBERS:
        return {"type": "number"}
    if (table, name) in CHOICES:
        return {"enum": sorted(CHOICES[table, name])}
    return {"type": "string", **({"format": FORMATS[name]} if name in FORMATS else {})}
