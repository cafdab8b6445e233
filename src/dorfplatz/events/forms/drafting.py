"""From the form's cleaned values to a draft, and from an event to the form's values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.events.civil import Span
from dorfplatz.events.drafts import EventDraft, EventFacts
from dorfplatz.events.enums import Repeats
from dorfplatz.events.models import Event
from dorfplatz.events.recurrence import MONTHLY, WEEKLY, YEARLY, Rule, first_on_or_after
from dorfplatz.events.school_holidays import region_of_country
from dorfplatz.kernel.geo import Point
from dorfplatz.places.enums import StepFree
from dorfplatz.places.models import Listing
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

YEAR = timedelta(days=364)  # whole weeks, so that a Tuesday stays one
PLAIN = ("place_words", "cost_note", "registration", "takes_names", "capacity")


def new_initial() -> dict[str, Any]:
    return {
        "language": "",
        "audience": Audience.PUBLIC,
        "takes_names": True,
        "step_free": StepFree.UNKNOWN,
        "interval": 1,
    }


def draft_of(
    cleaned: Mapping[str, Any], *, site: Site, languages: list[str], present: Event | None = None
) -> EventDraft:
    """What the form says. What it does not show of a `present` event is kept: other languages, a rule of its own."""
    areas = [site.by_id[pk] for pk in cleaned["villages"]]
    rule = _rule(cleaned, present)
    span = _span(cleaned, rule, areas, site)
    return EventDraft(
        words=Draft(
            title=cleaned["title"],
            body=cleaned["body"],
            language=cleaned["language"],
            areas=areas,
            point=_point(cleaned["place"], present),
            texts=_versions(cleaned, languages, present),
            audience=Audience(cleaned["audience"]),
        ),
        span=span,
        rule=rule,
        holiday_region=_region(areas, present) if cleaned["skips_holidays"] else "",
        facts=EventFacts(
            **{name: cleaned[name] for name in PLAIN},
            place_id=cleaned["place"],
            organiser_id=cleaned["organiser"],
            theme_id=cleaned["theme"],
            generations=sum(cleaned["generations"]),
            is_free={"yes": True, "no": False}.get(cleaned["is_free"]),
            step_free=cleaned["step_free"] or StepFree.UNKNOWN,
            spoken_languages=tuple(cleaned["spoken_languages"]),
        ),
    )


def _rule(cleaned: Mapping[str, Any], present: Event | None) -> Rule | None:
    repeats, first = cleaned["repeats"], cleaned["starts_on"]
    interval, until = cleaned["interval"] or 1, cleaned["repeats_until"]
    if repeats == Repeats.AS_IT_IS:
        return present.series_rule if present else None
    if repeats == Repeats.WEEKLY:
        days = tuple((0, day) for day in sorted(cleaned["weekdays"] or [first.weekday()]))
        return Rule(WEEKLY, interval, weekdays=days, until=until)
    if repeats == Repeats.MONTHLY_WEEKDAY:
        return Rule(MONTHLY, interval, weekdays=((cleaned["nth"] or 1, first.weekday()),), until=until)
    if repeats == Repeats.MONTHLY_DAY:
        return Rule(MONTHLY, interval, month_days=(first.day,), until=until)
    return Rule(YEARLY, until=until) if repeats == Repeats.YEARLY else None


def _span(cleaned: Mapping[str, Any], rule: Rule | None, areas: list[Area], site: Site) -> Span:
    """A series begins on the first day its rule names. What ends before it begins ends on the morning after."""
    first = cleaned["starts_on"]
    begins, ends = cleaned["starts_time"], cleaned["ends_time"]
    last = cleaned["ends_on"] or first
    if begins and ends and last == first and ends <= begins:
        last = first + timedelta(days=1)
    span = Span(first, begins, last, ends, zone_of(areas, site))
    return span.moved_to(first_on_or_after(rule, first)) if rule else span


def zone_of(areas: list[Area], site: Site) -> str:
    """The zone in which hours are meant: the municipality's, or the neighbouring country's."""
    country = areas[0].country if areas else ""
    if country == site.municipality.area.country:
        return site.municipality.timezone
    return {"NL": "Europe/Amsterdam", "DE": "Europe/Berlin", "BE": "Europe/Brussels"}.get(
        country, site.municipality.timezone
    )


def _region(areas: list[Area], present: Event | None) -> str:
    if present is not None and present.holiday_region:
        return present.holiday_region
    return region_of_country(areas[0].country) if areas else ""


def _point(place_id: int | None, present: Event | None) -> Point | None:
    if place_id is not None:
        return Listing.objects.select_related("entry").get(pk=place_id).entry.point
    return present.entry.point if present is not None and present.place_id is None else None


def _versions(cleaned: Mapping[str, Any], languages: list[str], present: Event | None) -> dict[str, tuple[str, str]]:
    rows = present.entry.texts_by_people if present else ()
    kept = {text.language: (text.title, text.body) for text in rows if text.language not in languages}
    said = {
        code: (cleaned[f"title_{code}"], cleaned[f"body_{code}"]) for code in languages if code != cleaned["language"]
    }
    return {**kept, **{code: pair for code, pair in said.items() if pair[0]}}


def initial_of(event: Event) -> dict[str, Any]:
    """The form's values for an event."""
    entry = event.entry
    values: dict[str, Any] = {
        "title": entry.title,
        "body": entry.body,
        "language": entry.language,
        "audience": entry.audience,
        "villages": [placement.area_id for placement in entry.placements.all()],
        "starts_on": event.starts_on,
        "starts_time": event.starts_time,
        "ends_time": event.ends_time,
        "ends_on": event.ends_on if _says_last_day(event) else None,
        "place": event.place_id,
        "organiser": event.organiser_id,
        "theme": event.theme_id,
        "is_free": {True: "yes", False: "no", None: ""}[event.is_free],
        "step_free": event.step_free,
        "generations": [bit for bit in (1, 2, 4, 8, 16) if event.generations & bit],
        "spoken_languages": event.spoken_languages,
        "skips_holidays": bool(event.holiday_region),
        **{name: getattr(event, name) for name in PLAIN},
        **_rule_values(event),
    }
    for text in entry.texts_by_people:
        values |= {f"title_{text.language}": text.title, f"body_{text.language}": text.body}
    return values


