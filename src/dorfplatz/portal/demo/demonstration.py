"""The whole demonstration put in place: what is missing is added, what is there is left alone, dates are renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.actor import system
from dorfplatz.places.actions import write_standard_taxonomy
from dorfplatz.portal.demo.entry_data import read_entries
from dorfplatz.portal.demo.map_entries import ground_of, put_entries
from dorfplatz.portal.demo.people import put_people
from dorfplatz.portal.demo.pictures import put_pictures
from dorfplatz.portal.demo.square import (
    areas_of,
    put_legal_texts,
    put_municipality,
    put_pages,
    put_words,
    read_area_words,
)
from dorfplatz.villages.models import Municipality


@dataclass(frozen=True)
class Report:
    """What a run added; nothing at all when everything was there."""

    municipality: Municipality
    people: int
    entries: int
    pictures: int
    pages: int

    @property
    def is_unchanged(self) -> bool:
        return not (self.people or self.entries or self.pictures or self.pages)


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
    entries = put_entries(stated, ground_of(areas, cast, machine), now=now)
    pages = put_pages(municipality, by=machine, now=now) + put_legal_texts(municipality, by=machine, now=now)
    pictures = 0
    if with_pictures:
        pictures = put_pictures(areas_of(municipality), read_area_words(), stated, by=machine, now=now)
    return Report(municipality, people, entries, pictures, pages)
