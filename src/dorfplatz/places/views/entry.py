"""The page of one entry of the social map."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.text import in_language
from dorfplatz.places.addresses import map_address
from dorfplatz.places.confirmation import confirmed_in_words, keeping_in_words
from dorfplatz.places.entry_facts import call_address, facts_of, week_of
from dorfplatz.places.enums import OfferedBy, PlaceKind, Status
from dorfplatz.places.facet_groups import language_name
from dorfplatz.places.json_ld import json_ld
from dorfplatz.places.map_filter import Box, MapFilter
from dorfplatz.places.policies import can_change_place, can_name_keeper, can_withdraw_place, is_keeper
from dorfplatz.places.queries import (
    PlacePage,
    Related,
    Term,
    Terms,
    open_claims,
    open_corrections,
    place_page,
    terms_of_municipality,
)
from dorfplatz.places.queries.cards import chip, open_line, warning
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.ui.parts import Step, Strip
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.kept.notes import keep_under, never_keep
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages
from dorfplatz.villages.strip import Frame, draw_strip

# What the map shows when it is opened from an entry, to each side of it, in degrees.
AROUND_LAT, AROUND_LON = 0.008, 0.013


def entry_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What, for whom, when, where, how to reach, who keeps it; the entry is one that the viewer may see."""
    return _page(request, entry)  # type: ignore[arg-type]  # the middleware has placed the request


def _page(request: SquareRequest, entry: Entry) -> HttpResponse:
    now, language = timezone.now(), request.LANGUAGE_CODE
    versions = {entry.language, *(text.language for text in entry.texts_by_people)}
    asked = request.GET.get("text", "")
    reader = asked if asked in versions else language
    page = place_page(entry, language=reader, viewer=request.viewer, now=now)
    if asked in versions:
        keep_under(request, f"{request.path}?text={asked}")
    if not _is_all_around_here(page, request.site):
        never_keep(request)
    return render(request, "places/entry.html", _context(request, page, versions, now))


def _is_all_around_here(page: PlacePage, site: Site) -> bool:
    """Whether everything the page tells of lies in villages that this square shows, and so is heard of here."""
    others = [*page.parts, *page.related, *([page.lead] if page.lead else [])]
    placed = [page.areas, *([placement.area for placement in other.entry.placements.all()] for other in others)]
    return all(any(area.pk in site.by_id for area in areas) for areas in placed) and all(
        area.pk in site.by_id for area in (*page.areas, *page.service_area)
    )


def _context(request: SquareRequest, page: PlacePage, versions: set[str], now: datetime) -> dict[str, Any]:
    language, site = request.LANGUAGE_CODE, request.site
    entry, listing = page.entry, page.listing
    terms = terms_of_municipality(request.municipality)
    local = now.astimezone(ZoneInfo(request.municipality.timezone))
    regions = holiday_regions(site)
    region = next((regions[a.pk] for a in page.areas if a.pk in regions), request.municipality.area.country)
    path = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    url = request.build_absolute_uri(path)
    term = terms.by_id.get(listing.category_id)
    may_change = bool(can_change_place(request.viewer, listing))
    return {
        "page": page,
        "entry": entry,
        "listing": listing,
        "words": page.words,
        "body_lang": page.words.language if page.words.language != language else "",
        "term": term,
        "kind_label": PlaceKind(entry.kind).label,
        "steps": _steps(term, language),
        "categories": _categories(page, terms, language),
        "chips": [_chip(area, language) for area in page.areas],
        "open": open_line(listing.opening_hours, local, region, language) if listing.status == Status.ACTIVE else None,
        "warning": warning(entry, listing, now),
        "alert": in_language(listing.alert, language),
        "is_paused": listing.status == Status.PAUSED,
        "is_closed": listing.status == Status.CLOSED,
        "facts": facts_of(page, language),
        "call_url": call_address(listing.phone) if listing.phone else "",
        "week": week_of(listing.opening_hours, local, region, language) if listing.status != Status.CLOSED else [],
        "versions": _versions(page, versions, path),
        "parts": [_related(other, language) for other in page.parts],
        "related": [_related(other, language) for other in page.related],
        "strip": _strip(request, page, term.colour if term else "slate"),
        "is_approximate": any(area.is_approximate for area in page.areas),
        "map_url": _around(request, entry.point),
        "confirmed": confirmed_in_words(listing),
        "keeping": keeping_in_words(page),
        "letter_url": reverse("letters:write_to", args=[entry.code]) if _takes_letters(page, request.viewer) else "",
        "may_change": may_change,
        "claims": open_claims(listing, request.viewer) if may_change else [],
        "is_keeper": is_keeper(request.viewer, listing),
        "corrections": open_corrections(listing, request.viewer) if may_change else [],
        "may_name_keeper": bool(can_name_keeper(request.viewer, listing)),
        "may_withdraw": bool(can_withdraw_place(request.viewer, listing)),
        "address": url,
        "short_address": f"{request.get_host()}/e/{entry.code}",
        "json_ld": json_ld(page, url=url, is_business=listing.offered_by == OfferedBy.BUSINESS),
    }


