"""The page “What I get”."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.channels.actions import add_watch, change_preferences, remove_watch
from dorfplatz.channels.actions.wishes import LONGEST_WORDS
from dorfplatz.channels.enums import Way
from dorfplatz.channels.forms import PreferencesForm, WatchForm
from dorfplatz.channels.models import Preferences
from dorfplatz.channels.queries import own_preferences, own_watches
from dorfplatz.channels.sockets import sections
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import own_identity
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SquareRequest) -> HttpResponse:
    identity, chosen = _own(request)
    form = PreferencesForm(request.POST or None, preferences=chosen, site=request.site)
    if request.method == "POST" and form.is_valid():
        change_preferences(identity, wishes=form.wishes, by=request.viewer, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("channels:preferences")
    asked = {name: request.GET[name][:LONGEST_WORDS] for name in ("words", "area", "section") if name in request.GET}
    return _page(request, identity, form, WatchForm(initial=asked, site=request.site))


@members_only
@never_cache
@require_http_methods(["POST"])
def watch(request: SquareRequest) -> HttpResponse:
    """One more thing to be told of."""
    identity, chosen = _own(request)
    form = WatchForm(request.POST, site=request.site)
    if form.is_valid():
        data = form.cleaned_data
        try:
            add_watch(
                identity, area=form.chosen_area, section=data["section"], words=data["words"], way=Way(data["way"]),
                by=request.viewer, now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("We will tell you."))
            return redirect("channels:preferences")
    return _page(request, identity, PreferencesForm(preferences=chosen, site=request.site), form)


@members_only
@require_POST
def unwatch(request: SquareRequest, pk: int) -> HttpResponse:
    if pk >= 2**63:
        raise Http404
    remove_watch(get_object_or_404(own_watches(request.viewer), pk=pk), by=request.viewer, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("channels:preferences")


def _own(request: SquareRequest) -> tuple[Identity, Preferences]:
    identity, chosen = own_identity(request.viewer), own_preferences(request.viewer)
    if identity is None or chosen is None or request.municipality is None:
        raise Http404
    return identity, chosen


def _page(request: SquareRequest, identity: Identity, form: PreferencesForm, watch_form: WatchForm) -> HttpResponse:
    watches = [
        {"watch": one, "section": sections[one.section].label if one.section in sections else _("everything")}
        for one in own_watches(request.viewer)
    ]
    context = {"form": form, "watch_form": watch_form, "watches": watches, "identity": identity}
    return render(request, "channels/preferences.html", context)
