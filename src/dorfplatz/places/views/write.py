"""Adding and changing entries."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dorfplatz.basemap.finder import asks_for_address, finder_of
from dorfplatz.entries.enums import State
from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.actions import PlaceDraft, add_place_once, change_place
from dorfplatz.places.enums import ADD, PlaceKind
from dorfplatz.places.forms.drafting import draft_of, initial_of, new_initial
from dorfplatz.places.forms.hours import hours_grid
from dorfplatz.places.forms.place import PlaceForm
from dorfplatz.places.models import Category, Listing
from dorfplatz.places.policies import can_add_place, can_change_place
from dorfplatz.places.queries import Terms, organizations_of, terms_of_municipality
from dorfplatz.places.room import require_room
from dorfplatz.places.views.opened import opened, page_of
from dorfplatz.ui.parts import Step
from dorfplatz.ui.sockets import links
from dorfplatz.villages.request import SquareRequest


@needs(ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SquareRequest) -> HttpResponse:
    """The form for a new entry; sent twice it adds one."""
    require_room(request)
    if request.method != "POST":
        return _shown(request, _form(request, initial=_first_values(request)))
    form = _form(request, data=request.POST)
    if asks_for_address(request.POST):
        return _shown(request, _form(request, initial=_with_address(request, form)))
    if not form.is_valid():
        return _shown(request, form)
    kind = PlaceKind(form.cleaned_data["kind"])
    draft = _draft(form, kind)
    verdict = can_add_place(request.viewer, draft.words.areas)
    if not verdict:
        form.add_error("villages", verdict.reason)
        return _shown(request, form)
    try:
        listing = _add_once(request, draft, form.cleaned_data["form_key"] or secrets.token_hex(16))
    except Problem as problem:
        form.add_error("title", str(problem))
        return _shown(request, form)
    _thank(request, listing)
    return redirect("places:photos", code=listing.entry.code)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, code: str) -> HttpResponse:
    """The form for an entry that is there. Somebody else's change in between is said, not overwritten."""
    listing = opened(request, code)
    can_change_place(request.viewer, listing).require()
    languages = list(request.municipality.languages)
    if request.method != "POST":
        initial = {**initial_of(listing, languages), "seen": _stamp(listing)}
        return _shown(request, _form(request, initial=initial, present=listing), listing)
    form = _form(request, data=request.POST, present=listing)
    if asks_for_address(request.POST):
        return _shown(request, _form(request, initial=_with_address(request, form), present=listing), listing)
    if not form.is_valid():
        return _shown(request, form, listing)
    if request.POST.get("seen") != _stamp(listing):
        _warn_of_other(form, listing)
        return _shown(request, form, listing)
    draft = _draft(form, PlaceKind(listing.entry.kind), listing)
    try:
        change_place(listing, draft=draft, by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error("title", str(problem))
        return _shown(request, form, listing)
    messages.success(request, _("Saved. Thank you!"))
    return redirect(page_of(listing.entry))


def _form(request: SquareRequest, present: Listing | None = None, **kwargs: Any) -> PlaceForm:
    language = request.LANGUAGE_CODE
    organizations = organizations_of(request.site, request.viewer, now=timezone.now())
    form = PlaceForm(
        **kwargs,
        site=request.site,
        terms=_terms(request),
        language=language,
        organizations=[pair for pair in organizations if present is None or pair[0] != present.pk],
        present_categories=[category.pk for category in present.categories.all()] if present else (),
    )
    if present is not None:
        del form.fields["kind"]
    return form


def _with_address(request: SquareRequest, sent: PlaceForm) -> dict[str, Any]:
    """What was typed so far, unjudged, and the chosen address with it: for those without scripts."""
    values = {name: sent[name].value() for name in sent.fields}
    finder = finder_of(request.municipality.pk, request.POST.dict())
    if finder and finder.taken:
        taken = finder.taken
        values |= {"lat": f"{taken.lat:.5f}", "lon": f"{taken.lon:.5f}", "street": taken.line}
        values |= {"postcode": taken.postcode, "town": taken.place}
    return values


def _terms(request: SquareRequest) -> Terms:
    return terms_of_municipality(request.municipality)


def _first_values(request: SquareRequest) -> dict[str, Any]:
    """A new form: in the reader's language, in her village where she may add to it."""
    values = {**new_initial(request.LANGUAGE_CODE), "form_key": secrets.token_hex(16)}
    home = request.site.by_id.get(request.viewer.home_area_id or 0)
    chosen = request.usual_villages.only or home
    if chosen is not None and can_add_place(request.viewer, [chosen]):
        values["villages"] = [chosen.pk]
    if request.GET.get("kind") in PlaceKind.values:
        values["kind"] = request.GET["kind"]
    return values


def _draft(form: PlaceForm, kind: PlaceKind, present: Listing | None = None) -> PlaceDraft:
    cleaned = form.cleaned_data
    wanted = [cleaned[name] for name in ("category", "category_2", "category_3") if cleaned[name]]
    return draft_of(
        cleaned,
        kind=kind,
        site=form.site,
        languages=form.languages,
        categories=Category.objects.in_bulk(wanted),
        present=present,
    )


def _add_once(request: SquareRequest, draft: PlaceDraft, form_key: str) -> Listing:
    """Added; or, where the same form arrives twice at one moment, what the other one added."""
    now, by = timezone.now(), request.viewer
    role = next((grant.role for grant in by.grants if ADD in grant.capabilities), "")
    try:
        return add_place_once(draft, form_key=form_key, by=by, now=now, assured_by=role)
    except IntegrityError:
        return add_place_once(draft, form_key=form_key, by=by, now=now, assured_by=role)


def _thank(request: SquareRequest, listing: Listing) -> None:
    if listing.entry.state == State.PUBLISHED:
        messages.success(request, _("“%(title)s” is on the map. Thank you!") % {"title": listing.entry.title})
    else:
        text = _("“%(title)s” is kept. Somebody looks at it before it appears.")
        messages.success(request, text % {"title": listing.entry.title})


def _stamp(listing: Listing) -> str:
    return listing.entry.changed_at.isoformat()


def _warn_of_other(form: PlaceForm, listing: Listing) -> None:
    """Say that somebody else was quicker; the next save is meant to replace what that person saved."""
    form.add_error(
        None,
        _(
            "Somebody else changed this entry after you opened it. What you typed is still here: "
            "look it over, and save again to replace the other’s version with yours."
        ),
    )
    data = cast("QueryDict", form.data).copy()
    data["seen"] = _stamp(listing)
    form.data = data


def _shown(request: SquareRequest, form: PlaceForm, listing: Listing | None = None) -> HttpResponse:
    areas = links.get("map-areas")
    title = listing.entry.title if listing else ""
    context: Mapping[str, Any] = {
        "form": form,
        "listing": listing,
        "hours_grid": hours_grid(form),
        "steps": _steps(listing),
        "cancel_url": page_of(listing.entry) if listing else reverse("places:map"),
        "areas_url": f"{areas(request)}?lang={request.LANGUAGE_CODE}" if areas else "",
        "title": title,
        "finder": finder_of(request.municipality.pk, request.POST.dict()),
        "more_is_open": any(form[name].errors for name in ("organization", "capacity", "founded_in", "legal_status")),
        "municipality": in_language(request.municipality.area.name, request.LANGUAGE_CODE),
    }
    return render(request, "places/place_form.html", context, status=422 if form.errors else 200)


def _steps(listing: Listing | None) -> list[Step]:
    first = Step(_("Map"), reverse("places:map"))
    if listing is None:
        return [first, Step(_("Add an entry"), is_current=True)]
    return [first, Step(listing.entry.title, page_of(listing.entry)), Step(_("Change the entry"), is_current=True)]
