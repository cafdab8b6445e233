"""What an embed shows: which room, under which filters, how much, in which colours; as it stands in its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from dorfplatz.embeds.enums import What
from dorfplatz.embeds.look import Look, read_look, readable
from dorfplatz.events.calendar_filter import LIST, CalendarFilter, read_calendar_filter
from dorfplatz.exchange.enums import Direction
from dorfplatz.places.map_filter import MapFilter, read_map_filter
from dorfplatz.places.queries import Terms
from dorfplatz.villages.filter import VillageFilter

AMOUNTS = (5, 10, 20, 40)
USUAL = 10


@dataclass(frozen=True)
class Asked:
    """Words to search for and frames of the map are not asked: what stands on another website is a steady list."""

    what: What
    villages: VillageFilter
    dates: CalendarFilter
    places: MapFilter
    direction: str
    most: int
    look: Look

    @property
    def filters(self) -> list[tuple[str, str]]:
        """As the page of the room itself takes them."""
        own = {
            What.DATES: self.dates.parameters,
            What.PLACES: self.places.parameters,
            What.ASKS: [("direction", self.direction)] if self.direction else [],
        }[self.what]
        return [*self.villages.parameters, *own]

    @property
    def is_offered(self) -> bool:
        """Whether it is asked only for what our own page offers in the few ways it can be kept."""
        return not self.look.parameters and not self.places.parameters and len(self.villages.chosen) <= 1

    def address(self, route: str = "embeds:frame") -> str:
        """One address for one question, however it was asked."""
        amount = [("most", str(self.most))] if self.most != USUAL else []
        query = urlencode([*self.filters, *amount, *self.look.parameters])
        base = reverse(route, kwargs={"what": self.what.value})
        return f"{base}?{query}" if query else base


def read_asked(what: str, parameters: QueryDict, villages: VillageFilter, terms: Terms) -> Asked:
    """What is not understood is not asked; nothing raises."""
    themes = [branch.term.slug for branch in terms.branches]
    dates = read_calendar_filter(parameters, themes).with_(q="", view=LIST, since=None, until=None)
    places = read_map_filter(parameters).without("q", "bbox")
    known = terms.known(places.categories)
    direction, most = parameters.get("direction", ""), parameters.get("most", "")
    return Asked(
        what=What(what),
        villages=VillageFilter(villages.site, villages.chosen, villages.with_neighbours),
        dates=dates,
        places=_with(places, known),
        direction=direction if direction in Direction.values else "",
        most=int(most) if most in {str(amount) for amount in AMOUNTS} else USUAL,
        look=readable(read_look(parameters)),
    )


def _with(places: MapFilter, categories: Sequence[str]) -> MapFilter:
    return MapFilter(**{**places.__dict__, "categories": tuple(categories)})
