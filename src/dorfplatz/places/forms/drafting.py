"""From the form's cleaned values to a draft, and from an entry to the form's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.places.actions import CHECK_AFTER, PlaceDraft
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind, Status, StepFree
from dorfplatz.places.forms.hours import UNKNOWN, hours_initial
from dorfplatz.places.forms.place import MOST_CATEGORIES, NOTES
from dorfplatz.places.models import Category, Listing
from dorfplatz.villages.queries import Site

CATEGORY_FIELDS = ("category", "category_2", "category_3")
PLAIN = ("offered_by", "status", "step_free", "phone", "email", "website", "street", "postcode", "town")


def new_initial(language: str) -> dict[str, Any]:
    """What a new form begins with."""
    return {
        "language": language,
        "hours_mode": UNKNOWN,
        "step_free": StepFree.UNKNOWN,
        "status": Status.ACTIVE,
        "audience": Audience.PUBLIC,
    }


def draft_of(
    cleaned: Mapping[str, Any],
    *,
    kind: PlaceKind,
    site: Site,
    languages: list[str],
    categories: Mapping[int, Category],
    present: Listing | None = None,
) -> PlaceDraft:
    """What the form says. What it does not show of a `present` entry is kept: other parents, locations, languages."""
    chosen = list(dict.fromkeys(cleaned[name] for name in CATEGORY_FIELDS if cleaned[name]))
    notes = {name: _texts(name, cleaned, languages, present) for name in NOTES}
    return PlaceDraft(
        kind=kind,
        words=Draft(
            title=cleaned["title"],
            body=cleaned["body"],
            language=cleaned["language"],
            areas=[site.by_id[pk] for pk in cleaned["villages"]],
            point=cleaned["point"],
            texts=_versions(cleaned, languages, present),
            audience=Audience(cleaned["audience"]),
            check_after=CHECK_AFTER,
        ),
        categories=[categories[pk] for pk in chosen],
        facts=ListingFacts(
            **{name: cleaned[name] for name in PLAIN},
            hours_note=notes["hours_note"],
            cost_note=notes["cost_note"],
            access_note=notes["access_note"],
            alert=notes["alert"],
            is_free={"yes": True, "no": False}.get(cleaned["is_free"]),
            generations=sum(cleaned["generations"]),
            minimum_age=cleaned["minimum_age"],
            maximum_age=cleaned["maximum_age"],
            spoken_languages=tuple(cleaned["spoken_languages"]),
            opening_hours=cleaned["opening_hours"],
        ),
        own=KindFacts(
            organization_id=cleaned["organization"],
            location_ids=_location_ids(present),
            how_to_apply=notes["how_to_apply"],
            capacity=cleaned["capacity"],
            founded_in=cleaned["founded_in"],
            legal_status=cleaned["legal_status"],
        ),
        service_area=[site.by_id[pk] for pk in cleaned["service_area"]],
    )


def initial_of(listing: Listing, languages: list[str]) -> dict[str, Any]:
    """The form's values for an entry."""
    entry = listing.entry
    own = entry.language
    values: dict[str, Any] = {
        "kind": entry.kind,
        "title": entry.title,
        "body": entry.body,
        "language": own,
        "audience": entry.audience,
        "lat": entry.lat,
        "lon": entry.lon,
        "villages": [placement.area_id for placement in entry.placements.all()],
        "service_area": [area.pk for area in listing.service_area.all()],
        "is_free": {True: "yes", False: "no", None: ""}[listing.is_free],
        "generations": [bit for bit in (1, 2, 4, 8, 16) if listing.generations & bit],
        "minimum_age": listing.minimum_age,
        "maximum_age": listing.maximum_age,
        "spoken_languages": listing.spoken_languages,
        **{name: getattr(listing, name) for name in PLAIN},
        **hours_initial(listing.opening_hours, own),
        **_own_values(listing),
        **_category_values(listing),
    }
    for name in NOTES:
        texts = _note(listing, name)
        values[name] = texts.get(own) or texts.get("und", "")
        values |= {f"{name}_{code}": texts.get(code, "") for code in languages if code != own}
    for text in entry.texts_by_people:
        values |= {f"title_{text.language}": text.title, f"body_{text.language}": text.body}
    return values


def _texts(name: str, cleaned: Mapping[str, Any], languages: list[str], present: Listing | None) -> dict[str, str]:
    """A note by language; languages the form does not offer stay as they are."""
    own = cleaned["language"]
    kept = {code: text for code, text in (_note(present, name) if present else {}).items() if code not in languages}
    kept.pop("und", None)
    said = {own: cleaned[name], **{code: cleaned[f"{name}_{code}"] for code in languages if code != own}}
    return {**kept, **{code: text for code, text in said.items() if text}}


def _versions(cleaned: Mapping[str, Any], languages: list[str], present: Listing | None) -> dict[str, tuple[str, str]]:
    rows = present.entry.texts_by_people if present else ()
    kept = {text.language: (text.title, text.body) for text in rows if text.language not in languages}
    own = cleaned["language"]
    said = {code: (cleaned[f"title_{code}"], cleaned[f"body_{code}"]) for code in languages if code != own}
    return {**kept, **{code: pair for code, pair in said.items() if pair[0]}}


def _note(listing: Listing, name: str) -> dict[str, str]:
    if name != "how_to_apply":
        return dict(getattr(listing, name))
    return dict(listing.entry.service.how_to_apply) if listing.entry.kind == PlaceKind.SERVICE else {}


def _location_ids(listing: Listing | None) -> tuple[int, ...]:
    if listing is None or listing.entry.kind != PlaceKind.SERVICE:
        return ()
    return tuple(listing.entry.service.locations.values_list("pk", flat=True))


def _own_values(listing: Listing) -> dict[str, Any]:
    entry = listing.entry
    if entry.kind == PlaceKind.ORGANIZATION:
        own = entry.organization
        return {"organization": own.parent_id, "founded_in": own.founded_in, "legal_status": own.legal_status}
    if entry.kind == PlaceKind.LOCATION:
        return {"organization": entry.location.organization_id, "capacity": entry.location.capacity}
    return {"organization": entry.service.organization_id}


def _category_values(listing: Listing) -> dict[str, int]:
    others = listing.categories.exclude(pk=listing.category_id).order_by("position").values_list("pk", flat=True)
    found = [listing.category_id, *others][:MOST_CATEGORIES]
    return dict(zip(CATEGORY_FIELDS, found, strict=False))
