"""The OpenAPI 3.1 description of the HSDS read API. Pure.

Names, types and what is required are those of HSDS 3.0; of its fields, the ones we can know. `last_modified` and
`modified_date` are later additions of HSDS that 3.0 allows.
"""

from __future__ import annotations

from typing import Any

from dorfplatz.api.openapi import (
    FLAG,
    TEXT,
    Schema,
    array,
    described,
    entity,
    operation,
    parameter,
    path_id,
    reference,
)
from dorfplatz.api.paging import LAST_PAGE, MOST_PER_PAGE

VERSION = "3.0"

UUID: Schema = {"type": "string", "format": "uuid"}
URI: Schema = {"type": "string", "format": "uri"}
MAIL: Schema = {"type": "string", "format": "email"}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
NUMBER: Schema = {"type": "number"}
FLAG_VALUE: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
PLACE_TYPE: Schema = {"type": "string", "enum": ["physical", "postal", "virtual"]}
STATUS: Schema = {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]}
CLOCK: Schema = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"}
WEEKDAY: Schema = {"type": "string", "enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]}

_service_row = {
    "id": UUID, "organization_id": UUID, "name": TEXT, "description": TEXT, "url": URI, "email": MAIL,
    "status": STATUS, "application_process": TEXT, "fees_description": TEXT, "eligibility_description": TEXT,
    "minimum_age": NUMBER, "maximum_age": NUMBER, "assured_date": DATE, "alert": TEXT, "last_modified": MOMENT,
    "modified_date": MOMENT,
}  # fmt: skip
_organization_row = {
    "id": UUID, "name": TEXT, "description": TEXT, "email": MAIL, "website": URI, "year_incorporated": NUMBER,
    "legal_status": TEXT, "uri": URI, "parent_organization_id": UUID,
}  # fmt: skip
_location_row = {
    "id": UUID, "location_type": PLACE_TYPE, "organization_id": UUID, "name": TEXT, "description": TEXT,
    "latitude": NUMBER, "longitude": NUMBER, "external_identifier": TEXT, "external_identifier_type": TEXT,
}  # fmt: skip
_SERVICE = ("id", "name", "status")
_ORGANIZATION = ("id", "name", "description")
_LOCATION = ("id", "location_type")

SCHEMAS: dict[str, Schema] = {
    "organization_row": entity(_organization_row, _ORGANIZATION),
    "organization": entity(
        {
            **_organization_row,
            "phones": array("phone"),
            "attributes": array("attribute"),
            "locations": array("location"),
            "services": array("service"),
        },
        _ORGANIZATION,
    ),
    "service_row": entity({**_service_row, "organization": reference("organization_row")}, _SERVICE),
    "service": entity(
        {
            **_service_row,
            "organization": reference("organization"),
            "phones": array("phone"),
            "schedules": array("schedule"),
            "service_areas": array("service_area"),
            "service_at_locations": array("service_at_location"),
            "languages": array("language"),
            "cost_options": array("cost_option"),
            "attributes": array("attribute"),
        },
        _SERVICE,
    ),
    "location": entity(
        {
            **_location_row,
            "languages": array("language"),
            "addresses": array("address"),
            "accessibility": array("accessibility"),
            "phones": array("phone"),
            "schedules": array("schedule"),
            "attributes": array("attribute"),
        },
        _LOCATION,
    ),
    "service_at_location": entity(
        {
            "id": UUID,
            "service_id": UUID,
            "location_id": UUID,
            "location": reference("location"),
            "service": reference("service"),
            "last_modified": MOMENT,
        },
        ("id",),
    ),
    "source": entity(
        {"key": TEXT, "name": TEXT, "url": URI, "licence": TEXT, "licence_url": URI},
        ("key", "name", "url", "licence", "licence_url"),
    ),
    "phone": entity({"id": UUID, "number": TEXT, "type": TEXT}, ("id", "number")),
    "schedule": entity(
        {
            "id": UUID, "freq": {"type": "string", "enum": ["WEEKLY", "MONTHLY"]}, "interval": NUMBER, "wkst": WEEKDAY,
            "byday": TEXT, "opens_at": CLOCK, "closes_at": CLOCK, "timezone": NUMBER, "description": TEXT,
            "notes": TEXT,
        },
        ("id",),
    ),
    "service_area": entity({"id": UUID, "name": TEXT}, ("id",)),
    "language": entity({"id": UUID, "name": TEXT, "code": TEXT}, ("id",)),
    "cost_option": entity({"id": UUID, "amount": NUMBER, "currency": TEXT, "amount_description": TEXT}, ("id",)),
    "accessibility": entity({"id": UUID, "description": TEXT, "details": TEXT}, ("id",)),
    "address": entity(
        {
            "id": UUID, "address_1": TEXT, "city": TEXT, "state_province": TEXT, "postal_code": TEXT, "country": TEXT,
            "address_type": PLACE_TYPE,
        },
        ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    ),
    "attribute": entity(
        {
            "id": UUID, "link_id": UUID, "link_entity": TEXT, "link_type": TEXT, "taxonomy_term_id": UUID,
            "label": TEXT, "taxonomy_term": reference("taxonomy_term"),
        },
        ("id",),
    ),
    "taxonomy": entity(
        {"id": UUID, "name": TEXT, "description": TEXT, "uri": URI, "version": TEXT}, ("id", "name", "description")
    ),
    "taxonomy_term": entity(
        {
            "id": UUID, "code": TEXT, "name": TEXT, "description": TEXT, "parent_id": UUID, "taxonomy": TEXT,
            "taxonomy_detail": reference("taxonomy"), "taxonomy_id": UUID, "language": TEXT, "term_uri": URI,
        },
        ("id", "name", "description"),
    ),
}  # fmt: skip

PAGE: dict[str, Schema] = {
    "total_items": WHOLE, "total_pages": WHOLE, "page_number": WHOLE, "size": WHOLE, "first_page": FLAG_VALUE,
    "last_page": FLAG_VALUE, "empty": FLAG_VALUE, "attribution": TEXT,
}  # fmt: skip

_PAGING = [
    parameter("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "Which page, from 1."),
    parameter("per_page", {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE}, "How many on a page."),
    parameter("format", {"type": "string", "enum": ["json"]}, "JSON is the only format."),
    parameter("lang", {"type": "string", "enum": ["de", "nl", "en"]}, "Language of names and texts."),
]
_SEARCH = parameter("search", TEXT, "Words to be found.")
_TERM = parameter("taxonomy_term_id", TEXT, "Things with that term or one below it.")
_TAXONOMY = parameter("taxonomy_id", TEXT, "Things with a term of that taxonomy.")
_ORGANIZATION_ID = parameter("organization_id", TEXT, "What that organisation offers.")
_AFTER = parameter("modified_after", MOMENT, "Changed at that moment or later.")
_FULL = parameter("full", FLAG, "Each with everything, as its own address has it.")
_FULL_SERVICE = parameter("full_service", FLAG, "Organisations with their services in full.")
_MINIMAL = parameter("minimal", FLAG, "Identifier and time of the last change only; up to 5,000 on a page.")
_POSTCODE = parameter("postcode", TEXT, "At a place with that postcode.")
_PROXIMITY = parameter(
    "proximity", {"type": "string", "pattern": r"^[0-9]{1,5}(\.[0-9]{1,3})?$"}, "Metres around that postcode’s middle."
)
_PARENT = parameter("parent_id", TEXT, "Terms below that one.")
_TOP = parameter("top_only", FLAG, "Terms of the first level only.")

LISTS: dict[str, tuple[str, str, list[dict[str, Any]]]] = {
    "services": ("service_row", "service", [_SEARCH, _TERM, _TAXONOMY, _ORGANIZATION_ID, _AFTER, _MINIMAL, _FULL]),
    "organizations": ("organization_row", "organization", [_SEARCH, _TERM, _TAXONOMY, _FULL, _FULL_SERVICE]),
    "service_at_locations": (
        "service_at_location",
        "service_at_location",
        [_SEARCH, _TERM, _TAXONOMY, _ORGANIZATION_ID, _AFTER, _FULL, _POSTCODE, _PROXIMITY],
    ),
    "taxonomies": ("taxonomy", "taxonomy", [_SEARCH]),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term", [_SEARCH, _TAXONOMY, _PARENT, _TOP]),
}


def document(base: str) -> dict[str, Any]:
    """The whole description, with the server it is asked of."""
    about = entity(
        {
            "version": TEXT,
            "profile": URI,
            "openapi_url": URI,
            "description": TEXT,
            "publisher": entity({"name": TEXT, "website": URI}, ("name", "website")),
            "sources": array("source"),
        },
        ("version", "profile", "openapi_url"),
    )
    paths: dict[str, Any] = {
        "/": {"get": operation("about", "Which version of HSDS this is, and by whom.", [_PAGING[-1]], about)}
    }
    for name, (row, full, parameters) in LISTS.items():
        either = reference(row) if row == full else {"anyOf": [reference(row), reference(full)]}
        page = entity({**PAGE, "contents": {"type": "array", "items": either}}, (*PAGE, "contents"), open_ended=True)
        paths[f"/{name}"] = {"get": operation(name, f"A page of {name}.", [*parameters, *_PAGING], page)}
        some = [path_id(), *([_FULL_SERVICE] if name == "organizations" else []), _PAGING[-1]]
        paths[f"/{name}/{{id}}"] = {
            "get": operation(f"{name}_id", f"One of the {name}.", some, reference(full), can_miss=True)
        }
    return described(
        title="Dorfplatz HSDS", about="Open Referral HSDS 3.0, read only.", server=f"{base}/hsds", paths=paths,
        schemas=SCHEMAS,
    )  # fmt: skip
