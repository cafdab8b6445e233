"""Who looks, and whether the view's declared access lets them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase

from dorfplatz.kernel.access import Access
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Refused
from dorfplatz.members.queries import actor_of_login
from dorfplatz.villages.request import RequestOnItsWay

Next = Callable[[RequestOnItsWay], HttpResponse]


class ViewerOfRequest:
    """Sets `request.viewer`; a visitor without a session costs no query."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: RequestOnItsWay) -> HttpResponse:
        request.viewer = actor_of_login(request.user) if request.session.session_key else VISITOR
        return self.get_response(request)


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
        municipality = request.municipality
        if access.who == "capability" and not (
            municipality and request.viewer.holds_within(access.capability, municipality.path)
        ):
            raise Http404
        return None

    def process_exception(self, _request: RequestOnItsWay, exception: Exception) -> None:
        if isinstance(exception, Refused):
            raise PermissionDenied(exception.reason) from exception
