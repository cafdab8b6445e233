"""The home pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import needs, public
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.launch.queries import yes_of
from dorfplatz.members.queries import connectors_of, homes_besides, joins_by_mail
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.portal.forms import ArrangeForm
from dorfplatz.portal.queries import Glance, indexed_entries, municipality_home, village_home
from dorfplatz.portal.sections import Section, Visit, arranged, rearranged, shown
from dorfplatz.portal.social_map import person_of
from dorfplatz.ui.parts import Step
from dorfplatz.villages.actions import arrange_home
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.kept.alike import page_for_all_alike
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def front(_request: SquareRequest) -> HttpResponseRedirect:
    """The bare address leads to the reader's language."""
    return redirect("portal:municipality")


@public
@require_safe
def robots(request: SquareRequest) -> HttpResponse:
    """All may be read; the list of pages is the sitemap."""
    lines = ["User-agent: *", "Allow: /", f"Sitemap: {request.build_absolute_uri(reverse('front:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@public
@require_safe
def sitemap(request: SquareRequest) -> HttpResponse:
    """What everybody may read, after the protocol of sitemaps.org 0.9; pages name their other languages themselves."""
    _require_square(request)
    with override(request.municipality.languages[0]):
        paths = [reverse("portal:municipality"), reverse("places:map")]
        paths += [reverse("portal:village", kwargs={"slug": area.slug}) for area in request.site.rolled_up]
        addresses: list[tuple[str, datetime | None]] = [(path, None) for path in paths]
        for code, words, changed_at in indexed_entries(request.site, viewer=VISITOR, now=timezone.now()):
            addresses.append((reverse("entries:entry", kwargs={"code": code, "words": words}), changed_at))
    origin = request.build_absolute_uri("/")[:-1]
    context = {"pages": [(origin + path, changed_at) for path, changed_at in addresses]}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml")


@public
@require_safe
def municipality(request: SquareRequest) -> HttpResponse:
    """The municipality's home page: all villages, what there is, whom to ask."""
    _require_square(request)

    def made(asked: SquareRequest) -> dict[str, Any]:
        look = _glance(asked, _("Map of the villages"))
        page, name = municipality_home(look), in_language(asked.municipality.area.name, look.language)
        return _context(asked, Visit(look, page, name, VillageFilter(asked.site), is_village=False))

    return page_for_all_alike(request, "portal/municipality.html", request.path, made)


@public
@require_safe
def village(request: SquareRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """A village's home page. A neighbour that has a square of its own is shown there."""
    _require_square(request)
    area = request.site.by_slug.get(slug)
    if area is None:
        raise Http404
    elsewhere = _own_square(area, request)
    if elsewhere:
        return HttpResponseRedirect(elsewhere)
    if not request.site.shows(area):
        return _coming(request, area)

    def made(asked: SquareRequest) -> dict[str, Any]:
        name = in_language(area.name, get_language() or "de")
        look = _glance(asked, _("Map of %(village)s") % {"village": name})
        villages = VillageFilter(asked.site, (area,))
        return _context(asked, Visit(look, village_home(look, area), name, villages, is_village=True))

    return page_for_all_alike(request, "portal/village.html", request.path, made)


def _coming(request: SquareRequest, area: Area) -> HttpResponse:
    """That a village opens soon, how many have said yes, and how to. Not kept: the count is nobody's edition."""
    never_keep(request)
    viewer, language = request.viewer, get_language() or "de"
    context = {
        "area": area,
        "name": in_language(area.name, language),
        "intro": in_language(area.intro, language),
        "municipality_name": in_language(request.municipality.area.name, language),
        "yes": yes_of([area])[area.pk],
        "people": [person_of(face, language) for face in connectors_of([area], viewer)],
        "has_said_yes": viewer.is_member and area.pk in {viewer.home_area_id, *(a.pk for a in homes_besides(viewer))},
        "is_member": viewer.is_member,
        "by_mail": joins_by_mail(request.municipality),
    }
    return render(request, "portal/coming.html", context)


def _require_square(request: SquareRequest) -> None:
    if request.municipality is None:
        raise Http404


def _own_square(area: Area, request: SquareRequest) -> str:
    """The address of an outside village on its own municipality's host, "" when it has none."""
    if str(area.path).startswith(request.municipality.path) or area.parent is None:
        return ""
    owner = getattr(area.parent, "municipality", None)
    if owner is None or not owner.is_served or not owner.hosts.exists():
        return ""
    return base_url(owner) + reverse("portal:village", kwargs={"slug": area.slug})


def _glance(request: SquareRequest, label: str) -> Glance:
    return Glance(
        site=request.site,
        terms=terms_of_municipality(request.municipality),
        language=get_language() or "de",
        viewer=request.viewer,
        now=timezone.now(),
        map_label=label,
        urls={area.pk: reverse("portal:village", kwargs={"slug": area.slug}) for area in request.site.listed},
    )


def _context(request: SquareRequest, visit: Visit) -> dict[str, Any]:
    area, language = visit.page.area, visit.look.language
    told = shown(request.municipality, visit)
    return {
        "page": visit.page,
        "prepares": visit.is_village and request.site.is_prepared_by_viewer(area),
        "visit": visit,
        "name": visit.name,
        "intro": in_language(area.intro, language),
        "inhabitants": _inhabitants(area.inhabitants),
        "filter_query": visit.villages.query,
        "people": [person_of(face, language) for face in visit.page.faces],
        "main": [section for section in told if not section.is_beside],
        "beside": [section for section in told if section.is_beside],
    }


def _inhabitants(count: int | None) -> str:
    if not count:
        return ""
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": number_format(count, force_grouping=True)}


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_home(request: SquareRequest) -> HttpResponse:
    """In which order the home pages say what they have to say, and what they leave out."""
    municipality = request.municipality
    can_manage_municipality(request.viewer, municipality).require()
    if request.method == "POST":
        _arrange(request)
        return redirect("portal:settings_home")
    known = arranged(municipality)
    context = {
        "version": municipality.area.version,
        "groups": [
            (_("One below the other"), _rows(municipality, known, is_beside=False)),
            (_("Beside it, on a wide screen"), _rows(municipality, known, is_beside=True)),
        ],
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("Home pages"), is_current=True)],
    }
    return render(request, "portal/settings_home.html", context)


def _arrange(request: SquareRequest) -> None:
    """Do what a button wishes; a wish that nobody understands does nothing."""
    municipality, form = request.municipality, ArrangeForm(request.POST)
    wish = rearranged(municipality, form.cleaned_data["do"]) if form.is_valid() else None
    if wish is None:
        return
    order, off = wish
    version = form.cleaned_data["version"]
    try:
        arrange_home(municipality, order=order, off=off, version=version, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))


def _rows(municipality: Municipality, known: list[tuple[str, Section]], *, is_beside: bool) -> list[dict[str, object]]:
    return [
        {"key": key, "label": section.label, "is_off": key in municipality.home_off}
        for key, section in known
        if section.is_beside == is_beside
    ]
