"""The paper by mail: asking for it, and ending it from a mail with one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.text import in_language
from dorfplatz.members.models import Identity
from dorfplatz.noticeboard.actions import end_subscription, subscribe_to_papers
from dorfplatz.noticeboard.forms import SheetForm
from dorfplatz.noticeboard.post import read_stop_token
from dorfplatz.noticeboard.views.opened import opened_area
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


@members_only
@require_POST
def by_mail(request: SquareRequest, slug: str) -> HttpResponse:
    """From now on, or no more."""
    area = opened_area(request, slug)
    by, now = request.viewer, timezone.now()
    form = SheetForm(request.POST, municipality=request.municipality)
    if "end" in request.POST:
        end_subscription(area.pk, identity_id=by.identity_id or 0, by=by, now=now)
        messages.success(request, _("You get no more village papers of %(name)s by mail.") % _named(request, area))
    elif form.is_valid():
        subscribe_to_papers(area, form=form.cleaned_data["form"], languages=form.chosen_languages, by=by, now=now)
        said = _("Each new village paper of %(name)s comes to you by mail, a little after it is published.")
        messages.success(request, said % _named(request, area))
    else:
        messages.error(request, _("This paper is not printed that way."))
    return redirect("noticeboard:papers", slug=slug)


def _named(request: SquareRequest, area: Area) -> dict[str, str]:
    return {"name": in_language(area.name, request.LANGUAGE_CODE)}


@public
@never_cache
@csrf_exempt  # RFC 8058: mail programs send it without having seen a page; the signed token is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: SquareRequest, token: str) -> HttpResponse:
    """Looking changes nothing; sending does, as often as it comes."""
    read = read_stop_token(token)
    identity = Identity.objects.filter(pk=read[0]).first() if read else None
    area = Area.objects.filter(pk=read[1]).first() if read else None
    if identity is None or area is None:
        return render(request, "noticeboard/stop_mail_over.html", status=410)
    is_done = request.method == "POST"
    if is_done:
        end_subscription(area.pk, identity_id=identity.pk, by=system("one-click"), now=timezone.now())
    return render(request, "noticeboard/stop_mail.html", {"area": area, "is_done": is_done})
