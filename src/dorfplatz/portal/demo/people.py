"""The demonstration's people: logins known to everybody, connectors with a face, and somebody who is blocked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.actions import create_identity, grant_role
from dorfplatz.members.actions.standing import block_identity, introduce_identity
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity, identity_of_email
from dorfplatz.portal.demo.reading import FaultyData, check_names, read_toml, rows_of, words
from dorfplatz.portal.demo.scenery import Looks
from dorfplatz.villages.models import Area

HERE_FOR = timedelta(days=40)
PASSWORD = "dorfplatz"  # noqa: S105  # nosec B105  the demonstration's, printed in the manual
FIELDS = frozenset({"name", "email", "home", "language", "roles", "introduction", "blocked", "face"})


@dataclass(frozen=True)
class Person:
    """`roles` are pairs of a role and an area's slug, MUNICIPALITY for the whole."""

    name: str
    email: str
    home: str
    language: str
    roles: tuple[tuple[Role, str], ...]
    introduction: Mapping[str, str]
    is_blocked: bool
    face: Looks | None

    @property
    def nickname(self) -> str:
        """How entries name their keeper: the first part of the login's address."""
        return self.email.partition("@")[0]


def read_people() -> list[Person]:
    """The cast. Raises FaultyData."""
    return [_person(row) for row in rows_of(read_toml("cast.toml"), "person", "cast.toml")]


def _person(row: Mapping[str, object]) -> Person:
    where = f"cast.toml, “{row.get('name', '?')}”"
    check_names(row, FIELDS, where)
    roles = row.get("roles", [])
    if not isinstance(roles, list):
        raise FaultyData(f"{where}: “roles” is a list")
    return Person(
        name=str(row["name"]),
        email=str(row.get("email", "")),
        home=str(row["home"]),
        language=str(row["language"]),
        roles=tuple((Role(held["role"]), str(slug)) for held in roles for slug in held["areas"]),
        introduction=words(row, "introduction", where, needed=False),
        is_blocked=bool(row.get("blocked", False)),
        face=_looks(row.get("face"), where),
    )


def _looks(said: object, where: str) -> Looks | None:
    if said is None:
        return None
    if not isinstance(said, dict):
        raise FaultyData(f"{where}: “face” is a table")
    check_names(said, frozenset(field.name for field in fields(Looks)), where)
    return Looks(**said)


@dataclass(frozen=True)
class Cast:
    """Everybody by nickname and by name, and by area's slug who adds its entries: its connector, or the admin."""

    by_nickname: Mapping[str, Identity]
    by_name: Mapping[str, Identity]
    hands: Mapping[str, Actor]


@transaction.atomic
def put_people(areas: Mapping[str, Area], *, by: Actor, now: datetime) -> tuple[Cast, int]:
    """Have the whole cast in place; also returns how many were missing. Whoever is there already is left alone."""
    found: dict[str, Identity] = {}
    named: dict[str, Identity] = {}
    hands: dict[str, Actor] = {}
    created = 0
    for person in read_people():
        identity = _present(person, areas[person.home])
        if identity is None:
            identity = _arrive(person, areas, by, now - HERE_FOR)
            created += 1
        named[person.name] = identity
        if person.nickname:
            found[person.nickname] = identity
        if not identity.is_blocked:
            for role, slug in person.roles:
                if role in {Role.CONNECTOR, Role.ADMIN}:
                    hands.setdefault(slug, actor_of_identity(identity))
    return Cast(found, named, hands), created


def _present(person: Person, home: Area) -> Identity | None:
    if person.email:
        return identity_of_email(person.email)
    return Identity.objects.filter(name=person.name, home_area=home, login=None).first()


def _arrive(person: Person, areas: Mapping[str, Area], by: Actor, now: datetime) -> Identity:
    identity = create_identity(
        name=person.name,
        language=person.language,
        home_area=areas[person.home],
        email=person.email,
        password=PASSWORD if person.email else "",
        is_demonstration=True,
        by=by,
        now=now,
    )
    if person.introduction:
        introduce_identity(identity, introduction=person.introduction, by=by, now=now)
    for role, slug in person.roles:
        grant_role(identity, role=role, area=areas[slug], by=by, now=now)
    if person.is_blocked:
        block_identity(identity, by=by, now=now)
    return identity
