"""Passwords: changed, forgotten and set anew; and the end of all sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import F
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.actions.people import require_good_password
from dorfplatz.members.models import Device, Identity, Login
from dorfplatz.members.policies import can_change_identity
from dorfplatz.members.queries import login_of_token

RESETTING = system("password reset")


@transaction.atomic
def send_reset_link(email: str, *, link: Callable[[str, str], str], square: str, by: Actor, now: datetime) -> None:
    """Mail a link to set a new password, if the address belongs to somebody who may log in; else do nothing.

    The link works once and for two hours (PASSWORD_RESET_TIMEOUT).
    """
    login = Login.objects.filter(email__iexact=email.strip(), is_active=True, identity__is_blocked=False).first()
    if login is None:
        return
    identity = Identity.objects.get(login=login)
    token = default_token_generator.make_token(login)
    uid = urlsafe_base64_encode(force_bytes(login.pk))
    post_mail(
        key=f"reset:{login.pk}:{now.isoformat(timespec='microseconds')}",
        to=login.email,
        template="mail/members/reset",
        context={"link": link(uid, token), "name": identity.name, "square": square},
        language=identity.language,
        by=by,
        now=now,
    )


@transaction.atomic
def set_new_password(*, uid: str, token: str, password: str, by: Actor, now: datetime) -> Login:
    """Set a password with a mailed link; the link is worthless then and every session ends.

    Raises Problem for a link that was used or is too old, and for a password that cannot be used.
    """
    del by  # a visitor; the link is the permission
    found = login_of_token(uid, token)
    login = Login.objects.select_for_update().get(pk=found.pk) if found else None
    if login is None or not default_token_generator.check_token(login, token):
        raise Problem(_("This link does not work any more. Please ask for a new one."))
    _set(login, password, now, by=RESETTING)
    return login


@transaction.atomic
def change_password(identity: Identity, *, old: str, new: str, by: Actor, now: datetime) -> Login:
    """Another password for oneself; every other session ends. Raises Problem when the old one is not right."""
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    if not login.check_password(old):
        raise Problem(_("The present password is not right."))
    _set(login, new, now, by=by)
    return login


def _set(login: Login, password: str, now: datetime, *, by: Actor) -> None:
    require_good_password(password, login)
    login.set_password(password)  # another hash, and with it every session has another fingerprint
    login.save(update_fields=["password"])
    Device.objects.filter(login=login).update(session_key="")
    record_act("login.password_changed", by=by, now=now, thing=f"login:{login.pk}")


@transaction.atomic
def sign_out_everywhere(identity: Identity, *, by: Actor, now: datetime) -> Login:
    """End every session of a person, on all devices, with their next request."""
    can_change_identity(by, identity).require()
    login = Login.objects.select_for_update().get(identity=identity)
    Login.objects.filter(pk=login.pk).update(sessions_since=F("sessions_since") + 1)
    Device.objects.filter(login=login).update(session_key="")
    login.refresh_from_db()
    record_act("login.signed_out_everywhere", by=by, now=now, thing=f"login:{login.pk}")
    return login
