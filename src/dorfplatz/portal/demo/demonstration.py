"""The whole demonstration put in place: what is missing is added, what is there is left alone, dates are renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.actor import system
from dorfplatz.places.actions import write_standard_taxonomy
from dorfplatz.portal.demo.dates import put_dates, read_dates
from dorfplatz.portal.demo.desk import put_desk
from dorfplatz.portal.demo.entry_data import read_entries
from dorfplatz.portal.demo.exchange import Ground, put_exchanges
from dorfplatz.portal.demo.gifts import put_gifts
from dorfplatz.portal.demo.keepers import put_keepers
from dorfplatz.portal.demo.letters import put_letters
from dorfplatz.portal.demo.map_entries import ground_of, put_entries
from dorfplatz.portal.demo.newcomers import put_newcomers, put_pages_of_people
from dorfplatz.portal.demo.notes import put_notes
from dorfplatz.portal.demo.papers import put_papers
from dorfplatz.portal.demo.people import put_people
from dorfplatz.portal.demo.pictures import put_pictures
from dorfplatz.portal.demo.portraits import put_portraits
from dorfplatz.portal.demo.posts import put_posts
from dorfplatz.portal.demo.reports import put_reports
from dorfplatz.portal.demo.screens import put_screens
from dorfplatz.portal.demo.square import (
    areas_of,
    put_legal_texts,
    put_municipality,
    put_pages,
    put_words,
    read_area_words,
)
from dorfplatz.portal.demo.translations import put_local_words, put_translations
from dorfplatz.portal.demo.wishes import Ground as WishGround
from dorfplatz.portal.demo.wishes import put_wishes
from dorfplatz.villages.models import Municipality


@dataclass(frozen=True)
class Report:
    """What a run added; nothing at all when everything was there."""

    municipality: Municipality
    people: int
    entries: int
    pictures: int
    pages: int
    dates: int

    @property
    def is_unchanged(self) -> bool:
        return not (self.people or self.entries or self.pictures or self.pages or self.dates)


def put_in_place(now: datetime, *, with_pictures: bool = True) -> Report:
    """Have Kranenburg here, as of this moment. Raises Problem beside a municipality with real people.

    Each step stands for itself: a run that was cut short is completed by the next, as is one without pictures, whose
    drawing takes half of the time.
    """
    machine = system("demo")
    municipality, _is_new = put_municipality(by=machine, now=now)
    write_standard_taxonomy(by=machine, now=now)
    areas = areas_of(municipality)
    put_words(municipality, areas, by=machine, now=now)
    cast, people = put_people(areas, by=machine, now=now)
    stated = read_entries()
    ground = ground_of(areas, cast, machine)
    entries = put_entries(stated, ground, now=now)
    put_keepers(cast.by_nickname, now=now)
    dates = put_dates(read_dates(), ground, now=now)
    entries += put_exchanges(Ground(areas, cast.by_name, machine), now=now)
    put_local_words(municipality, by=machine, now=now)
    entries += put_posts(areas, now=now) + put_wishes(WishGround(municipality, areas, cast.by_name, machine, now))
    put_translations(now=now)
    put_notes(areas, cast.by_nickname, by=machine, now=now)
    pages = put_pages(municipality, by=machine, now=now) + put_legal_texts(municipality, by=machine, now=now)
    people += put_newcomers(municipality, areas, cast, by=machine, now=now)
    people += put_pages_of_people(cast, areas, now=now)
    put_gifts(areas, {**cast.by_name, **cast.by_nickname}, now=now)
    put_reports(municipality, cast, now=now)
    put_desk(municipality, areas, {**cast.by_name, **cast.by_nickname}, by=machine, now=now)
    put_letters({**cast.by_name, **cast.by_nickname}, now=now)
    put_papers(municipality, areas, by=machine, now=now)
    put_screens(areas, by=machine, now=now)
    pictures = 0
    if with_pictures:
        pictures = put_pictures(areas_of(municipality), read_area_words(), stated, by=machine, now=now)
        pictures += put_portraits(cast, now=now)
    return Report(municipality, people, entries, pictures, pages, dates)
