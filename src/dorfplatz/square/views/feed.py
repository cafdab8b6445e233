"""The list of posts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorfplatz.entries.policies import can_set_out
from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.square.enums import Sort
from dorfplatz.square.queries import FeedPage, Place, feed_page, read_place
from dorfplatz.square.room import require_room
from dorfplatz.square.sorts import rules_of
from dorfplatz.ui.parts import Step
from dorfplatz.villages.filter import VillageFilter, is_stated
from dorfplatz.villages.kept.alike import page_for_all_alike
from dorfplatz.villages.kept.notes import keep_under
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def feed(request: SquareRequest) -> HttpResponse:
    """Posts of the chosen villages, newest first; where there is none, those of the neighbours and of all villages."""
    require_room(request)
    villages = request.village_filter if is_stated(request.GET) else request.usual_villages
    sort = request.GET.get("sort", "")
    sort = sort if sort in Sort.values else ""
    after = read_place(request.GET.get("after", ""))
    if after is None:
        keep_under(request, _address(villages, sort, ""))
    address = _address(villages, sort, str(after or ""))
    return page_for_all_alike(
        request, "square/feed.html", address, lambda asked: _context(asked, villages, sort=sort, after=after)
    )


def _context(request: SquareRequest, villages: VillageFilter, *, sort: str, after: Place | None) -> dict[str, Any]:
    now, language = timezone.now(), get_language() or "de"
    page = feed_page(villages, viewer=request.viewer, now=now, language=language, sort=sort, after=after)
    wider = FeedPage(())
    if not page.cards and after is None and not villages.is_all:
        around = VillageFilter(request.site)
        wider = feed_page(around, viewer=request.viewer, now=now, language=language, sort=sort)
    return {
        "page": page,
        "wider": wider,
        "sort": sort,
        "is_first": after is None,
        "older_url": _address(villages, sort, page.older) if page.older else "",
        "newest_url": _address(villages, sort, ""),
        "sorts": _sorts(villages, sort),
        "where": [in_language(area.name, language) for area in villages.chosen],
        "atom_url": _atom_address(villages, language),
        "may_write": _may_write(request),
    }


def _address(villages: VillageFilter, sort: str, after: str) -> str:
    pairs = [*villages.parameters, *([("sort", sort)] if sort else []), *([("after", after)] if after else [])]
    base = reverse("square:feed")
    return f"{base}?{urlencode(pairs)}" if pairs else base


def _atom_address(villages: VillageFilter, language: str) -> str:
    return f"{reverse('feeds:atom')}?{urlencode([('lang', language), *villages.parameters])}"


def _sorts(villages: VillageFilter, chosen: str) -> list[Step]:
    every = Step(_("all"), _address(villages, "", ""), not chosen)
    return [every, *(Step(str(s.label), _address(villages, s, ""), chosen == s, rules_of(s).icon) for s in Sort)]


def _may_write(request: SquareRequest) -> bool:
    return any(can_set_out(request.viewer, [str(area.path)]) for area in request.site.villages)
