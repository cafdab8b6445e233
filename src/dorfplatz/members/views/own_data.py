"""One's own data: seen, taken along, and taken away; and what is kept for how long."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.data_map import Basis, tables
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import Farewell, ask_to_leave, take_out, withdraw_leaving
from dorfplatz.members.actions.leaving import TIME_TO_STAY
from dorfplatz.members.forms import PasswordForm
from dorfplatz.members.models import Identity
from dorfplatz.members.own_data import shown_parts, write_archive
from dorfplatz.members.queries import own_identity
from dorfplatz.members.sockets import personal_data
from dorfplatz.ui.parts import Step
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def kept(request: SquareRequest) -> HttpResponse:
    """The data map in words."""
    grounds = {
        Basis.CONSENT: _("You agreed to it, and can take that back (GDPR, article 6 (1) a)."),
        Basis.MEMBERSHIP: _("Without it you could not take part (GDPR, article 6 (1) b)."),
        Basis.DUTY: _("The law asks for it (GDPR, article 6 (1) c)."),
        Basis.PUBLIC_TASK: _("It is part of the municipality’s task (GDPR, article 6 (1) e)."),
    }
    rows = [
        {"what": table.what, "why": table.why, "how_long": table.how_long, "ground": grounds[table.basis]}
        for table in tables
    ]
    return render(request, "members/kept.html", {"rows": rows})


def _own(request: SquareRequest) -> Identity:
    identity = own_identity(request.viewer)
    if identity is None or identity.login is None:
        raise Http404
    return identity


def _steps(here: str) -> list[Step]:
    return [Step(_("My page"), reverse("members:me")), Step(here, is_current=True)]


def _count_guess(identity: Identity) -> None:
    # Somebody at an unlocked screen could guess here as well as on the login page.
    if not limits.count_attempt(limits.LOGIN_PER_ACCOUNT, f"identity:{identity.pk}", now=timezone.now()):
        raise Problem(_("These were many attempts. Please wait ten minutes."))


@members_only
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: SquareRequest) -> HttpResponseBase:
    """All there is about the viewer; with the password, as an archive."""
    identity = _own(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _count_guess(identity)
            take_out(identity, password=form.cleaned_data["password"], by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error("password", str(problem))
        else:
            return _archive(request, identity)
    parts, page = shown_parts(request.viewer, request.GET.get("page"))
    context = {"form": form, "parts": parts, "page": page, "steps": _steps(_("My data"))}
    return render(request, "members/own_data.html", context)


def _archive(request: SquareRequest, identity: Identity) -> FileResponse:
    now, language = timezone.now(), get_language() or "de"
    square = in_language(request.municipality.area.name, language)
    archive = write_archive(identity, request.viewer, square=square, language=language, now=now)
    name = f"dorfplatz-{timezone.localtime(now):%Y-%m-%d}.zip"
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")


@members_only
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SquareRequest) -> HttpResponse:
    """Tells what happens, asks for the password, and says goodbye."""
    identity, now = _own(request), timezone.now()
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _count_guess(identity)
            leaving = ask_to_leave(
                identity, password=form.cleaned_data["password"], farewell=_farewell(request, identity),
                by=request.viewer, now=now,
            )  # fmt: skip
        except Problem as problem:
            form.add_error("password", str(problem))
        else:
            end_session(request)
            return render(request, "members/left.html", {"due_at": leaving.due_at})
    stays = [part.stays for part in personal_data if part.stays]
    context = {"form": form, "stays": stays, "due_at": now + TIME_TO_STAY, "steps": _steps(_("Leave the square"))}
    return render(request, "members/leave.html", context)


def _farewell(request: SquareRequest, identity: Identity) -> Farewell:
    square = in_language(request.municipality.area.name, identity.language)
    return Farewell(square, base_url(request.municipality) + reverse("members:login"))


@members_only
@require_POST
def stay(request: SquareRequest) -> HttpResponse:
    """Take leaving back."""
    if withdraw_leaving(_own(request), by=request.viewer, now=timezone.now()):
        messages.success(request, _("How good that you stay! Roles that you had have to be given anew."))
    return redirect("members:me")
