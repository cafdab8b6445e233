"""Wishing, changing a wish, and taking it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dorfplatz.entries.actions import hang_chosen, remove_entry
from dorfplatz.entries.enums import State
from dorfplatz.entries.form_keys import given_form_key, new_form_key
from dorfplatz.entries.models import Entry
from dorfplatz.entries.once import written_once
from dorfplatz.entries.picture_form import PictureForm
from dorfplatz.entries.policies import can_set_out, can_take_down
from dorfplatz.entries.tongue import author_language
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem, Refused, refused
from dorfplatz.ui.parts import Step
from dorfplatz.ui.sockets import links
from dorfplatz.villages.request import SquareRequest
from dorfplatz.wishes.actions import change_wish, write_wish
from dorfplatz.wishes.addresses import page_of
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.forms.wish import WishForm, initial_of
from dorfplatz.wishes.models import Wish
from dorfplatz.wishes.policies import can_change_wish
from dorfplatz.wishes.room import require_room
from dorfplatz.wishes.views.opened import opened


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SquareRequest) -> HttpResponse:
    """The form of a new wish; sent twice it wishes once."""
    require_room(request)
    _require_somewhere(request)
    now, key = timezone.now(), given_form_key(request.POST.get("form_key", ""))
    pictures = PictureForm(form_key=key, by=request.viewer, language=request.LANGUAGE_CODE)
    if request.method != "POST":
        return _shown(request, _form(request, initial=_first_values(request)), pictures)
    are_taken = pictures.take(request, now=now)
    form = _form(request, data=pictures.sent(request))
    if form.is_valid() and are_taken:
        entry = _written(request, form, key)
        if entry is not None:
            _thank(request, entry)
            return redirect(page_of(entry))
    return _shown(request, form, pictures)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, code: str) -> HttpResponse:
    """The form for a wish that is there; what it said before is kept."""
    wish = opened(request, code)
    can_change_wish(request.viewer, wish).require()
    now, key = timezone.now(), given_form_key(request.POST.get("form_key", ""))
    pictures = PictureForm(form_key=key, by=request.viewer, language=request.LANGUAGE_CODE, entry=wish.entry)
    if request.method != "POST":
        form = _form(request, initial={**initial_of(wish), "form_key": new_form_key()})
        return _shown(request, form, pictures, wish)
    are_taken = pictures.take(request, now=now)
    form = _form(request, data=pictures.sent(request))
    if form.is_valid() and are_taken and _changed(request, form, wish):
        hang_chosen(wish.entry, form_key=key, by=request.viewer, now=now)
        messages.success(request, _("Saved. Thank you!"))
        return redirect(page_of(wish.entry))
    return _shown(request, form, pictures, wish)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SquareRequest, code: str) -> HttpResponse:
    """Take a wish away, after asking once."""
    entry = opened(request, code).entry
    can_take_down(request.viewer, entry).require()
    if request.method == "POST":
        remove_entry(entry, by=request.viewer, now=timezone.now())
        messages.success(request, _("It is gone."))
        return redirect("wishes:list")
    return render(request, "wishes/remove.html", {"entry": entry, "page_url": page_of(entry)})


def _require_somewhere(request: SquareRequest) -> None:
    """Raise Refused for those who may wish in no village here."""
    verdicts = [can_set_out(request.viewer, [str(area.path)]) for area in request.site.villages]
    if not any(verdicts):
        (verdicts[0] if verdicts else refused("")).require()


def _form(request: SquareRequest, **kwargs: Any) -> WishForm:
    return WishForm(
        site=request.site, language=request.LANGUAGE_CODE, author_language=author_language(request), **kwargs
    )


def _first_values(request: SquareRequest) -> dict[str, Any]:
    """For her own village, or the one she looks at; with the mood of the button that led here."""
    home = request.site.by_id.get(request.viewer.home_area_id or 0)
    chosen = request.usual_villages.only or (home if home in request.site.villages else None)
    mood = request.GET.get("mood", "")
    return {
        "form_key": new_form_key(),
        "mood": mood if mood in Mood.values else Mood.WISH,
        "villages": [chosen.pk] if chosen is not None else [],
        "audience": "public",
    }


def _written(request: SquareRequest, form: WishForm, key: str) -> Entry | None:
    """What this form has wished; None where it could not, and says why."""
    by, now = request.viewer, timezone.now()

    def write_it() -> Entry:
        entry = write_wish(form.draft(), by=by, now=now).entry
        hang_chosen(entry, form_key=key, by=by, now=now)
        return entry

    try:
        return written_once(key, write_it, by=by, now=now)[0]
    except (Problem, Refused) as problem:
        form.add_error(None, str(problem))
        return None


def _changed(request: SquareRequest, form: WishForm, wish: Wish) -> bool:
    try:
        change_wish(wish, draft=form.draft(), by=request.viewer, now=timezone.now())
    except (Problem, Refused) as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _thank(request: SquareRequest, entry: Entry) -> None:
    if Entry.objects.only("state").get(pk=entry.pk).state == State.PUBLISHED:
        messages.success(request, _("It stands on the square. You hear from us as soon as somebody answers."))
    else:
        messages.success(request, _("Thank you! Somebody looks at it before it appears."))


def _shown(request: SquareRequest, form: WishForm, pictures: PictureForm, wish: Wish | None = None) -> HttpResponse:
    areas = links.get("map-areas")
    context = {
        "form": form,
        "pictures": pictures,
        "wish": wish,
        "steps": [Step(_("Wishes"), reverse("wishes:list"))],
        "cancel_url": page_of(wish.entry) if wish else reverse("wishes:list"),
        "areas_url": f"{areas(request)}?lang={request.LANGUAGE_CODE}" if areas else "",
        "map_is_open": any(name in form.errors for name in ("lat", "lon")) or bool(form["lat"].value()),
        "more_is_open": any(name in form.errors for name in ("language", "audience")),
    }
    wrong = bool(form.errors or pictures.errors)
    return render(request, "wishes/write.html", context, status=422 if wrong else 200)
