"""What is known about an entry, as terms with plain sentences beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.kernel.text import in_language
from dorfplatz.places.enums import Generation, OfferedBy, PlaceKind, StepFree
from dorfplatz.places.facet_groups import language_name
from dorfplatz.places.hours import read_hours, week_rows
from dorfplatz.places.hours_words import hours_in_words
from dorfplatz.places.map_words import listed
from dorfplatz.places.queries import PlacePage
from dorfplatz.ui.parts import Fact
from dorfplatz.ui.said import said_clock, said_day
from dorfplatz.villages.models import Area


@dataclass(frozen=True)
class WeekDay:
    """One row of the week’s table."""

    day: str
    hours: str
    is_today: bool
    is_holiday: bool


def facts_of(page: PlacePage, language: str) -> list[Fact]:
    """All facts in the order in which people ask; what is not known is not mentioned."""
    groups: tuple[Iterable[Fact], ...] = (
        _opening(page, language), _reach(page), _where(page), _cost(page, language), _access(page, language),
        _whom(page), _spoken(page), _apply(page, language), _about(page, language),
    )  # fmt: skip
    return [fact for group in groups for fact in group]


def week_of(opening_hours: str, local: datetime, region: str, language: str) -> list[WeekDay]:
    """The seven days from today on; none for hours that nobody knows, or that are the same day and night."""
    rows = week_rows(opening_hours, local.date(), region) if opening_hours and opening_hours != "24/7" else None
    today = local.date()
    return [
        WeekDay(
            day=_day(row.on, today, language),
            hours=_spans([(span.start, span.end) for span in row.spans], language),
            is_today=row.on == today,
            is_holiday=row.is_holiday,
        )
        for row in rows or ()
    ]


def said_hours(opening_hours: str, language: str) -> str:
    """The hours as people say them, whoever wrote them down."""
    return hours_in_words(read_hours(opening_hours).hours or opening_hours, language)


def call_address(phone: str) -> str:
    """`tel:` with digits only, as dialling programs want it; an extension in brackets is left out."""
    digits = re.sub(r"[^\d+]", "", phone.split("(0)", maxsplit=1)[0] + "".join(phone.split("(0)")[1:]))
    return f"tel:{digits}" if digits else ""


def _day(on: date, today: date, language: str) -> str:
    """“heute”, “morgen”, then the weekday alone: within seven days it is clear."""
    if (on - today).days < 2:
        return said_day(on, today=today, language=language)
    return date_format(on, "l")


def _spans(spans: list[tuple[time, time]], language: str) -> str:
    """“7–12.30, 15–18 Uhr”; "" for a day on which it is closed."""
    if not spans:
        return ""
    if any(start == end for start, end in spans):
        return _("all day")
    unit = {"de": " Uhr", "nl": " uur"}.get(language, "")
    return ", ".join(f"{_clock(start, language)}–{_clock(end, language)}" for start, end in spans) + unit


def _clock(at: time, language: str) -> str:
    unit = {"de": " Uhr", "nl": " uur"}.get(language, "")
    return said_clock(datetime.combine(date.min, at), language).removesuffix(unit)


def _opening(page: PlacePage, language: str) -> Iterator[Fact]:
    lines = [said_hours(page.listing.opening_hours, language)] if page.listing.opening_hours else []
    note = in_language(page.listing.hours_note, language)
    if lines or note:
        yield Fact(pgettext("opening times", "Open"), [*lines, *([note] if note else [])], "clock")


def _reach(page: PlacePage) -> Iterator[Fact]:
    listing = page.listing
    if listing.phone:
        yield Fact(_("Telephone"), [listing.phone], "phone", call_address(listing.phone))
    if listing.email:
        yield Fact(_("E-mail"), [listing.email], "mail", f"mailto:{listing.email}")
    if listing.website:
        host = urlsplit(listing.website).netloc.removeprefix("www.") or listing.website
        yield Fact(_("Website"), [host], "globe", listing.website)


def _where(page: PlacePage) -> Iterator[Fact]:
    listing, point = page.listing, page.entry.point
    lines = [line for line in (listing.street, f"{listing.postcode} {listing.town}".strip()) if line]
    if lines:
        yield Fact(_("Address"), lines, "map-pin")
    if point:
        words = f"{point.lat:.5f}, {point.lon:.5f}"
        yield Fact(_("Way there"), [_("Open in a map program")], "signpost", f"geo:{words.replace(' ', '')}")


def _cost(page: PlacePage, language: str) -> Iterator[Fact]:
    note = in_language(page.listing.cost_note, language)
    said = {True: _("free of charge"), False: "" if note else _("costs something"), None: ""}[page.listing.is_free]
    lines = [line for line in (said, note) if line]
    if lines:
        yield Fact(_("Cost"), lines, "banknote")


def _access(page: PlacePage, language: str) -> Iterator[Fact]:
    sentences = {
        StepFree.YES: _("One gets in without a step."),
        StepFree.LIMITED: _("One gets in without a step only in part."),
        StepFree.NO: _("There are steps."),
    }
    said, note = sentences.get(StepFree(page.listing.step_free), ""), in_language(page.listing.access_note, language)
    lines = [line for line in (said, note) if line]
    if lines:
        yield Fact(_("Getting in"), lines, "accessibility")


def _whom(page: PlacePage) -> Iterator[Fact]:
    listing = page.listing
    names = [str(generation.label) for generation in Generation if listing.generations & generation]
    ages = _ages(listing.minimum_age, listing.maximum_age)
    lines = [line for line in (listed(names), ages) if line]
    if lines:
        yield Fact(_("For whom"), lines, "users")


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is not None and oldest is not None:
        return _("from %(youngest)d to %(oldest)d years of age") % {"youngest": youngest, "oldest": oldest}
    if youngest is not None:
        return _("from %(youngest)d years of age") % {"youngest": youngest}
    return _("up to %(oldest)d years of age") % {"oldest": oldest} if oldest is not None else ""


def _spoken(page: PlacePage) -> Iterator[Fact]:
    if page.listing.spoken_languages:
        names = [language_name(code) for code in page.listing.spoken_languages]
        yield Fact(_("Languages spoken"), [listed(names)], "languages")


def _apply(page: PlacePage, language: str) -> Iterator[Fact]:
    if page.entry.kind == PlaceKind.SERVICE:
        words = in_language(page.entry.service.how_to_apply, language)
        if words:
            yield Fact(_("How to take part"), [words], "clipboard-list")
    names = [_name(area, language) for area in page.service_area]
    if names:
        yield Fact(_("For people from"), [listed(names)], "map-pinned")


def _about(page: PlacePage, language: str) -> Iterator[Fact]:
    del language
    if page.listing.offered_by:
        yield Fact(_("Offered by"), [str(OfferedBy(page.listing.offered_by).label)], "hand-heart")
    if page.entry.kind == PlaceKind.LOCATION and page.entry.location.capacity:
        yield Fact(_("Room for"), [_("%(count)d people") % {"count": page.entry.location.capacity}], "armchair")
    if page.entry.kind == PlaceKind.ORGANIZATION:
        own = page.entry.organization
        founded = _("since %(year)d") % {"year": own.founded_in} if own.founded_in else ""
        lines = [line for line in (own.legal_status, founded) if line]
        if lines:
            yield Fact(_("Organisation"), lines, "building")


def _name(area: Area, language: str) -> str:
    return in_language(area.name, language)
