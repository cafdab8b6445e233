"""Leaving the square: asked for, taken back, and done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.actions.roles import end_grant
from dorfplatz.members.enums import LookedAt, WhyLeaving
from dorfplatz.members.models import Device, Identity, Invitation, Leaving, Login, Look, RoleGrant
from dorfplatz.members.policies import can_change_identity
from dorfplatz.members.sockets import personal_data

TIME_TO_STAY = timedelta(days=30)
QUIET_FOR = timedelta(days=548)  # a year and a half
LAST_CALL = timedelta(days=183)  # and half a year more
INVITATIONS_KEPT = timedelta(days=183)
LOOKS_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Farewell:
    """What the mail to somebody who goes needs to know: the square's name, and where she can log in."""

    square: str
    link: str


@transaction.atomic
def take_out(identity: Identity, *, password: str, by: Actor, now: datetime) -> None:
    """Write down that somebody takes her data along. Raises Problem for a wrong password."""
    can_change_identity(by, identity).require()
    _require_password(Login.objects.get(identity=identity), password)
    record_act("identity.taken_out", by=by, now=now, thing=f"identity:{identity.pk}")


def _require_password(login: Login, password: str) -> None:
    if not check_password(password, login.password):
        raise Problem(_("The present password is not right."))


@transaction.atomic
def ask_to_leave(identity: Identity, *, password: str, farewell: Farewell, by: Actor, now: datetime) -> Leaving:
    """Begin to leave: roles and sessions end at once, all else is erased after 30 days.

    Asked twice, the first day counts. Raises Problem for a wrong password, and for the municipality's last admin.
    """
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    _require_password(login, password)
    _end_grants(identity, by=_leaver(by), now=now)
    present = Leaving.objects.filter(identity=identity, why=WhyLeaving.ASKED).first()
    leaving = present or _begin(identity, WhyLeaving.ASKED, now, now + TIME_TO_STAY)
    Login.objects.filter(pk=login.pk).update(sessions_since=F("sessions_since") + 1)
    if not present:
        record_act("identity.leaving", by=by, now=now, thing=f"identity:{identity.pk}")
        _write(identity, "leaving", leaving, farewell)
    return leaving


def _leaver(by: Actor) -> Actor:
    """Ends one's own roles as an admin would end them: whoever goes needs nobody's leave."""
    return Actor(identity_id=by.identity_id, system="leaving")


def _write(identity: Identity, template: str, leaving: Leaving, farewell: Farewell) -> None:
    if identity.login is None:
        return
    with override(identity.language):
        day = date_format(localtime(leaving.due_at), "DATE_FORMAT")
    post_mail(
        key=f"{template}:{identity.pk}:{leaving.asked_at.isoformat()}",
        to=identity.login.email,
        template=f"mail/members/{template}",
        context={"name": identity.name, "square": farewell.square, "link": farewell.link, "day": day},
        language=identity.language,
        now=leaving.asked_at,
    )


def _begin(identity: Identity, why: WhyLeaving, now: datetime, due_at: datetime) -> Leaving:
    values = {"why": why, "asked_at": now, "due_at": due_at}
    return Leaving.objects.update_or_create(identity=identity, defaults=values)[0]


def _end_grants(identity: Identity, *, by: Actor, now: datetime) -> None:
    for grant in RoleGrant.objects.filter(identity=identity, ended_at__isnull=True).select_related("area"):
        end_grant(grant, by=by, now=now)


@transaction.atomic
def withdraw_leaving(identity: Identity, *, by: Actor, now: datetime) -> bool:
    """Take leaving back; whether one was leaving. Roles that ended have to be given anew."""
    can_change_identity(by, identity).require()
    if not Leaving.objects.filter(identity=identity).delete()[0]:
        return False
    record_act("identity.stays", by=by, now=now, thing=f"identity:{identity.pk}")
    return True


@transaction.atomic
def call_inactive(identity: Identity, *, farewell: Farewell, by: Actor, now: datetime) -> Leaving:
    """Somebody has not been here for a year and a half: unless she logs in, she is erased in half a year."""
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    record_act("identity.inactive", by=by, now=now, thing=f"identity:{identity.pk}")
    leaving = _begin(identity, WhyLeaving.INACTIVE, now, now + LAST_CALL)
    _write(identity, "inactive", leaving, farewell)
    return leaving


@transaction.atomic
def forgive_returned(*, by: Actor, now: datetime) -> int:
    """Those who were called inactive and have logged in since stay; returns how many."""
    returned = Leaving.objects.filter(why=WhyLeaving.INACTIVE, identity__login__last_login__gt=F("asked_at"))
    people = list(Identity.objects.filter(leaving__in=returned))
    for identity in people:
        withdraw_leaving(identity, by=by, now=now)
    return len(people)


@transaction.atomic
def erase_identity(identity: Identity, *, by: Actor, now: datetime) -> None:
    """Erase a person and all that is about her. What she wrote for others stays, without her name, unless it names her.

    Raises Problem for the municipality's last working admin; nothing is erased then.
    """
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    locked = Identity.objects.select_for_update().select_related("login").get(pk=identity.pk)
    _end_grants(locked, by=by, now=now)
    login = locked.login
    details = {"login": login.pk if login else None}
    record_act("identity.erased", by=by, now=now, thing=f"identity:{locked.pk}", details=details)
    for part in personal_data:
        if part.let_go:
            part.let_go(locked.pk, by, now)
    locked.delete()
    if login:
        _forget_sessions(login.pk)
        login.delete()


def _forget_sessions(login_id: int) -> None:
    """Those of her devices. What no device knows leads nowhere without the login, and goes at night."""
    keys = Device.objects.filter(login=login_id).exclude(session_key="").values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()


@transaction.atomic
def forget_sessions(session_keys: Collection[str], *, by: Actor, now: datetime) -> int:
    """Erase sessions that belong to nobody any more; how many."""
    del now
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    gone: int = Session.objects.filter(session_key__in=list(session_keys)).delete()[0]
    return gone


@transaction.atomic
def note_looks(identity_ids: Collection[int], *, page: LookedAt, by: Actor, now: datetime) -> None:
    """Write down that somebody has seen these people on a page that is not for everybody. Oneself does not count."""
    if by.identity_id is None:
        return
    seen = sorted(set(identity_ids) - {by.identity_id})
    looks = [Look(identity_id=pk, by_id=by.identity_id, page=page, on=now.date()) for pk in seen]
    Look.objects.bulk_create(looks, ignore_conflicts=True)


@transaction.atomic
def forget_traces(*, by: Actor, now: datetime) -> int:
    """Erase invitations half a year after they ended, looks after a year, and sessions that are over; how many."""
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    ended = Invitation.objects.annotate(over_at=Coalesce("used_at", "withdrawn_at", "expires_at"))
    return (
        ended.filter(over_at__lt=now - INVITATIONS_KEPT).delete()[0]
        + Look.objects.filter(on__lt=(now - LOOKS_KEPT).date()).delete()[0]
        + Session.objects.filter(expire_date__lt=now).delete()[0]
    )
