"""The page of one wish."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.form_keys import new_form_key
from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import can_take_down
from dorfplatz.entries.queries import pictures_of, reading, sprouts_of
from dorfplatz.entries.sockets import kinds, sprouts
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.members.faces import face
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import portrait_among_members
from dorfplatz.places.queries.cards import chip
from dorfplatz.ui.parts import Person, Step, Village
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages
from dorfplatz.wishes.addresses import page_of
from dorfplatz.wishes.enums import COLOURS, ICONS, STATUS_ICONS, STILL_GOING, Mood, Status
from dorfplatz.wishes.forms.answer import AnswerForm
from dorfplatz.wishes.models import Wish
from dorfplatz.wishes.policies import can_answer_wish, can_change_wish, can_say_me_too, speaks_for_author
from dorfplatz.wishes.queries import counts_of, has_said, replies_of, themes_of, those_who_joined, wish_of
from dorfplatz.wishes.words import status_in_words


def wish_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What is wished, who joins in, what is said to it; the entry is one that the viewer may see."""
    return render_wish(request, wish_of(entry))  # type: ignore[arg-type]  # the middleware has placed the request


def render_wish(request: SquareRequest, wish: Wish, form: AnswerForm | None = None) -> HttpResponse:
    """The page; with an answer that could not be taken, its form says why."""
    entry = wish.entry
    if not all(placement.area_id in request.site.by_id for placement in entry.placements.all()):
        never_keep(request)
    status = 422 if form is not None else 200
    context = {**_context(request, wish), **_joining(request, wish, form), **_growing(request, wish)}
    return render(request, "wishes/wish.html", context, status=status)


def _context(request: SquareRequest, wish: Wish) -> dict[str, Any]:
    entry, language, viewer = wish.entry, request.LANGUAGE_CODE, request.viewer
    words, mood = reading(entry, language), Mood(wish.mood)
    areas = [placement.area for placement in entry.placements.all()]
    return {
        "entry": entry,
        "wish": wish,
        "words": words,
        "body_lang": words.language if words.language != language else "",
        "mood": mood.label,
        "icon": ICONS[mood],
        "colour": COLOURS[mood],
        "steps": [Step(_("Wishes"), reverse("wishes:list"))],
        "chips": [_chip(area, language) for area in areas],
        "theme": in_language(wish.theme.name, language) if wish.theme else "",
        "theme_url": f"{reverse('wishes:list')}?villages=&theme={wish.theme_id}" if wish.theme_id else "",
        "pictures": pictures_of([entry.pk])[entry.pk],
        "person": _person(wish, areas, viewer, language),
        "chart_photos": _chart_photos(wish),
        "reach": _reach(entry),
        "may_change": bool(can_change_wish(viewer, wish)),
        "may_remove": viewer.is_member and bool(can_take_down(viewer, entry)),
        "address": request.build_absolute_uri(page_of(entry)),
        "short_address": f"{request.get_host()}/e/{entry.code}",
    }


def _joining(request: SquareRequest, wish: Wish, form: AnswerForm | None) -> dict[str, Any]:
    """Who joins in, how far it is, and what the viewer may say to it."""
    viewer, language = request.viewer, request.LANGUAGE_CODE
    joined = counts_of([wish.pk]).get(wish.pk, 0)
    may_answer = bool(can_answer_wish(viewer, wish))
    themes = themes_of(request.municipality) if may_answer else ()
    return {
        "count": joined + wish.on_paper,
        "joined": joined,
        "status": status_in_words(wish.mood, wish.status),
        "status_icon": STATUS_ICONS[Status(wish.status)],
        "goes_on": wish.status in STILL_GOING,
        "replies": [(reply, STATUS_ICONS[Status(reply.status)]) for reply in replies_of(wish)],
        "has_said": has_said(wish, viewer),
        "may_say": bool(can_say_me_too(viewer, wish)),
        "asks_to_log_in": not viewer.is_member,
        "is_own": speaks_for_author(viewer, wish),
        "may_answer": may_answer,
        "who": [_of_joined(person, language) for person in those_who_joined(wish, viewer)] if may_answer else [],
        "answer_form": form or (AnswerForm(initial={"form_key": new_form_key()}) if may_answer else None),
        "themes": [(theme.pk, in_language(theme.name, language)) for theme in themes],
    }


def _growing(request: SquareRequest, wish: Wish) -> dict[str, Any]:
    """What came of it, and what can: whatever the open rooms offer."""
    entry, language, viewer = wish.entry, request.LANGUAGE_CODE, request.viewer
    grown = [
        {"title": words.title, "lang": words.language, "url": page_of(one), "kind": kinds[one.kind].label,
         "icon": kinds[one.kind].icon}
        for one in sprouts_of(entry, viewer, now=timezone.now())
        for words in [reading(one, language)]
    ]  # fmt: skip
    open_ways = [way for way in sprouts if request.municipality.has_room(way.room) and way.available(viewer)]
    is_there = wish.status in STILL_GOING and entry.state == State.PUBLISHED
    ways = [{"label": way.label, "icon": way.icon, "url": way.url(entry.code)} for way in open_ways if is_there]
    return {"grown": grown, "ways": ways}


def _chip(area: Area, language: str) -> Village:
    home = village_pages.get("home")
    shown = chip(area, None, language)
    return shown if home is None or not shown.tint else Village(name=shown.name, tint=shown.tint, url=home(area.slug))


def _person(wish: Wish, areas: list[Area], viewer: Actor, language: str) -> Person | None:
    """Who wishes it; of somebody for whom a connector writes, the connector only; of a flip chart nobody."""
    if wish.chart_id is not None:
        return None
    tint = areas[0].tint if areas else 0
    if wish.is_for_another and wish.set_out_by:
        village = in_language(areas[0].name, language) if areas else ""
        role = _("Buurtverbinder, for somebody in %(village)s") % {"village": village}
        return Person(wish.set_out_by.name, role, face(portrait_among_members(wish.set_out_by, viewer)), tint=tint)
    author = wish.entry.author
    if author is None:
        return None
    home = author.told_home
    village = in_language(home.name, language) if home else ""
    return Person(author.name, village, face(portrait_among_members(author, viewer)), tint=home.tint if home else 0)


def _of_joined(person: Identity, language: str) -> str:
    home = person.home_area
    return f"{person.name}, {in_language(home.name, language)}" if home else person.name


def _chart_photos(wish: Wish) -> list[Any]:
    """Photos of the sheet it was typed off, where everybody may see them."""
    if wish.chart is None or not wish.chart.shows_photos:
        return []
    return list(wish.chart.photos.select_related("picture"))


def _reach(entry: Entry) -> str:
    if entry.audience == Audience.PUBLIC:
        return _("Everybody can read this, the municipality too.")
    return _("Only members can read this. The municipality does not read along.")
