"""From OpenStreetMap tags to what the social map says. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from dorfplatz.imports.cleaning import clean_age, clean_line, clean_mail, clean_phone, clean_text, clean_url
from dorfplatz.imports.drafts import LONGEST_BODY, LONGEST_TITLE, Draft, Rejected
from dorfplatz.imports.osm.things import OsmThing
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import in_language
from dorfplatz.places.enums import SPOKEN_LANGUAGES, Generation, OfferedBy, PlaceKind, StepFree
from dorfplatz.places.hours import read_hours
from dorfplatz.places.hours_words import hours_in_words
from dorfplatz.places.osm_tags import TagIndex
from dorfplatz.places.taxonomy import Term

Texts = dict[str, str]

_STEP_FREE = {"yes": StepFree.YES, "designated": StepFree.YES, "limited": StepFree.LIMITED, "no": StepFree.NO}
_OPERATORS = {
    "public": OfferedBy.MUNICIPALITY,
    "government": OfferedBy.MUNICIPALITY,
    "private": OfferedBy.BUSINESS,
    "business": OfferedBy.BUSINESS,
    "community": OfferedBy.VOLUNTEER,
    "charitable": OfferedBy.VOLUNTEER,
}
# Nobody looks for a nameless thing that he may not use.
_CLOSED_ACCESS = frozenset({"private", "no", "military"})
_TIMES = {
    "service_times": {"de": "Gottesdienste: {}", "nl": "Vieringen: {}", "en": "Services: {}"},
    "collection_times": {"de": "Leerung: {}", "nl": "Lichting: {}", "en": "Collection: {}"},
}


@dataclass(frozen=True)
class Terms:
    """The taxonomy as one municipality has it: its tag patterns, and the terms they lead to."""

    index: TagIndex[str]
    by_slug: Mapping[str, Term]

    @property
    def patterns(self) -> list[str]:
        """Every pattern, for the native filters."""
        return [tag for term in self.by_slug.values() for tag in term.osm_tags]


def draft_of(thing: OsmThing, terms: Terms, languages: Sequence[str]) -> Draft | Rejected | None:
    """What the tags say, in the municipality's languages, the first being its own.

    None for what the taxonomy does not know; Rejected for what nobody would find under its category's mere name.
    """
    tags = thing.tags
    found = [terms.by_slug[slug] for slug in terms.index.find(tags)]
    if not found:
        return None
    lead, home = found[0], languages[0]
    own = _names(tags, home)
    if not own and (not lead.unnamed or tags.get("access") in _CLOSED_ACCESS):
        return Rejected(thing.key, _("It has no name."))
    names = own or _called(lead, tags)
    body = _descriptions(tags, home, operator=not own)
    title = in_language(names, home)
    return Draft(
        key=thing.key,
        kind=lead.kind,
        title=title,
        language=home,
        categories=tuple(term.slug for term in found),
        point=Point(round(thing.lat, 7), round(thing.lon, 7)),
        body=body.get(home, ""),
        texts=_texts(names, body, languages),
        uri=f"https://www.openstreetmap.org/{thing.key}",
        offered_by=_OPERATORS.get(tags.get("operator:type", ""), OfferedBy(lead.offered_by)).value,
        is_free={"no": True, "yes": False}.get(tags.get("fee", "")),
        step_free=_STEP_FREE.get(tags.get("wheelchair", ""), StepFree.UNKNOWN).value,
        access_note=_access_note(tags, home),
        generations=sum(Generation[name.upper()] for name in lead.generations),
        spoken_languages=tuple(code for code in SPOKEN_LANGUAGES if tags.get(f"language:{code}") in {"yes", "main"}),
        box=thing.box,
        is_nameless=not own,
        **_hours(tags, home, languages),
        **_ages(tags),
        **_contact(tags),
    )


def _names(tags: Mapping[str, str], home: str) -> Texts:
    """By language, what it is called; under the home language what people there say. Empty for a nameless thing."""
    names = {
        key.removeprefix("name:"): clean_line(value, LONGEST_TITLE)
        for key, value in tags.items()
        if key.startswith("name:")
    }
    common = clean_line(tags.get("name", ""), LONGEST_TITLE)
    named = {code: name for code, name in names.items() if name}
    if common or named.get(home):
        return {**named, home: named.get(home) or common}
    return {}


def _called(term: Term, tags: Mapping[str, str]) -> Texts:
    """What a nameless thing is called: its brand where it is a firm's, else what it is, with its number."""
    brand = clean_line(tags.get("brand", ""), LONGEST_TITLE)
    if brand and term.kind == PlaceKind.ORGANIZATION:
        return dict.fromkeys(term.names, brand)
    number = clean_line(tags.get("ref", ""), 20) if tags.get("highway") == "emergency_access_point" else ""
    return {code: f"{name} {number}".strip() for code, name in term.names_for(tags).items()}


