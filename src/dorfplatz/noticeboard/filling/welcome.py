"""A word to who is new: whom to ask, and how one joins."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.members.queries import connectors_of
from dorfplatz.noticeboard.filling.issue import Asked, Candidate, Said

WEIGHT = 64


def welcome(asked: Asked) -> list[Candidate]:
    """One item, always. One query."""
    names = [face.name for face in connectors_of([asked.area], VISITOR)[:2]]
    is_village = asked.area.pk != asked.site.municipality.area.pk
    return [
        Candidate(
            key="welcome",
            section="welcome",
            weight=WEIGHT,
            said={code: _said(asked, names, code) for code in asked.languages},
            path=f"/{asked.languages[0]}/{asked.area.slug}/" if is_village else f"/{asked.languages[0]}/",
        )
    ]


def _said(asked: Asked, names: list[str], language: str) -> Said:
    with override(language):
        told = {"village": in_language(asked.area.name, language), "names": _(" and ").join(names)}
        return Said(title=_("New in %(village)s? Welcome!") % told, text=_text(len(names)) % told, language=language)


def _text(count: int) -> str:
    if not count:
        return _("The square of the village is open to everybody: look in, ask, offer, come along.")
    return ngettext(
        "%(names)s will gladly show you the village, and has the card with which you join the square.",
        "%(names)s will gladly show you the village, and have the card with which you join the square.",
        count,
    )
