"""The list of asks and offers, one's own, and people without internet to ring."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorfplatz.exchange.addresses import list_address
from dorfplatz.exchange.asked import Asked, read_asked
from dorfplatz.exchange.enums import LOOK_AFTER
from dorfplatz.exchange.facets import direction_tabs, facet_groups
from dorfplatz.exchange.queries import Found, board, calls_of, cards, own_answers, own_exchanges
from dorfplatz.exchange.room import require_room
from dorfplatz.exchange.words import kicker, when_in_words
from dorfplatz.kernel.access import members_only, needs, public
from dorfplatz.kernel.text import in_language
from dorfplatz.ui.parts import Card
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.kept.alike import page_for_all_alike
from dorfplatz.villages.kept.notes import keep_under
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def board_page(request: SquareRequest) -> HttpResponse:
    """What neighbours look for and offer, newest first."""
    require_room(request)
    # The middleware's filter is lazy; changes are made to a real one.
    villages = VillageFilter(request.site, request.village_filter.chosen, request.village_filter.with_neighbours)
    asked = read_asked(request.GET.dict())
    looks_after = request.viewer.holds_within(LOOK_AFTER, request.municipality.path)
    if asked.state == "unanswered" and not looks_after:
        asked = asked.but(state="open")
    address = list_address(villages, asked)
    if not asked.q and asked.after is None:
        keep_under(request, address)
    if asked.q or asked.state == "unanswered":  # what is answered is counted nowhere
        return render(request, "exchange/board.html", _context(request, villages, asked, looks_after=looks_after))
    return page_for_all_alike(
        request, "exchange/board.html", address, lambda many: _context(many, villages, asked, looks_after=looks_after)
    )


def _context(request: SquareRequest, villages: VillageFilter, asked: Asked, *, looks_after: bool) -> dict[str, Any]:
    found = board(villages, asked, viewer=request.viewer, now=timezone.now())
    groups = facet_groups(villages, asked, request.LANGUAGE_CODE, looks_after=looks_after)
    return {
        "villages": villages,
        "asked": asked,
        "where": _where(villages, request),
        "tabs": direction_tabs(villages, asked),
        "groups": groups,
        "chosen_count": sum(len(group.chosen) for group in groups),
        "clear_url": list_address(VillageFilter(request.site), Asked(), forget=True),
        "search_fields": [*villages.parameters, *asked.but(q="").parameters],
        "without_q_url": list_address(villages, asked.but(q="")) if asked.q else "",
        "next_url": _next_url(villages, asked, found),
        "first_url": list_address(villages, asked.but()) if asked.after else "",
        **_cards(request, villages, found),
        "nearby_url": _nearby_url(villages, asked, found),
        "address": request.build_absolute_uri(list_address(villages, asked)),
    }


def _cards(request: SquareRequest, villages: VillageFilter, found: Found) -> dict[str, list[Card]]:
    only = villages.only
    shown = cards(
        found.ids,
        language=request.LANGUAGE_CODE,
        viewer=request.viewer,
        now=timezone.now(),
        near=only.point if only else None,
        besides=[only.pk] if only else (),
    )
    return {"cards": shown}


def _where(villages: VillageFilter, request: SquareRequest) -> str:
    chosen = villages.chosen or (request.municipality.area,)
    return ", ".join(in_language(area.name, request.LANGUAGE_CODE) for area in chosen)


def _next_url(villages: VillageFilter, asked: Asked, found: Found) -> str:
    if found.next is None:
        return ""
    return list_address(villages, replace(asked, after=found.next))


def _nearby_url(villages: VillageFilter, asked: Asked, found: Found) -> str:
    """Where one village has little, the same with its neighbours."""
    if villages.with_neighbours or len(found.ids) > 3 or asked.after is not None:
        return ""
    return list_address(VillageFilter(villages.site, villages.chosen, True), asked.but())


@members_only
@require_safe
def mine(request: SquareRequest) -> HttpResponse:
    """My asks and offers, how far they are, and where I have offered help."""
    require_room(request)
    now, language = timezone.now(), request.LANGUAGE_CODE
    rows = [
        {
            "exchange": exchange,
            "kicker": kicker(exchange),
            "when": when_in_words(exchange, now=now, language=language),
            "is_over": exchange.entry.expires_at is not None and exchange.entry.expires_at <= now,
        }
        for exchange in own_exchanges(request.viewer)
    ]
    context = {"rows": rows, "answers": own_answers(request.viewer), "new_url": reverse("exchange:new")}
    return render(request, "exchange/mine.html", context)


@needs(LOOK_AFTER)
@require_safe
def calls(request: SquareRequest) -> HttpResponse:
    """Answers for people without internet: whom to ring, and what to tell."""
    require_room(request)
    context = {"answers": calls_of(request.viewer), "title": _("People to ring")}
    return render(request, "exchange/calls.html", context)
