"""Setting out an ask or an offer in three short steps, and changing it."""

from __future__ import annotations

import secrets
from typing import Any, cast

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dorfplatz.entries.actions import note_sprout
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.tongue import author_language
from dorfplatz.exchange.actions import change_exchange, set_out_once
from dorfplatz.exchange.drafts import ExchangeDraft
from dorfplatz.exchange.enums import ICONS, Direction, Sort
from dorfplatz.exchange.forms.exchange import ExchangeForm, initial_of
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.policies import can_change_exchange, can_set_out_exchange
from dorfplatz.exchange.room import require_room
from dorfplatz.exchange.views.opened import opened, page_of
from dorfplatz.exchange.views.seeds import seed_of, words_of_seed
from dorfplatz.exchange.words import sort_in_words
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SquareRequest) -> HttpResponse:
    """First: ask or offer; then: what about; then: a short form. Each step is an address, so that “back” works."""
    require_room(request)
    can_set_out_exchange(request.viewer, ()).require()
    direction, sort = request.GET.get("direction", ""), request.GET.get("sort", "")
    seed = seed_of(request)
    if direction not in Direction.values:
        return render(request, "exchange/choose_direction.html")
    if sort not in Sort.values:
        return render(request, "exchange/choose_sort.html", _sorts(direction, seed))
    if request.method != "POST":
        form = _form(
            request,
            Direction(direction),
            Sort(sort),
            initial={**_first_values(request), **words_of_seed(request, seed)},
        )
        return _shown(request, form)
    form = _form(request, Direction(direction), Sort(sort), data=request.POST)
    if not form.is_valid():
        return _shown(request, form)
    exchange = _set_out(request, form)
    if exchange is None:
        return _shown(request, form)
    if seed is not None:
        note_sprout(seed, grown=exchange.entry, by=request.viewer, now=timezone.now())
    _thank(request, exchange)
    return redirect(page_of(exchange.entry))


def _sorts(direction: str, seed: Entry | None) -> dict[str, Any]:
    base = f"{reverse('exchange:new')}?direction={direction}{f'&of={seed.code}' if seed else ''}"
    sorts = [(ICONS[sort], sort_in_words(direction, sort), f"{base}&sort={sort}") for sort in Sort]
    return {"direction": direction, "is_ask": direction == Direction.ASK, "sorts": sorts}


def _form(request: SquareRequest, direction: Direction, sort: Sort, **kwargs: Any) -> ExchangeForm:
    return ExchangeForm(
        site=request.site, direction=direction, sort=sort, language=request.LANGUAGE_CODE,
        author_language=author_language(request), **kwargs,
    )  # fmt: skip


def _first_values(request: SquareRequest) -> dict[str, Any]:
    """In her own village; from there where it is a ride."""
    home = request.site.by_id.get(request.viewer.home_area_id or 0)
    chosen = home if home in request.site.villages else request.usual_villages.only
    values: dict[str, Any] = {"form_key": secrets.token_hex(16)}
    if chosen is not None:
        values["villages"] = [chosen.pk]
    return values


def _set_out(request: SquareRequest, form: ExchangeForm) -> Exchange | None:
    """Set out once; None where it cannot be, which the form then says."""
    draft, key = form.draft(), form.cleaned_data["form_key"] or secrets.token_hex(16)
    verdict = can_set_out_exchange(request.viewer, [str(area.path) for area in draft.words.areas])
    if not verdict:
        form.add_error("villages", verdict.reason)
        return None
    try:
        return _once(request, draft, key)
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


def _once(request: SquareRequest, draft: ExchangeDraft, key: str) -> Exchange:
    try:
        return set_out_once(draft, form_key=key, by=request.viewer, now=timezone.now())
    except IntegrityError:  # the same form at the same moment: what the other one set out
        return set_out_once(draft, form_key=key, by=request.viewer, now=timezone.now())


def _thank(request: SquareRequest, exchange: Exchange) -> None:
    said = {"title": exchange.entry.title}
    if exchange.entry.state == State.PUBLISHED:
        messages.success(request, _("“%(title)s” stands on the square. You get a mail when somebody answers.") % said)
    else:
        messages.success(request, _("“%(title)s” is kept. Somebody looks at it before it appears.") % said)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, code: str) -> HttpResponse:
    """The form for what is there. Another change in between is said, not overwritten."""
    exchange = opened(request, code)
    can_change_exchange(request.viewer, exchange).require()
    direction, sort = Direction(exchange.entry.kind), Sort(exchange.sort)
    if request.method != "POST":
        form = _form(request, direction, sort, initial={**initial_of(exchange), "form_key": exchange.round})
        return _shown(request, form, exchange)
    form = _form(request, direction, sort, data=request.POST, initial=initial_of(exchange))
    if not form.is_valid():
        return _shown(request, form, exchange)
    if form.cleaned_data["form_key"] != str(exchange.round):
        _warn_of_other(form, exchange)
        return _shown(request, form, exchange)
    draft = form.draft()
    verdict = can_set_out_exchange(request.viewer, [str(area.path) for area in draft.words.areas])
    if not verdict:
        form.add_error("villages", verdict.reason)
        return _shown(request, form, exchange)
    change_exchange(exchange, draft=draft, by=request.viewer, now=timezone.now())
    messages.success(request, _("Saved. Thank you!"))
    return redirect(page_of(exchange.entry))


def _warn_of_other(form: ExchangeForm, exchange: Exchange) -> None:
    """Say that it was changed elsewhere; the next save is meant to replace that."""
    form.add_error(
        None, _("This was changed after you opened it. What you typed is still here: save again to keep it.")
    )
    data = cast("QueryDict", form.data).copy()
    data["form_key"] = str(exchange.round)
    form.data = data


def _shown(request: SquareRequest, form: ExchangeForm, exchange: Exchange | None = None) -> HttpResponse:
    first = Step(_("Ask & offer"), reverse("exchange:list"))
    here = [Step(exchange.entry.title, page_of(exchange.entry))] if exchange else []
    context = {
        "form": form,
        "exchange": exchange,
        "is_ask": form.direction == Direction.ASK,
        "icon": ICONS[form.sort],
        "what": sort_in_words(form.direction, form.sort),
        "steps": [first, *here],
        "back_url": page_of(exchange.entry) if exchange else f"{reverse('exchange:new')}?direction={form.direction}",
    }
    return render(request, "exchange/exchange_form.html", context, status=422 if form.errors else 200)
