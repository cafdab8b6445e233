"""The page of one ask or offer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading
from dorfplatz.exchange.enums import DONE, ICONS, Direction, Sort, Step
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.paper import tear_off
from dorfplatz.exchange.policies import can_answer, can_steer_exchange, looks_after, speaks_for_author
from dorfplatz.exchange.queries import answers_seen, exchange_of, own_answer, public_thanks
from dorfplatz.exchange.words import kicker, route_in_words, when_in_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.members.faces import face
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import portrait_among_members
from dorfplatz.places.queries.cards import chip
from dorfplatz.ui.parts import Fact, Person, Picture, Village
from dorfplatz.ui.parts import Step as Way
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages


def entry_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What, when, where, from whom, and how to answer; the entry is one that the viewer may see."""
    return _page(request, entry)  # type: ignore[arg-type]  # the middleware has placed the request


def _page(request: SquareRequest, entry: Entry) -> HttpResponse:
    now, viewer, language = timezone.now(), request.viewer, request.LANGUAGE_CODE
    exchange = exchange_of(entry)
    areas = [placement.area for placement in entry.placements.all()]
    if not all(area.pk in request.site.by_id for area in areas):
        never_keep(request)
    words = reading(entry, language)
    verdict = can_answer(viewer, exchange, now=now)
    path = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    is_mine = speaks_for_author(viewer, exchange)
    context: dict[str, Any] = {
        "entry": entry,
        "exchange": exchange,
        "words": words,
        "body_lang": words.language if words.language != language else "",
        "kicker": kicker(exchange),
        "icon": ICONS[Sort(exchange.sort)],
        "steps": _steps(exchange),
        "chips": [_chip(area, language) for area in areas],
        "facts": _facts(exchange, now, language),
        "is_done": exchange.step in DONE,
        "is_over": entry.expires_at is not None and entry.expires_at <= now,
        "is_in_talk": exchange.step == Step.TALK,
        "author": _author(exchange, areas, request.viewer, language),
        "may_answer": bool(verdict),
        "why_not": verdict.reason,
        "asks_to_log_in": not viewer.is_member,
        "own_answer": own_answer(exchange, viewer) if viewer.is_member else None,
        "answers": answers_seen(exchange, viewer) if is_mine else [],
        "waiting": _waiting(exchange, is_mine=is_mine, looks_after=looks_after(viewer, exchange)),
        "thanks": public_thanks(exchange, viewer),
        "is_mine": is_mine,
        "may_steer": bool(can_steer_exchange(viewer, exchange)),
        "address": request.build_absolute_uri(path),
        "short_address": f"{request.get_host()}/e/{entry.code}",
        "paper": tear_off(exchange, base=base_url(request.municipality), language=language, now=now),
    }
    return render(request, "exchange/entry.html", context)


def _steps(exchange: Exchange) -> list[Way]:
    name = _("Asks") if exchange.entry.kind == Direction.ASK else _("Offers")
    base = reverse("exchange:list")
    return [Way(_("Ask & offer"), base), Way(name, f"{base}?direction={exchange.entry.kind}")]


def _chip(area: Area, language: str) -> Village:
    home = village_pages.get("home")
    shown = chip(area, None, language)
    return shown if home is None else Village(name=shown.name, tint=shown.tint, url=home(area.slug))


def _facts(exchange: Exchange, now: datetime, language: str) -> list[Fact]:
    route = route_in_words(exchange)
    seats = exchange.seats or 0
    when = when_in_words(exchange, now=now, language=language)
    people = ngettext("%(n)d person", "%(n)d people", seats) % {"n": seats}
    found = [
        (_("When"), when, "calendar-days"),
        (_("Way"), route, "route"),
        (_("For how many"), people if seats else "", "users"),
        (_("For whom"), exchange.for_whom, "heart"),
    ]
    return [Fact(term, [line], icon) for term, line, icon in found if line]


def _author(exchange: Exchange, areas: list[Area], viewer: Actor, language: str) -> Person | None:
    """The author by name; of somebody for whom a connector writes, the connector only."""
    tint = areas[0].tint if areas else 0
    if exchange.is_for_another and exchange.set_out_by:
        village = in_language(areas[0].name, language) if areas else ""
        role = _("Buurtverbinder, for somebody in %(village)s") % {"village": village}
        return Person(exchange.set_out_by.name, role, _face(exchange.set_out_by, viewer), tint=tint)
    author = exchange.entry.author
    return Person(author.name, _("set this out"), _face(author, viewer), tint=tint) if author else None


def _face(person: Identity, viewer: Actor) -> Picture | None:
    return face(portrait_among_members(person, viewer))


def _waiting(exchange: Exchange, *, is_mine: bool, looks_after: bool) -> str:
    """For those in charge: that there are answers, not what they say."""
    if is_mine or not looks_after:
        return ""
    count = exchange.answers.exclude(state="withdrawn").count()
    if not count:
        return _("Nobody has answered yet.")
    return ngettext("%(n)d person has answered.", "%(n)d people have answered.", count) % {"n": count}
