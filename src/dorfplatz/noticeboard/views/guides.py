"""The guide: how one wants it, and getting it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.noticeboard.actions import print_guide
from dorfplatz.noticeboard.enums import BOTH, GUIDE, GuideShape
from dorfplatz.noticeboard.forms import GuideForm, language_choices
from dorfplatz.noticeboard.policies import can_print_guide
from dorfplatz.noticeboard.queries import areas_with_papers, guide_subject, slug_of
from dorfplatz.noticeboard.views.opened import opened_area
from dorfplatz.noticeboard.views.served import Asked, served
from dorfplatz.press.queries import printing_of
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: SquareRequest, slug: str) -> HttpResponse:
    """Sheet and language; then it is made, or there already."""
    area = _opened(request, slug)
    never_keep(request)
    usual = {"form": GuideShape.BOOKLET, "languages": request.LANGUAGE_CODE}
    form = GuideForm(request.POST or None, municipality=request.municipality, initial=usual)
    if request.method == "POST" and form.is_valid():
        sheet, languages = form.cleaned_data["form"], form.chosen_languages
        try:
            print_guide(area, form=sheet, languages=languages, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("noticeboard:guide_pdf", slug=slug, form=sheet, languages=BOTH.join(languages))
    context = {
        "area": area,
        "name": in_language(area.name, request.LANGUAGE_CODE),
        "form": form,
        "others": [other for other in areas_with_papers(request.site) if other[0] != slug_of(area, request.site)],
    }
    return render(request, "noticeboard/guide.html", context, status=422 if form.errors else 200)


@public
@require_safe
def guide_pdf(request: SquareRequest, slug: str, form: str, languages: str) -> HttpResponseBase:
    """The file; while it is made, a page that says how far it is and looks again by itself."""
    area = _opened(request, slug)
    never_keep(request)
    if form not in GuideShape.values or languages not in dict(language_choices(request.municipality)):
        raise Http404
    printing = printing_of(GUIDE, guide_subject(area, form, languages.split(BOTH)))
    if printing is None:
        return redirect("noticeboard:guide", slug=slug)
    return served(request, printing, Asked(
        file=f"{area.slug}-{_('guide')}-{form}-{languages.replace(BOTH, '-')}.pdf",
        page_url=reverse("noticeboard:guide", kwargs={"slug": slug_of(area, request.site)}),
        title=_("Guide to what there is in %(name)s") % {"name": in_language(area.name, request.LANGUAGE_CODE)},
        why=_("Nothing stands on the social map there yet, so there is nothing to print."),
    ))  # fmt: skip


def _opened(request: SquareRequest, slug: str) -> Area:
    """A village or the municipality, where there is a social map; else 404."""
    area = opened_area(request, slug)
    if not can_print_guide(request.viewer, request.municipality):
        raise Http404
    return area
