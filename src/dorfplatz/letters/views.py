"""The letters of whoever is logged in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.letters.actions import (
    answer_letter,
    choose_mail,
    read_thread,
    throw_away_thread,
    write_letter,
    write_to_desk,
)
from dorfplatz.letters.enclosing import open_document
from dorfplatz.letters.forms import LetterForm
from dorfplatz.letters.models import Enclosure, Letter, Thread
from dorfplatz.letters.policies import can_answer_in, can_begin_at, can_begin_with, is_at_desk
from dorfplatz.letters.queries import (
    PAGE_SIZE,
    desk_of,
    enclosure_of,
    letters_in,
    other_in,
    own_threads,
    thread_at,
    thread_between,
    thread_of_code,
    wants_in_full,
)
from dorfplatz.letters.sockets import addressee, desks
from dorfplatz.letters.taking import Inside, give_back, take_files
from dorfplatz.media.queries import open_copy
from dorfplatz.media.store import TYPES
from dorfplatz.members.faces import face
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import member_of_code, portrait_for
from dorfplatz.ui.parts import Person
from dorfplatz.villages.request import SquareRequest

# What lies in a letter is for this reader only, and can do nothing should it be taken for a page.
ALONE = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MOST_PIXELS = 1280
Send = Callable[[str, str, Sequence[Inside]], Letter]


@members_only
@never_cache
@require_safe
def threads(request: SquareRequest) -> HttpResponse:
    """With whom one has written, the latest first."""
    lines = own_threads(request.viewer)
    context = {
        "lines": [(line, _person(line.other, request)) for line in lines],
        "in_full": wants_in_full(request.viewer),
        "may_choose": request.viewer.hand_id is None,
        "can_answer_by_mail": bool(settings.REPLY_ADDRESS),
    }
    return render(request, "letters/threads.html", context)


@members_only
@never_cache
@require_POST
def by_mail(request: SquareRequest) -> HttpResponse:
    """Whether letters come by mail as they are."""
    in_full = request.POST.get("in_full") == "1"
    choose_mail(in_full=in_full, by=request.viewer, now=timezone.now())
    full, short = _("Letters now come to you by mail as they are."), _("Mails now say only that there is a letter.")
    messages.success(request, full if in_full else short)
    return redirect("letters:threads")


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SquareRequest, code: str) -> HttpResponse:
    """The first letter to somebody; where the two have written before, their thread."""
    viewer = request.viewer
    other = member_of_code(code, viewer) if request.municipality else None
    if other is None or other.pk == viewer.identity_id:
        raise Http404
    present = thread_between(viewer, other)
    if present is None:
        can_begin_with(viewer, other).require()

    def send(text: str, key: str, inside: Sequence[Inside]) -> Letter:
        return write_letter(other, text=text, form_key=key, inside=inside, by=viewer, now=timezone.now())

    return _first(request, present, send, {"name": other.name})


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request: SquareRequest, code: str) -> HttpResponse:
    """The first letter to an organisation; where there are letters already, their thread."""
    viewer = request.viewer
    found = ((key, desk.find(code, viewer)) for key, desk in desks.items()) if request.municipality else ()
    key, desk_id = next(((key, pk) for key, pk in found if pk is not None), ("", None))
    desk = addressee(key, desk_id)
    if desk is None or desk_id is None:
        raise Http404
    present = thread_at(viewer, key, desk_id)
    if present is None:
        can_begin_at(viewer, key, desk_id).require()

    def send(text: str, form_key: str, inside: Sequence[Inside]) -> Letter:
        now = timezone.now()
        return write_to_desk(key, desk_id=desk_id, text=text, form_key=form_key, inside=inside, by=viewer, now=now)

    return _first(request, present, send, {"name": desk.name, "desk": desk})


def _first(request: SquareRequest, present: Thread | None, send: Send, context: dict[str, Any]) -> HttpResponse:
    if present is not None and request.method != "POST":
        return redirect("letters:thread", code=present.code)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        letter = _sent(request, form, send)
        if letter is not None:
            messages.success(request, _("Your letter is on its way."))
            return redirect("letters:thread", code=letter.thread.code)
    return render(request, "letters/write.html", {"form": form, **context}, status=422 if form.errors else 200)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: SquareRequest, code: str) -> HttpResponse:
    """The letters of two sides, and a field to answer."""
    found, viewer = _thread(request, code), request.viewer
    other, form = other_in(found, viewer), _form(request)
    if request.method == "POST" and form.is_valid():
        can_answer_in(viewer, found, other).require()

        def send(text: str, key: str, inside: Sequence[Inside]) -> Letter:
            return answer_letter(found, text=text, form_key=key, inside=inside, by=viewer, now=timezone.now())

        if _sent(request, form, send):
            return redirect("letters:thread", code=found.code)
    shown = letters_in(found, viewer, before=_before(request))
    if request.method == "GET":
        read_thread(found, by=viewer, now=timezone.now())
    is_for_desk = is_at_desk(viewer, found)
    context = {
        **_sides(request, found, is_for_desk=is_for_desk),
        "letters": shown[-PAGE_SIZE:],
        "earlier": shown[-PAGE_SIZE].sent_at.isoformat() if len(shown) > PAGE_SIZE else "",
        "me": viewer.identity_id,
        "form": form if can_answer_in(viewer, found, other) else None,
    }
    return render(request, "letters/thread.html", context, status=422 if form.errors else 200)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def throw_away(request: SquareRequest, code: str) -> HttpResponse:
    """What throwing away means, and the button."""
    found = _thread(request, code)
    if request.method == "POST":
        throw_away_thread(found, by=request.viewer, now=timezone.now())
        messages.success(request, _("The letters are gone for you."))
        return redirect("letters:threads")
    context = _sides(request, found, is_for_desk=is_at_desk(request.viewer, found))
    return render(request, "letters/throw_away.html", context)


def _person(other: Identity | None, request: SquareRequest) -> Person | None:
    """The other side with her face; None where she has left, or where it is an organisation."""
    if other is None:
        return None
    tint = other.home_area.tint if other.home_area else 0
    return Person(other.name, picture=face(portrait_for(other, request.viewer)), tint=tint)


def _sides(request: SquareRequest, found: Thread, *, is_for_desk: bool) -> dict[str, Any]:
    other, desk = other_in(found, request.viewer), desk_of(found, request.viewer)
    name = other.name if other else desk.name if desk and not is_for_desk else ""
    return {
        "thread": found,
        "other": other,
        "person": _person(other, request),
        "desk": desk,
        "name": name,
        "is_desk_thread": bool(found.desk),
        "is_for_desk": is_for_desk,
    }


@members_only
@require_safe
def enclosure(request: SquareRequest, pk: int) -> HttpResponse | FileResponse:
    """A document as a download, or a picture; to those who read the letter, and only while they do."""
    found = enclosure_of(pk, request.viewer) if request.municipality else None
    if found is None:
        raise Http404
    file: Any  # of the storage, or of a copy
    if found.token:
        file, kind, name = open_document(found.token), "application/pdf", found.name
    else:
        file, kind, name = open_copy(_copy_of(found)), TYPES["jpg"], ""
    if file is None:
        raise Http404
    answer = FileResponse(file, content_type=kind, as_attachment=bool(name), filename=name)
    for header, value in ALONE.items():
        answer[header] = value
    return answer


def _copy_of(found: Enclosure) -> str:
    """The name of the picture's largest copy that is not too large for a page; "" while there is none."""
    copies = found.picture.renditions if found.picture and found.picture.is_ready else []
    fits = sorted((copy for copy in copies if copy["format"] == "jpeg"), key=lambda copy: copy["width"])
    small = [copy for copy in fits if copy["width"] <= MOST_PIXELS] or fits[:1]
    return small[-1]["name"] if small else ""


