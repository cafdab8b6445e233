"""The page of one event."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import pictures_of, reading
from dorfplatz.events.enums import Change, Status
from dorfplatz.events.forms.event import ComingForm
from dorfplatz.events.json_ld import json_ld
from dorfplatz.events.models import Event, Occurrence
from dorfplatz.events.policies import can_change_event, can_see_who_comes
from dorfplatz.events.queries.lines import Reader
from dorfplatz.events.queries.page import EventPage, event_page, with_everything
from dorfplatz.events.rule_words import rule_in_words
from dorfplatz.events.said import hours_in_words
from dorfplatz.events.school_holidays import regions
from dorfplatz.events.views.opened import page_of
from dorfplatz.kernel.text import in_language
from dorfplatz.members.queries import spokesperson
from dorfplatz.places.enums import Generation, StepFree
from dorfplatz.places.facet_groups import language_name
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.places.queries.cards import chip
from dorfplatz.ui.parts import Fact, Step
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages


def entry_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What, when, where, for whom, who comes; the entry is one that the viewer may see."""
    return _page(request, entry)  # type: ignore[arg-type]  # the middleware has placed the request


def _page(request: SquareRequest, entry: Entry) -> HttpResponse:
    event = with_everything(entry)
    if not all(placement.area_id in request.site.by_id for placement in entry.placements.all()):
        never_keep(request)
    reader = Reader(terms_of_municipality(request.municipality), request.LANGUAGE_CODE, request.viewer, timezone.now())
    sees_all = bool(can_see_who_comes(request.viewer, event))
    page = event_page(event, reader, on=_asked_day(request), sees_all=sees_all)
    return render(request, "events/entry.html", _context(request, page, reader))


def _asked_day(request: SquareRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", "")[:10])
    except ValueError:
        return None


def _context(request: SquareRequest, page: EventPage, reader: Reader) -> dict[str, Any]:
    event, entry, language = page.event, page.entry, reader.language
    url = request.build_absolute_uri(page_of(entry))
    home = village_pages.get("home")
    chips = [
        type(shown)(name=shown.name, tint=shown.tint, url=home(p.area.slug) if home else "")
        for p in entry.placements.all()
        if (shown := chip(p.area, None, language))
    ]
    return {
        "page": page,
        "event": event,
        "entry": entry,
        "words": page.words,
        "pictures": pictures_of([entry.pk])[entry.pk],
        "body_lang": page.words.language if page.words.language != language else "",
        "steps": [Step(_("Calendar"), reverse("events:calendar"))],
        "chips": chips,
        "theme": reader.terms.by_id.get(event.theme_id or 0),
        "when": _when_exactly(event, page.shown, language),
        "repeats": rule_in_words(event.series_rule, event.starts_on, skips_holidays=bool(event.holiday_region)),
        "is_off": event.status == Status.CANCELLED,
        "is_date_off": page.shown is not None and page.shown.change == Change.CANCELLED,
        "is_over": page.shown is not None and page.shown.ends_at < reader.now and not page.next,
        "facts": facts_of(event, language),
        "may_change": bool(can_change_event(request.viewer, event)),
        "form": _coming_form(page),
        "is_known": request.viewer.is_member,
        "may_be_named": not request.viewer.is_minor,
        "login_url": f"{reverse('members:login')}?next={page_of(entry)}",
        "ics_url": reverse("calendars:one", kwargs={"code": entry.code}),
        "address": url,
        "short_address": f"{request.get_host()}/e/{entry.code}",
        "json_ld": json_ld(page, url=url),
    }


def _when_exactly(event: Event, shown: Occurrence | None, language: str) -> str:
    """The day in full, for who plans."""
    if shown is None:
        return ""
    day = date_format(shown.first_on, "l, j. F Y" if language == "de" else "l j F Y")
    return f"{day}, {hours_in_words(shown, event, language)}"


def _coming_form(page: EventPage) -> ComingForm | None:
    if page.shown is None or page.comings is None:
        return None
    own = page.comings.own
    return ComingForm(
        initial={
            "on": page.shown.on.isoformat(),
            "persons": own.persons if own else 1,
            "shows_name": own.shows_name if own else False,
        }
    )


def facts_of(event: Event, language: str) -> list[Fact]:
    """What is known, in the order in which one asks."""
    facts = [
        _place_fact(event, language),
        _organiser_fact(event, language),
        _fact(_("Cost"), "euro", *_cost(event)),
        _fact(_("Registration"), "clipboard-list", event.registration),
        _fact(_("For whom"), "users", ", ".join(str(g.label) for g in Generation if event.generations & g)),
        _fact(
            _("Getting in"),
            "accessibility",
            str(StepFree(event.step_free).label) if event.step_free != StepFree.UNKNOWN else "",
        ),
        _fact(_("Languages"), "languages", ", ".join(language_name(code) for code in event.spoken_languages)),
    ]
    if event.holiday_region in regions():
        facts.append(_fact(_("Pauses"), "umbrella", in_language(regions()[event.holiday_region].name, language)))
    return [fact for fact in facts if fact is not None]


def _fact(term: str, icon: str, *lines: str) -> Fact | None:
    said = [line for line in lines if line]
    return Fact(term, said, icon) if said else None


def _cost(event: Event) -> list[str]:
    return [_("free of charge") if event.is_free else "", event.cost_note]


def _place_fact(event: Event, language: str) -> Fact | None:
    if event.place is None:
        return _fact(_("Where"), "map-pin", event.place_words)
    street = ", ".join(part for part in (event.place.street, event.place.town) if part)
    lines = [reading(event.place.entry, language).title, event.place_words, street]
    return Fact(_("Where"), [line for line in lines if line], "map-pin", page_of(event.place.entry))


def _organiser_fact(event: Event, language: str) -> Fact | None:
    if event.organiser is not None:
        return Fact(
            _("Organised by"), [reading(event.organiser.entry, language).title], "users", page_of(event.organiser.entry)
        )
    author = event.entry.author
    helper = spokesperson(author, now=timezone.now()) if author else None
    if helper is not None:  # of somebody without internet the connector only, through whom contact runs
        home = in_language(author.home_area.name, language) if author and author.home_area else ""
        role = _("Buurtverbinder, for somebody in %(village)s") % {"village": home}
        return Fact(_("Looked after by"), [helper.name, role], "user")
    return Fact(_("Set out by"), [author.name], "user") if author else None
