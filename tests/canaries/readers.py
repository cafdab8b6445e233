"""Who may read what, said for each table by a person and without asking the square's own policies.

Letters are people, as in tests/permissions/world.py. A table that is not named here fails the test: think of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from dorfplatz.comments.enums import CommentState
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry
from dorfplatz.letters.models import Letter
from dorfplatz.members.enums import SeenBy
from dorfplatz.members.models import Portrait
from dorfplatz.places.models import Photo
from dorfplatz.wishes.models import FlipChart
from tests.fixtures.kranenburg import NOW
from tests.permissions.world import ACTORS

EVERYBODY = frozenset(ACTORS)
NOBODY: frozenset[str] = frozenset()
# Of Kranenburg with its Dutch neighbour, and of Weeze: who reads what is for members; who looks after a village.
MEMBERS = {"here": frozenset("rmenECcMAP"), "weeze": frozenset("oa")}
IN_CHARGE = {
    "niel": frozenset("CMAP"), "nuetterden": frozenset("cMAP"), "kranenburg": frozenset("MAP"),
    "groesbeek": frozenset(), "wemb": frozenset("a"),
}  # fmt: skip
MAY_EDIT = {
    "niel": frozenset("ECAP"), "nuetterden": frozenset("cAP"), "kranenburg": frozenset("AP"),
    "groesbeek": frozenset(), "wemb": frozenset("a"),
}  # fmt: skip
ANSWER_WISHES = {"niel": frozenset("CAP"), "wemb": frozenset("a")}
PREPARE = {
    "niel": frozenset("CAP"),
    "nuetterden": frozenset("cAP"),
    "zyfflich": frozenset("AP"),
    "wemb": frozenset("a"),
}
HAVE_DESK = {"niel": frozenset("CP"), "nuetterden": frozenset("cP"), "wemb": NOBODY}
DECIDE_HERE, DECIDE_WEEZE = frozenset("CMAP"), frozenset("a")
CONNECTOR_OF = {"niel": frozenset("C"), "nuetterden": frozenset("c"), "wemb": NOBODY}
CONNECTORS = ("C", "c")
# Under 16, who has chosen nothing: herself, and those trusted with people of her age in her village.
MINOR, TRUSTED = "m", frozenset("mCMP")
ADMINS, ADMINS_WEEZE = frozenset("AP"), frozenset("a")
Said = tuple[frozenset[str], str]


def villages(entry: Entry) -> list[str]:
    return [placement.area.slug for placement in entry.placements.all()]


def where(slug: str) -> str:
    return "weeze" if slug in ("wemb", "weeze") else "here"


class Readers:
    """Answers for each row of the world; `letters` are people by the id of their identity."""

    def __init__(self, letters: dict[int | None, str]) -> None:
        self.letters = letters

    def __call__(self, row: Model, field: str) -> Said:
        return SAID[row._meta.label](self, row, field)

    def who(self, identity_id: int | None) -> frozenset[str]:
        """That person; whoever is shut out reads nothing that a visitor does not read."""
        return frozenset(self.letters.get(identity_id, "")) - {"s"}

    def owner(self, identity_id: int | None) -> str:
        return self.letters.get(identity_id, "")

    def entry(self, entry: Entry, _field: str = "") -> Said:
        author = self.who(entry.author_id)
        charge = frozenset().union(*(IN_CHARGE[slug] for slug in villages(entry)))
        if entry.state in (State.REMOVED, State.DRAFT):
            readers = author
        elif entry.state != State.PUBLISHED or (entry.expires_at and entry.expires_at <= NOW):
            readers = author | charge
        elif entry.audience == Audience.PUBLIC:
            readers = EVERYBODY
        else:
            readers = author | charge | frozenset().union(*(MEMBERS[where(slug)] for slug in villages(entry)))
        return readers, self.owner(entry.author_id)

    def of_entry(self, row: Any, _field: str) -> Said:
        return self.entry(row.entry)

    def earlier(self, row: Any, _field: str) -> Said:
        """What an entry said before: its author, and those in charge where it can be seen by them."""
        readers, owner = self.entry(row.entry)
        charge = frozenset().union(*(IN_CHARGE[slug] for slug in villages(row.entry)))
        return readers & (charge | self.who(row.entry.author_id)), owner

    def improvable(self, row: Any, _field: str) -> Said:
        """What a translation said before: all who may improve it."""
        readers, owner = self.entry(row.entry)
        return readers - {"v", "s"}, owner

    def asked_of_keepers(self, row: Any, _field: str) -> Said:
        """Corrections and claims: who keeps or edits the entry, and who said it."""
        entry = row.listing.entry
        by = getattr(row, "identity_id", None) or getattr(row, "said_by_id", None)
        may = frozenset().union(*(MAY_EDIT[slug] for slug in villages(entry))) | self.kept_by(row.listing)
        return self.who(by) | (may & (self.entry(entry)[0] | self.kept_by(row.listing))), self.owner(by)

    def kept_by(self, listing: Any) -> frozenset[str]:
        return frozenset().union(*(self.who(k.identity_id) for k in listing.keepers.filter(ended_at=None)))

    def comment(self, row: Any, _field: str) -> Said:
        readers, _author = self.entry(row.entry)
        owner = self.owner(row.author_id)
        if row.state == CommentState.REMOVED:
            return NOBODY, owner
        if row.state == CommentState.HIDDEN:
            charge = frozenset().union(*(IN_CHARGE[slug] for slug in villages(row.entry)))
            readers &= charge | self.who(row.author_id)
        return readers | self.who(row.author_id), owner

    def comment_text(self, row: Any, field: str) -> Said:
        """A comment in another language: who reads the comment, and who put it so."""
        readers, owner = self.comment(row.comment, field)
        return readers | self.who(row.written_by_id), owner

    def answer(self, row: Any, field: str) -> Said:
        author = row.exchange.entry.author_id
        return self.who(row.helper_id) | self.who(author), self.owner(author if field == "thanks" else row.helper_id)

    def letter(self, row: Any, _field: str) -> Said:
        letter: Letter = getattr(row, "letter", row)
        seats = [seat.identity_id for seat in letter.thread.seats.filter(is_desk=False)]
        readers = frozenset().union(*(self.who(pk) for pk in seats))
        return readers | (frozenset("e") if letter.thread.desk else NOBODY), self.owner(letter.author_id)

    def sheet(self, row: Any, _field: str) -> Said:
        """Where a flip chart hung stands at its wishes; those who answer there see the sheet."""
        readers = frozenset().union(*(self.entry(wish.entry)[0] for wish in row.wishes.all()))
        return readers | ANSWER_WISHES[row.area.slug], self.owner(row.typed_by_id)

    def picture(self, row: Any, _field: str) -> Said:
        """Whoever sees one of the things it hangs on."""
        hangs = [photo.listing.entry for photo in Photo.objects.filter(picture=row)]
        readers = frozenset().union(*(self.entry(entry)[0] for entry in hangs))
        for portrait in Portrait.objects.filter(picture=row):
            readers |= self.profile(portrait, "")[0]
        for entry in Entry.objects.filter(pictures__picture=row):
            readers |= self.entry(entry)[0]
        for chart in FlipChart.objects.filter(photos__picture=row):
            readers |= self.sheet(chart, "")[0] if chart.shows_photos else ANSWER_WISHES[chart.area.slug]
        for letter in Letter.objects.filter(enclosures__picture=row):
            readers |= self.letter(letter, "")[0]
        return readers | self.who(row.uploader_id), self.owner(row.uploader_id)

    def profile(self, row: Any, _field: str) -> Said:
        her = self.owner(row.identity_id)
        if her == MINOR:
            return TRUSTED, her
        # Whoever lives nowhere here belongs where her office is, and has no neighbours.
        home = row.identity.home_area.slug if row.identity.home_area else "wemb" if her == "a" else "kranenburg"
        charge = IN_CHARGE[home]
        near = frozenset(letter for letter in ACTORS if row.identity.home_area and HOME_OF.get(letter) == home)
        circles = {
            SeenBy.ME: NOBODY, SeenBy.CONNECTORS: charge, SeenBy.VILLAGES: charge | near,
            SeenBy.MEMBERS: charge | MEMBERS[where(home)], SeenBy.PUBLIC: EVERYBODY,
        }  # fmt: skip
        return circles[row.seen_by] | self.who(row.identity_id), her

    def own(self, row: Any, _field: str) -> Said:
        """For oneself alone."""
        pk = getattr(row, "identity_id", None) or row.login.identity.pk
        return self.who(pk), self.owner(pk)

    def login(self, row: Any, _field: str) -> Said:
        """An address is its owner's; those who give roles in her municipality see whom they gave one."""
        identity = row.identity
        return self.who(identity.pk), self.owner(identity.pk)

    def person(self, row: Any, field: str) -> Said:
        her = self.owner(row.pk)
        if her in CONNECTORS or not her:  # who introduce themselves to everybody
            return EVERYBODY if her else MEMBERS["here"], her
        if her == MINOR:
            return TRUSTED, her
        if field != "name":
            return self.who(row.pk), her
        home = row.home_area.slug if row.home_area else "kranenburg"
        return EVERYBODY if her and her in "reoACaP" else MEMBERS[where(home)] | IN_CHARGE[home] | self.who(row.pk), her

    def gift(self, row: Any, _field: str) -> Said:
        """Whom she has named and who may read her name; of somebody under 16 her connector."""
        if row.conversation:
            return self.told(row.conversation, "")
        her, home = self.owner(row.owner_id), row.owner.home_area.slug
        near = frozenset(letter for letter in ACTORS if letter in "rEmC" and HOME_OF.get(letter) == home)
        wide = row.seen_by != SeenBy.CONNECTORS and her not in ("m", "s")
        return CONNECTOR_OF[home] | self.who(row.owner_id) | (near if wide else NOBODY), her

    def told(self, row: Any, _field: str) -> Said:
        return CONNECTOR_OF[row.area.slug] | self.who(row.identity_id) | self.who(row.recorded_by_id), ""

    def guardian(self, row: Any, _field: str) -> Said:
        home = row.identity.home_area.slug
        return IN_CHARGE[home] | self.who(row.identity_id), self.owner(row.identity_id)

    def mandate(self, row: Any, _field: str) -> Said:
        return self.who(row.helper_id) | self.who(row.person_id), self.owner(row.helper_id)

    def case(self, row: Any, _field: str) -> Said:
        case = getattr(row, "case", None) or getattr(getattr(row, "decision", None), "case", row)
        decide = DECIDE_WEEZE if case.municipality.area.slug == "weeze" else DECIDE_HERE
        by = getattr(row, "reporter_id", None)
        return decide | self.who(by) | self.who(case.author_id), self.owner(by)

    def in_office(self, row: Any, _field: str) -> Said:
        """What the admins of a municipality see: invitations, readings, lists of words."""
        area = getattr(row, "area", None)
        municipality = getattr(row, "municipality", None)
        is_weeze = where((area or municipality.area).slug) == "weeze"
        more = frozenset("M") if row._meta.label == "moderation.Guard" else NOBODY
        return (ADMINS_WEEZE if is_weeze else ADMINS | more), ""

    def paper(self, row: Any, _field: str) -> Said:
        paper = getattr(row, "paper", row)
        return (EVERYBODY if paper.is_published else MAY_EDIT[paper.area.slug]), ""

    def record(self, row: Any, _field: str) -> Said:
        return self.entry(row.listing.entry)

    def everybody(self, row: Any, _field: str) -> Said:
        is_there = getattr(row, "is_published", True)
        return (EVERYBODY if is_there else ADMINS), ""


