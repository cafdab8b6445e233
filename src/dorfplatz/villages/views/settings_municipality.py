"""Settings of the municipality itself: name and look, and the pictures of it and of its villages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import accept_upload, change_picture_words
from dorfplatz.ui.parts import Step
from dorfplatz.villages.actions import MunicipalityChange, change_municipality, change_picture
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.forms import MunicipalityForm, PictureForm
from dorfplatz.villages.models import Area
from dorfplatz.villages.policies import can_manage_area, can_manage_municipality
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.views.settings_village import steps


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def municipality(request: SquareRequest) -> HttpResponse:
    """Name, motto, welcome, colour and languages."""
    tenant = request.municipality
    can_manage_municipality(request.viewer, tenant).require()
    form = MunicipalityForm(request.POST or None, municipality=tenant)
    if request.method == "POST" and form.is_valid():
        change = MunicipalityChange(
            name=form.name("name", form.languages, tenant.area.name),
            motto=form.texts("motto", form.languages, tenant.motto),
            intro=form.texts("intro", form.languages, tenant.area.intro),
            accent=form.cleaned_data["accent"],
            languages=form.chosen_languages,
        )
        try:
            changed = change_municipality(
                tenant, change=change, version=form.seen_version, by=request.viewer, now=timezone.now()
            )
        except Problem as problem:
            form.tell(problem)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was different; nothing was changed."))
            return redirect("villages:settings_municipality")
    context = {
        "form": form,
        "area": tenant.area,
        "picture_url": reverse("villages:settings_picture"),
        "steps": steps(_("Name and look")),
        **{f"{key}s": [form[f"{key}_{code}"] for code in form.languages] for key in ("name", "motto", "intro")},
        "language_fields": [form[name] for name in form.fields if name.startswith("language_")],
    }
    return render(request, "villages/settings/municipality.html", context)


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: SquareRequest, slug: str = "") -> HttpResponse:
    """The picture of a village, or without a slug of the municipality: put up, described, taken down."""
    area = _own_area(request, slug)
    above = _above(area)
    if request.method == "POST" and "remove" in request.POST:
        change_picture(area, picture=None, by=request.viewer, now=timezone.now())
        messages.success(request, _("The picture is not shown any more."))
        return redirect(above.url)
    form = PictureForm(
        request.POST or None,
        request.FILES or None,
        municipality=request.municipality,
        has_picture=area.picture is not None,
        alt=area.picture.alt if area.picture else {},
        credit=area.picture.credit if area.picture else "",
    )
    if request.method == "POST" and form.is_valid():
        try:
            _put_up(request, area, form)
        except Problem as problem:
            form.tell(problem)
        else:
            messages.success(request, _("Saved."))
            return redirect(above.url)
    context = {"form": form, "area": area, "above": above, "steps": steps(_("Picture"), above=[above])}
    return render(request, "villages/settings/picture.html", context)


def _put_up(request: SquareRequest, area: Area, form: PictureForm) -> None:
    """Take the new picture, or say the present one anew. Raises Problem for what is no picture we take."""
    now = timezone.now()
    alt = form.name("alt", form.languages, area.picture.alt if area.picture else {})
    credit = form.cleaned_data["credit"]
    upload = form.cleaned_data["file"]
    if upload:
        taken = accept_upload(upload, alt=alt, credit=credit, by=request.viewer, now=now)
        change_picture(area, picture=taken, by=request.viewer, now=now)
    elif area.picture:
        change_picture_words(area.picture, alt=alt, credit=credit, by=request.viewer, now=now)


def _own_area(request: SquareRequest, slug: str) -> Area:
    site = request.site
    area = next((v for v in site.villages if v.slug == slug), None) if slug else request.municipality.area
    if area is None:
        raise Http404
    can_manage_area(request.viewer, area).require()
    return area


def _above(area: Area) -> Step:
    if area.parent_id is None:
        return Step(_("Name and look"), reverse("villages:settings_municipality"))
    return Step(str(area), reverse("villages:settings_village", args=[area.slug]))
