"""Reads about one's own ways in: devices, and other providers."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Device, Identity, OtherLogin, RoleGrant
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import municipality_of


def own_devices(viewer: Actor, *, now: datetime) -> QuerySet[Device]:
    """On which devices the viewer is logged in, the one used last first."""
    going_on = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    mine = Device.objects.filter(login__identity=viewer.identity_id or 0).exclude(session_key="")
    return mine.filter(Exists(going_on)).order_by("-seen_on", "-pk")


def has_other_login(viewer: Actor, issuer: str) -> bool:
    """Whether the viewer may come in through this provider."""
    return OtherLogin.objects.filter(login__identity=viewer.identity_id or 0, issuer=issuer).exists()


def home_square(identity: Identity) -> Municipality | None:
    """In whose name this person is written to about her login: where she lives, else where she holds a role."""
    grant = RoleGrant.objects.filter(identity=identity, ended_at__isnull=True).select_related("area").first()
    return municipality_of(identity.home_area) or municipality_of(grant.area if grant else None)
