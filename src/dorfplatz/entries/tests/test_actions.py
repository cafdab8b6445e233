"""Writing entries: drafts, gates, changes, versions in other languages, hiding."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.actions import (
    Draft,
    create_entries,
    hide_entry,
    publish_entries,
    rewrite_entry,
    unhide_entry,
)
from dorfplatz.entries.enums import State
from dorfplatz.entries.facts import EntryChanged, EntryPublished
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading
from dorfplatz.entries.sockets import gates
from dorfplatz.kernel import facts
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.registry import Registry
from dorfplatz.kernel.verdict import Refused
from dorfplatz.members.enums import Role
from tests.fixtures.people import actor

SYSTEM = system("test")


def draft(kranenburg, **changes):
    values = {"title": "Chor", "body": "Wir singen.", "language": "de", "areas": [kranenburg.village("niel")]}
    return Draft(**{**values, **changes})


def created(kranenburg, now, by=SYSTEM, **changes):
    return create_entries("organization", drafts=[draft(kranenburg, **changes)], by=by, now=now)[0]


@pytest.fixture
def told(monkeypatch):
    """What is announced while the test runs."""
    heard = []
    known = dict(facts._subscribers)
    monkeypatch.setattr(facts, "_subscribers", facts.defaultdict(list, {k: list(v) for k, v in known.items()}))
    for fact in (EntryPublished, EntryChanged):
        facts.subscribe(fact, heard.append)
    return heard


def test_a_new_entry_is_a_draft_until_it_is_published_and_told_once(kranenburg, now, told):
    entry = created(kranenburg, now)
    assert entry.state == State.DRAFT
    publish_entries([entry], by=SYSTEM, now=now)
    publish_entries([entry], by=SYSTEM, now=now)
    entry.refresh_from_db()
    assert (entry.state, entry.published_at) == (State.PUBLISHED, now)
    assert [fact.entry_id for fact in told] == [entry.pk]


def test_a_gate_holds_back_a_member_and_lets_a_connector_through(kranenburg, now, person, monkeypatch):
    held = Registry("gates")
    held.plug("all", lambda _entry, _by: "please wait")
    monkeypatch.setattr("dorfplatz.entries.actions.write.gates", held)
    assert len(gates) == 0 or gates is not held
    member, connector = person("Anna"), person("Ben", roles=[(Role.CONNECTOR, "niel")])
    first, second = (created(kranenburg, now, by=actor(who)) for who in (member, connector))
    publish_entries([first], by=actor(member), now=now)
    publish_entries([second], by=actor(connector), now=now)
    assert Entry.objects.get(pk=first.pk).state == State.WAITING
    assert Entry.objects.get(pk=second.pk).state == State.PUBLISHED


def test_rewriting_with_the_same_words_changes_nothing(kranenburg, now, told):
    entry = created(kranenburg, now, texts={"nl": ("Koor", "Wij zingen.")})
    publish_entries([entry], by=SYSTEM, now=now)
    same = draft(kranenburg, texts={"nl": ("Koor", "Wij zingen.")})
    assert rewrite_entry(Entry.objects.get(pk=entry.pk), draft=same, by=SYSTEM, now=now) is False
    assert rewrite_entry(
        Entry.objects.get(pk=entry.pk), draft=draft(kranenburg, title="Kirchenchor"), by=SYSTEM, now=now
    )
    assert [type(fact) for fact in told] == [EntryPublished, EntryChanged]


def test_a_reader_gets_a_persons_version_in_her_language_else_the_original(kranenburg, now):
    entry = created(kranenburg, now, texts={"nl": ("Koor", "Wij zingen."), "de": ("nie", "nie")})
    assert reading(entry, "nl").title == "Koor"
    assert reading(entry, "en").title == "Chor"
    assert not reading(entry, "nl").is_original
    assert {text.language for text in entry.texts.all()} == {"nl"}, "the original language has no version"


def test_moving_an_entry_keeps_the_villages_it_stays_in(kranenburg, now):
    entry = created(kranenburg, now)
    both = [kranenburg.village("niel"), kranenburg.village("zyfflich")]
    kept = entry.placements.get().pk
    assert rewrite_entry(entry, draft=draft(kranenburg, areas=both), by=SYSTEM, now=now)
    assert entry.placements.filter(pk=kept).exists()
    assert entry.placements.count() == 2


def test_hiding_is_for_those_in_charge_and_can_be_undone(kranenburg, now, person):
    entry = created(kranenburg, now)
    publish_entries([entry], by=SYSTEM, now=now)
    with pytest.raises(Refused):
        hide_entry(entry, by=actor(person("Anna")), now=now)
    connector = actor(person("Ben", roles=[(Role.CONNECTOR, "niel")]))
    hide_entry(entry, by=connector, now=now)
    assert Entry.objects.get(pk=entry.pk).state == State.HIDDEN
    unhide_entry(entry, by=connector, now=now)
    assert Entry.objects.get(pk=entry.pk).state == State.PUBLISHED


def test_many_entries_are_written_in_batches_not_one_by_one(kranenburg, now):
    niel = [kranenburg.village("niel")]

    def queries_for(number):
        drafts = [Draft(title=f"Eintrag {n}", body="", language="de", areas=niel) for n in range(number)]
        with CaptureQueriesContext(connection) as queries:
            create_entries("organization", drafts=drafts, by=SYSTEM, now=now)
        return len(queries)

    assert queries_for(20) == queries_for(2)
    assert queries_for(400) < 40
