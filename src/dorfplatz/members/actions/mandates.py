"""Acting for somebody without internet: begun with her consent, written down, ended, and forgotten."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members.actions.leaving import erase_identity
from dorfplatz.members.actions.people import create_identity
from dorfplatz.members.enums import ConsentBy
from dorfplatz.members.facts import MandateEnded, MandateHandedOver
from dorfplatz.members.models import Identity, Mandate
from dorfplatz.members.policies import can_act_for_people
from dorfplatz.members.queries import colleagues_for, forgotten_by_all, helpers_of
from dorfplatz.villages.models import Area

LONGEST_DAYS = 366
LONGEST_PURPOSE = 300
LONGEST_PHONE = 40
ASKED_ANEW = timedelta(days=30)
HELPING = system("helping")
AT_A_TIME = 100


@dataclass(frozen=True)
class Agreed:
    """What somebody agreed to: how she said so, what for, and for how many days; and where she is rung, if she said."""

    by: ConsentBy
    purpose: str
    days: int
    phone: str = ""


@transaction.atomic
def take_in_person(
    *, name: str, home: Area, language: str, consent: Agreed, form_key: str = "", by: Actor, now: datetime
) -> Mandate:
    """Somebody without e-mail joins through her connector, who acts for her as long as she agreed to it.

    The same form sent twice takes in one.
    """
    can_act_for_people(by, home).require()
    key = hashlib.sha256(f"{by.identity_id}:{form_key}".encode()).hexdigest() if form_key else None
    known = Mandate.objects.filter(form_key=key, ended_at__isnull=True).first() if key else None
    if known is not None:
        return known
    person = create_identity(name=name, language=language, home_area=home, by=HELPING, now=now)
    return _begin(person, consent, by, now, form_key=key)


@transaction.atomic
def give_mandate(person: Identity, *, consent: Agreed, by: Actor, now: datetime) -> Mandate:
    """Act for somebody again, or longer, after she has agreed anew. Only for people without a login."""
    if person.home_area is None or person.login_id is not None:
        raise Problem(_("This person acts for herself."))
    can_act_for_people(by, person.home_area).require()
    present = Mandate.objects.filter(person=person, helper_id=by.identity_id, ended_at__isnull=True)
    present.update(ended_at=now, phone="")
    return _begin(person, consent, by, now)


def _begin(person: Identity, consent: Agreed, by: Actor, now: datetime, form_key: str | None = None) -> Mandate:
    purpose = consent.purpose.strip()
    if not purpose or len(purpose) > LONGEST_PURPOSE:
        raise Problem(_("Please write in a few words what she agreed to."))
    if not 1 <= consent.days <= LONGEST_DAYS:
        raise Problem(_("Consent holds for a year at most; then please ask again."))
    mandate = Mandate.objects.create(
        person=person, helper_id=by.identity_id, consent_by=consent.by, purpose=purpose, given_at=now,
        until=now + timedelta(days=consent.days), phone=" ".join(consent.phone.split())[:LONGEST_PHONE],
        form_key=form_key,
    )  # fmt: skip
    details = {"mandate": mandate.pk, "by": str(consent.by)}
    record_act("mandate.given", by=by, now=now, thing=f"identity:{person.pk}", details=details)
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Actor, now: datetime) -> bool:
    """Stop acting for somebody; whether one did. Unless somebody else goes on, all about her is erased with this."""
    _require_own(mandate, by)
    if not Mandate.objects.filter(pk=mandate.pk, ended_at__isnull=True).update(ended_at=now, phone=""):
        return False
    details = {"mandate": mandate.pk}
    record_act("mandate.ended", by=by, now=now, thing=f"identity:{mandate.person_id}", details=details)
    announce(MandateEnded(mandate.person_id))
    other = helpers_of(mandate.person, now=now).first()
    if other is not None and mandate.helper_id is not None and other.helper_id is not None:
        announce(MandateHandedOver(mandate.person_id, mandate.helper_id, other.helper_id))
    for person in forgotten_by_all(now=now).filter(pk=mandate.person_id):
        erase_identity(person, by=HELPING, now=now)
    return True


def _require_own(mandate: Mandate, by: Actor) -> None:
    own = by.is_member and (by.hand_id or by.identity_id) == mandate.helper_id
    allowed_if(by.is_system or own, _("Everybody ends their own help only.")).require()


@transaction.atomic
def hand_over_mandate(mandate: Mandate, *, to: Identity, by: Actor, now: datetime) -> Mandate:
    """A colleague of her village goes on acting for her; her number and her calls go along. Asked anew in a month.

    Raises Problem for who may not act for people there, and for a consent that is over.
    """
    _require_own(mandate, by)
    if to.pk not in {one.pk for one in colleagues_for(mandate.person, by)}:
        raise Problem(_("Please choose somebody who is a Buurtverbinder there, too."))
    current = Mandate.objects.filter(pk=mandate.pk, ended_at__isnull=True, until__gt=now)
    if mandate.helper_id is None or not current.update(ended_at=now, phone=""):
        raise Problem(_("This is over already."))
    present = Mandate.objects.filter(person=mandate.person_id, helper=to, ended_at__isnull=True).first()
    given = present or Mandate.objects.create(
        person=mandate.person, helper=to, consent_by=mandate.consent_by, purpose=mandate.purpose, phone=mandate.phone,
        given_at=now, until=min(mandate.until, now + ASKED_ANEW),
    )  # fmt: skip
    details = {"mandate": given.pk, "identity": to.pk}
    record_act("mandate.handed_over", by=by, now=now, thing=f"identity:{mandate.person_id}", details=details)
    announce(MandateHandedOver(mandate.person_id, mandate.helper_id, to.pk))
    return given


@transaction.atomic
def erase_forgotten(*, by: Actor, now: datetime) -> int:
    """Erase people for whom nobody acts any more by their consent, each with all it covered; returns how many."""
    people = list(forgotten_by_all(now=now)[:AT_A_TIME])
    for person in people:
        erase_identity(person, by=by, now=now)
    return len(people)