def _says_last_day(event: Event) -> bool:
    """Whether the last day must be said: not for what merely goes past midnight."""
    days = (event.ends_on - event.starts_on).days
    goes_past_midnight = days == 1 and event.starts_time and event.ends_time and event.ends_time <= event.starts_time
    return days > 0 and not goes_past_midnight


def _rule_values(event: Event) -> dict[str, Any]:
    rule = event.series_rule
    if rule is None:
        return {"repeats": Repeats.NEVER, "interval": 1}
    return {
        "repeats": repeats_of(rule, event.starts_on),
        "interval": rule.interval,
        "weekdays": [day for _n, day in rule.weekdays] if rule.frequency == WEEKLY else [],
        "nth": rule.weekdays[0][0] if rule.frequency == MONTHLY and rule.weekdays else 1,
        "repeats_until": rule.until,
    }


def repeats_of(rule: Rule, first: date) -> Repeats:
    """How the form says a rule; “as it is” for what it has no fields for."""
    if rule.months or rule.positions or rule.count or rule.week_start:
        return Repeats.AS_IT_IS
    if rule.frequency == WEEKLY:
        return Repeats.WEEKLY
    if rule.frequency == MONTHLY and len(rule.weekdays) == 1 and not rule.month_days:
        n, weekday = rule.weekdays[0]
        return Repeats.MONTHLY_WEEKDAY if n in (1, 2, 3, 4, -1) and weekday == first.weekday() else Repeats.AS_IT_IS
    if rule.frequency == MONTHLY and not rule.weekdays and rule.month_days in ((), (first.day,)):
        return Repeats.MONTHLY_DAY
    plain_year = rule.frequency == YEARLY and not rule.weekdays and not rule.month_days and rule.interval == 1
    return Repeats.YEARLY if plain_year else Repeats.AS_IT_IS


def a_year_later(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The form's values for the same in the coming year: the same weekday, in the future."""
    shifted = dict(values)
    shift = timedelta(0)
    while values["starts_on"] + shift < today:
        shift += YEAR
    if shift == timedelta(0):
        shift = YEAR
    for name in ("starts_on", "ends_on", "repeats_until"):
        if shifted.get(name):
            shifted[name] = shifted[name] + shift
    return shifted
