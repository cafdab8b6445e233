"""The journal: what is written stays, and who rewrites it is found out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from dorfplatz.journal.actions import Line, record_act, record_acts
from dorfplatz.journal.models import Act, AppendOnly, Head
from dorfplatz.journal.queries import BrokenLink, acts_in_areas, acts_of, broken_links
from dorfplatz.kernel.actor import VISITOR, Actor, Grant, system

NOW = datetime(2026, 11, 23, 19, 0, 0, 123456, tzinfo=UTC)
ANNA = Actor(identity_id=7)
READER = Actor(identity_id=8, grants=(Grant("officer", "/1/4/", frozenset({"journal.see"})),))

pytestmark = pytest.mark.django_db


def three_acts():
    return [
        record_act("publish_entry", by=ANNA, now=NOW, thing="entry:1", area_id=4, details={"fields": ["title"]}),
        record_act("hide_entry", by=system("clock"), now=NOW + timedelta(hours=1), thing="entry:1", area_id=4),
        record_act("publish_entry", by=VISITOR, now=NOW + timedelta(hours=2), thing="entry:2"),
    ]


def rewrite(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_line_says_who_did_what_to_which_thing_and_when():
    three_acts()
    first, second, third = Act.objects.all()
    assert (first.number, first.verb, first.actor_id) == (1, "publish_entry", 7)
    assert (first.thing, first.area_id) == ("entry:1", 4)
    assert first.at == NOW
    assert first.details == {"fields": ["title"]}
    assert (second.actor_id, second.system) == (None, "clock")
    assert (third.actor_id, third.system) == (None, "")


def test_a_sound_journal_has_no_broken_link():
    assert broken_links() == []
    three_acts()
    assert broken_links() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "erase_entry"),
        ("actor_id", 8),
        ("system", "x"),
        ("thing", "entry:9"),
        ("area_id", 5),
        ("details", '{"fields": []}'),
        ("seal", "0" * 64),
    ],
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_line_edited_in_any_column_is_found(column, value, number):
    three_acts()
    rewrite(f"UPDATE journal_act SET {column} = %s WHERE number = %s", value, number)  # noqa: S608  columns from above
    assert BrokenLink(number, "edited") in broken_links()


def test_a_moved_moment_is_found():
    three_acts()
    rewrite("UPDATE journal_act SET at = %s WHERE number = 2", NOW + timedelta(microseconds=1))
    assert broken_links() == [BrokenLink(2, "edited")]


@pytest.mark.parametrize("number", [1, 2])
def test_a_line_forged_together_with_its_seal_breaks_the_next(number):
    acts = three_acts()
    forged = acts[number - 1]
    forged.actor_id = 99
    seal = forged.seal_after(acts[number - 2].seal if number > 1 else "0" * 64)
    rewrite("UPDATE journal_act SET actor_id = 99, seal = %s WHERE number = %s", seal, number)
    assert broken_links() == [BrokenLink(number + 1, "edited")]


def test_the_last_line_forged_together_with_its_seal_is_found():
    acts = three_acts()
    acts[2].actor_id = 99
    rewrite("UPDATE journal_act SET actor_id = 99, seal = %s WHERE number = 3", acts[2].seal_after(acts[1].seal))
    assert broken_links() == [BrokenLink(3, "edited")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_line_is_found(number):
    three_acts()
    rewrite("DELETE FROM journal_act WHERE number = %s", number)
    assert broken_links() == [BrokenLink(number, "missing")]


def test_a_line_slipped_in_behind_the_head_is_found():
    acts = three_acts()
    forged = Act(number=4, at=NOW, verb="publish_entry", thing="entry:3")
    forged.seal = forged.seal_after(acts[2].seal)
    forged.save()
    assert broken_links() == [BrokenLink(4, "added")]


def test_a_removed_head_is_found():
    three_acts()
    Head.objects.all().delete()
    assert BrokenLink(3, "added") in broken_links()


def test_the_journal_cannot_be_rewritten_by_our_own_code():
    act = three_acts()[0]
    act = Act.objects.get(pk=act.pk)
    for rewriting in (
        act.save,
        act.delete,
        Act.objects.all().delete,
        lambda: Act.objects.update(verb="x"),
        lambda: Act.objects.bulk_update([act], ["verb"]),
    ):
        with pytest.raises(AppendOnly):
            rewriting()
    assert broken_links() == []


@pytest.mark.parametrize(
    "details",
    [
        {"text": "Anna is on holiday"},
        {"to": "anna@example.org"},
        {"a b": 1},
        {"deep": [{"x": "two words"}]},
        {"long": "x" * 201},
        {"weight": 1.5},
        {"moment": NOW},
        {"bytes": b"x"},
    ],
)
def test_details_that_could_hold_a_text_or_an_address_are_refused(details):
    with pytest.raises(ValueError, match="the journal"):
        record_act("publish_entry", by=ANNA, now=NOW, thing="entry:1", details=details)
    assert not Act.objects.exists()


def test_details_are_read_back_as_they_were_written():
    details = {"ids": (3, 1), "names": {"b", "a"}, "was": None, "is": True, "deep": {"code": "x-1"}}
    record_act("change_entry", by=ANNA, now=NOW, thing="entry:1", details=details)
    plain = {"ids": [3, 1], "names": ["a", "b"], "was": None, "is": True, "deep": {"code": "x-1"}}
    assert Act.objects.get().details == plain


def test_a_deed_that_is_undone_leaves_no_line_and_no_gap():
    three_acts()

    with transaction.atomic():
        record_act("publish_entry", by=ANNA, now=NOW, thing="entry:3")
        transaction.set_rollback(True)
    record_act("publish_entry", by=ANNA, now=NOW, thing="entry:4")
    assert list(Act.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert broken_links() == []


def test_thousands_of_lines_cost_a_handful_of_queries(django_assert_max_num_queries):
    lines = [Line(f"entry:{number}", area_id=4, details={"source": "osm"}) for number in range(2000)]
    record_act("warm_up", by=ANNA, now=NOW, thing="entry:0")
    # SQLite takes some hundred values in one statement; each room that shows entries elsewhere is asked once for all.
    with django_assert_max_num_queries(2000 // 90 + 6):
        assert len(record_acts("import_entry", lines=lines, by=system("import"), now=NOW)) == 2000
    assert broken_links() == []
    assert record_acts("import_entry", lines=[], by=ANNA, now=NOW) == []


def test_only_readers_of_the_journal_in_that_area_see_its_lines():
    three_acts()
    assert acts_of("entry:1", READER, area_path="/1/4/9/").count() == 2
    assert acts_of("entry:1", READER, area_path="/1/5/").count() == 0
    assert acts_of("entry:1", READER).count() == 0
    assert acts_of("entry:1", ANNA, area_path="/1/4/").count() == 0
    assert acts_of("entry:1", VISITOR, area_path="/1/4/").count() == 0
    assert acts_of("entry:1", system("check")).count() == 2
    assert [act.number for act in acts_in_areas([4], READER, area_path="/1/4/")] == [2, 1]
    assert not acts_in_areas([4], ANNA, area_path="/1/4/").exists()


def test_a_line_needs_a_verb_and_a_thing():
    for verb, thing in (("", "entry:1"), ("publish_entry", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            record_act(verb, by=ANNA, now=NOW, thing=thing)
