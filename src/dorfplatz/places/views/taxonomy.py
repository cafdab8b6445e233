"""The municipality's categories: names, hidden ones, OpenStreetMap tags, own categories."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.actions import add_category, choose_category, remove_category
from dorfplatz.places.enums import TAXONOMY
from dorfplatz.places.forms.category import CategoryForm
from dorfplatz.places.models import Category, CategoryChoice
from dorfplatz.places.policies import can_edit_taxonomy
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.ui.parts import Step
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.request import SquareRequest


@needs(TAXONOMY)
@require_safe
def categories(request: SquareRequest) -> HttpResponse:
    """All categories as this municipality has them."""
    can_edit_taxonomy(request.viewer, request.municipality).require()
    terms = terms_of_municipality(request.municipality)
    branches = [
        {"term": root, "below": [term for term in terms.all if term.parent_id == root.id]}
        for root in terms.all
        if root.parent_id is None
    ]
    return render(request, "places/categories.html", {"branches": branches, "steps": _steps()})


@needs(TAXONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
def category_edit(request: SquareRequest, pk: int) -> HttpResponse:
    """One category: its names, its tags, whether it is shown."""
    municipality = request.municipality
    can_edit_taxonomy(request.viewer, municipality).require()
    category = _category(municipality, pk)
    is_own = category.municipality_id is not None
    choice = CategoryChoice.objects.filter(category=category, municipality=municipality).first()
    standard = {} if is_own else category.name
    form = CategoryForm(
        request.POST or None,
        languages=municipality.languages,
        standard=standard,
        initial=_initial(category, choice),
    )
    if request.method == "POST" and form.is_valid():
        tags = form.cleaned_data["osm_tags"]
        choose_category(
            category,
            municipality=municipality,
            name=form.names,
            is_hidden=form.cleaned_data["is_hidden"],
            osm_tags=None if tags == category.osm_tags else tags,
            by=request.viewer,
            now=timezone.now(),
        )
        messages.success(request, _("Saved. Thank you!"))
        return redirect("places:categories")
    name = in_language({**category.name, **(choice.name if choice else {})}, request.LANGUAGE_CODE)
    context = {"form": form, "category": category, "is_own": is_own, "name": name, "steps": _steps(name)}
    return render(request, "places/category_form.html", context, status=422 if form.errors else 200)


@needs(TAXONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
def category_add(request: SquareRequest, pk: int) -> HttpResponse:
    """A category of the municipality's own below one of the first level."""
    municipality = request.municipality
    can_edit_taxonomy(request.viewer, municipality).require()
    parent = _category(municipality, pk)
    form = CategoryForm(request.POST or None, languages=municipality.languages, standard={}, is_new=True)
    if request.method == "POST" and form.is_valid():
        try:
            add_category(
                parent,
                municipality=municipality,
                name=form.names,
                osm_tags=form.cleaned_data["osm_tags"],
                by=request.viewer,
                now=timezone.now(),
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The category is there now."))
            return redirect("places:categories")
    name = _("A category of our own")
    context = {"form": form, "name": name, "parent": parent, "is_own": False, "steps": _steps(name)}
    return render(request, "places/category_form.html", context, status=422 if form.errors else 200)


@needs(TAXONOMY)
@require_POST
def category_remove(request: SquareRequest, pk: int) -> HttpResponse:
    """Remove an own category that nothing hangs on."""
    category = _category(request.municipality, pk)
    try:
        remove_category(category, municipality=request.municipality, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("places:category_edit", pk=pk)
    messages.success(request, _("The category is gone."))
    return redirect("places:categories")


def _category(municipality: Municipality, pk: int) -> Category:
    """A standard category or one of this municipality's own; another's does not exist here."""
    return get_object_or_404(
        Category.objects.filter(municipality=None) | Category.objects.filter(municipality=municipality), pk=pk
    )


def _initial(category: Category, choice: CategoryChoice | None) -> dict[str, object]:
    names = category.name if category.municipality_id else (choice.name if choice else {})
    tags = category.osm_tags if choice is None or choice.osm_tags is None else choice.osm_tags
    values: dict[str, object] = {f"name_{code}": name for code, name in names.items()}
    return {**values, "osm_tags": "\n".join(tags), "is_hidden": bool(choice and choice.is_hidden)}


def _steps(name: str = "") -> list[Step]:
    settings, here = Step(_("Settings"), reverse("villages:settings")), reverse("places:categories")
    above = [settings, Step(_("Categories"), here, is_current=not name)]
    return [*above, Step(name, is_current=True)] if name else above
