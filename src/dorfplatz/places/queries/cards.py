"""Results as cards: everything a list shows of each, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point, distance_m
from dorfplatz.kernel.keeping import Share
from dorfplatz.kernel.text import excerpt, in_language, plain
from dorfplatz.places.enums import StepFree
from dorfplatz.places.hours import is_open
from dorfplatz.places.hours_words import now_in_words
from dorfplatz.places.models import Listing
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.places.queries.taxonomy import Terms
from dorfplatz.ui.parts import Card, OpenLine, Village
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site, edition_to_keep_under

LEAD_LENGTH = 140


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a card shows at any time, and what it takes to say the rest: the distance, open or not, the warning."""

    card: Card
    areas: tuple[tuple[Village, Point | None], ...]
    opening_hours: str
    region: str
    is_missing: bool
    check_due_at: datetime | None


CARD_BYTES = 1_500
_kept_cards: EditionMemory[_Kept] = EditionMemory(Share.CARDS.bytes(), size_of=lambda _card: CARD_BYTES)


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
    edition = edition_to_keep_under(site.municipality.pk)
    visible = Entry.objects.filter(pk__in=list(ids)).visible_to(viewer, now=now)
    seen = set(visible.values_list("pk", flat=True))
    found = _found([pk for pk in ids if pk in seen], edition, site=site, terms=terms, language=language)
    local = now.astimezone(ZoneInfo(site.municipality.timezone))
    return [_card(found[pk], local=local, language=language, near=near) for pk in ids if pk in found]


def _found(ids: Sequence[int], edition: int | None, *, site: Site, terms: Terms, language: str) -> dict[int, _Kept]:
    """By entry; those that are not kept are read, in three queries for all of them."""
    base = (site.municipality.pk, language, get_language())
    found = {pk: kept for pk in ids if (kept := _kept_cards.find((*base, pk), edition))}
    missing = [pk for pk in ids if pk not in found]
    if not missing:
        return found
    regions = holiday_regions(site)
    entries = with_words(Entry.objects.filter(pk__in=missing)).select_related("listing")
    for entry in entries:
        found[entry.pk] = _read(entry, site=site, terms=terms, language=language, regions=regions)
        # Of what stands elsewhere, changes are not counted here.
        if any(placement.area_id in site.by_id for placement in entry.placements.all()):
            _kept_cards.keep((*base, entry.pk), edition, found[entry.pk])
    return found


def _read(entry: Entry, *, site: Site, terms: Terms, language: str, regions: Mapping[int, str]) -> _Kept:
    listing: Listing = entry.listing
    words = reading(entry, language)
    term = terms.by_id.get(listing.category_id)
    areas = [placement.area for placement in entry.placements.all()]
    card = Card(
        id=str(entry.pk),
        title=words.title,
        url=reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words}),
        icon=term.icon if term else "map-pin",
        shape=term.shape if term else "circle",
        colour=term.colour if term else "slate",
        category=in_language(term.name, language) if term else "",
        lead=excerpt(plain(words.body), LEAD_LENGTH),
        facts=[*([] if entry.state == State.PUBLISHED else [str(State(entry.state).label)]), *short_facts(listing)],
        language="" if words.language == language else words.language,
        source=_("Example") if entry.origin == "demo" else "",
    )
    return _Kept(
        card=card,
        areas=tuple(
            (chip(area, None, language), area.point if area.kind == AreaKind.VILLAGE else None) for area in areas
        ),
        opening_hours=listing.opening_hours,
        region=next((regions[area.pk] for area in areas if area.pk in regions), site.municipality.area.country),
        is_missing=listing.missing_since is not None,
        check_due_at=entry.check_due_at,
    )


def _card(kept: _Kept, *, local: datetime, language: str, near: Point | None) -> Card:
    """The card as it is at this moment, from there."""
    return replace(
        kept.card,
        villages=[_with_distance(shown, point, near) for shown, point in kept.areas],
        open=open_line(kept.opening_hours, local, kept.region, language),
        warning=_warning(is_missing=kept.is_missing, check_due_at=kept.check_due_at, now=local),
    )


def chip(area: Area, near: Point | None, language: str) -> Village:
    """A village's chip, with the distance when it is not the one looked at."""
    if area.kind != AreaKind.VILLAGE:
        return Village(name=_("all villages"))
    return _with_distance(Village(name=in_language(area.name, language), tint=area.tint), area.point, near)


def _with_distance(shown: Village, point: Point | None, near: Point | None) -> Village:
    metres = distance_m(near, point) if near and point else None
    return replace(shown, distance_m=metres) if metres and metres > 1 else shown


def open_line(opening_hours: str, local: datetime, region: str, language: str) -> OpenLine | None:
    """“open until 6 pm”; None when nobody knows. Opening hours know no seconds."""
    return _open_line(opening_hours, local.replace(second=0, microsecond=0), region, language)


@lru_cache(maxsize=4096)
def _open_line(opening_hours: str, local: datetime, region: str, language: str) -> OpenLine | None:
    words = now_in_words(opening_hours, local, region, language) if opening_hours else ""
    if not words:
        return None
    return OpenLine(words, "open" if is_open(opening_hours, local, region) else "closed")


def warning(entry: Entry, listing: Listing, now: datetime) -> str:
    """Why a reader should ask before relying on it, "" when there is nothing to warn of."""
    return _warning(is_missing=listing.missing_since is not None, check_due_at=entry.check_due_at, now=now)


def _warning(*, is_missing: bool, check_due_at: datetime | None, now: datetime) -> str:
    if is_missing:
        return _("No longer in its source: please ask before you go.")
    if check_due_at and check_due_at < now:
        return _("Not confirmed for a long time.")
    return ""


def short_facts(listing: Listing) -> list[str]:
    facts = [_("free of charge")] if listing.is_free else []
    return [*facts, _("step-free")] if listing.step_free == StepFree.YES else facts
