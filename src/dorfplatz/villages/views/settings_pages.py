"""Settings of the municipality's own pages: list, add, change, order, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.parts import Step
from dorfplatz.villages.actions import PageText, change_page, create_page, move_page, remove_page
from dorfplatz.villages.enums import MANAGE, PageKind
from dorfplatz.villages.forms import PageForm
from dorfplatz.villages.models import FreePage
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.views.settings_village import steps


@needs(MANAGE)
@require_safe
def pages(request: SquareRequest) -> HttpResponse:
    can_manage_municipality(request.viewer, request.municipality).require()
    context = {"pages": list(request.municipality.pages.all()), "steps": steps(_("Our own pages"))}
    return render(request, "villages/settings/pages.html", context)


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: SquareRequest) -> HttpResponse:
    municipality = request.municipality
    can_manage_municipality(request.viewer, municipality).require()
    form = PageForm(request.POST or None, municipality=municipality)
    if request.method == "POST" and form.is_valid():
        kind = PageKind(form.cleaned_data["kind"])
        try:
            made = create_page(municipality, kind=kind, text=_text(form), by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.tell(problem)
        else:
            messages.success(request, _("The page is there."))
            return redirect("villages:page", slug=made.slug)
    context = {"form": form, "steps": steps(_("A new page"), above=_above())}
    return render(request, "villages/settings/page_form.html", context)


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def page_form(request: SquareRequest, slug: str) -> HttpResponse:
    page = _page(request, slug)
    form = PageForm(request.POST or None, municipality=request.municipality, page=page)
    if request.method == "POST" and form.is_valid():
        text = _text(form, page)
        try:
            change_page(page, text=text, version=form.seen_version, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.tell(problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("villages:page", slug=page.slug)
    context = {"form": form, "page": page, "steps": steps(str(page), above=_above())}
    return render(request, "villages/settings/page_form.html", context)


@needs(MANAGE)
@require_POST
def page_move(request: SquareRequest, slug: str) -> HttpResponse:
    move_page(_page(request, slug), up="up" in request.POST, by=request.viewer, now=timezone.now())
    return redirect("villages:settings_pages")


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def page_remove(request: SquareRequest, slug: str) -> HttpResponse:
    """Asks once, then removes."""
    page = _page(request, slug)
    if request.method == "POST":
        remove_page(page, by=request.viewer, now=timezone.now())
        messages.success(request, _("The page is gone."))
        return redirect("villages:settings_pages")
    context = {"page": page, "steps": steps(_("Remove"), above=_above())}
    return render(request, "villages/settings/page_remove.html", context)


def _page(request: SquareRequest, slug: str) -> FreePage:
    can_manage_municipality(request.viewer, request.municipality).require()
    return get_object_or_404(
        FreePage.objects.select_related("municipality__area"), municipality=request.municipality, slug=slug
    )


def _text(form: PageForm, page: FreePage | None = None) -> PageText:
    return PageText(
        title=form.texts("title", form.languages, page.title if page else {}),
        body=form.texts("body", form.languages, page.body if page else {}),
        is_published=form.cleaned_data["is_published"],
    )


def _above() -> list[Step]:
    return [Step(_("Our own pages"), reverse("villages:settings_pages"))]
