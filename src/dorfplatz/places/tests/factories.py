"""A small square to test on, made through the actions: Kranenburg with three villages and a Dutch neighbour."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.kernel.actor import Actor, Grant, system
from dorfplatz.kernel.geo import Point
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, Login, RoleGrant
from dorfplatz.members.sockets import capabilities_of
from dorfplatz.places.actions import PlaceDraft, add_place
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Category, Listing
from dorfplatz.villages.actions import set_up_municipality
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import Site, site_of

# A Monday, eleven o'clock in the villages.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SETUP = system("test")
_numbers = itertools.count(1)

DESCRIPTION = {
    "municipality": {
        "slug": "kranenburg",
        "name": "Kranenburg",
        "country": "DE",
        "key": "05154040",
        "languages": ["de", "nl", "en"],
        "ring": [[5.94, 51.80], [5.95, 51.84], [6.08, 51.84], [6.08, 51.77], [5.98, 51.77]],
    },
    "village": [
        {
            "slug": "kranenburg-dorf", "name": "Kranenburg", "lat": 51.78972, "lon": 6.00722, "inhabitants": 4614,
            "neighbours": ["niel", "zyfflich"],
        },
        {
            "slug": "zyfflich", "name": "Zyfflich", "lat": 51.82389, "lon": 5.97389, "inhabitants": 505,
            "neighbours": ["niel", "groesbeek"],
        },
        {
            "slug": "niel", "name": "Niel", "lat": 51.82639, "lon": 6.02028, "inhabitants": 222,
            "neighbours": ["zyfflich", "kranenburg-dorf"],
        },
    ],
    "foreign_area": [
        {
            "slug": "groesbeek", "name": "Groesbeek", "country": "NL", "lat": 51.777, "lon": 5.936,
            "municipality": "Berg en Dal",
        }
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Square:
    """The municipality and its areas by slug."""

    municipality: Municipality

    @property
    def site(self) -> Site:
        return site_of(self.municipality)

    def area(self, slug: str) -> Area:
        return Area.objects.get(slug=slug, kind="village")


def square() -> Square:
    """Set the square up; needs the database."""
    description = parse_description(DESCRIPTION, {})
    return Square(set_up_municipality(description, by=SETUP, now=NOW)[0])


def category(slug: str) -> Category:
    return Category.objects.get(slug=slug, municipality=None)


def place(
    *areas: Area,
    title: str = "",
    body: str = "",
    kind: PlaceKind = PlaceKind.ORGANIZATION,
    categories: Sequence[str] = ("sports-club",),
    point: Point | None = None,
    texts: dict[str, tuple[str, str]] | None = None,
    language: str = "de",
    audience: Audience = Audience.PUBLIC,
    own: KindFacts | None = None,
    assured_by: str = "connector",
    origin: str = "",
    now: datetime = NOW,
    **facts: object,
) -> Listing:
    """One published entry; `facts` are those of ListingFacts."""
    number = next(_numbers)
    draft = PlaceDraft(
        kind=kind,
        words=Draft(
            title=title or f"Verein {number:03}",
            body=body,
            language=language,
            areas=areas,
            point=point or (areas[0].point if areas else None),
            texts=texts,
            audience=audience,
            origin=origin,
        ),
        categories=[category(slug) for slug in categories],
        facts=ListingFacts(**facts),  # type: ignore[arg-type]  # tests name them freely
        own=own or KindFacts(),
    )
    return add_place(draft, by=SETUP, now=now, assured_by=assured_by)


def person(name: str = "Ben", *, role: Role | None = None, area: Area | None = None, login: bool = True) -> Identity:
    """Somebody, with a role in an area if one is given; the password is “dorfplatz”."""
    key = Login(email=f"{name.lower()}{next(_numbers)}@example.org", created_at=NOW)
    key.set_unusable_password()
    if login:
        key.save()
    identity = Identity.objects.create(
        name=name, login=key if login else None, home_area=area, language="de", created_at=NOW
    )
    if role and area:
        RoleGrant.objects.create(identity=identity, role=role, area=area, starts_at=NOW)
    return identity


def actor(identity: Identity | None = None, *, role: Role | None = None, area: Area | None = None) -> Actor:
    """An actor straight from a role, without rows."""
    grants = (Grant(role, str(area.path), capabilities_of(role)),) if role and area else ()
    return Actor(identity_id=identity.pk if identity else None, grants=grants)
