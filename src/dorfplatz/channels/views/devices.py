"""Notes on this device: on and off, sent by the page's own script after a click."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dorfplatz.channels.actions import subscribe_device, unsubscribe_device
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.spelling import typed
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import own_identity
from dorfplatz.villages.request import SquareRequest

NOTHING_TO_SAY = 204


@members_only
@never_cache
@require_POST
def device_on(request: SquareRequest) -> HttpResponse:
    said = request.POST
    try:
        subscribe_device(
            _own(request), endpoint=said.get("endpoint", ""), p256dh=said.get("p256dh", ""), auth=said.get("auth", ""),
            by=request.viewer, now=timezone.now(),
        )  # fmt: skip
    except Problem as problem:
        return HttpResponse(str(problem), status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=NOTHING_TO_SAY)


@members_only
@never_cache
@require_POST
def device_off(request: SquareRequest) -> HttpResponse:
    endpoint = typed(request.POST.get("endpoint", ""))
    unsubscribe_device(_own(request), endpoint=endpoint, by=request.viewer, now=timezone.now())
    return HttpResponse(status=NOTHING_TO_SAY)


def _own(request: SquareRequest) -> Identity:
    identity = own_identity(request.viewer)
    if identity is None or request.municipality is None:
        raise Http404
    return identity
