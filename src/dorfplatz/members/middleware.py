"""Who looks, and whether the view's declared access lets them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.kernel.access import Access
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.kernel.verdict import Refused
from dorfplatz.members.acting import acting
from dorfplatz.members.actions import touch_device
from dorfplatz.members.actions.devices import DEVICE_KEPT
from dorfplatz.members.devices import seen_in
from dorfplatz.members.factors import factors_of, secured
from dorfplatz.members.models import Login
from dorfplatz.members.queries import actor_of_login, actor_of_session
from dorfplatz.members.sessions import DEVICE, begin_entering, is_secured
from dorfplatz.villages.request import RequestOnItsWay

Next = Callable[[RequestOnItsWay], HttpResponse]


class ViewerOfRequest:
    """Sets `request.viewer`; a visitor without a session costs no query."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: RequestOnItsWay) -> HttpResponse:
        request.viewer = acting(request, _viewer(request)) if request.session.session_key else VISITOR
        answer = self.get_response(request)
        key = getattr(request, "device_key", "")
        if key:
            answer.set_cookie(
                settings.DEVICE_COOKIE_NAME, key, max_age=int(DEVICE_KEPT.total_seconds()), httponly=True,
                secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
            )  # fmt: skip
        return answer


def _note_day(request: RequestOnItsWay, actor: Actor) -> None:
    """Once a day, that a device is in use."""
    told, now = request.session.get(DEVICE), timezone.now()
    if told and told[1] != now.date().isoformat():
        request.session[DEVICE] = [told[0], now.date().isoformat()]
        key = request.session.session_key or ""
        touch_device(told[0], seen=seen_in(request), session_key=key, by=actor, now=now)


def _viewer(request: RequestOnItsWay) -> Actor:
    """Roles near personal data count for who came in by two steps."""
    actor = actor_of_session(request.user)
    if actor.is_member:
        _note_day(request, actor)
    return actor if is_secured(request.session) else secured(actor, exempt_path=exempt_path(request))


def exempt_path(request: HttpRequest) -> str:
    """Where roles count without a second step: in the demonstration, which is served under no public name."""
    municipality = getattr(request, "municipality", None)
    return municipality.path if municipality and municipality.is_demonstration else ""


class DeclaredAccess:
    """Lets a view run only for those its declaration names; one without a declaration does not exist."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: RequestOnItsWay) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: RequestOnItsWay, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        access: Access | None = getattr(view, "access", None)
        if access is None:
            raise Http404
        if access.who == "anyone":
            return None
        if not request.viewer.is_member:
            return redirect_to_login(request.get_full_path())
        if access.who == "capability" and not _holds(request, request.viewer, access.capability):
            return _to_second_step(request, access.capability)
        return None

    def process_exception(self, _request: RequestOnItsWay, exception: Exception) -> None:
        if isinstance(exception, Refused):
            raise PermissionDenied(exception.reason) from exception


def _holds(request: RequestOnItsWay, actor: Actor, capability: str) -> bool:
    return bool(request.municipality and actor.holds_within(capability, request.municipality.path))


def _to_second_step(request: RequestOnItsWay, capability: str) -> HttpResponseBase:
    """For who would hold the capability if only she had come in by two steps; for others the address does not exist."""
    login = request.user
    if is_secured(request.session) or not _holds(request, actor_of_login(login), capability):
        raise Http404
    if isinstance(login, Login) and factors_of(login).any:
        begin_entering(request.session, login, after=request.get_full_path(), now=timezone.now())
        return redirect("members:second_step")
    messages.warning(request, _("Your role begins with a second step at logging in. Please set one up now."))
    return redirect("members:factors")
