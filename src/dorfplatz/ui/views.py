"""The style page and the large-print switch."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST, require_safe

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.address import is_own_address
from dorfplatz.ui.context import LARGE_PRINT_COOKIE, Shell
from dorfplatz.ui.samples import samples

LONGEST_TEXT = 50_000
YEAR_S = 365 * 24 * 3600


@public
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every part in every state, for looking at and for the accessibility test."""
    return render(request, "ui/style.html", samples())


@members_only
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How a text will look, as a fragment. Nothing of it is kept."""
    return render(request, "ui/preview.html", {"text": request.POST.get("text", "")[:LONGEST_TEXT]})


@public
@require_GET
def large_print(request: HttpRequest) -> HttpResponse:
    """Switch large print on (?on=1) or off and go back to where the reader was."""
    back = request.GET.get("next", "")
    if not is_own_address(back):
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
