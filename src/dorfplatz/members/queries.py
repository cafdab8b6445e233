"""Reads about people. What is shown of a person goes through here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from dorfplatz.kernel.actor import VISITOR, Actor, Grant
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, RoleGrant
from dorfplatz.members.sockets import capabilities_of
from dorfplatz.villages.models import Area


@dataclass(frozen=True)
class Face:
    """A person as a village page shows her: somebody to talk to."""

    identity_id: int
    name: str
    introduction: dict[str, str]
    area: Area


def actor_of_login(login: AbstractBaseUser | AnonymousUser) -> Actor:
    """The actor behind a login, read afresh: what was ended or blocked has no effect any more. Two queries."""
    if not login.is_authenticated or not login.is_active:
        return VISITOR
    identity = Identity.objects.filter(login_id=login.pk, is_blocked=False).first()
    return actor_of_identity(identity) if identity else VISITOR


def actor_of_identity(identity: Identity) -> Actor:
    grants = RoleGrant.objects.filter(identity=identity, ended_at__isnull=True).values_list("role", "area__path")
    return Actor(
        identity_id=identity.pk,
        grants=tuple(Grant(role, str(path), capabilities_of(role)) for role, path in grants),
        home_area_id=identity.home_area_id,
        language=identity.language,
    )


def connectors_of(areas: Iterable[Area], viewer: Actor) -> list[Face]:
    """The connectors of these areas, whom everybody may know: name and introduction, each once."""
    del viewer  # connectors agreed to be shown to everybody when they took the role
    grants = (
        RoleGrant.objects.filter(
            role=Role.CONNECTOR, area__in=[a.pk for a in areas], ended_at__isnull=True, identity__is_blocked=False
        )
        .select_related("identity", "area")
        .order_by("starts_at")
    )
    faces: dict[int, Face] = {}
    for grant in grants:
        person = grant.identity
        faces.setdefault(person.pk, Face(person.pk, person.name, person.introduction, grant.area))
    return list(faces.values())
