"""Settings: which calendars and news of clubs are read by themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.imports import actions
from dorfplatz.imports.enums import RUN, SourceKind
from dorfplatz.imports.forms import SubscriptionForm
from dorfplatz.imports.models import Source
from dorfplatz.imports.policies import can_import
from dorfplatz.imports.queries import subscriptions_of
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.queries.organizations import organizations_of
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest

PER_PAGE = 50


@needs(RUN)
@require_safe
def subscriptions(request: SquareRequest) -> HttpResponse:
    """What is read by itself, and how the last reading went."""
    can_import(request.viewer, request.municipality).require()
    found = subscriptions_of(request.municipality, request.viewer)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/subscriptions.html", {"page": page, "steps": _steps(_("Calendars and news"))})


@needs(RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: SquareRequest) -> HttpResponse:
    """Name an address that is read from now on."""
    can_import(request.viewer, request.municipality).require()
    form = _form(request, initial={"kind": SourceKind.ICS})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_subscription(request.municipality, wanted=form.wanted, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error("address", str(problem))
        else:
            messages.success(request, _("It is being read. What comes of it will stand here in a moment."))
            return redirect("imports:subscriptions")
    context = {"form": form, "steps": _steps(_("Calendar or news of a club"), is_below=True)}
    return render(request, "imports/subscribe.html", context, status=422 if form.errors else 200)


@needs(RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: SquareRequest, pk: int) -> HttpResponse:
    """One of them: how it went, its name, village and club; and the way to end it."""
    source = _source(request, pk)
    initial = {"label": source.label, "village": source.area_id or "", "organiser": source.organiser_id or ""}
    form = _form(request, source, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_subscription(
                source, label=form.cleaned_data["label"], area=form.area,
                organiser_id=form.cleaned_data["organiser"], by=request.viewer, now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error("label", str(problem))
        else:
            messages.success(request, _("Saved. It counts for what comes from now on."))
            return redirect("imports:subscriptions")
    context = {"form": form, "source": source, "steps": _steps(source.label, is_below=True)}
    return render(request, "imports/subscription.html", context, status=422 if form.errors else 200)


@needs(RUN)
@require_POST
def read_now(request: SquareRequest, pk: int) -> HttpResponse:
    source = _source(request, pk)
    try:
        actions.ask_to_read(source, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("It is being read. What comes of it will stand here in a moment."))
    return redirect("imports:subscriptions")


@needs(RUN)
@require_POST
def end(request: SquareRequest, pk: int) -> HttpResponse:
    source, takes_away = _source(request, pk), request.POST.get("rest") == "go"
    gone = actions.end_subscription(source, takes_away=takes_away, by=request.viewer, now=timezone.now())
    said = _("“%(name)s” is no longer read.") % {"name": source.label}
    if gone:
        said += " " + ngettext("%(number)d entry was removed.", "%(number)d entries were removed.", gone) % {
            "number": gone
        }
    messages.success(request, said)
    return redirect("imports:subscriptions")


def _source(request: SquareRequest, pk: int) -> Source:
    can_import(request.viewer, request.municipality).require()
    return get_object_or_404(subscriptions_of(request.municipality, request.viewer), pk=pk)


def _form(request: SquareRequest, present: Source | None = None, **kwargs: object) -> SubscriptionForm:
    clubs = organizations_of(request.site, request.viewer, now=timezone.now())
    return SubscriptionForm(
        request.POST or None,
        site=request.site, language=request.LANGUAGE_CODE, clubs=clubs, is_there=present is not None, **kwargs,
    )  # fmt: skip


def _steps(here: str, *, is_below: bool = False) -> list[Step]:
    above = [Step(_("Settings"), reverse("villages:settings"))]
    if is_below:
        above.append(Step(_("Calendars and news"), reverse("imports:subscriptions")))
    return [*above, Step(here, is_current=True)]
