"""Fills a screen: the dates of the coming days, then in turn what is new and who looks for what. Public things only.

Whoever looks, the question is asked as a visitor who is nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.text import in_language
from dorfplatz.noticeboard.filling import Asked, Candidate
from dorfplatz.noticeboard.filling.asks import asks_and_offers
from dorfplatz.noticeboard.filling.news import news
from dorfplatz.noticeboard.filling.places import place_worth_knowing
from dorfplatz.noticeboard.queries import local_today
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.screens.dates import DAYS, date_slides
from dorfplatz.screens.models import Screen
from dorfplatz.screens.others import others
from dorfplatz.screens.slides import Slide, code_to
from dorfplatz.villages.queries import Site

NEWS, ASKS, PLACES, OTHERS = 6, 6, 1, 4


def slides_of(screen: Screen, site: Site, languages: Sequence[str], *, base: str, now: datetime) -> list[Slide]:
    """In the order of the turn; where there are two languages, each slide is said in one and then in the other."""
    today = local_today(site.municipality, now)
    asked = Asked(
        site=site, area=screen.area, since=today, until=today + timedelta(days=DAYS), languages=tuple(languages),
        terms=terms_of_municipality(site.municipality), now=now,
    )  # fmt: skip
    sorts = [news(asked)[:NEWS], asks_and_offers(asked)[:ASKS], others(asked)[:OTHERS], place_worth_knowing(asked)]
    chosen = [candidate for some in zip_longest(*sorts) for candidate in some if candidate is not None]
    dates = [date_slides(screen, asked, code, base=base) for code in languages]
    in_turn = [*_in_turn(dates), *_told(chosen, base), [_welcome(asked, code, base) for code in languages]]
    return [slide for spoken in in_turn for slide in spoken]


def _in_turn(by_language: Sequence[Sequence[Slide]]) -> list[list[Slide]]:
    return [[slide for slide in some if slide is not None] for some in zip_longest(*by_language)]


def _told(chosen: Sequence[Candidate], base: str) -> list[list[Slide]]:
    ids = [candidate.entry_id for candidate in chosen if candidate.entry_id]
    ends = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "expires_at"))
    return [
        [_of(candidate, code, base, ends.get(candidate.entry_id or 0)) for code in candidate.said]
        for candidate in chosen
    ]


def _of(candidate: Candidate, code: str, base: str, until: datetime | None) -> Slide:
    said, picture = candidate.said[code], candidate.picture
    return Slide(
        sort=candidate.section, heading=_heading(candidate.section, code), language=code,
        code=code_to(f"{base}{candidate.path}"), title=said.title, kicker=said.kicker, note=said.note, text=said.text,
        words_in=said.language, picture=picture if picture and picture.is_ready else None, until=until,
    )  # fmt: skip


def _heading(section: str, code: str) -> str:
    with override(code):
        named = {"news": _("News from the village"), "exchange": _("Looking for and offering"),
                 "place": _("A place worth knowing")}  # fmt: skip
        return named.get(section, _("On the square"))


def _welcome(asked: Asked, code: str, base: str) -> Slide:
    is_village = asked.area.pk != asked.site.municipality.area.pk
    path = f"/{code}/{asked.area.slug}/" if is_village else f"/{code}/"
    with override(code):
        return Slide(
            sort="welcome", heading=_("Our village square"), language=code, code=code_to(f"{base}{path}"),
            title=in_language(asked.area.name, code),
            text=_("Dates, news, who looks for help and who offers it: read along and join in, on the phone as well."),
            words_in=code,
        )  # fmt: skip
