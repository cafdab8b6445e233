"""Results as cards: everything a list shows of each, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point, distance_m
from dorfplatz.kernel.text import excerpt, in_language, plain
from dorfplatz.places.enums import StepFree
from dorfplatz.places.hours import is_open
from dorfplatz.places.hours_words import now_in_words
from dorfplatz.places.models import Listing
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.places.queries.taxonomy import Terms
from dorfplatz.ui.parts import Card, OpenLine, Village
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

LEAD_LENGTH = 140


def cards(
    ids: Sequence[int],
    *,
    site: Site,
    terms: Terms,
    language: str,
    viewer: Actor,
    now: datetime,
    near: Point | None = None,
) -> list[Card]:
    """Cards of those entries that the viewer may see, in the order of the ids. `near` adds distances in the chips."""
    found = with_words(Entry.objects.filter(pk__in=list(ids)).visible_to(viewer, now=now))
    entries: Mapping[int, Entry] = found.select_related("listing").in_bulk()
    regions = holiday_regions(site)
    local = now.astimezone(ZoneInfo(site.municipality.timezone))
    return [
        _card(entries[pk], site=site, terms=terms, language=language, local=local, regions=regions, near=near)
        for pk in ids
        if pk in entries
    ]


def _card(
    entry: Entry,
    *,
    site: Site,
    terms: Terms,
    language: str,
    local: datetime,
    regions: Mapping[int, str],
    near: Point | None,
) -> Card:
    listing: Listing = entry.listing
    words = reading(entry, language)
    term = terms.by_id.get(listing.category_id)
    areas = [placement.area for placement in entry.placements.all()]
    region = next((regions[area.pk] for area in areas if area.pk in regions), site.municipality.area.country)
    return Card(
        id=str(entry.pk),
        title=words.title,
        url=reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words}),
        icon=term.icon if term else "map-pin",
        shape=term.shape if term else "circle",
        colour=term.colour if term else "slate",
        category=in_language(term.name, language) if term else "",
        lead=excerpt(plain(words.body), LEAD_LENGTH),
        villages=[chip(area, near, language) for area in areas],
        open=open_line(listing.opening_hours, local, region, language),
        warning=warning(entry, listing, local),
        facts=[*([] if entry.state == State.PUBLISHED else [str(State(entry.state).label)]), *short_facts(listing)],
        language="" if words.language == language else words.language,
        source=_("Example") if entry.origin == "demo" else "",
    )


def chip(area: Area, near: Point | None, language: str) -> Village:
    """A village's chip, with the distance when it is not the one looked at."""
    if area.kind != AreaKind.VILLAGE:
        return Village(name=_("all villages"))
    metres = distance_m(near, area.point) if near and area.point else None
    return Village(
        name=in_language(area.name, language),
        tint=area.tint,
        distance_m=metres if metres and metres > 1 else None,
    )


def open_line(opening_hours: str, local: datetime, region: str, language: str) -> OpenLine | None:
    """“open until 6 pm”; None when nobody knows."""
    words = now_in_words(opening_hours, local, region, language) if opening_hours else ""
    if not words:
        return None
    return OpenLine(words, "open" if is_open(opening_hours, local, region) else "closed")


def warning(entry: Entry, listing: Listing, now: datetime) -> str:
    """Why a reader should ask before relying on it, "" when there is nothing to warn of."""
    if listing.missing_since:
        return _("No longer in its source: please ask before you go.")
    if entry.check_due_at and entry.check_due_at < now:
        return _("Not confirmed for a long time.")
    return ""


def short_facts(listing: Listing) -> list[str]:
    facts = [_("free of charge")] if listing.is_free else []
    return [*facts, _("step-free")] if listing.step_free == StepFree.YES else facts