def _descriptions(tags: Mapping[str, str], home: str, *, operator: bool) -> Texts:
    texts = {
        key.removeprefix("description:"): clean_text(value, LONGEST_BODY)
        for key, value in tags.items()
        if key.startswith("description:")
    }
    own = texts.get(home) or clean_text(tags.get("description", ""), LONGEST_BODY)
    if not own and operator:
        own = clean_line(tags.get("operator") or tags.get("brand") or "", LONGEST_TITLE)
    return {code: text for code, text in {**texts, home: own}.items() if text}


def _texts(names: Texts, body: Texts, languages: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The other languages in which it has a name or a description of its own."""
    home = languages[0]
    found = {}
    for code in languages[1:]:
        title, text = names.get(code) or names[home], body.get(code) or body.get(home, "")
        if (title, text) != (names[home], body.get(home, "")):
            found[code] = (title, text)
    return found


def _hours(tags: Mapping[str, str], home: str, languages: Sequence[str]) -> dict[str, Any]:
    read = read_hours(clean_line(tags.get("opening_hours", ""), 1_000))
    notes: dict[str, list[str]] = {}
    if read.note:
        notes[home] = [clean_line(read.note, 300)]
    for key, labels in _TIMES.items():
        said = clean_line(tags.get(key, ""), 300)
        for code in languages if said else ():
            label = labels.get(code, labels["en"])
            notes.setdefault(code, []).append(label.format(hours_in_words(said, code)))
    return {"opening_hours": read.hours, "hours_note": {code: "; ".join(said) for code, said in notes.items()}}


def _ages(tags: Mapping[str, str]) -> dict[str, Any]:
    lowest, highest = clean_age(tags.get("min_age", "")), clean_age(tags.get("max_age", ""))
    if lowest is not None and highest is not None and lowest > highest:
        lowest = highest = None
    return {"minimum_age": lowest, "maximum_age": highest}


def _access_note(tags: Mapping[str, str], home: str) -> Texts:
    """Where exactly, and how one gets in."""
    keys = ("defibrillator:location", "location:description", "wheelchair:description", "entrance:description")
    said = [clean_text(tags.get(f"{key}:{home}") or tags.get(key, ""), 300) for key in keys]
    note = " ".join(dict.fromkeys(text for text in said if text))
    return {home: note} if note else {}


def _contact(tags: Mapping[str, str]) -> dict[str, Any]:
    def given(*keys: str) -> str:
        return next((tags[key] for key in keys if tags.get(key)), "")

    street = clean_line(given("addr:street", "addr:place", "addr:hamlet"), 100)
    number = clean_line(given("addr:housenumber"), 15)
    return {
        "phone": clean_phone(given("contact:phone", "phone", "contact:mobile", "mobile")),
        "email": clean_mail(given("contact:email", "email")),
        "website": clean_url(given("contact:website", "website", "url", "contact:url")),
        "street": f"{street} {number}".strip() if street else "",
        "postcode": clean_line(given("addr:postcode"), 12),
        "town": clean_line(given("addr:village", "addr:city", "addr:suburb"), 80),
    }
