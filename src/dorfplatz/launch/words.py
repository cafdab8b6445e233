"""Why each point of the checklist is wanted, and where one does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorfplatz.launch.enums import Point
from dorfplatz.square.enums import Sort
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.models import Area


@dataclass(frozen=True)
class Told:
    """`why` in a sentence; `label` of the way to do it, for those who hold `capability` in the municipality."""

    why: str | Promise
    label: str | Promise
    url: Callable[[Area], str]
    capability: str = ""


def _map(area: Area) -> str:
    return f"{reverse('places:map')}?{urlencode({'village': area.slug})}"


def _village(area: Area) -> str:
    return reverse("villages:settings_village", args=[area.slug])


TOLD: Mapping[Point, Told] = {
    Point.CLUBS: Told(
        _("Whoever comes looks for her own club first. If it is there, she comes back."),
        _("Add an entry"),
        lambda _area: reverse("places:add"),
    ),
    Point.HOURS: Told(
        _("When the bakery is open is what people look up most, and it is of use from the first day."),
        _("See the entries"),
        _map,
    ),
    Point.DATES: Told(
        _("A calendar with something in every week shows that the village is alive."),
        _("Add a date"),
        lambda _area: reverse("events:add"),
    ),
    Point.POSTS: Told(
        _("Fresh words show that somebody is at home here. Ask three clubs for a few lines each."),
        _("Write something"),
        lambda _area: reverse("square:write", args=[Sort.NEWS]),
    ),
    Point.FACES: Told(
        _("People write to a face. Two of you, so that nobody carries it alone."),
        _("Your picture"),
        lambda _area: reverse("members:profile"),
    ),
    Point.PICTURE: Told(
        _("By its picture everybody knows at once: this is us."),
        _("Picture and words of the village"),
        _village,
        MANAGE,
    ),
    Point.LANGUAGES: Told(
        _("Neighbours read in their own language from the first day, or they do not come a second time."),
        _("Words of the village"),
        _village,
        MANAGE,
    ),
    Point.LEGAL: Told(
        _("Who is responsible, and how data are kept, has to be said before anybody joins."),
        _("Legal texts"),
        lambda _area: reverse("villages:settings_legal"),
        MANAGE,
    ),
}
