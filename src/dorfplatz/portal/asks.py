"""Asks that wait for an answer, on the home pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.exchange.queries import cards, waiting_asks
from dorfplatz.exchange.room import ROOM
from dorfplatz.portal.sections import Context, Section, Visit, sections
from dorfplatz.villages.filter import VillageFilter

MOST = 4


def _asks(visit: Visit) -> Context | None:
    """A village's own asks, filled up with its neighbours', which say where they are from and how far that is."""
    look, villages = visit.look, visit.villages
    ids = waiting_asks(villages, viewer=look.viewer, now=look.now, most=MOST)
    if len(ids) < MOST:
        around = VillageFilter(villages.site, villages.chosen, with_neighbours=True)
        ids += waiting_asks(around, viewer=look.viewer, now=look.now, most=MOST - len(ids), besides=ids)
    only = villages.only
    shown = cards(
        ids,
        language=look.language,
        viewer=look.viewer,
        now=look.now,
        near=only.point if only else None,
        besides=[only.pk] if only else (),
    )
    return {"cards": shown} if shown else None


def plug_asks() -> None:
    sections.plug("asks", Section(_("Who needs a hand"), "portal/sections/asks.html", _asks, room=ROOM), rank=30)
