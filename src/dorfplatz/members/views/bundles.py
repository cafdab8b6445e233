"""What roles may do in the municipality: read, and changed by its admins."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import change_bundle
from dorfplatz.members.enums import MANAGE_ROLES, PURPOSES
from dorfplatz.members.forms import BundleForm
from dorfplatz.members.freshness import fresh_login
from dorfplatz.members.policies import can_change_bundle
from dorfplatz.members.queries import Bundle, bundles_in
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


@needs(MANAGE_ROLES)
@never_cache
@require_safe
def bundles(request: SquareRequest) -> HttpResponse:
    """All roles that admins give, each with what it may do here."""
    can_change_bundle(request.viewer, request.municipality.area).require()
    found = bundles_in(request.municipality, request.viewer)
    context = {"bundles": [(bundle, PURPOSES[bundle.role]) for bundle in found], "steps": _steps()}
    return render(request, "members/bundles.html", context)


@needs(MANAGE_ROLES)
@never_cache
@fresh_login
@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: SquareRequest, name: str) -> HttpResponse:
    """One role: what it may do, to be ticked; or as usual again."""
    can_change_bundle(request.viewer, request.municipality.area).require()
    found = next((one for one in bundles_in(request.municipality, request.viewer) if one.role == name), None)
    if found is None:
        raise Http404
    form = BundleForm(request.POST if request.method == "POST" else None, bundle=found)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _change(request, found, form))
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("members:bundles")
    context = {"form": form, "bundle": found, "purpose": PURPOSES[found.role], "steps": _steps(str(found.role.label))}
    return render(request, "members/bundle.html", context, status=422 if form.errors else 200)


def _change(request: SquareRequest, found: Bundle, form: BundleForm) -> str:
    usual = [item.name for item in found.items if item.is_usual]
    carried = usual if "as_usual" in request.POST else form.wanted
    role = found.role
    different = change_bundle(request.municipality, role=role, carried=carried, by=request.viewer, now=timezone.now())
    if not different:
        return _("Nothing has changed.")
    return _("Saved. It counts at once for everybody with the role “%(role)s”.") % {"role": role.label}


def _steps(role: str = "") -> list[Step]:
    here = _("What roles may do")
    steps = [Step(_("Settings"), reverse("villages:settings")), Step(_("Roles"), reverse("members:roles"))]
    if role:
        return [*steps, Step(here, reverse("members:bundles")), Step(role, is_current=True)]
    return [*steps, Step(here, is_current=True)]
