"""Taking a source in, through the action, on a small square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.actions import hide_entry, remove_entry
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.imports.actions import SourceFacts, import_things
from dorfplatz.imports.drafts import Draft, Rejected
from dorfplatz.imports.models import Source, SourceRecord
from dorfplatz.imports.outcome import Outcome
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.enums import Role
from dorfplatz.places.actions import confirm_place, end_keeper, name_keeper
from dorfplatz.places.models import Listing
from dorfplatz.places.tests import factories
from tests.fixtures.kranenburg import NOW, Kranenburg
from tests.fixtures.people import Person, actor

pytestmark = pytest.mark.django_db

STAND = datetime(2026, 11, 3, 6, tzinfo=UTC)
OSM = SourceFacts(kind="osm", label="OpenStreetMap", attribution="© OpenStreetMap", data_at=STAND)
BY = system("import:osm")
NIEL, ZYFFLICH = Point(51.8264, 6.0203), Point(51.8239, 5.9739)


def draft(key: str = "node/1", title: str = "Bäckerei Derks", **more: Any) -> Draft:
    plain = Draft(key=key, kind="organization", title=title, language="de", categories=("bakery",), point=NIEL)
    return replace(plain, uri=f"https://www.openstreetmap.org/{key}", **more)


def read(place: Kranenburg, *drafts: Draft, rejected: Sequence[Rejected] = (), **more: Any) -> Outcome:
    facts = replace(OSM, data_at=more.pop("data_at", STAND))
    said = {"source": facts, "drafts": drafts, "rejected": rejected, "by": BY, "now": NOW, **more}
    return import_things(place.municipality, **said)


def only() -> Listing:
    return Listing.objects.get(entry__origin="osm")


def rows() -> dict[str, list[Any]]:
    """Every row of every table that an import may touch, but the note of when the source was read."""
    tables = [Listing, Entry, SourceRecord, Entry.areas.through, Listing.categories.through]
    found = {table._meta.label: list(table.objects.order_by("pk").values()) for table in tables}
    found["source"] = [{k: v for k, v in row.items() if k != "read_at"} for row in Source.objects.values()]
    return found


def test_a_new_thing_is_published_in_its_village_and_says_where_it_is_from(kranenburg: Kranenburg) -> None:
    said = draft(phone="02826 123", texts={"nl": ("Bakker Derks", "")}, categories=("bakery", "cafe"))
    outcome = read(kranenburg, said)
    listing = only()
    assert (outcome.added, outcome.rejected) == (1, [])
    assert [area.slug for area in listing.entry.areas.all()] == ["niel"]
    assert (listing.entry.state, listing.entry.title, listing.phone) == (State.PUBLISHED, "Bäckerei Derks", "02826 123")
    assert listing.entry.texts.get(language="nl").title == "Bakker Derks"
    assert {c.slug for c in listing.categories.all()} == {"bakery", "cafe"}
    assert (listing.assured_on, listing.assured_by) == (date(2026, 11, 3), "osm")
    assert listing.source_record.source.attribution == "© OpenStreetMap"


def test_a_second_reading_changes_no_row(kranenburg: Kranenburg) -> None:
    things = [draft(f"node/{n}", f"Laden {n}", also=(f"way/{n}",)) for n in range(20)]
    read(kranenburg, *things)
    before = rows()
    outcome = read(kranenburg, *reversed(things), now=NOW + timedelta(days=3))
    assert rows() == before
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 20)


def test_newer_data_that_say_the_same_count_as_confirmation_only(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft())
    outcome = read(kranenburg, draft(), data_at=STAND + timedelta(days=7))
    assert only().assured_on == date(2026, 11, 10)
    assert outcome.changed == 0


def test_old_data_say_their_age_but_are_asked_about_a_year_after_the_reading(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft(), data_at=datetime(2014, 11, 5, tzinfo=UTC))
    assert only().assured_on == date(2014, 11, 5)
    assert only().entry.check_due_at == NOW + timedelta(days=365)


def test_data_from_the_future_confirm_no_later_than_today(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft(), data_at=NOW + timedelta(days=900))
    assert only().assured_on == NOW.date()


def test_what_changed_in_the_source_changes_here(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft(phone="02826 123"))
    outcome = read(kranenburg, draft(title="Bäckerei Derks & Sohn", point=ZYFFLICH, categories=("cafe",)))
    listing = only()
    assert outcome.changed == 1
    assert (listing.entry.title, listing.phone, listing.category.slug) == ("Bäckerei Derks & Sohn", "", "cafe")
    assert [area.slug for area in listing.entry.areas.all()] == ["zyfflich"]


def test_what_people_edited_stays_and_the_rest_follows(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft(phone="02826 123"))
    listing = only()
    listing.entry.title, listing.opening_hours = "Backstube Derks", "Mo-Fr 06:00-12:00"
    listing.entry.save()
    listing.alert = {"de": "Betriebsferien"}
    listing.save()
    listing.entry.placements.update(area=kranenburg.village("zyfflich"))
    read(kranenburg, draft("node/1", "Bäckerei D.", phone="02826 456", opening_hours="24/7"))
    again = only()
    assert (again.entry.title, again.opening_hours, again.phone) == (
        "Backstube Derks",
        "Mo-Fr 06:00-12:00",
        "02826 456",
    )
    assert again.alert == {"de": "Betriebsferien"}
    assert [area.slug for area in again.entry.areas.all()] == ["zyfflich"]


def test_what_vanished_is_marked_and_what_returns_is_not(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft(), draft("node/2", "Metzgerei"))
    assert read(kranenburg, draft("node/2", "Metzgerei")).vanished == 1
    gone = Listing.objects.get(entry__title="Bäckerei Derks")
    assert (gone.missing_since, gone.entry.state) == (NOW, State.PUBLISHED)
    assert read(kranenburg, draft("node/2", "Metzgerei")).vanished == 0
    outcome = read(kranenburg, draft(), draft("node/2", "Metzgerei"))
    gone.refresh_from_db()
    assert (outcome.returned, outcome.added, gone.missing_since) == (1, 0, None)
    assert read(kranenburg, draft(), draft("node/2", "Metzgerei")).returned == 0


def test_a_file_of_another_place_is_refused_and_nothing_happens(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft())
    before = rows()
    with pytest.raises(Problem):
        read(kranenburg, draft("node/9", "Anderswo", point=Point(48.1, 11.5)))
    with pytest.raises(Problem):
        read(kranenburg)
    assert rows() == before


def test_what_lies_outside_is_reported(kranenburg: Kranenburg) -> None:
    outcome = read(kranenburg, draft(), draft("node/9", "Anderswo", point=Point(48.1, 11.5)))
    assert [record.key for record in outcome.rejected] == ["node/9"]
    assert Entry.objects.filter(title="Anderswo").count() == 0


def test_one_bad_thing_undoes_all(kranenburg: Kranenburg) -> None:
    with pytest.raises(KeyError):
        read(kranenburg, draft(), draft("node/2", "Metzgerei", categories=("no-such-category",)))
    assert not Entry.objects.filter(origin="osm").exists()
    assert not Source.objects.exists()


def test_a_thing_known_by_its_other_key_keeps_its_entry(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft("node/1", also=("way/2",)))
    outcome = read(kranenburg, draft("way/2"))
    assert (outcome.added, outcome.vanished) == (0, 0)
    assert only().source_record.key == "way/2"


def test_what_people_have_set_out_already_does_not_come_twice(kranenburg: Kranenburg) -> None:
    factories.place(kranenburg.village("niel"), title="BÄCKEREI Derks", categories=("bakery",), point=NIEL)
    outcome = read(kranenburg, draft(), draft("node/2", "Metzgerei"))
    assert [record.key for record in outcome.rejected] == ["node/1"]
    assert set(Entry.objects.values_list("title", flat=True)) == {"BÄCKEREI Derks", "Metzgerei"}


def test_what_was_removed_here_does_not_come_back(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft(), draft("node/2", "Metzgerei"))
    entry = Entry.objects.get(title="Metzgerei")
    remove_entry(entry, by=BY, now=NOW)
    read(kranenburg, draft(), draft("node/2", "Metzgerei Neu"))
    entry.refresh_from_db()
    assert (entry.state, entry.title, Entry.objects.filter(origin="osm").count()) == (State.REMOVED, "Metzgerei", 2)


def test_what_was_hidden_here_stays_hidden_but_follows(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft())
    hide_entry(only().entry, by=BY, now=NOW)
    read(kranenburg, draft(title="Neu"))
    assert (only().entry.state, only().entry.title) == (State.HIDDEN, "Neu")


def test_an_entry_somebody_keeps_is_not_confirmed_by_a_file(kranenburg: Kranenburg, person: Person) -> None:
    read(kranenburg, draft())
    ada = person("Ada", home="niel")
    name_keeper(only(), identity=ada, by=BY, now=NOW)
    read(kranenburg, draft(), data_at=STAND + timedelta(days=7))
    assert only().assured_on == date(2026, 11, 3)
    end_keeper(only().keepers.get(), by=BY, now=NOW)
    read(kranenburg, draft(), data_at=STAND + timedelta(days=8))
    assert only().assured_on == date(2026, 11, 11)


def test_a_later_word_of_a_person_counts_more_than_older_data(kranenburg: Kranenburg) -> None:
    read(kranenburg, draft())
    confirm_place(only(), role="connector", by=BY, now=NOW)
    read(kranenburg, draft(), data_at=NOW - timedelta(days=1))
    assert (only().assured_on, only().assured_by) == (NOW.date(), "connector")


def test_only_admins_of_the_municipality_import(kranenburg: Kranenburg, person: Person) -> None:
    connector = person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel")])
    for nobody in (VISITOR, actor(connector)):
        with pytest.raises(Refused):
            read(kranenburg, draft(), by=nobody)
    assert read(kranenburg, draft(), by=actor(person("Ada", roles=[(Role.ADMIN, "")]))).added == 1


def queries_for(place: Kranenburg, *drafts: Draft) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        read(place, *drafts)
    return len(captured)


def test_a_hundred_things_cost_hardly_more_queries_than_one(kranenburg: Kranenburg) -> None:
    many = [draft(f"node/{n}", f"Laden {n}") for n in range(100)]
    one = queries_for(kranenburg, draft("node/x", "Laden x"))
    hundred = queries_for(kranenburg, draft("node/x", "Laden x"), *many)
    again = queries_for(kranenburg, draft("node/x", "Laden x"), *many)
    assert hundred <= one + 15
    assert again <= one + 5
