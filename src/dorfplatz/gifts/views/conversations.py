"""Conversations: written down by a connector, read by the connectors of the village, erased with the consent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.entries.form_keys import given_form_key, new_form_key
from dorfplatz.gifts.actions import (
    Told,
    add_told_gifts,
    change_conversation,
    record_conversation,
    withdraw_consent,
)
from dorfplatz.gifts.enums import RECORD
from dorfplatz.gifts.forms import GiftsForm, NotesForm, RecordForm
from dorfplatz.gifts.models import Conversation
from dorfplatz.gifts.policies import can_change_conversation, can_record
from dorfplatz.gifts.queries import conversation_by_id, conversations_of, villages_to_record
from dorfplatz.gifts.room import require_room
from dorfplatz.gifts.views.own import by_way
from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import member_of_code
from dorfplatz.ui.parts import Step
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


def _villages(request: SquareRequest) -> list[Area]:
    """Those of which the viewer is the Buurtverbinder; for whoever has none there is no such page."""
    require_room(request)
    villages = villages_to_record(request.site, request.viewer)
    if not villages:
        raise Http404
    return villages


@needs(RECORD)
@never_cache
@require_safe
def conversations(request: SquareRequest) -> HttpResponse:
    """With whom one has talked, and until when it is kept."""
    rows = conversations_of(_villages(request), request.viewer, now=timezone.now())
    steps = [Step(_("Conversations"), is_current=True)]
    return render(request, "gifts/conversations.html", {"rows": rows, "steps": steps})


@needs(RECORD)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SquareRequest) -> HttpResponse:
    """One page for the kitchen table: consent first, then what she can and likes."""
    villages = _villages(request)
    person = _member_asked(request)
    said = request.POST if request.method == "POST" else None
    form = RecordForm(
        said, villages=villages, is_member=person is not None, language=request.LANGUAGE_CODE,
        initial={"form_key": new_form_key()},
    )  # fmt: skip
    if said is not None and form.is_valid():
        conversation = _recorded(request, form, person)
        if conversation is not None:
            messages.success(request, _("Written down. Only the Buurtverbinder of the village read it."))
            return redirect(reverse("gifts:conversation", args=[conversation.pk]))
    steps = [Step(_("Conversations"), reverse("gifts:conversations")), Step(_("A new conversation"), is_current=True)]
    context = {"form": form, "person": person, "steps": steps}
    return render(request, "gifts/record.html", context, status=422 if form.errors else 200)


def _member_asked(request: SquareRequest) -> Identity | None:
    """The member whom the conversation is with, if it is with one, and if she lives where the viewer records."""
    code = request.GET.get("member", "")
    if not code:
        return None
    person = member_of_code(code, request.viewer)
    if person is None or person.home_area is None or not can_record(request.viewer, person.home_area):
        raise Http404
    return person


def _recorded(request: SquareRequest, form: RecordForm, person: Identity | None) -> Conversation | None:
    said = form.cleaned_data
    told = Told(
        form.consent, person=person, name=said.get("name", ""), phone=said["phone"], notes=said["notes"],
        next_steps=said["next_steps"],
    )  # fmt: skip
    area = person.home_area if person is not None and person.home_area is not None else form.area
    try:
        return record_conversation(
            told, area=area, drafts=form.drafts, form_key=given_form_key(said["form_key"]), by=request.viewer,
            now=timezone.now(),
        )  # fmt: skip
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


@needs(RECORD)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: SquareRequest, pk: int) -> HttpResponse:
    """All of it; notes put right, and more that she can added."""
    require_room(request)
    now = timezone.now()
    told = conversation_by_id(pk, request.viewer, now=now)
    if told is None or not can_change_conversation(request.viewer, told, now=now):
        raise Http404
    what = request.POST.get("what", "") if request.method == "POST" else ""
    notes = NotesForm(
        request.POST if what == "notes" else None,
        initial={"phone": told.phone, "notes": told.notes, "next_steps": told.next_steps},
    )
    gifts = GiftsForm(request.POST if what == "gifts" else None, language=request.LANGUAGE_CODE, is_for_connectors=True)
    if what and _is_kept(request, told, notes, gifts):
        return redirect(reverse("gifts:conversation", args=[told.pk]))
    context: dict[str, Any] = {
        "told": told,
        "groups": by_way(told.gifts.all()),
        "notes": notes,
        "form": gifts,
        "steps": [Step(_("Conversations"), reverse("gifts:conversations")), Step(told.person_name, is_current=True)],
    }
    return render(request, "gifts/conversation.html", context, status=422 if notes.errors or gifts.errors else 200)


def _is_kept(request: SquareRequest, told: Conversation, notes: NotesForm, gifts: GiftsForm) -> bool:
    """Whether what was sent is in place; else the form says what is wrong."""
    now, form = timezone.now(), notes if notes.is_bound else gifts
    if not form.is_bound or not form.is_valid():
        return False
    try:
        if notes.is_bound:
            change_conversation(told, **notes.cleaned_data, by=request.viewer, now=now)
            messages.success(request, _("Saved."))
        else:
            count = add_told_gifts(told, drafts=gifts.drafts, by=request.viewer, now=now)
            said = ngettext("%(count)s thing added.", "%(count)s things added.", count)
            messages.success(request, said % {"count": count})
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    return True


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SquareRequest, pk: int) -> HttpResponse:
    """Consent taken back, by whom it is about or by a connector who was told so; all of it goes."""
    require_room(request)
    told = conversation_by_id(pk, request.viewer, now=timezone.now())
    if told is None:
        raise Http404
    is_own = told.identity_id == request.viewer.identity_id
    page = reverse("gifts:own" if is_own else "gifts:conversations")
    if request.method == "POST":
        withdraw_consent(told, by=request.viewer, now=timezone.now())
        messages.success(request, _("All of it is erased."))
        return redirect(page)
    back = _("What I can") if is_own else _("Conversations")
    steps = [Step(back, page), Step(_("Take consent back"), is_current=True)]
    return render(request, "gifts/withdraw.html", {"told": told, "is_own": is_own, "back": page, "steps": steps})
