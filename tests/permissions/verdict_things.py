"""What policies are asked about: the things of world.py, and what they tell apart besides, such as comments that
are old, claims that are settled, letters to an organisation; and who asks: world.ACTORS, and states of the resident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Note
from dorfplatz.comments.actions import write_comment
from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment
from dorfplatz.desk.models import Note as DeskNote
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry, EntryRemoval
from dorfplatz.events.models import Event
from dorfplatz.exchange.enums import AnswerState, Step
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.tests.factories import exchange as ask
from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.kernel.actor import VISITOR, Actor, system
from dorfplatz.letters.actions import write_letter, write_to_desk
from dorfplatz.letters.models import Letter, Thread
from dorfplatz.matching.models import AskedPerson, Introduction
from dorfplatz.members.actions import create_identity
from dorfplatz.members.enums import SeenBy
from dorfplatz.members.models import Identity
from dorfplatz.moderation.enums import Force
from dorfplatz.moderation.enums import Step as Measure
from dorfplatz.moderation.models import Appeal, Case, Decision, Report
from dorfplatz.noticeboard.models import Paper
from dorfplatz.places.actions import name_keeper
from dorfplatz.places.enums import ClaimState
from dorfplatz.places.models import Claim, Listing
from dorfplatz.square.models import Post
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.wishes.enums import Status
from dorfplatz.wishes.models import FlipChart, Wish
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor
from tests.permissions.world import ACTORS, World

BY: dict[str, Any] = {"by": INSTALLER, "now": NOW}
Things = Mapping[str, Any]
# Who asks besides the letters of world.ACTORS: the resident of Niel, but …
STATES = {
    "w": "may not write", "l": "may not write letters", "b": "apart from everybody", "h": "by the hand of another",
    "N": "not known yet", "k": "under 16", "S": "the system",
}  # fmt: skip


def people(world: World) -> dict[str, Actor]:
    found = {letter: actor(person) for letter, person in world.people.items()} | {"v": VISITOR}
    r = found["r"]
    others = frozenset(Identity.objects.exclude(pk=r.identity_id).values_list("pk", flat=True))
    return found | {
        "w": replace(r, curbs=frozenset({"write"})), "l": replace(r, curbs=frozenset({"letters"})),
        "b": replace(r, apart_from=others), "h": replace(r, hand_id=found["C"].identity_id),
        "N": replace(r, is_known=False, member_paths=(), newcomer_paths=r.member_paths),
        "k": replace(r, is_minor=True), "S": system("test"),
    }  # fmt: skip


def things(world: World) -> dict[str, Things]:
    """What is asked about, by its sort."""
    return {
        "nothing": {"": None},
        **_places_and_posts(world),
        **_exchanges(world),
        **_wishes(world),
        **_people_and_areas(world),
        **_letters(world),
        **_cases(world),
        **_told(world),
        **_introduced(world),
    }


def _entry(pk: Any) -> Entry:
    return Entry.objects.prefetch_related("placements__area").select_related("removal").get(pk=pk)


def _places_and_posts(world: World) -> dict[str, Things]:
    mine = {f"resident’s {thing}": row for (thing, letter), row in world.own.items() if letter == "r"}
    listings = {**world.entries, **mine}
    kept = world.entries["public"]
    name_keeper(kept, identity=world.people["r"], **BY)
    removed = world.entries["expired"].entry
    both = {}
    for name, by in (("by herself", "r"), ("by the connector", "C")):
        row = world.own["own removed", "r" if by == "r" else "e"]
        EntryRemoval.objects.update_or_create(
            entry=row.entry, defaults={"removed_by": world.people[by], "removed_at": NOW, "state_before": "published"}
        )
        both[f"removed {name}"] = row.entry_id
    later = {}
    for name, letter, days in (("ends tomorrow", "E", 1), ("ends now", "e", 0)):
        row = world.own["own draft", letter]
        how = {"state": "published", "published_at": NOW, "expires_at": NOW + timedelta(days=days)}
        Entry.objects.filter(pk=row.pk).update(**how)
        later[name] = row.pk
    office = world.own["own draft", "n"]
    Entry.objects.filter(pk=office.pk).update(state="published", published_at=NOW, audience=Audience.MEMBERS)
    Entry.objects.filter(pk=office.pk).update(is_for_municipality=True)
    ids = (
        {name: row.pk for name, row in listings.items()}
        | both
        | later
        | {"for the office": office.pk, "over": removed.pk}
    )
    claims = {}
    for name, listing, by, days, state in (
        ("asked of keepers", kept, "e", 3, ClaimState.OPEN), ("waited a week", kept, "n", -3, ClaimState.OPEN),
        ("of nobody’s", world.entries["members"], "e", 3, ClaimState.OPEN), ("settled", kept, "M", 3, ClaimState.GIVEN),
        ("by the connector", world.entries["expired"], "C", 3, ClaimState.OPEN),
        ("a week to the moment", kept, "c", 0, ClaimState.OPEN),
    ):  # fmt: skip
        claims[name] = Claim.objects.create(
            listing=listing, identity=world.people[by], words="x", asked_at=NOW, state=state,
            keepers_until=NOW + timedelta(days=days), decided_at=NOW if state != ClaimState.OPEN else None,
        )  # fmt: skip
    event = {name: row for (name, letter), row in world.events.items() if letter in ("", "r")}
    organised = Event.objects.get(pk=event["public"].pk)
    Event.objects.filter(pk=organised.pk).update(organiser=kept, takes_names=True)
    posts = {name: Post.objects.get(entry__code=world.numbers["square:edit", name]["code"]) for name in POSTS}
    return {
        "entry": {name: _entry(pk) for name, pk in ids.items()},
        "listing": {name: Listing.objects.get(pk=row.pk) for name, row in listings.items()},
        "claim": {name: Claim.objects.get(pk=row.pk) for name, row in claims.items()},
        "event": {name: Event.objects.get(pk=row.pk) for name, row in event.items()},
        "post": posts,
        "comment": _comments(world, posts["post"].entry, posts["members post"].entry),
        "paper": {str(paper): paper for paper in Paper.objects.order_by("pk")},
        "note": _notes(world, listings),
    }


POSTS = ("post", "members post", "weeze post", "removed post")


def _comments(world: World, public: Entry, inside: Entry) -> Things:
    found = {}
    for name, entry, letter, ago, state in (
        ("fresh", public, "r", 0, CommentState.THERE), ("of 15 minutes", public, "r", 15, CommentState.THERE),
        ("of 14 minutes", public, "r", 14, CommentState.THERE), ("hidden", public, "r", 0, CommentState.HIDDEN),
        ("removed", public, "r", 0, CommentState.REMOVED), ("for members", inside, "e", 0, CommentState.THERE),
    ):  # fmt: skip
        said = write_comment(entry, text="x", form_key=f"{name:_>20}", by=actor(world.people[letter]), now=NOW)
        body = "" if state == CommentState.REMOVED else "x"
        Comment.objects.filter(pk=said.pk).update(state=state, body=body, written_at=NOW - timedelta(minutes=ago))
        found[name] = Comment.objects.get(pk=said.pk)
    return found


def _notes(world: World, listings: Mapping[str, Listing]) -> Things:
    found = {}
    for name, entry, by in (
        ("of something public", "public", None), ("of something hidden", "hidden", None),
        ("told by a neighbour", None, "e"), ("of nothing, by nobody", None, None),
    ):  # fmt: skip
        found[name] = Note.objects.create(
            identity=world.people["r"], sort="x", key=name, entry=listings[entry].entry if entry else None,
            told_by=world.people[by] if by else None, way=Way.LIST, made_at=NOW,
        )  # fmt: skip
    return found


def _exchanges(world: World) -> dict[str, Things]:
    niel = world.area("niel")
    offline = create_identity(name="Frau J.", language="de", home_area=niel, **BY)
    rows = {name: row.exchange for name, row in world.asks.items()}
    rows |= {name: ask(niel, author=world.people["r"]) for name in ("over", "solved", "anonymous", "at its end")}
    rows |= {"for another": ask(niel, author=offline), "of somebody who logs in": ask(niel, author=world.people["e"])}
    Exchange.objects.filter(pk__in=[rows["for another"].pk, rows["of somebody who logs in"].pk]).update(
        set_out_by=world.people["C"]
    )
    Exchange.objects.filter(pk=rows["solved"].pk).update(step=Step.SOLVED)
    Entry.objects.filter(pk=rows["anonymous"].pk).update(author=None)
    Entry.objects.filter(pk=rows["over"].pk).update(expires_at=NOW - timedelta(days=1))
    Entry.objects.filter(pk=rows["at its end"].pk).update(expires_at=NOW)
    answers = {name: row.pk for name, row in world.asks.items()}
    for state in AnswerState:
        for name in ("solved", "for another"):
            answers[f"{name}, {state}"] = Answer.objects.create(
                exchange=rows[name], helper=world.people["e" if state != AnswerState.ACCEPTED else "n"], text="x",
                state=state, said_at=NOW, form_key=f"{name}{state}",
            ).pk  # fmt: skip
    answers["solved, thanked"] = Answer.objects.create(
        exchange=rows["solved"], helper=world.people["E"], text="x", state=AnswerState.ACCEPTED, said_at=NOW,
        form_key="thanked", thanks="Danke!", thanked_at=NOW,
    ).pk  # fmt: skip
    return {
        "exchange": {name: Exchange.objects.get(pk=row.pk) for name, row in rows.items()},
        "answer": {name: Answer.objects.get(pk=pk) for name, pk in answers.items()},
    }


def _wishes(world: World) -> dict[str, Things]:
    niel = world.area("niel")
    rows = {name: wish(niel, author=world.people["r"]) for name in ("done", "anonymous", "removed")}
    rows["for another"] = wish(niel, author=create_identity(name="Frau W.", language="de", home_area=niel, **BY))
    Wish.objects.filter(pk=rows["for another"].pk).update(set_out_by=world.people["C"])
    Wish.objects.filter(pk=rows["done"].pk).update(status=Status.DONE, answered_at=NOW)
    Entry.objects.filter(pk=rows["anonymous"].pk).update(author=None)
    Entry.objects.filter(pk=rows["removed"].pk).update(state="removed")
    charts = {name: FlipChart.objects.get(pk=world.numbers["wishes:chart", name]) for name in ("here", "weeze")}
    ids = {name: row.pk for name, row in rows.items()} | {"off a chart": charts["here"].wishes.get().pk}
    for name in ("wish", "members wish", "hidden wish", "weeze wish"):
        ids[name] = Entry.objects.get(code=world.numbers["wishes:edit", name]).pk
    return {"wish": {name: Wish.objects.get(pk=pk) for name, pk in ids.items()}, "chart": dict(charts)}


def _people_and_areas(world: World) -> dict[str, Things]:
    newcomer = Identity.objects.get(pk=world.newcomer.pk)
    offline = create_identity(name="Herr K.", language="de", **BY)
    found = {ACTORS[letter]: Identity.objects.get(pk=world.people[letter].pk) for letter in "rmesoMC"}
    slugs = ("niel", "nuetterden", "groesbeek", "wemb")
    return {
        "person": {**found, "newcomer": newcomer, "without login or home": offline},
        "area": {**{slug: Area.objects.get(slug=slug) for slug in slugs}, "Kranenburg": world.here.area},
        "desk note": {note.area.slug: note for note in DeskNote.objects.select_related("area")},
        "municipality": {m.area.slug: Municipality.objects.get(pk=m.pk) for m in (world.here, world.there)},
    }


def _letters(world: World) -> dict[str, Things]:
    r, e = world.people["r"], world.people["e"]
    club = Entry.objects.get(code=world.club).pk
    desk = write_to_desk("place", desk_id=club, text="x", form_key="desk", by=actor(r), now=NOW)
    back = write_letter(e, text="x", form_key="back", by=actor(r), now=NOW)
    empty = write_letter(world.people["n"], text="x", form_key="n", by=actor(e), now=NOW)
    Letter.objects.filter(pk=empty.pk).update(author=None)
    thrown = write_letter(world.people["M"], text="x", form_key="thrown", by=actor(r), now=NOW)
    thrown.thread.seats.filter(identity=r).update(thrown_until=NOW)
    rows = {"of two": back, "to a club": desk, "of somebody who has left": empty, "thrown away": thrown}
    return {
        "thread": {name: Thread.objects.get(pk=row.thread_id) for name, row in rows.items()},
        "letter": {name: Letter.objects.get(pk=row.pk) for name, row in rows.items()},
        "desk": {"club": club, "nobody’s": world.entries["hidden"].pk},
    }


def _told(world: World) -> dict[str, Things]:
    """Gifts for each circle, and conversations that are over or with somebody apart."""
    found = {
        name: Gift.objects.create(owner=world.people[letter], part="head", skill="forms", seen_by=circle, added_at=NOW)
        for name, letter, circle in (
            ("for connectors", "r", SeenBy.CONNECTORS), ("for everybody", "e", SeenBy.PUBLIC),
            ("of somebody shut out", "s", SeenBy.PUBLIC), ("of the officer", "F", SeenBy.VILLAGES),
        )
    }  # fmt: skip
    there = {name: pk for (route, name), pk in world.numbers.items() if route == "gifts:edit"}
    rows = {name: pk for (route, name), pk in world.numbers.items() if route == "gifts:conversation"}
    over = Conversation.objects.get(pk=rows["conversation"])
    over.pk, over.form_key, over.until, over.recorded_at = None, "over", NOW, NOW - timedelta(days=9)
    over.save()
    of = ("owner__home_area", "owner__joining", "conversation__area")
    return {
        "gift": {
            name: Gift.objects.select_related(*of).get(pk=pk)
            for name, pk in {**there, **{n: row.pk for n, row in found.items()}}.items()
        },
        "conversation": {
            name: Conversation.objects.select_related("area").get(pk=pk)
            for name, pk in {**rows, "over": over.pk}.items()
        },
    }


def _introduced(world: World) -> dict[str, Things]:
    """Introductions that are open, and one that has worked out."""
    rows = {name: pk for (route, name), pk in world.numbers.items() if route == "matching:steer"}
    over = Introduction.objects.get(pk=rows["here"])
    people = list(over.people.all())
    over.pk, over.state, over.introduced_at, over.ended_at = None, "worked", NOW, NOW
    over.save()
    for person in people:
        person.pk, person.introduction = None, over
        person.save()
    questions = AskedPerson.objects.select_related("introduction__area").prefetch_related("introduction__people")
    return {
        "introduction": {
            name: Introduction.objects.select_related("area").prefetch_related("people").get(pk=pk)
            for name, pk in {**rows, "worked out": over.pk}.items()
        },
        "question": {
            f"{name}, {number}": one
            for name, pk in {**rows, "worked out": over.pk}.items()
            for number, one in enumerate(questions.filter(introduction=pk).order_by("pk"), 1)
        },
    }


def _cases(world: World) -> dict[str, Things]:
    first = Case.objects.order_by("pk").first()
    assert first is not None
    Case.objects.filter(pk=first.pk).update(author=world.people["M"])
    case = Case.objects.get(pk=first.pk)
    said = {"case": case, "ground": "rude", "reason": "x"}
    days = timedelta(days=1)
    decisions = {
        "proposed by the admin": {"force": Force.PROPOSED, "by": world.people["A"], "decided_at": NOW},
        "in force": {"force": Force.IN_FORCE, "by": world.people["C"], "decided_at": NOW},
        "half a year ago": {"force": Force.IN_FORCE, "by": world.people["C"], "decided_at": NOW - 183 * days},
        "longer ago": {"force": Force.IN_FORCE, "by": world.people["C"], "decided_at": NOW - 184 * days},
    }
    made = {name: Decision.objects.create(step=Measure.SUSPEND, **said, **how) for name, how in decisions.items()}
    there = Decision.objects.exclude(case__municipality=world.here).filter(force=Force.PROPOSED).first()
    appeals = {
        "open": Appeal.objects.create(decision=made["in force"], text="x", made_at=NOW),
        "of a decision by the admin": Appeal.objects.create(
            decision=made["proposed by the admin"], text="x", made_at=NOW
        ),
    }
    reported = Report.objects.filter(case=case).first() or Report.objects.create(
        case=case, ground="rude", text="x", language="de", made_at=NOW, form_key="appealing"
    )
    Report.objects.filter(pk=reported.pk).update(reporter=world.people["A"])
    appeals["by a reporter, the admin"] = Appeal.objects.create(
        decision=made["longer ago"], report=Report.objects.get(pk=reported.pk), text="x", made_at=NOW
    )
    decided = Appeal.objects.create(
        decision=made["half a year ago"], text="x", made_at=NOW, decided_at=NOW, reason="x", outcome="upheld"
    )
    return {
        "case": {str(row): row for row in Case.objects.order_by("pk")},
        "decision": {**made, "in Weeze": there},
        "appeal": {**appeals, "decided": decided},
    }
