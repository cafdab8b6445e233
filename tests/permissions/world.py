"""Two municipalities with one of everything, and fifteen people who would like to see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from dorfplatz.basemap.models import BaseMap
from dorfplatz.comments.actions import write_comment
from dorfplatz.entries.actions import remove_entry
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry
from dorfplatz.events.models import Event
from dorfplatz.events.tests.factories import event
from dorfplatz.exchange.models import Answer
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.imports.models import Reading, Source
from dorfplatz.journal.models import Act
from dorfplatz.languages.models import LocalWord
from dorfplatz.letters.actions import write_letter
from dorfplatz.letters.enclosing import put_away
from dorfplatz.letters.taking import Inside
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members.actions import allow_joining_by_mail, create_identity, create_invitation, grant_role, make_cards
from dorfplatz.members.enums import Role, WayIn
from dorfplatz.members.models import CardBatch, Identity, Invitation, Joining, RoleGrant
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.noticeboard.actions import begin_paper, publish_paper
from dorfplatz.places.actions import add_category, name_keeper
from dorfplatz.places.models import Category, Claim, Correction, Keeper, Listing, Photo
from dorfplatz.places.tests.factories import place
from dorfplatz.square.enums import Sort
from dorfplatz.square.tests.factories import post
from dorfplatz.villages.actions import PageText, create_page, set_up_municipality
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.enums import PageKind
from dorfplatz.villages.models import Area, FreePage, Host, Municipality
from dorfplatz.wishes.actions import add_theme, type_off_chart
from dorfplatz.wishes.drafts import ChartDraft, Row
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import INSTALLER, NOW, Kranenburg
from tests.fixtures.people import actor, just_come_in
from tests.permissions.hung import hung
from tests.permissions.introduced import introduced
from tests.permissions.moderated import moderated
from tests.permissions.told import told

BY = {"by": INSTALLER, "now": NOW}
UNKNOWN = 987654321
WEEZE = {
    "municipality": {"slug": "weeze", "name": "Weeze", "country": "DE", "languages": ["de"], "hosts": ["weeze.test"]},
    "village": [{"slug": "wemb", "name": "Wemb", "lat": 51.63, "lon": 6.14, "neighbours": []}],
}
# One letter for each: what stands in rules.csv.
ACTORS = {
    "v": "visitor",
    "s": "suspended",
    "r": "resident of Niel",
    "m": "resident of Niel under 16",
    "e": "resident of Nütterden",
    "n": "neighbour of Groesbeek",
    "o": "resident of Weeze",
    "E": "editor of Niel",
    "C": "connector of Niel",
    "c": "connector of Nütterden",
    "M": "moderator",
    "F": "municipal officer",
    "A": "admin",
    "a": "admin of Weeze",
    "P": "operator",
}
HOMES = {"s": "niel", "r": "niel", "m": "niel", "e": "nuetterden", "n": "groesbeek", "o": "wemb", "F": "niel"}
ROLES = {
    "E": (Role.EDITOR, "niel"),
    "C": (Role.CONNECTOR, "niel"),
    "c": (Role.CONNECTOR, "nuetterden"),
    "M": (Role.MODERATOR, "kranenburg"),
    "F": (Role.OFFICER, "kranenburg"),
    "A": (Role.ADMIN, "kranenburg"),
    "a": (Role.ADMIN, "weeze"),
    "P": (Role.OPERATOR, "kranenburg"),
}
# Entries by what they are called in rules.csv: village, audience, state, and whether their time is over.
ENTRIES: dict[str, tuple[str, Audience, State, bool]] = {
    "public": ("niel", Audience.PUBLIC, State.PUBLISHED, False),
    "members": ("niel", Audience.MEMBERS, State.PUBLISHED, False),
    "waiting": ("niel", Audience.PUBLIC, State.WAITING, False),
    "hidden": ("niel", Audience.PUBLIC, State.HIDDEN, False),
    "draft": ("niel", Audience.PUBLIC, State.DRAFT, False),
    "removed": ("niel", Audience.PUBLIC, State.REMOVED, False),
    "expired": ("niel", Audience.PUBLIC, State.PUBLISHED, True),
    "weeze public": ("wemb", Audience.PUBLIC, State.PUBLISHED, False),
    "weeze members": ("wemb", Audience.MEMBERS, State.PUBLISHED, False),
    "weeze hidden": ("wemb", Audience.PUBLIC, State.HIDDEN, False),
    "weeze draft": ("wemb", Audience.PUBLIC, State.DRAFT, False),
}
# Asks: village, audience, state, who asks, who has answered.
ASKS: dict[str, tuple[str, Audience, State, str, str]] = {
    "ask": ("niel", Audience.PUBLIC, State.PUBLISHED, "r", "e"),
    "ask members": ("niel", Audience.MEMBERS, State.PUBLISHED, "r", "e"),
    "ask hidden": ("niel", Audience.PUBLIC, State.HIDDEN, "r", "e"),
    "weeze ask": ("wemb", Audience.PUBLIC, State.PUBLISHED, "o", "a"),
}
# Wishes: village, audience, state, whose.
WISHES: dict[str, tuple[str, Audience, State, str]] = {
    "wish": ("niel", Audience.PUBLIC, State.PUBLISHED, "r"),
    "members wish": ("niel", Audience.MEMBERS, State.PUBLISHED, "r"),
    "hidden wish": ("niel", Audience.PUBLIC, State.HIDDEN, "r"),
    "weeze wish": ("wemb", Audience.PUBLIC, State.PUBLISHED, "o"),
}
OWN: dict[str, State] = {"own draft": State.DRAFT, "own hidden": State.HIDDEN, "own removed": State.REMOVED}


class World:
    """Made once for each test; `values(route, thing, letter)` says what stands in an address."""

    def __init__(self, kranenburg: Kranenburg) -> None:
        self.here = kranenburg.municipality
        Host.objects.create(name="localhost", municipality=self.here)
        self.there: Municipality = set_up_municipality(parse_description(WEEZE, {}), **BY)[0]
        self.people = {letter: self._person(letter) for letter in ACTORS if letter != "v"}
        self.cookies = {letter: self._cookies(person) for letter, person in self.people.items()}
        Identity.objects.filter(pk=self.people["s"].pk).update(is_blocked=True)
        newcomer = create_identity(name="Nele", language="de", home_area=self.area("niel"), **BY)
        Joining.objects.create(identity=newcomer, way=WayIn.MAIL, is_minor=False, joined_at=NOW)
        Identity.objects.filter(pk=newcomer.pk).update(is_known=False)
        self.newcomer = newcomer
        allow_joining_by_mail(self.here, allowed=True, **BY)
        self.picture = ready(file_of(flag()))
        self.entries = {thing: self._entry(*how) for thing, how in ENTRIES.items()}
        self.own = {
            (thing, letter): self._entry("niel", Audience.PUBLIC, state, False, author=person)
            for thing, state in OWN.items()
            for letter, person in self.people.items()
        }
        self.events = {(thing, ""): self._event(*how) for thing, how in ENTRIES.items()}
        self.events |= {
            (thing, letter): self._event("niel", Audience.PUBLIC, state, False, author=person)
            for thing, state in OWN.items()
            for letter, person in self.people.items()
        }
        self.asks = {thing: self._ask(*how) for thing, how in ASKS.items()}
        document = Inside(document=put_away(ContentFile(b"%PDF-1.4 %%EOF"), "Plan.pdf"))
        self.letter = write_letter(
            self.people["r"], text="Hallo.", form_key="k", inside=[document], by=actor(self.people["e"]), now=NOW
        )
        club = place(self.area("niel"), title="Kirchenchor")
        name_keeper(club, identity=self.people["e"], by=INSTALLER, now=NOW)
        self.club = club.entry.code
        self.numbers = self._numbers()
        BaseMap.objects.create(municipality=self.here, file="x.pmtiles", size=1, made_of="", made_at=NOW)

    def area(self, slug: str) -> Area:
        if slug in ("kranenburg", "weeze"):
            return (self.here if slug == "kranenburg" else self.there).area
        return Area.objects.get(slug=slug, kind="village")

    def _person(self, letter: str) -> Identity:
        home = HOMES.get(letter)
        person = create_identity(
            name=f"Person {letter * 2}", language="de", email=f"{ord(letter)}@example.org",
            password="four tall poplars",
            home_area=self.area(home) if home else None, **BY,
        )  # fmt: skip
        # Not of a crowd of newcomers, whose entries would wait.
        Identity.objects.filter(pk=person.pk).update(created_at=NOW - timedelta(days=60))
        if letter in ROLES:
            role, slug = ROLES[letter]
            grant_role(person, role=role, area=self.area(slug), **BY)
        if letter == "m":
            Joining.objects.create(identity=person, is_minor=True, guardian="Greta", joined_at=NOW)
        return person

    def _cookies(self, person: Identity) -> dict[str, str]:
        client = Client()
        assert person.login is not None
        client.force_login(person.login)
        just_come_in(client)
        return {name: morsel.value for name, morsel in client.cookies.items()}

    def _entry(
        self, slug: str, audience: Audience, state: State, is_over: bool, author: Identity | None = None
    ) -> Listing:
        listing = place(self.area(slug), audience=audience)
        expires_at = NOW - timedelta(days=1) if is_over else None
        Entry.objects.filter(pk=listing.pk).update(state=state, author=author, expires_at=expires_at)
        Keeper.objects.create(listing=listing, identity=self.people["o"], since=NOW, ended_at=NOW)
        Photo.objects.create(listing=listing, picture=self.picture)
        Claim.objects.create(listing=listing, identity=self.people["o"], words="Wir.", asked_at=NOW, keepers_until=NOW)
        Correction.objects.create(listing=listing, text="Falsch.", said_at=NOW, form_key=f"{listing.pk:032d}")
        return listing

    def _event(
        self, slug: str, audience: Audience, state: State, is_over: bool, author: Identity | None = None
    ) -> Event:
        made = event(self.area(slug), audience=audience, rule="FREQ=DAILY;COUNT=9")
        expires_at = NOW - timedelta(days=1) if is_over else None
        Entry.objects.filter(pk=made.pk).update(state=state, author=author, expires_at=expires_at)
        return made

    def _ask(self, slug: str, audience: Audience, state: State, author: str, helper: str) -> Answer:
        row = exchange(self.area(slug), author=self.people[author], audience=audience)
        Entry.objects.filter(pk=row.pk).update(state=state)
        return Answer.objects.create(
            exchange=row, helper=self.people[helper], text="Ich.", said_at=NOW, form_key=f"{row.pk}"
        )

    def _numbers(self) -> dict[tuple[str, str], Any]:
        """Keys of rows, by route and by where they lie."""
        places = {"here": "niel", "elsewhere": "nuetterden", "weeze": "wemb"}
        batches, cards, invited = {}, {}, {}
        for thing, slug in places.items():
            batch, codes = make_cards(self.area(slug), count=1, uses=8, lasts_days=9, **BY)
            batches[thing], cards[thing] = batch.pk, codes[0]
            create_invitation(email=f"{slug}@example.org", role=Role.EDITOR, area=self.area(slug), **BY)
            invited[thing] = Invitation.objects.latest("pk").pk
        tops = Category.objects.filter(parent=None, municipality=None).order_by("pk")
        own = {
            thing: add_category(tops[0], name={"de": "Imker"}, osm_tags=[], municipality=municipality, **BY).pk
            for thing, municipality in (("here", self.here), ("weeze", self.there))
        }
        readings = {
            thing: Reading.objects.create(municipality=m, kind="osm", address="x.osm", began_at=NOW).pk
            for thing, m in (("here", self.here), ("weeze", self.there))
        }
        words = {
            thing: LocalWord.objects.create(municipality=m, language="de", word="Plat").pk
            for thing, m in (("here", self.here), ("weeze", self.there))
        }
        text = PageText(title={"de": "Über uns"}, body={"de": "Worte."})
        for municipality in (self.here, self.there):
            create_page(municipality, kind=PageKind.FREE, text=text, **BY)
        met = [(thing, self.people[p]) for thing, p in (("here", "r"), ("minor", "m"), ("weeze", "o"))]
        met.append(("newcomer", self.newcomer))
        posts = self._posts()
        papers, subscribed = self._papers(), self._subscriptions()
        grants = {"here": self.people["E"], "weeze": self.people["a"]}
        return {
            **{(route, thing): values for thing, values in posts.items() for route in OF_POSTS},
            **{
                ("moderation:report", thing): {"sort": "comment", "key": values["comment_id"]}
                for thing, values in posts.items()
            },
            **{(f"members:{a}", thing): pk for a in ("withdraw_cards", "cards_pdf") for thing, pk in batches.items()},
            **{("members:join", thing): code for thing, code in cards.items()},
            **{("members:withdraw", thing): pk for thing, pk in invited.items()},
            **{("members:end_role", thing): RoleGrant.objects.get(identity=p).pk for thing, p in grants.items()},
            **{
                (f"members:{a}", thing): person.code
                for a in ("member", "block", "vouch", "of_age")
                for thing, person in met
            },
            **{("letters:write", thing): person.code for thing, person in met},
            **{(f"letters:{page}", "letter"): self.letter.thread.code for page in ("thread", "throw_away")},
            ("letters:write_to", "club"): self.club,
            ("letters:enclosure", "letter"): self.letter.enclosures.get().pk,
            **{(route, thing): pk for thing, pk in own.items() for route in CATEGORIES},
            **{(route, "standard"): tops[0].pk for route in CATEGORIES},
            **{("imports:reading", thing): pk for thing, pk in readings.items()},
            **{
                (f"imports:{a}", thing): pk
                for a in ("subscription", "read_now", "end")
                for thing, pk in subscribed.items()
            },
            ("members:bundle", "here"): "connector",
            **{(f"languages:{a}", thing): pk for a in ("edit", "remove") for thing, pk in words.items()},
            **{(route, thing): pk for thing, pk in papers.items() for route in OF_PAPERS},
            **self._wishes(),
            **moderated(self),
            **hung(self),
            **told(self),
            **introduced(self),
        }

    def _wishes(self) -> dict[tuple[str, str], Any]:
        """Wishes, themes and flip charts."""
        found: dict[tuple[str, str], Any] = {}
        for thing, (slug, audience, state, author) in WISHES.items():
            row = wish(self.area(slug), author=self.people[author], audience=audience)
            Entry.objects.filter(pk=row.pk).update(state=state)
            found |= {(f"wishes:{a}", thing): row.entry.code for a in ("edit", "remove", "me_too", "answer", "sort")}
        for thing, municipality, slug in (("here", self.here, "niel"), ("weeze", self.there, "wemb")):
            theme = add_theme(municipality, name={"de": "Sitzen"}, **BY)
            sheet = ChartDraft(self.area(slug), "Stand", NOW.date(), [Row(Mood.WISH, "Bank", "de")])
            found |= {(f"wishes:{a}", thing): theme.pk for a in ("theme", "theme_remove")}
            found["wishes:chart", thing] = type_off_chart(sheet, form_key=f"sheet-{thing}", **BY).pk
        return found

    def _subscriptions(self) -> dict[str, int]:
        """Calendars of clubs that are read by themselves, by what they are called in rules.csv."""
        common = {"kind": "ics", "label": "SV", "address": "https://verein.example.org/termine.ics", "read_at": NOW}
        made = {"here": self.here, "weeze": self.there}
        return {thing: Source.objects.create(municipality=m, **common).pk for thing, m in made.items()}

    def _papers(self) -> dict[str, int]:
        """By what they are called in rules.csv."""
        today = NOW.date()
        published, draft = (
            begin_paper(self.area("niel"), period="week", starts_on=today + timedelta(days=7 * week), **BY)
            for week in (0, 1)
        )
        publish_paper(published, **BY)
        there = begin_paper(self.area("wemb"), period="week", starts_on=today, **BY)
        publish_paper(there, **BY)
        return {"published paper": published.pk, "draft paper": draft.pk, "weeze paper": there.pk}

    def _posts(self) -> dict[str, dict[str, Any]]:
        """By what they are called in rules.csv: the resident's, and the comment of another on each."""
        by = {letter: actor_of_identity(self.people[letter]) for letter in "reo"}
        how = {
            "post": ("niel", Audience.PUBLIC, "r", "e"),
            "members post": ("niel", Audience.MEMBERS, "r", "e"),
            "weeze post": ("wemb", Audience.MEMBERS, "o", "o"),
            "removed post": ("niel", Audience.PUBLIC, "r", "e"),
        }
        found = {}
        for thing, (slug, audience, author, other) in how.items():
            entry = post(self.area(slug), audience=audience, by=by[author], sort=Sort.LOST).entry
            said = write_comment(entry, text="Schön!", form_key=f"{thing:_>12}", by=by[other], now=NOW)
            found[thing] = {"code": entry.code, "comment_id": said.pk, "language": "nl"}
            if thing == "removed post":
                remove_entry(entry, by=by[author], now=NOW)
        return found

    def values(self, route: str, thing: str, letter: str) -> dict[str, Any] | None:
        """What the address is made of; None where this person has no such thing."""
        names = PARAMETERS.get(route, ())
        if thing in OWN and letter == "v":
            return None
        listing: Any = self.own.get((thing, letter)) or self.entries.get(thing)
        if route.startswith(("events:", "calendars:")):
            listing = self.events.get((thing, letter)) or self.events.get((thing, ""))
        found: dict[str, Any] = {}
        for name in names:
            found[name] = self._value(route, name, thing, listing)
        return found

    def _value(self, route: str, name: str, thing: str, listing: Any) -> Any:
        of_entry = {
            "code": lambda row: row.entry.code,
            "key": lambda row: row.entry.code,
            "words": lambda row: row.entry.title_words,
            "keeper_id": lambda row: row.keepers.get().pk,
            "claim_id": lambda row: row.claims.get().pk,
            "photo_id": lambda row: row.photos.get().pk,
            "correction_id": lambda row: row.corrections.get().pk,
        }
        if thing in self.asks:
            answer = self.asks[thing]
            return answer.exchange.entry.code if name == "code" else answer.pk
        if listing is not None and name in of_entry:
            return of_entry[name](listing)
        if (route, thing) in self.numbers and name not in ("which", "form", "languages"):
            known = self.numbers[route, thing]
            return known[name] if isinstance(known, dict) else known
        return self._by_name(route, name, thing)

    def _by_name(self, route: str, name: str, thing: str) -> Any:
        fixed: dict[str, Any] = {
            "sort": thing if route == "square:write" else "entry", "key": "zzzzzzz", "slip": "zzzzzzz",
            "which": "today", "form": "a4", "languages": "de", "size": "a4",
            "code": "zzzzzzz", "words": "x", "id": "zzzzzzz", "rest": "x",
            "name": NAMES.get(route, "x"), "uid": "MQ", "token": "x-0",
            "language": "nl", "on": "2026-11-24", "kind": "rules" if thing == "here" else "gibtesnicht", "version": "0",
            "municipality_id": self.there.pk if thing == "weeze" else self.here.pk,
            "job_id": "00000000-0000-4000-8000-000000000000",
            "slug": {"here": "niel", "weeze": "wemb", "page": "ueber-uns", "category": "clubs"}.get(
                thing, "gibtesnicht"
            ),
        }  # fmt: skip
        return fixed.get(name, UNKNOWN)


OF_POSTS = (
    *(f"square:{name}" for name in ("edit", "history", "say_again", "remove", "restore", "settle")),
    *(f"comments:{name}" for name in ("write", "edit", "remove", "hide", "improve")),
)
OF_PAPERS = [f"noticeboard:{name}" for name in ("paper", "print", "pdf", "item", "greet", "publish")]
NAMES = {"media:file": "A" * 22 + "-320.jpg"}
CATEGORIES = ("places:category_add", "places:category_edit", "places:category_remove")
PARAMETERS: dict[str, tuple[str, ...]] = {}


def untouched() -> tuple[int, int, int]:
    """What would be different had somebody done something."""
    return Act.objects.count(), CardBatch.objects.count(), FreePage.objects.count()