def _takes_letters(page: PlacePage, viewer: Actor) -> bool:
    """Whether somebody keeps it who reads letters; for everybody but those: who may write is asked when she does."""
    keepers = [k.identity for k in page.listing.keepers.all() if k.ended_at is None]
    return any(k.login_id and not k.is_blocked for k in keepers) and viewer.identity_id not in {k.pk for k in keepers}


def _steps(term: Term | None, language: str) -> list[Step]:
    first = Step(_("Map"), reverse("places:map"))
    return [first, _category_step(term, language)] if term else [first]


def _category_step(term: Term, language: str) -> Step:
    url = reverse("places:category", kwargs={"slug": term.slug})
    return Step(in_language(term.name, language), url, icon=term.icon)


def _categories(page: PlacePage, terms: Terms, language: str) -> list[Step]:
    """What it belongs to besides the category on the way to it."""
    others = (pk for pk in page.category_ids if pk != page.listing.category_id)
    return [_category_step(terms.by_id[pk], language) for pk in others if pk in terms.by_id]


def _chip(area: Area, language: str) -> Any:
    home = village_pages.get("home")
    shown = chip(area, None, language)
    return shown if home is None else type(shown)(name=shown.name, tint=shown.tint, url=home(area.slug))


def _versions(page: PlacePage, versions: set[str], path: str) -> list[Step]:
    """The languages a person has written it in, where there is more than one."""
    if len(versions) < 2 and page.words.is_original:
        return []
    ordered = [page.words.original_language, *sorted(versions - {page.words.original_language})]
    return [
        Step(
            _version_name(code, is_original=code == page.words.original_language),
            f"{path}?text={code}",
            is_current=code == page.words.language,
        )
        for code in ordered
    ]


def _version_name(code: str, *, is_original: bool) -> str:
    name = language_name(code)
    return _("%(language)s (original)") % {"language": name} if is_original else name


def _related(other: Related, language: str) -> dict[str, Any]:
    return {
        "title": other.words.title,
        "body": other.words.body,
        "lang": other.words.language if other.words.language != language else "",
        "kind": PlaceKind(other.kind).label,
        "url": reverse("entries:entry", kwargs={"code": other.entry.code, "words": other.entry.title_words}),
    }


def _strip(request: SquareRequest, page: PlacePage, colour: str) -> Strip | None:
    point = page.entry.point
    if point is None:
        return None
    names = ", ".join(in_language(area.name, request.LANGUAGE_CODE) for area in page.areas)
    label = _("Where it is: %(place)s") % {"place": names}
    areas = (*request.site.villages, *request.site.outside)
    return draw_strip(
        Frame.close_up(point),
        areas,
        [(point.lat, point.lon, colour)],
        language=request.LANGUAGE_CODE,
        label=label,
        here=[area.pk for area in page.areas],
    )


def _around(request: SquareRequest, point: Point | None) -> str:
    if point is None:
        return ""
    box = Box(point.lon - AROUND_LON, point.lat - AROUND_LAT, point.lon + AROUND_LON, point.lat + AROUND_LAT)
    return map_address(VillageFilter(request.site, (), with_neighbours=True), MapFilter(bbox=box))
