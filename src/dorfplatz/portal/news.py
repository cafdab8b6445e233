"""The newest posts on the home pages: a village's own, filled up with its neighbours' and then with everybody's."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as words

from dorfplatz.entries.policies import can_set_out
from dorfplatz.portal.sections import Context, Section, Visit, sections
from dorfplatz.square.queries import latest_posts
from dorfplatz.square.room import ROOM
from dorfplatz.villages.filter import VillageFilter

SHOWN = 5


def _news(visit: Visit) -> Context:
    """Never nothing: where nobody has written yet, a word to begin with."""
    look, site = visit.look, visit.look.site
    wider = [VillageFilter(site, visit.villages.chosen, with_neighbours=True), VillageFilter(site)]
    cards = latest_posts(
        [visit.villages, *(wider if visit.is_village else [VillageFilter(site, with_neighbours=True)])],
        viewer=look.viewer,
        now=look.now,
        language=look.language,
        most=SHOWN,
        near=visit.page.area.point if visit.is_village else None,
    )
    query = urlencode(visit.villages.parameters)
    return {
        "cards": cards,
        "url": f"{reverse('square:feed')}?{query}" if query else reverse("square:feed"),
        "write_url": reverse("square:choose") if _may_write(visit) else "",
    }


def _may_write(visit: Visit) -> bool:
    return any(can_set_out(visit.look.viewer, [str(area.path)]) for area in visit.look.site.villages)


def plug_news() -> None:
    sections.plug("news", Section(words("News"), "portal/sections/news.html", _news, room=ROOM), rank=30)
