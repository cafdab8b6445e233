"""Rows of HSDS's tables, made of records. What is not known is left out; nothing is null. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from dorfplatz.api.hsds.ids import hsds_id
from dorfplatz.api.hsds.schedules import schedules
from dorfplatz.api.hsds.terms import Vocabulary
from dorfplatz.api.queries import Record
from dorfplatz.api.sources import OSM_ORIGIN, source_of
from dorfplatz.kernel.text import in_language, plain
from dorfplatz.places.enums import Generation, PlaceKind, Status, StepFree
from dorfplatz.places.facet_groups import language_name

STATUSES = {Status.ACTIVE: "active", Status.PAUSED: "temporarily closed", Status.CLOSED: "defunct"}
CURRENCY = "EUR"

Json = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """What all rows of one answer share. `state` is the ISO 3166-2 code of the home country's state, or ""."""

    vocabulary: Vocabulary
    language: str
    zone: str
    country: str
    state: str
    base: str
    now: datetime

    def page(self, record: Record) -> str:
        """The short address of an entry, which is kept for ever."""
        return f"{self.base}/e/{record.code}"


def known(values: Mapping[str, Any]) -> Json:
    """Without what nobody knows. Zero and False are known."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def service_basics(record: Record, organization: Record | None, scene: Scene) -> Json:
    """A service with the fields of its own row alone."""
    facts = record.facts
    return known(
        {
            "id": hsds_id("service", record.code),
            "organization_id": hsds_id("organization", organization.code) if organization else None,
            "name": record.words.title,
            "description": plain(record.words.body),
            "url": web_address(facts.website) or scene.page(record),
            "email": mail_address(facts.email),
            "status": status(facts.status, is_missing=record.is_missing),
            "application_process": in_language(record.how_to_apply, scene.language),
            "fees_description": fees(record, scene.language),
            "eligibility_description": ", ".join(str(g.label) for g in Generation if facts.generations & g),
            "minimum_age": facts.minimum_age,
            "maximum_age": facts.maximum_age,
            "assured_date": record.assured_on.isoformat() if record.assured_on else None,
            "alert": in_language(facts.alert, scene.language),
            "last_modified": moment(record.changed_at),
        }
    )


def service_lists(record: Record, scene: Scene) -> Json:
    """What a full service has besides its own row, its organisation and its places."""
    return known(
        {
            "phones": phones(record, "service"),
            "schedules": hours(record, "service", scene),
            "service_areas": [
                {"id": hsds_id("service_area", record.code, area.slug), "name": in_language(area.name, scene.language)}
                for area in record.service_area
            ],
            "languages": languages(record, "service"),
            "cost_options": cost_options(record, scene.language),
            "attributes": attributes(record, "service", scene.vocabulary),
        }
    )


def organization_basics(record: Record, scene: Scene, parent: Record | None = None) -> Json:
    title = record.words.title
    said = {
        "id": hsds_id("organization", record.code),
        "name": title,
        # HSDS asks for a description of each organisation; where nobody has written one, its name must do.
        "description": plain(record.words.body) or title,
        "email": mail_address(record.facts.email),
        "website": web_address(record.facts.website),
        "year_incorporated": record.founded_in,
        "legal_status": record.legal_status,
        "uri": scene.page(record),
        "parent_organization_id": hsds_id("organization", parent.code) if parent else None,
    }
    return known(said)


def organization_lists(record: Record, scene: Scene) -> Json:
    return known(
        {
            "phones": phones(record, "organization"),
            "attributes": attributes(record, "organization", scene.vocabulary),
        }
    )


def location_basics(record: Record, organization: Record | None = None) -> Json:
    """Where something is: an entry for a place, or the place of a club that has no entry for it."""
    from_osm = record.origin == OSM_ORIGIN and record.uri
    return known(
        {
            "id": hsds_id("location", record.code),
            "location_type": "physical",
            "organization_id": hsds_id("organization", organization.code) if organization else None,
            "name": record.words.title,
            "description": plain(record.words.body) if record.kind == PlaceKind.LOCATION else None,
            "latitude": record.lat,
            "longitude": record.lon,
            "external_identifier": record.uri if from_osm else None,
            "external_identifier_type": "OpenStreetMap" if from_osm else None,
        }
    )


def location_lists(record: Record, scene: Scene) -> Json:
    own = record.kind == PlaceKind.LOCATION
    return known(
        {
            "languages": languages(record, "location") if own else [],
            "addresses": addresses(record, scene),
            "accessibility": accessibility(record, scene.language),
            "phones": phones(record, "location") if own else [],
            "schedules": hours(record, "location", scene) if own else [],
            "attributes": attributes(record, "location", scene.vocabulary) if own else [],
        }
    )


def addresses(record: Record, scene: Scene) -> list[Json]:
    """One or none. HSDS wants every part of it: an unknown town is the village, other unknown parts are empty."""
    facts, area = record.facts, record.areas[0] if record.areas else None
    if not (facts.street or facts.town):
        return []
    country = area.country if area else scene.country
    return [
        {
            "id": hsds_id("address", record.code),
            "address_1": facts.street,
            "city": facts.town or (in_language(area.name, scene.language) if area else ""),
            "state_province": scene.state if country == scene.country else "",
            "postal_code": facts.postcode,
            "country": country,
            "address_type": "physical",
        }
    ]


def accessibility(record: Record, language: str) -> list[Json]:
    said = {
        StepFree.YES: _("Step-free."),
        StepFree.LIMITED: _("Step-free in part."),
        StepFree.NO: _("Not step-free."),
    }.get(StepFree(record.facts.step_free))
    details = in_language(record.facts.access_note, language)
    if not (said or details):
        return []
    return [known({"id": hsds_id("accessibility", record.code), "description": said, "details": details})]


def attributes(record: Record, entity: str, vocabulary: Vocabulary) -> list[Json]:
    """Its categories, and its source."""
    link = hsds_id(entity, record.code)
    terms = [vocabulary.term(vocabulary.terms.by_id[pk]) for pk in record.category_ids if pk in vocabulary.terms.by_id]
    source = vocabulary.source_term(source_of(record.origin, vocabulary.square))
    return [
        {
            "id": hsds_id("attribute", link, term["id"]),
            "link_id": link,
            "link_entity": entity,
            "link_type": kind,
            "taxonomy_term_id": term["id"],
            "label": term["name"],
            "taxonomy_term": term,
        }
        for kind, some in (("category", terms), ("source", [source]))
        for term in some
    ]


def phones(record: Record, entity: str) -> list[Json]:
    number = record.facts.phone
    return [{"id": hsds_id("phone", entity, record.code), "number": number, "type": "voice"}] if number else []


def languages(record: Record, entity: str) -> list[Json]:
    return [
        {"id": hsds_id("language", entity, record.code, code), "name": language_name(code), "code": code}
        for code in record.facts.spoken_languages
    ]


def hours(record: Record, entity: str, scene: Scene) -> list[Json]:
    owner = f"{entity}:{record.code}"
    note = in_language(record.facts.hours_note, scene.language)
    said = schedules(
        record.facts.opening_hours, owner=owner, language=scene.language, zone=scene.zone, now=scene.now
    ) or ([{"id": hsds_id("schedule", owner, "note")}] if note else [])
    return [{**part, "notes": " ".join(filter(None, [part.get("notes"), note]))} if note else part for part in said]


def cost_options(record: Record, language: str) -> list[Json]:
    words = fees(record, language)
    if not words:
        return []
    price = {"amount": 0, "currency": CURRENCY} if record.facts.is_free else {}
    return [{"id": hsds_id("cost_option", record.code), **price, "amount_description": words}]


def fees(record: Record, language: str) -> str:
    note = in_language(record.facts.cost_note, language)
    return note or (_("Free of charge.") if record.facts.is_free else "")


def status(said: str, *, is_missing: bool) -> str:
    """What has vanished from its source may still be there, but nobody vouches for it."""
    return "inactive" if is_missing and said == Status.ACTIVE else STATUSES[Status(said)]


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def web_address(text: str) -> str:
    """An address that machines understand, "" when it is none."""
    address = str(iri_to_uri(text.strip()))
    return address if address.startswith(("http://", "https://")) and " " not in address else ""


def mail_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def latest(records: Iterable[Record]) -> datetime | None:
    return max((record.changed_at for record in records), default=None)
