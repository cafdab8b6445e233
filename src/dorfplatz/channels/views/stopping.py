"""Stopping a channel from a mail: a page with one button, and the one click of mail programs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dorfplatz.channels.actions import stop_channel
from dorfplatz.channels.actions.wishes import LETTER
from dorfplatz.channels.sockets import sorts
from dorfplatz.channels.stopping import read_stop_token
from dorfplatz.kernel.access import public
from dorfplatz.kernel.actor import system
from dorfplatz.members.models import Identity
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@csrf_exempt  # RFC 8058: mail programs send it without having seen a page; the signed token is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: SquareRequest, token: str) -> HttpResponse:
    """Looking changes nothing; sending does, as often as it comes."""
    read = read_stop_token(token)
    identity = Identity.objects.filter(pk=read[0]).first() if read else None
    if read is None or identity is None:
        return render(request, "channels/stop_over.html", status=410)
    channel = read[1]
    is_done = request.method == "POST"
    if is_done:
        stop_channel(identity, channel=channel, by=system("one-click"), now=timezone.now())
    what = _("The letter") if channel == LETTER else str(sorts[channel].label) if channel in sorts else ""
    return render(request, "channels/stop.html", {"what": what, "is_done": is_done, "is_letter": channel == LETTER})
