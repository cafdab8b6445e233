"""The foot of a paper: whom to ask, what there was no room for, and where it all is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.members.queries import connectors_of
from dorfplatz.noticeboard.filling import Asked, Candidate
from dorfplatz.press.letters import printable, well
from dorfplatz.press.qr import qr_drawing

Part = dict[str, Any]
COUNTED, OTHER = ("dates", "exchange"), "other"
# While the foot is measured: it may say less, never more.
MOST = dict.fromkeys((*COUNTED, OTHER), 888)


def foot_of(asked: Asked, base: str, counts: Mapping[str, int]) -> Part:
    """Whom to ask, where there is more, and that all of it is public."""
    is_village = asked.area.pk != asked.site.municipality.area.pk
    path = f"/{asked.languages[0]}/{asked.area.slug}/" if is_village else f"/{asked.languages[0]}/"
    names = [face.name for face in connectors_of([asked.area] if is_village else asked.site.rolled_up, VISITOR)[:3]]
    address = f"{base}{path}"
    return {
        "qr": qr_drawing(address),
        "address": address.partition("://")[2].rstrip("/"),
        "said": [_foot_said(names, counts, code) for code in asked.languages],
    }


def counts_of(found: Sequence[Candidate], left_out: Sequence[str]) -> Counter[str]:
    """How much of each sort there was no room for."""
    section_of = {candidate.key: candidate.section for candidate in found}
    return Counter(section if (section := section_of.get(key)) in COUNTED else OTHER for key in left_out)


def _foot_said(names: Sequence[str], counts: Mapping[str, int], language: str) -> Part:
    with override(language):
        more = ", ".join(_more(section, counts[section]) for section in (*COUNTED, OTHER) if counts.get(section))
        said = [_("Whom to ask: %(names)s.") % {"names": ", ".join(names)}] if names else []
        said.append(_("Is something missing? Tell it on the square: scan the code or type the address."))
        return {
            "language": language,
            "left_out": printable(_("There was no room for %(more)s. You find them on the square.") % {"more": more})
            if more
            else "",
            "paragraphs": [well(" ".join(said), language)],
        }


def _more(section: str, count: int) -> str:
    told = {"n": count}
    if section == "dates":
        return ngettext("%(n)s date", "%(n)s dates", count) % told
    if section == "exchange":
        return ngettext("%(n)s ask or offer", "%(n)s asks and offers", count) % told
    return ngettext("%(n)s other item", "%(n)s other items", count) % told
