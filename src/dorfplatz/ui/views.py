"""The style page and the large-print switch."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_safe

from dorfplatz.kernel.access import public
from dorfplatz.ui.context import LARGE_PRINT_COOKIE, Shell
from dorfplatz.ui.samples import samples

YEAR_S = 365 * 24 * 3600


@public
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every part in every state, for looking at and for the accessibility test."""
    return render(request, "ui/style.html", samples())


@public
@require_GET
def large_print(request: HttpRequest) -> HttpResponse:
    """Switch large print on (?on=1) or off and go back to where the reader was."""
    back = request.GET.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = Shell(request).home_url
    response = HttpResponseRedirect(back)
    if request.GET.get("on") == "1":
        response.set_cookie(
            LARGE_PRINT_COOKIE, "1", max_age=YEAR_S, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    else:
        response.delete_cookie(LARGE_PRINT_COOKIE, samesite="Lax")
    return response
