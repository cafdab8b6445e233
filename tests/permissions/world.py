"""Two municipalities with one of everything, and fifteen people who would like to see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from dorfplatz.basemap.models import BaseMap
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry
from dorfplatz.imports.models import Reading
from dorfplatz.journal.models import Act
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members.actions import create_identity, create_invitation, grant_role, make_cards
from dorfplatz.members.enums import Role
from dorfplatz.members.models import CardBatch, Identity, Invitation, Joining, RoleGrant
from dorfplatz.places.actions import add_category
from dorfplatz.places.models import Category, Correction, Keeper, Listing, Photo
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.actions import PageText, create_page, set_up_municipality
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.enums import PageKind
from dorfplatz.villages.models import Area, FreePage, Host, Municipality
from tests.fixtures.kranenburg import INSTALLER, NOW, Kranenburg

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
        self.picture = ready(file_of(flag()))
        self.entries = {thing: self._entry(*how) for thing, how in ENTRIES.items()}
        self.own = {
            (thing, letter): self._entry("niel", Audience.PUBLIC, state, False, author=person)
            for thing, state in OWN.items()
            for letter, person in self.people.items()
        }
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
        return {name: morsel.value for name, morsel in client.cookies.items()}

    def _entry(
        self, slug: str, audience: Audience, state: State, is_over: bool, author: Identity | None = None
    ) -> Listing:
        listing = place(self.area(slug), audience=audience)
        expires_at = NOW - timedelta(days=1) if is_over else None
        Entry.objects.filter(pk=listing.pk).update(state=state, author=author, expires_at=expires_at)
        Keeper.objects.create(listing=listing, identity=self.people["o"], since=NOW, ended_at=NOW)
        Photo.objects.create(listing=listing, picture=self.picture)
        Correction.objects.create(listing=listing, text="Falsch.", said_at=NOW, form_key=f"{listing.pk:032d}")
        return listing

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
        text = PageText(title={"de": "Über uns"}, body={"de": "Worte."})
        for municipality in (self.here, self.there):
            create_page(municipality, kind=PageKind.FREE, text=text, **BY)
        grants = {"here": self.people["E"], "weeze": self.people["a"]}
        return {
            **{("members:withdraw_cards", thing): pk for thing, pk in batches.items()},
            **{("members:join", thing): code for thing, code in cards.items()},
            **{("members:withdraw", thing): pk for thing, pk in invited.items()},
            **{("members:end_role", thing): RoleGrant.objects.get(identity=p).pk for thing, p in grants.items()},
            **{(route, thing): pk for thing, pk in own.items() for route in CATEGORIES},
            **{(route, "standard"): tops[0].pk for route in CATEGORIES},
            **{("imports:reading", thing): pk for thing, pk in readings.items()},
        }

    def values(self, route: str, thing: str, letter: str) -> dict[str, Any] | None:
        """What the address is made of; None where this person has no such thing."""
        names = PARAMETERS.get(route, ())
        if thing in OWN and letter == "v":
            return None
        listing = self.own.get((thing, letter)) or self.entries.get(thing)
        found: dict[str, Any] = {}
        for name in names:
            found[name] = self._value(route, name, thing, listing)
        return found

    def _value(self, route: str, name: str, thing: str, listing: Listing | None) -> Any:
        of_entry = {
            "code": lambda row: row.entry.code,
            "words": lambda row: row.entry.title_words,
            "keeper_id": lambda row: row.keepers.get().pk,
            "photo_id": lambda row: row.photos.get().pk,
            "correction_id": lambda row: row.corrections.get().pk,
        }
        if listing is not None and name in of_entry:
            return of_entry[name](listing)
        if (route, thing) in self.numbers:
            return self.numbers[route, thing]
        return self._by_name(route, name, thing)

    def _by_name(self, route: str, name: str, thing: str) -> Any:
        fixed: dict[str, Any] = {
            "code": "zzzzzzz", "words": "x", "id": "zzzzzzz", "rest": "x",
            "name": NAMES.get(route, "x"), "uid": "MQ", "token": "x-0",
            "kind": "rules" if thing == "here" else "gibtesnicht", "version": "0",
            "municipality_id": self.there.pk if thing == "weeze" else self.here.pk,
            "job_id": "00000000-0000-4000-8000-000000000000",
            "slug": {"here": "niel", "weeze": "wemb", "page": "ueber-uns", "category": "clubs"}.get(
                thing, "gibtesnicht"
            ),
        }  # fmt: skip
        return fixed.get(name, UNKNOWN)


NAMES = {"media:file": "A" * 22 + "-320.jpg"}
CATEGORIES = ("places:category_add", "places:category_edit", "places:category_remove")
PARAMETERS: dict[str, tuple[str, ...]] = {}


def untouched() -> tuple[int, int, int]:
    """What would be different had somebody done something."""
    return Act.objects.count(), CardBatch.objects.count(), FreePage.objects.count()
