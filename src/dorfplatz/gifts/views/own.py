"""What I can and like to share: said on one page, changed, and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.gifts.actions import add_gifts, change_gift, take_back_all, take_back_gift
from dorfplatz.gifts.enums import Way
from dorfplatz.gifts.forms import GiftForm, GiftsForm
from dorfplatz.gifts.models import Gift
from dorfplatz.gifts.policies import can_add_gift, can_change_gift
from dorfplatz.gifts.queries import conversations_about, gift_by_id, own_gifts
from dorfplatz.gifts.room import require_room
from dorfplatz.gifts.said import Line, line_of
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


def by_way(gifts: Iterable[Gift]) -> list[tuple[str, list[Line]]]:
    """What somebody does for others, with them, and would like to learn; in her own words where it is her own."""
    ordered = sorted(map(line_of, gifts), key=lambda line: Way.values.index(line.gift.way))
    return [(title, list(group)) for title, group in groupby(ordered, key=lambda line: line.title)]


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SquareRequest) -> HttpResponse:
    """All on one page: what stands there, and more."""
    require_room(request)
    viewer, said = request.viewer, request.POST if request.method == "POST" else None
    form = GiftsForm(said, language=request.LANGUAGE_CODE, is_for_connectors=viewer.is_minor)
    if said is not None and form.is_valid() and _is_added(request, form):
        return redirect(reverse("gifts:own"))
    mine = list(own_gifts(viewer))
    context: dict[str, Any] = {
        "form": form,
        "groups": by_way(mine),
        "may_add": can_add_gift(viewer),
        "about": [(told, by_way(told.gifts.all())) for told in conversations_about(viewer, now=timezone.now())],
        "steps": [Step(_("My page"), reverse("members:me")), Step(_("What I can"), is_current=True)],
    }  # fmt: skip
    return render(request, "gifts/own.html", context, status=422 if form.errors else 200)


def _is_added(request: SquareRequest, form: GiftsForm) -> bool:
    drafts = form.drafts
    if not drafts:
        form.add_error(None, _("Please tick something, or write it in your own words."))
        return False
    try:
        count = add_gifts(drafts, by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    if count:
        said = ngettext("%(count)s thing added. Thank you!", "%(count)s things added. Thank you!", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("This stands there already."))
    return True


def _changeable(request: SquareRequest, pk: int) -> Gift:
    require_room(request)
    gift = gift_by_id(pk, request.viewer, now=timezone.now())
    if gift is None or not can_change_gift(request.viewer, gift, now=timezone.now()):
        raise Http404
    return gift


def _page_of(gift: Gift) -> str:
    if gift.conversation_id is not None:
        return reverse("gifts:conversation", args=[gift.conversation_id])
    return reverse("gifts:own")


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, pk: int) -> HttpResponse:
    """One of them, said otherwise or to others."""
    gift = _changeable(request, pk)
    is_told, said = gift.conversation_id is not None, request.POST if request.method == "POST" else None
    hidden = is_told or request.viewer.is_minor
    form = GiftForm(said, gift=gift, language=request.LANGUAGE_CODE, is_for_connectors=hidden)
    if said is not None and form.is_valid():
        try:
            change_gift(gift, draft=form.draft, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect(_page_of(gift))
    line = line_of(gift)
    back = _("Conversation") if is_told else _("What I can")
    steps = [Step(back, _page_of(gift)), Step(line.name, is_current=True)]
    context = {"form": form, "gift": gift, "line": line, "steps": steps}
    return render(request, "gifts/edit.html", context, status=422 if form.errors else 200)


@members_only
@require_POST
def take_back(request: SquareRequest, pk: int) -> HttpResponse:
    """One of them, gone at once."""
    gift = _changeable(request, pk)
    page = _page_of(gift)
    take_back_gift(gift, by=request.viewer, now=timezone.now())
    messages.success(request, _("Taken back. It is gone."))
    return redirect(page)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_all_back(request: SquareRequest) -> HttpResponse:
    """All of them, after one question."""
    require_room(request)
    if request.method == "POST":
        take_back_all(by=request.viewer, now=timezone.now())
        messages.success(request, _("Taken back. Nothing of it is left."))
        return redirect(reverse("gifts:own"))
    steps = [Step(_("What I can"), reverse("gifts:own")), Step(_("Take all back"), is_current=True)]
    return render(request, "gifts/take_all_back.html", {"count": own_gifts(request.viewer).count(), "steps": steps})
