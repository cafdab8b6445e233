"""Wishes on the home pages: the newest that go on, with how many join in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dorfplatz.portal.sections import Context, Section, Visit, sections
from dorfplatz.wishes.asked import Asked
from dorfplatz.wishes.queries import board, cards
from dorfplatz.wishes.room import ROOM

MOST = 3


def _wishes(visit: Visit) -> Context | None:
    """An area's own; nothing where nobody has wished yet. One query where there is none."""
    look, villages, only = visit.look, visit.villages, visit.villages.only
    found = board(villages, Asked(goes_on=True), viewer=look.viewer, now=look.now, most=MOST)
    if not found.ids:
        return None
    besides = [only.pk] if only else ()
    shown = cards(found.ids, language=look.language, viewer=look.viewer, now=look.now, besides=besides)
    query = villages.query
    base = reverse("wishes:list")
    return {"cards": shown, "url": f"{base}?{query}" if query else base, "new_url": reverse("wishes:new")}


def plug_wishes() -> None:
    sections.plug("wishes", Section(_("Wishes"), "portal/sections/wishes.html", _wishes, room=ROOM), rank=35)
