"""Joining by invitation: a link with a code that works once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.actions.people import create_identity
from dorfplatz.members.actions.roles import grant_role
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, Invitation
from dorfplatz.members.policies import can_give_role
from dorfplatz.members.queries import code_hash, open_invitation
from dorfplatz.villages.models import Area

CODE_BYTES = 24  # 192 random bits
LASTS = timedelta(days=14)
JOINING = system("joining")


@dataclass(frozen=True)
class Letter:
    """How an invitation travels: the address its code leads to, the reader's language, the square's name."""

    link: Callable[[str], str]
    language: str
    square: str


@transaction.atomic
def create_invitation(
    *, email: str, role: Role, area: Area, by: Actor, now: datetime, letter: Letter | None = None
) -> tuple[Invitation, str]:
    """Invite somebody to a role; returns the invitation and its code, which is kept nowhere but with the invited.

    With a `letter` the link is mailed. Earlier open invitations of that address to that role there are withdrawn.
    """
    can_give_role(by, role, area).require()
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Problem(_("This is not an e-mail address.")) from error
    Invitation.objects.filter(
        email__iexact=address, role=role, area=area, used_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    code = secrets.token_urlsafe(CODE_BYTES)
    invitation = Invitation.objects.create(
        email=address, role=role, area=area, code_hash=code_hash(code), created_at=now, expires_at=now + LASTS
    )
    record_act(
        "invitation.created",
        by=by,
        now=now,
        thing=f"invitation:{invitation.pk}",
        area_id=area.pk,
        details={"role": str(role)},
    )
    if letter:
        _post(invitation, letter.link(code), letter, by, now)
    return invitation, code


def _post(invitation: Invitation, link: str, letter: Letter, by: Actor, now: datetime) -> None:
    post_mail(
        key=f"invitation:{invitation.pk}",
        to=invitation.email,
        template="mail/members/invitation",
        context={
            "link": link,
            "square": letter.square,
            "role": Role(invitation.role).label,
            "area": in_language(invitation.area.name, letter.language),
            "until": invitation.expires_at,
        },
        language=letter.language,
        by=by,
        now=now,
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> bool:
    """Make an unused link worthless; whether it still worked."""
    can_give_role(by, invitation.role, invitation.area).require()
    open_ones = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    if not open_ones.update(withdrawn_at=now):
        return False
    record_act("invitation.withdrawn", by=by, now=now, thing=f"invitation:{invitation.pk}", area_id=invitation.area_id)
    return True


@transaction.atomic
def accept_invitation(code: str, *, name: str, language: str, password: str, now: datetime, by: Actor) -> Identity:
    """Join with a code: a login, a person, and the role invited to. The code decides, whoever brings it.

    Raises Problem for a code that was used, has expired or never existed, in the same sentence for all, and for an
    address that has a login: that person accepts after logging in (`take_up_invitation`).
    """
    del by  # a visitor; the code is the permission
    invitation = _lock(code, now)
    identity = create_identity(
        name=name,
        language=language,
        email=invitation.email,
        password=password,
        home_area=invitation.area if invitation.area.kind == "village" else None,
        by=JOINING,
        now=now,
    )
    _use(invitation, identity, now)
    return identity


@transaction.atomic
def take_up_invitation(code: str, *, identity: Identity, now: datetime, by: Actor) -> None:
    """Somebody who is a member already takes the role they were invited to. Raises Problem as `accept_invitation`."""
    invitation = _lock(code, now)
    login = identity.login
    if by.identity_id != identity.pk or login is None or login.email.casefold() != invitation.email.casefold():
        raise Problem(_("This invitation was sent to another e-mail address."))
    _use(invitation, identity, now)


def _lock(code: str, now: datetime) -> Invitation:
    found = open_invitation(code, now=now)
    locked = Invitation.objects.select_for_update().get(pk=found.pk) if found else None
    if locked is None or locked.used_at or locked.withdrawn_at:
        raise Problem(_("This invitation does not work (any more). Please ask whoever invited you for a new one."))
    return locked


def _use(invitation: Invitation, identity: Identity, now: datetime) -> None:
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    record_act(
        "invitation.used",
        by=JOINING,
        now=now,
        thing=f"invitation:{invitation.pk}",
        area_id=invitation.area_id,
        details={"identity": identity.pk},
    )
    grant_role(identity, role=Role(invitation.role), area=invitation.area, by=JOINING, now=now)
