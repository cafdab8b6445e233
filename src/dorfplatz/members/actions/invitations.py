"""Joining by invitation: a link with a code that works once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.actions.cards import JOINING, Newcomer, agree
from dorfplatz.members.actions.people import create_identity
from dorfplatz.members.actions.roles import grant_role
from dorfplatz.members.enums import Role, WayIn
from dorfplatz.members.models import Identity, Invitation, Joining
from dorfplatz.members.policies import can_give_role
from dorfplatz.members.queries import agreed_wordings, code_hash, invited_to, is_minor, open_invitation
from dorfplatz.members.sockets import errands
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Area, Municipality

CODE_BYTES = 24  # 192 random bits
LASTS = timedelta(days=14)
FROM_16 = gettext_lazy("This is for people of 16 and older. You join with a card that your Buurtverbinder gives you.")


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
    address = _checked(email)
    Invitation.objects.filter(
        email__iexact=address, role=role, area=area, used_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    invitation, code = _create(address, by, now, area=area, role=role)
    if letter:
        _post(invitation, letter.link(code), letter, by, now)
    return invitation, code


@transaction.atomic
def invite_to_errand(*, email: str, errand: str, area: Area, by: Actor, now: datetime, letter: Letter) -> Invitation:
    """Ask somebody by mail to do what another app knows, as a member or by joining. The caller has asked its policy.

    Whether there is such a member nobody learns: the mail is the same.
    """
    may = by.is_system or (by.is_member and by.is_known and not by.is_minor and not by.curbs)
    allowed_if(may, _("This is asked by a neighbour who is known and of age.")).require()
    address = _checked(email)
    Invitation.objects.filter(errand=errand, used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    invitation, code = _create(address, by, now, area=area, errand=errand)
    _post(invitation, letter.link(code), letter, by, now)
    return invitation


def _checked(email: str) -> str:
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Problem(_("This is not an e-mail address.")) from error
    return address


def _create(email: str, by: Actor, now: datetime, **what: Any) -> tuple[Invitation, str]:
    code = secrets.token_urlsafe(CODE_BYTES)
    hashed = code_hash(code)
    invitation = Invitation.objects.create(
        email=email, code_hash=hashed, created_at=now, expires_at=now + LASTS, **what
    )
    record_act(
        "invitation.created",
        by=by,
        now=now,
        thing=f"invitation:{invitation.pk}",
        area_id=invitation.area_id,
        details={"role": invitation.role or invitation.errand},
    )
    return invitation, code


def _post(invitation: Invitation, link: str, letter: Letter, by: Actor, now: datetime) -> None:
    post_mail(
        key=f"invitation:{invitation.pk}",
        to=invitation.email,
        template="mail/members/invitation",
        context={
            "link": link,
            "square": letter.square,
            "role": _asked_in(invitation, letter.language),
            "area": in_language(invitation.area.name, letter.language),
            "until": invitation.expires_at,
        },
        language=letter.language,
        by=by,
        now=now,
    )


def _asked_in(invitation: Invitation, language: str) -> str:
    with override(language):
        return invited_to(invitation)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> bool:
    """Make an unused link worthless; whether it still worked."""
    if invitation.role:
        can_give_role(by, invitation.role, invitation.area).require()
    else:
        allowed_if(by.is_system, _("This is asked by a neighbour who is known and of age.")).require()
    open_ones = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    if not open_ones.update(withdrawn_at=now):
        return False
    record_act("invitation.withdrawn", by=by, now=now, thing=f"invitation:{invitation.pk}", area_id=invitation.area_id)
    return True


@transaction.atomic
def accept_invitation(
    code: str, *, newcomer: Newcomer, seen: str, municipality: Municipality, now: datetime, by: Actor
) -> Identity:
    """Join with a code: a login, a person, her word to the house rules, and the role invited to. The code decides.

    The address is the invitation's, whatever `newcomer` says. Raises Problem for a code that was used, has expired or
    never existed, in the same sentence for all; for somebody under 16; when the texts have changed since she has
    `seen` them; and for an address that has a login: that person accepts after logging in (`take_up_invitation`).
    """
    del by  # a visitor; the code is the permission
    invitation = _lock(code, now)
    if newcomer.guardian is not None:
        raise Problem(str(FROM_16))
    if digest_of(agreed_wordings(municipality)) != seen:
        raise Problem(_("The house rules have just been changed. Please look at them once more."))
    identity = create_identity(
        name=newcomer.name,
        language=newcomer.language,
        email=invitation.email,
        password=newcomer.password,
        home_area=invitation.area if invitation.area.kind == "village" else None,
        by=JOINING,
        now=now,
    )
    Joining.objects.create(identity=identity, way=WayIn.INVITATION, is_minor=False, joined_at=now)
    agree(identity, municipality, newcomer.language, now)
    _use(invitation, identity, now)
    return identity


@transaction.atomic
def take_up_invitation(code: str, *, identity: Identity, now: datetime, by: Actor) -> None:
    """Somebody who is a member already takes the role they were invited to. Raises Problem as `accept_invitation`."""
    invitation = _lock(code, now)
    if is_minor(identity):
        raise Problem(str(FROM_16))
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
    if invitation.errand:
        kind, _colon, number = invitation.errand.partition(":")
        errands[kind].take_up(int(number), identity.pk, now)
    else:
        grant_role(identity, role=Role(invitation.role), area=invitation.area, by=JOINING, now=now)
