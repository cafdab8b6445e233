"""What the world of the permissions has not: one row of everything in which somebody can write something."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import PushSubscription, Watch
from dorfplatz.comments.actions import write_comment
from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment, CommentText
from dorfplatz.entries.models import Entry, EntryPicture, EntryText, EntryTextVersion, EntryVersion
from dorfplatz.events.enums import Change
from dorfplatz.events.models import Occurrence, SingleDate
from dorfplatz.imports.models import Source, SourceRecord
from dorfplatz.intake.models import Told
from dorfplatz.launch.models import OwnMeasure, OwnPoint
from dorfplatz.letters.actions import write_letter, write_to_desk
from dorfplatz.letters.taking import Inside
from dorfplatz.media.models import Picture
from dorfplatz.members.enums import ConsentBy, ProfileField, SeenBy
from dorfplatz.members.models import Device, Identity, Mandate, OtherLogin, Portrait, ProfileLine
from dorfplatz.moderation.models import Guard
from dorfplatz.noticeboard.models import Paper, PaperItem
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import CategoryChoice
from dorfplatz.places.tests.factories import category, place
from dorfplatz.villages.actions import PageText, create_page
from dorfplatz.villages.enums import LegalKind, PageKind
from dorfplatz.villages.models import LegalText, Municipality
from dorfplatz.wishes.models import ChartPhoto, FlipChart, Reply, Wish
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor
from tests.permissions.world import World

BY = {"by": INSTALLER, "now": NOW}
CIRCLES = {
    ProfileField.ABOUT: SeenBy.CONNECTORS, ProfileField.LANGUAGES: SeenBy.VILLAGES, ProfileField.DOES: SeenBy.MEMBERS,
    ProfileField.PHONE: SeenBy.ME, ProfileField.EMAIL: SeenBy.ME, ProfileField.LISTED: SeenBy.VILLAGES,
}  # fmt: skip


def furnish(world: World) -> None:
    for part in (_pages_of_members, _words_of_entries, _what_people_write, _what_offices_keep, _what_is_sent):
        part(world)


def _pages_of_members(world: World) -> None:
    for letter, person in world.people.items():
        for field, circle in CIRCLES.items():
            ProfileLine.objects.create(identity=person, field=field, value="x", seen_by=circle)
        if letter in "rE":
            ProfileLine.objects.filter(identity=person, field=ProfileField.ABOUT).update(seen_by=SeenBy.PUBLIC)
        Device.objects.create(login=person.login, key_hash=letter, name="x", network="x", since=NOW, seen_on=NOW.date())
        OtherLogin.objects.create(login=person.login, issuer="https://id.example.org", subject=letter, since=NOW)
    for letter in "rem":
        Portrait.objects.create(
            identity=world.people[letter], picture=_picture(world), seen_by=SeenBy.VILLAGES, since=NOW
        )
    offline = Identity.objects.create(name="Frau J.", home_area=world.area("niel"), created_at=NOW)
    Mandate.objects.create(
        person=offline, helper=world.people["C"], consent_by=ConsentBy.PHONE, purpose="x", given_at=NOW,
        until=NOW + timedelta(days=99),
    )  # fmt: skip
    OwnPoint.objects.create(area=world.area("niel"), text="x")
    OwnMeasure.objects.create(municipality=Municipality.objects.earliest("pk"), point="x", least=1)
    Told.objects.create(
        person=offline, key="answer:1", told_at=NOW, said="What she says to it", by=world.people["C"], noted_at=NOW
    )


def _words_of_entries(world: World) -> None:
    said: dict[str, Any] = {"language": "nl", "title": "x", "body": "x"}
    for entry in Entry.objects.order_by("pk"):
        EntryText.objects.create(entry=entry, source_hash="", written_at=NOW, **said)
        EntryTextVersion.objects.create(entry=entry, written_at=NOW, replaced_at=NOW, **said)
        EntryVersion.objects.create(entry=entry, written_at=NOW, replaced_at=NOW, **{**said, "language": "de"})
    for thing, made in world.events.items():
        if not thing[1]:
            day = NOW.date() + timedelta(days=2)
            SingleDate.objects.create(event=made, on=day, change=Change.CANCELLED, word="x")
            Occurrence.objects.filter(event=made, on=day).update(change=Change.CANCELLED, word="x")
    place(world.area("niel"), kind=PlaceKind.SERVICE, categories=("sports-club",))


def _what_people_write(world: World) -> None:
    r, e, n = (world.people[letter] for letter in "ren")
    for comment in Comment.objects.filter(parent=None).order_by("pk"):
        if comment.author_id != world.people["o"].pk and comment.entry.state == "published":
            hidden = write_comment(comment.entry, text="x", form_key=f"{comment.pk:_>12}", by=actor(n), now=NOW)
            Comment.objects.filter(pk=hidden.pk).update(state=CommentState.HIDDEN)
            write_comment(comment.entry, text="x", form_key=f"{comment.pk:->12}", by=actor(r), now=NOW)
        EntryPicture.objects.create(entry=comment.entry, picture=_picture(world), added_at=NOW)
    for wish in Wish.objects.order_by("pk"):
        Reply.objects.create(wish=wish, status="heard", words="x", language="de", said_at=NOW, form_key=f"{wish.pk}")
    for chart in FlipChart.objects.order_by("pk"):
        ChartPhoto.objects.create(chart=chart, picture=_picture(world))
    for comment in Comment.objects.all():
        CommentText.objects.create(comment=comment, language="nl", body="x", written_by=n, written_at=NOW)
    write_letter(e, text="x", form_key="back", inside=[Inside(picture=_picture(world))], by=actor(r), now=NOW)
    club = Entry.objects.get(code=world.club).pk
    write_to_desk("place", desk_id=club, text="x", form_key="desk", by=actor(r), now=NOW)
    for letter in "re":
        person = world.people[letter]
        Watch.objects.create(identity=person, area=world.area("niel"), words="x", way=Way.LETTER, made_at=NOW)
        PushSubscription.objects.create(
            identity=person, endpoint="x", endpoint_hash=letter, p256dh="x", auth="x", made_at=NOW
        )


def _picture(world: World) -> Picture:
    """Another one, without the workshop's toil: its words are looked for, not its pixels."""
    first = world.picture
    return Picture.objects.create(
        token=secrets.token_urlsafe(16), sha256=first.sha256, alt={"de": "x"}, state=first.state,
        renditions=first.renditions, width=first.width, height=first.height, uploaded_at=NOW,
    )  # fmt: skip


def _what_offices_keep(world: World) -> None:
    for municipality in (world.here, world.there):
        LegalText.objects.create(municipality=municipality, kind=LegalKind.RULES, version=1, published_at=NOW)
        Guard.objects.create(municipality=municipality, words="x")
        create_page(municipality, kind=PageKind.FREE, text=PageText(title={"de": "Neu"}, body={"de": "x"}), **BY)
        CategoryChoice.objects.create(municipality=municipality, category=category("sports-club"), name={"de": "x"})
        source = Source.objects.create(municipality=municipality, kind="osm", label="x", read_at=NOW, attribution="x")
        listing = world.entries["public" if municipality == world.here else "weeze members"]
        SourceRecord.objects.create(source=source, key="n1", listing=listing, values={"name": "x"}, fingerprint="")


def _what_is_sent(world: World) -> None:
    for paper in Paper.objects.all():
        Paper.objects.filter(pk=paper.pk).update(greeting="x", greeting_language="de")
        PaperItem.objects.create(paper=paper, entry=world.entries["public"].entry, words="x")
