"""Second steps: set up, used, removed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.late import Late
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members import limits
from dorfplatz.members.factors import APP, PASSKEY, SPARE
from dorfplatz.members.models import Device, Identity, Login
from dorfplatz.members.policies import can_change_identity

if TYPE_CHECKING:
    from allauth.mfa.webauthn.internal import auth as webauthn
else:
    webauthn = Late("allauth.mfa.webauthn.internal.auth")

MOST_PASSKEYS = 10


@transaction.atomic
def set_up_app(identity: Identity, *, secret: str, code: str, by: Actor, now: datetime) -> list[str]:
    """From now on an app's codes are asked for. Returns spare codes, once, when there were none; else nothing.

    Raises Problem for a code that does not fit the secret, and where an app is set up already.
    """
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    if Authenticator.objects.filter(user=login, type=APP).exists():
        raise Problem(_("An app is set up already. Remove it first."))
    if not validate_totp_code(secret, code):
        raise Problem(_("This code does not fit. Please type the one the app shows now."))
    TOTP.activate(login, secret)
    _note("login.factor_added", login, APP.value, by, now)
    return _first_spare_codes(login)


@transaction.atomic
def add_passkey(identity: Identity, *, name: str, credential: dict[str, Any], by: Actor, now: datetime) -> list[str]:
    """Keep a passkey that a device has made. Returns spare codes, once, when there were none; else nothing."""
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    if Authenticator.objects.filter(user=login, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise Problem(_("These are many passkeys. Please remove one first."))
    webauthn.WebAuthn.add(login, " ".join(name.split()), credential)
    _note("login.factor_added", login, PASSKEY.value, by, now)
    return _first_spare_codes(login)


@transaction.atomic
def use_passkey(passkey: Authenticator, *, by: Actor, now: datetime) -> Login:
    """Whom the passkey lets in. Raises Problem for somebody who is shut out."""
    del by  # the passkey is the permission
    login = Login.objects.filter(pk=passkey.user_id, is_active=True, identity__is_blocked=False).first()
    if login is None:
        raise Problem(
            _("This account is blocked. Please talk to the connectors of your village or to the municipality.")
        )
    Authenticator.objects.filter(pk=passkey.pk).update(last_used_at=now)
    return login


def _first_spare_codes(login: Login) -> list[str]:
    if Authenticator.objects.filter(user=login, type=SPARE).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(login).generate_codes()
    return codes


@transaction.atomic
def renew_spare_codes(identity: Identity, *, by: Actor, now: datetime) -> list[str]:
    """Ten new codes, shown this once; the old ones are worthless. Raises Problem where there is no second step."""
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    if not Authenticator.objects.filter(user=login, type__in=(APP, PASSKEY)).exists():
        raise Problem(_("Spare codes stand in for a second step. Please set one up first."))
    Authenticator.objects.filter(user=login, type=SPARE).delete()
    _note("login.factor_added", login, SPARE.value, by, now)
    return _first_spare_codes(login)


@transaction.atomic
def use_code(login: Login, *, code: str, by: Actor, now: datetime) -> str:
    """What the code came from, an app or the list of spare codes; "" when it is not right. Each opens once."""
    del by  # the code is the permission
    typed = "".join(letter for letter in code if letter.isdigit())
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=login)}
    for kind in (APP, SPARE):
        row = rows.get(kind)
        if row and typed and row.wrap().validate_code(typed):
            return kind.value if _opens(row, typed, now) else ""
    return ""


def _opens(row: Authenticator, code: str, now: datetime) -> bool:
    if row.type == APP and not limits.count_attempt(limits.STEP_ONCE, f"{row.pk}:{code}", now=now):
        return False
    Authenticator.objects.filter(pk=row.pk).update(last_used_at=now)
    return True


@transaction.atomic
def remove_factor(identity: Identity, *, factor_id: int, by: Actor, now: datetime) -> bool:
    """Take a second step away; whether it was there. Other sessions end; with the last go the spare codes."""
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    row = Authenticator.objects.filter(pk=factor_id, user=login, type__in=(APP, PASSKEY)).first()
    if row is None:
        return False
    row.delete()
    if not Authenticator.objects.filter(user=login, type__in=(APP, PASSKEY)).exists():
        Authenticator.objects.filter(user=login).delete()
    Login.objects.filter(pk=login.pk).update(sessions_since=F("sessions_since") + 1)
    Device.objects.filter(login=login).update(session_key="")
    _note("login.factor_removed", login, row.type, by, now)
    return True


@transaction.atomic
def forget_factors(login: Login, *, by: Actor, now: datetime) -> int:
    """For somebody who has lost phone and paper: all second steps go and all sessions end. At the machine only."""
    allowed_if(by.is_system, str(_("Everybody changes their own page only."))).require()
    locked = Login.objects.select_for_update().get(pk=login.pk)
    gone: int = Authenticator.objects.filter(user=locked).delete()[0]
    Login.objects.filter(pk=locked.pk).update(sessions_since=F("sessions_since") + 1)
    Device.objects.filter(login=locked).update(session_key="")
    _note("login.factor_removed", locked, "all", by, now)
    return gone


def _note(verb: str, login: Login, kind: str, by: Actor, now: datetime) -> None:
    """In the journal, and by mail to whose login it is."""
    record_act(verb, by=by, now=now, thing=f"login:{login.pk}", details={"kind": kind})
    enqueue(
        "dorfplatz.members.tasks.mail_second_step", login_id=login.pk, kind=kind,
        is_gone=verb == "login.factor_removed", at=now.isoformat(),
    )  # fmt: skip