HOME_OF = {"r": "niel", "m": "niel", "e": "nuetterden", "n": "groesbeek", "o": "wemb", "F": "niel"}
SAID: dict[str, Callable[[Readers, Any, str], Said]] = {
    "entries.Entry": Readers.entry,
    "entries.EntryText": Readers.of_entry,
    "entries.EntryVersion": Readers.earlier,
    "entries.EntryTextVersion": Readers.improvable,
    "places.Listing": Readers.of_entry,
    "places.Organization": Readers.of_entry,
    "places.Service": Readers.of_entry,
    "places.Claim": Readers.asked_of_keepers,
    "places.Correction": Readers.asked_of_keepers,
    "places.Category": Readers.everybody,
    "places.CategoryChoice": Readers.everybody,
    "events.Event": Readers.of_entry,
    "events.SingleDate": lambda self, row, field: self.entry(row.event.entry),
    "events.Occurrence": lambda self, row, field: self.entry(row.event.entry),
    "exchange.Exchange": Readers.of_entry,
    "exchange.Answer": Readers.answer,
    "square.Post": Readers.of_entry,
    "wishes.Reply": lambda self, row, field: self.entry(row.wish.entry),
    "wishes.Theme": Readers.everybody,
    "wishes.FlipChart": Readers.sheet,
    "comments.Comment": Readers.comment,
    "comments.CommentText": Readers.comment_text,
    "letters.Letter": Readers.letter,
    "letters.Enclosure": Readers.letter,
    "media.Picture": Readers.picture,
    "members.Identity": Readers.person,
    "members.Login": Readers.login,
    "members.ProfileLine": Readers.profile,
    "members.Joining": Readers.guardian,
    "members.Device": Readers.own,
    "members.OtherLogin": Readers.own,
    "members.Mandate": Readers.mandate,
    "members.Invitation": Readers.in_office,
    "moderation.Case": Readers.case,
    "moderation.Report": Readers.case,
    "moderation.Decision": Readers.case,
    "moderation.Appeal": Readers.case,
    "moderation.Guard": Readers.in_office,
    "imports.Source": Readers.everybody,
    "imports.SourceRecord": Readers.record,
    "imports.Reading": Readers.in_office,
    "channels.Watch": Readers.own,
    "channels.PushSubscription": Readers.own,
    "languages.LocalWord": Readers.everybody,
    "noticeboard.Paper": Readers.paper,
    "noticeboard.PaperItem": Readers.paper,
    "intake.Told": lambda self, row, _field: (self.who(row.by_id) | self.who(row.person_id), self.owner(row.by_id)),
    "desk.Note": lambda self, row, field: (HAVE_DESK[row.area.slug] | self.who(row.by_id), self.owner(row.by_id)),
    # Whoever prepares the village, and makes its cards.
    "launch.OwnPoint": lambda self, row, field: (PREPARE[row.area.slug], ""),
    "launch.OwnMeasure": lambda self, row, field: (NOBODY, ""),
    "members.CardBatch": lambda self, row, field: (PREPARE[row.area.slug], ""),
    "gifts.Gift": Readers.gift,
    "gifts.Conversation": Readers.told,
    # Its name is for those who run it; the languages it speaks are heard by whoever stands before the window.
    "screens.Screen": lambda self, row, field: (EVERYBODY if field == "languages" else MAY_EDIT[row.area.slug], ""),
    "villages.Area": Readers.everybody,
    "villages.FreePage": Readers.everybody,
    "villages.LegalText": Readers.everybody,
}
