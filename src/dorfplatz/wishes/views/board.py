"""The list of wishes, and one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.kept.alike import page_for_all_alike
from dorfplatz.villages.kept.notes import keep_under
from dorfplatz.villages.request import SquareRequest
from dorfplatz.wishes.addresses import list_address
from dorfplatz.wishes.asked import Asked, read_asked
from dorfplatz.wishes.enums import ANSWER
from dorfplatz.wishes.facets import facet_groups, mood_tabs
from dorfplatz.wishes.queries import board, cards, own_wishes, themes_of
from dorfplatz.wishes.room import require_room


@public
@require_safe
def board_page(request: SquareRequest) -> HttpResponse:
    """What the villages lack and like, newest first."""
    require_room(request)
    # The middleware's filter is lazy; changes are made to a real one.
    villages = VillageFilter(request.site, request.village_filter.chosen, request.village_filter.with_neighbours)
    asked = read_asked(request.GET.dict())
    themes = {theme.pk for theme in themes_of(request.municipality)} if asked.theme else set()
    asked = asked if asked.theme in themes else replace(asked, theme=0)
    address = list_address(villages, asked)
    if asked.after is None:
        keep_under(request, address)
    return page_for_all_alike(request, "wishes/board.html", address, lambda many: _context(many, villages, asked))


def _context(request: SquareRequest, villages: VillageFilter, asked: Asked) -> dict[str, Any]:
    now, language, only = timezone.now(), request.LANGUAGE_CODE, villages.only
    found = board(villages, asked, viewer=request.viewer, now=now)
    themes = list(themes_of(request.municipality))
    groups = facet_groups(villages, asked, themes, language)
    shown = cards(
        found.ids, language=language, viewer=request.viewer, now=now, near=only.point if only else None,
        besides=[only.pk] if only else (),
    )  # fmt: skip
    return {
        "asked": asked,
        "where": _where(villages, request),
        "theme": next((in_language(theme.name, language) for theme in themes if theme.pk == asked.theme), ""),
        "tabs": mood_tabs(villages, asked),
        "groups": groups,
        "chosen_count": sum(len(group.chosen) for group in groups),
        "clear_url": list_address(VillageFilter(request.site), Asked(), forget=True),
        "cards": shown,
        "next_url": list_address(villages, replace(asked, after=found.next)) if found.next else "",
        "first_url": list_address(villages, asked.but()) if asked.after else "",
        "is_narrowed": bool(asked.mood or asked.status or asked.theme),
        "query": villages.query,
        "may_answer": request.viewer.holds_within(ANSWER, request.municipality.path),
        "address": request.build_absolute_uri(list_address(villages, asked)),
    }


def _where(villages: VillageFilter, request: SquareRequest) -> str:
    chosen = villages.chosen or (request.municipality.area,)
    return ", ".join(in_language(area.name, request.LANGUAGE_CODE) for area in chosen)


@members_only
@require_safe
def mine(request: SquareRequest) -> HttpResponse:
    """My wishes, and those I joined in."""
    require_room(request)
    ids = own_wishes(request.viewer)
    shown = cards(ids, language=request.LANGUAGE_CODE, viewer=request.viewer, now=timezone.now())
    return render(request, "wishes/mine.html", {"cards": shown})
