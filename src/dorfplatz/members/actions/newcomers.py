"""Joining with an e-mail address alone, where the municipality allows it: one is not known yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.actions.cards import JOINING, Newcomer, agree, checked_guardian
from dorfplatz.members.actions.people import create_identity
from dorfplatz.members.enums import WayIn
from dorfplatz.members.facts import MemberJoined
from dorfplatz.members.models import HomeBesides, Identity, Joining
from dorfplatz.members.policies import can_change_identity, can_move_to
from dorfplatz.members.queries import agreed_wordings, identity_of_email, joins_by_mail
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Area, Municipality

LINK_LASTS = timedelta(days=2)
MOST_HOMES = 5
_SALT = "dorfplatz.members.joining-by-mail"


@dataclass(frozen=True)
class Doorstep:
    """How the letter to somebody at the door travels: what its code leads to, where to log in, language and name."""

    link: Callable[[str], str]
    login_link: str
    language: str
    square: str


@transaction.atomic
def send_joining_link(email: str, *, municipality: Municipality, doorstep: Doorstep, by: Actor, now: datetime) -> None:
    """Mail a link with which one joins; to somebody who has a login already, where to log in."""
    allowed_if(by.is_system, _("People join by invitation.")).require()
    if not joins_by_mail(municipality):
        return
    known = identity_of_email(email)
    token = "" if known else joining_token(email, municipality)
    template = "already_here" if known else "joining"
    post_mail(
        key=f"joining:{municipality.pk}:{now.isoformat()}:{email.strip().casefold()}",
        to=email.strip(),
        template=f"mail/members/{template}",
        context={"link": doorstep.link(token) if token else doorstep.login_link, "square": doorstep.square},
        language=known.language if known else doorstep.language,
        by=by,
        now=now,
    )


def joining_token(email: str, municipality: Municipality) -> str:
    """What stands in the mailed link."""
    return signing.dumps([email.strip(), municipality.pk], salt=_SALT)


def email_of_token(token: str, municipality: Municipality) -> str:
    """The address a mailed link was sent to, if it works still in this municipality; else ""."""
    try:
        email, pk = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    is_open = pk == municipality.pk and joins_by_mail(municipality)
    return str(email) if is_open and identity_of_email(str(email)) is None else ""


@transaction.atomic
def join_by_mail(
    token: str, *, newcomer: Newcomer, home: Area, seen: str, municipality: Municipality, by: Actor, now: datetime
) -> Identity:
    """A login and a person who is not known yet. The mailed link decides; it works once. Raises as `join_with_card`."""
    del by  # a visitor; the link is the permission
    email = email_of_token(token, municipality)
    if not email or not str(home.path).startswith(municipality.path):
        raise Problem(_("This link does not work (any more). Please ask for a new one."))
    if digest_of(agreed_wordings(municipality)) != seen:
        raise Problem(_("The house rules have just been changed. Please look at them once more."))
    newcomer = replace(newcomer, email=email)
    identity = create_identity(
        name=newcomer.name, language=newcomer.language, email=email, password=newcomer.password, home_area=home,
        by=JOINING, now=now,
    )  # fmt: skip
    guardian = checked_guardian(newcomer.guardian)
    Joining.objects.create(
        identity=identity, way=WayIn.MAIL, is_minor=newcomer.guardian is not None, guardian=guardian, joined_at=now
    )
    Identity.objects.filter(pk=identity.pk).update(is_known=False)
    identity.is_known = False
    agree(identity, municipality, newcomer.language, now)
    record_act("identity.joined", by=JOINING, now=now, thing=f"identity:{identity.pk}", area_id=home.pk)
    announce(MemberJoined(identity.pk, home.pk))
    return identity


@transaction.atomic
def change_homes(identity: Identity, *, besides: list[Area], by: Actor, now: datetime) -> bool:
    """Be at home in exactly these villages besides one's own; whether that is different. Problem for too many."""
    can_change_identity(by, identity).require()
    wanted = {area.pk: area for area in besides if area.pk != identity.home_area_id}
    if len(wanted) > MOST_HOMES:
        raise Problem(_("At most %(most)d villages besides your own.") % {"most": MOST_HOMES})
    present = set(HomeBesides.objects.filter(identity=identity).values_list("area_id", flat=True))
    for pk in set(wanted) - present:
        verdict = can_move_to(by, wanted[pk])
        if not verdict:
            raise Problem(verdict.reason)
    if set(wanted) == present:
        return False
    HomeBesides.objects.filter(identity=identity).exclude(area_id__in=wanted).delete()
    HomeBesides.objects.bulk_create(
        HomeBesides(identity=identity, area_id=pk, since=now) for pk in sorted(set(wanted) - present)
    )
    details = {"fields": ["homes"]}
    record_act("identity.changed", by=by, now=now, thing=f"identity:{identity.pk}", details=details)
    return True
