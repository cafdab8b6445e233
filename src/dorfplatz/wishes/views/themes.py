"""Themes: naming them, and sorting wishes by suggestions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.parts import Step
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.request import SquareRequest
from dorfplatz.wishes.actions import add_theme, remove_theme, rename_theme
from dorfplatz.wishes.enums import ANSWER
from dorfplatz.wishes.forms.answer import ThemeForm
from dorfplatz.wishes.models import Theme
from dorfplatz.wishes.policies import can_keep_themes
from dorfplatz.wishes.queries import Sorting, theme_counts, theme_of, themes_of
from dorfplatz.wishes.room import require_room


@needs(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: SquareRequest) -> HttpResponse:
    """All themes, wishes that are alike and have none yet, and a new one."""
    require_room(request)
    can_keep_themes(request.viewer, request.municipality).require()
    form = ThemeForm(request.POST or None, languages=request.municipality.languages)
    if request.method == "POST" and form.is_valid():
        theme = _added(request, form)
        if theme is not None:
            return redirect("wishes:theme", theme_id=theme.pk)
    counts, language = theme_counts(request.municipality), request.LANGUAGE_CODE
    all_themes = [(t.pk, in_language(t.name, language), counts.get(t.pk, 0)) for t in themes_of(request.municipality)]
    context = {"form": form, "themes": all_themes, "heaps": _sorting(request).heaps(), "steps": _steps()}
    return render(request, "wishes/themes.html", context, status=422 if form.errors else 200)


def _added(request: SquareRequest, form: ThemeForm) -> Theme | None:
    try:
        return add_theme(request.municipality, name=form.names, by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


@needs(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: SquareRequest, theme_id: int) -> HttpResponse:
    """One theme: what it is called, its wishes, and those that could belong to it."""
    found = _opened(request, theme_id)
    form = ThemeForm(request.POST or None, languages=request.municipality.languages, initial=found.name)
    if request.method == "POST" and form.is_valid():
        try:
            rename_theme(found, name=form.names, by=request.viewer, now=timezone.now())
            messages.success(request, _("Saved. Thank you!"))
            return redirect("wishes:theme", theme_id=found.pk)
        except Problem as problem:
            form.add_error(None, str(problem))
    return _shown(request, found, form)


def _shown(request: SquareRequest, found: Theme, form: ThemeForm) -> HttpResponse:
    sorting = _sorting(request)
    suggested = sorting.suggestions(found)
    known = {suggestion.entry.pk for suggestion in suggested}
    context: dict[str, Any] = {
        "form": form,
        "theme": found,
        "name": in_language(found.name, request.LANGUAGE_CODE),
        "inside": sorting.in_theme(found),
        "suggested": suggested,
        "others": [sorting.entries[pk] for pk in sorting.loose if pk not in known],
        "steps": [*_steps(), Step(_("Themes"), reverse("wishes:themes"))],
    }
    return render(request, "wishes/theme.html", context, status=422 if form.errors else 200)


@needs(ANSWER)
@require_POST
def theme_remove(request: SquareRequest, theme_id: int) -> HttpResponse:
    remove_theme(_opened(request, theme_id), by=request.viewer, now=timezone.now())
    messages.success(request, _("The theme is gone; its wishes stay."))
    return redirect("wishes:themes")


def _opened(request: SquareRequest, theme_id: int) -> Theme:
    require_room(request)
    can_keep_themes(request.viewer, request.municipality).require()
    found = theme_of(theme_id, request.municipality)
    if found is None:
        raise Http404
    return found


def _sorting(request: SquareRequest) -> Sorting:
    return Sorting(request.municipality, VillageFilter(request.site), viewer=request.viewer, now=timezone.now())


def _steps() -> list[Step]:
    return [Step(_("Wishes"), reverse("wishes:list"))]
