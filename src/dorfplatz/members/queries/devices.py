"""Reads about one's own ways in: devices, and other providers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Device, Identity, Login, OtherLogin, RoleGrant
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import municipality_of

AT_A_TIME = 500


def own_devices(viewer: Actor, *, now: datetime) -> QuerySet[Device]:
    """On which devices the viewer is logged in, the one used last first."""
    going_on = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    mine = Device.objects.filter(login__identity=viewer.identity_id or 0).exclude(session_key="")
    return mine.filter(Exists(going_on)).order_by("-seen_on", "-pk")


def sessions_of_nobody() -> Iterator[list[str]]:
    """Keys of sessions whose login is gone, some at a time.

    All are read: they know their login, their table does not.
    """
    sessions = Session.objects.order_by("session_key")
    last = ""
    while some := list(sessions.filter(session_key__gt=last)[:AT_A_TIME]):
        last = some[-1].session_key
        said = {one.session_key: str(one.get_decoded().get(SESSION_KEY, "")) for one in some}
        asked = {int(login) for login in said.values() if login.isdecimal()}
        there = {str(pk) for pk in Login.objects.filter(pk__in=asked).values_list("pk", flat=True)}
        yield [key for key, login in said.items() if login and login not in there]


def has_other_login(viewer: Actor, issuer: str) -> bool:
    """Whether the viewer may come in through this provider."""
    return OtherLogin.objects.filter(login__identity=viewer.identity_id or 0, issuer=issuer).exists()


def home_square(identity: Identity) -> Municipality | None:
    """In whose name this person is written to about her login: where she lives, else where she holds a role."""
    grant = RoleGrant.objects.filter(identity=identity, ended_at__isnull=True).select_related("area").first()
    return municipality_of(identity.home_area) or municipality_of(grant.area if grant else None)