def _thread(request: SquareRequest, code: str) -> Thread:
    found = thread_of_code(code, request.viewer) if request.municipality else None
    if found is None:
        raise Http404
    return found


def _form(request: SquareRequest) -> LetterForm:
    if request.method == "POST":
        return LetterForm(request.POST, request.FILES)
    return LetterForm(initial={"form_key": secrets.token_hex(16)})


def _sent(request: SquareRequest, form: LetterForm, send: Send) -> Letter | None:
    text, key = form.cleaned_data["text"], form.cleaned_data["form_key"] or secrets.token_hex(16)
    inside: list[Inside] = []
    try:
        present = Letter.objects.filter(form_key=key, author_id=request.viewer.identity_id or 0).exists()
        if not present:
            inside = take_files(form.cleaned_data["enclosed"], by=request.viewer, now=timezone.now())
        try:
            return send(text, key, inside)
        except IntegrityError:  # the same form at the same moment
            give_back(inside, by=request.viewer, now=timezone.now())
            return send(text, key, ())
    except Refused:
        give_back(inside, by=request.viewer, now=timezone.now())
        raise
    except Problem as problem:
        give_back(inside, by=request.viewer, now=timezone.now())
        form.add_error(None, str(problem))
        return None


def _before(request: SquareRequest) -> datetime | None:
    try:
        moment = parse_datetime(request.GET.get("before", "").replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None
