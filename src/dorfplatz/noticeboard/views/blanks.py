"""Everything there is on paper; sheets to fill in by hand; the list to ring with."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import needs, public
from dorfplatz.kernel.text import in_language
from dorfplatz.members.enums import MAKE_CARDS
from dorfplatz.noticeboard.actions import print_blank, print_phone_list
from dorfplatz.noticeboard.enums import BLANK, BOTH, EDIT_PAPER, PHONE_LIST, BlankSheet
from dorfplatz.noticeboard.forms import BlankForm, language_choices
from dorfplatz.noticeboard.policies import can_edit_papers, can_print_guide
from dorfplatz.noticeboard.queries import areas_with_papers, blank_subject, phone_list_subject, slug_of
from dorfplatz.noticeboard.views.opened import opened_area
from dorfplatz.noticeboard.views.served import Asked, served
from dorfplatz.press.queries import printing_of
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request: SquareRequest) -> HttpResponse:
    """What can be had on paper, by village; sheets to fill in, which are made here."""
    if request.municipality is None:
        raise Http404
    never_keep(request)
    usual = {"form": BlankSheet.WISH, "languages": _usual_languages(request)}
    form = BlankForm(request.POST or None, municipality=request.municipality, initial=usual)
    if request.method == "POST" and form.is_valid():
        key, languages = form.cleaned_data["form"], form.chosen_languages
        print_blank(request.municipality, key=key, languages=languages, by=request.viewer, now=timezone.now())
        return redirect("noticeboard:blank_pdf", form=key, languages=BOTH.join(languages))
    site, viewer = request.site, request.viewer
    context = {
        "areas": areas_with_papers(site),
        "has_guide": bool(can_print_guide(viewer, request.municipality)),
        "form": form,
        "mine": [(slug_of(area, site), area) for area in site.villages if can_edit_papers(viewer, area)],
        "may_make_cards": viewer.holds_within(MAKE_CARDS, request.municipality.path),
    }
    return render(request, "noticeboard/on_paper.html", context, status=422 if form.errors else 200)


def _usual_languages(request: SquareRequest) -> str:
    """Two side by side where the square has two: whoever picks up a sheet reads her own."""
    both = [key for key, _label in language_choices(request.municipality) if BOTH in key]
    return both[0] if both else request.LANGUAGE_CODE


@public
@require_safe
def blank_pdf(request: SquareRequest, form: str, languages: str) -> HttpResponseBase:
    """The file; while it is made, a page that says how far it is."""
    municipality = request.municipality
    known = municipality is not None and form in BlankSheet.values and languages in dict(language_choices(municipality))
    if not known:
        raise Http404
    never_keep(request)
    printing = printing_of(BLANK, blank_subject(municipality, form, languages.split(BOTH)))
    if printing is None:
        return redirect("noticeboard:on_paper")
    page_url = reverse("noticeboard:on_paper")
    label = str(BlankSheet(form).label)
    return served(request, printing, Asked(f"{form}-{languages.replace(BOTH, '-')}.pdf", page_url, label))


@needs(EDIT_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_list(request: SquareRequest, slug: str) -> HttpResponse:
    """What the list is for, and the button that makes it."""
    area = _own_area(request, slug)
    language = request.LANGUAGE_CODE
    spoken = language if language in request.municipality.languages else request.municipality.default_language
    if request.method == "POST":
        print_phone_list(area, language=spoken, by=request.viewer, now=timezone.now())
        return redirect("noticeboard:phone_list_pdf", slug=slug, languages=spoken)
    return render(request, "noticeboard/phone_list.html", {"area": area, "name": in_language(area.name, language)})


@needs(EDIT_PAPER)
@require_safe
def phone_list_pdf(request: SquareRequest, slug: str, languages: str) -> HttpResponseBase:
    """The file; while it is made, a page that says how far it is."""
    area = _own_area(request, slug)
    never_keep(request)
    printing = printing_of(PHONE_LIST, phone_list_subject(area, languages))
    if printing is None:
        return redirect("noticeboard:phone_list", slug=slug)
    page_url = reverse("noticeboard:phone_list", kwargs={"slug": slug})
    title = _("Phone list for confirming: %(name)s") % {"name": in_language(area.name, request.LANGUAGE_CODE)}
    return served(request, printing, Asked(f"{area.slug}-{_('phone-list')}.pdf", page_url, title))


def _own_area(request: SquareRequest, slug: str) -> Area:
    """A village that the viewer looks after; 404 for words that name none."""
    area = opened_area(request, slug)
    can_edit_papers(request.viewer, area).require()
    return area
