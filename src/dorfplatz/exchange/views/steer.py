"""Solved, open again, renewed, ended: one button each."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorfplatz.exchange.actions import end_exchange, renew_exchange, reopen_exchange, solve_exchange
from dorfplatz.exchange.policies import can_steer_exchange
from dorfplatz.exchange.views.opened import opened, page_of
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.request import SquareRequest


@members_only
@require_POST
def steer(request: SquareRequest, code: str) -> HttpResponse:
    """Does what the button says; an unknown one does nothing."""
    exchange = opened(request, code)
    can_steer_exchange(request.viewer, exchange).require()
    verbs: dict[str, tuple[Callable[..., None], str]] = {
        "solve": (solve_exchange, _("Good that it worked out!")),
        "reopen": (reopen_exchange, _("It is open again.")),
        "renew": (renew_exchange, _("It stays on the square.")),
        "end": (end_exchange, _("It is off the square. You find it under “My asks and offers”.")),
    }
    wanted = verbs.get(request.POST.get("do", ""))
    if wanted is not None:
        verb, said = wanted
        try:
            verb(exchange, by=request.viewer, now=timezone.now())
            messages.success(request, said)
        except Problem as problem:
            messages.error(request, str(problem))
    return redirect(page_of(exchange.entry))
