"""The village paper's section of a village's home page: where it is to be had. No query."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as words

from dorfplatz.noticeboard.policies import can_edit_papers
from dorfplatz.portal.sections import Context, Section, Visit, sections


def _paper(visit: Visit) -> Context | None:
    """In the municipality's own villages."""
    area = visit.page.area
    if not visit.is_village or area not in visit.look.site.villages:
        return None
    return {
        "url": reverse("noticeboard:papers", kwargs={"slug": area.slug}),
        "may_make": bool(can_edit_papers(visit.look.viewer, area)),
    }


def plug_paper() -> None:
    section = Section(words("Village paper"), "portal/sections/paper.html", _paper, is_beside=True)
    sections.plug("paper", section, rank=85)
