"""The home pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.members.queries import Face
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.portal.queries import Glance, HomePage, Neighbour, indexed_entries, municipality_home, village_home
from dorfplatz.ui.parts import Person, Village
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area
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
        paths += [reverse("portal:village", kwargs={"slug": area.slug}) for area in request.site.villages]
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
    site, language = request.site, get_language() or "de"
    page = municipality_home(_glance(request, _("Map of the villages")))
    context = _context(page, language, VillageFilter(site))
    return render(request, "portal/municipality.html", context)


@public
@require_safe
def village(request: SquareRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """A village's home page. A neighbour that has a square of its own is shown there."""
    _require_square(request)
    site, language = request.site, get_language() or "de"
    area = site.by_slug.get(slug)
    if area is None:
        raise Http404
    elsewhere = _own_square(area, request)
    if elsewhere:
        return HttpResponseRedirect(elsewhere)
    name = in_language(area.name, language)
    page = village_home(_glance(request, _("Map of %(village)s") % {"village": name}), area)
    context = _context(page, language, VillageFilter(site, (area,)))
    return render(request, "portal/village.html", context)


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
        urls={area.pk: reverse("portal:village", kwargs={"slug": area.slug}) for area in request.site.villages},
    )


def _context(page: HomePage, language: str, villages: VillageFilter) -> dict[str, Any]:
    return {
        "page": page,
        "name": in_language(page.area.name, language),
        "intro": in_language(page.area.intro, language),
        "inhabitants": _inhabitants(page.area.inhabitants),
        "filter_query": villages.query,
        "people": [_person(face, language) for face in page.faces],
        "neighbours": [_chip(neighbour, language) for neighbour in page.neighbours],
    }


def _entries(count: int) -> str:
    """“22 entries”, kept on one line by a space that does not break."""
    return (ngettext("%(n)s entry", "%(n)s entries", count) % {"n": count}).replace(" ", "\u00a0")


def _inhabitants(count: int | None) -> str:
    if not count:
        return ""
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": number_format(count, force_grouping=True)}


def _person(face: Face, language: str) -> Person:
    role = _("Buurtverbinder in %(village)s") % {"village": in_language(face.area.name, language)}
    words = in_language(face.introduction, language)
    return Person(face.name, role, tint=face.area.tint, lines=[words] if words else [])


def _chip(neighbour: Neighbour, language: str) -> Village:
    area = neighbour.area
    parts = []
    if area.country and area.country == "NL":
        parts.append(_("Netherlands"))
    if neighbour.count:
        parts.append(_entries(neighbour.count))
    return Village(
        name=in_language(area.name, language),
        tint=area.tint,
        url=reverse("portal:village", kwargs={"slug": area.slug}),
        distance_m=neighbour.metres,
        note=" · ".join(parts),
    )
