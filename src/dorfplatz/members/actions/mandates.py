"""Acting for somebody without internet: begun with her consent, written down, ended, and forgotten."""

from __future__ import annotations

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
from dorfplatz.members.facts import MandateEnded
from dorfplatz.members.models import Identity, Mandate
from dorfplatz.members.policies import can_act_for_people
from dorfplatz.members.queries import forgotten_by_all
from dorfplatz.villages.models import Area

LONGEST_DAYS = 366
LONGEST_PURPOSE = 300
HELPING = system("helping")
AT_A_TIME = 100


@dataclass(frozen=True)
class Agreed:
    """What somebody agreed to: how she said so, what for, and for how many days."""

    by: ConsentBy
    purpose: str
    days: int


@transaction.atomic
def take_in_person(*, name: str, home: Area, language: str, consent: Agreed, by: Actor, now: datetime) -> Mandate:
    """Somebody without e-mail joins through her connector, who acts for her as long as she agreed to it."""
    can_act_for_people(by, home).require()
    person = create_identity(name=name, language=language, home_area=home, by=HELPING, now=now)
    return _begin(person, consent, by, now)


@transaction.atomic
def give_mandate(person: Identity, *, consent: Agreed, by: Actor, now: datetime) -> Mandate:
    """Act for somebody again, or longer, after she has agreed anew. Only for people without a login."""
    if person.home_area is None or person.login_id is not None:
        raise Problem(_("This person acts for herself."))
    can_act_for_people(by, person.home_area).require()
    Mandate.objects.filter(person=person, helper_id=by.identity_id, ended_at__isnull=True).update(ended_at=now)
    return _begin(person, consent, by, now)


def _begin(person: Identity, consent: Agreed, by: Actor, now: datetime) -> Mandate:
    purpose = consent.purpose.strip()
    if not purpose or len(purpose) > LONGEST_PURPOSE:
        raise Problem(_("Please write in a few words what she agreed to."))
    if not 1 <= consent.days <= LONGEST_DAYS:
        raise Problem(_("Consent holds for a year at most; then please ask again."))
    mandate = Mandate.objects.create(
        person=person, helper_id=by.identity_id, consent_by=consent.by, purpose=purpose, given_at=now,
        until=now + timedelta(days=consent.days),
    )  # fmt: skip
    details = {"mandate": mandate.pk, "by": str(consent.by)}
    record_act("mandate.given", by=by, now=now, thing=f"identity:{person.pk}", details=details)
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Actor, now: datetime) -> bool:
    """Stop acting for somebody; whether one did. Unless somebody else goes on, she is erased in 30 days."""
    own = (by.hand_id or by.identity_id) == mandate.helper_id
    allowed_if(by.is_system or (by.is_member and own), _("Everybody ends their own help only.")).require()
    if not Mandate.objects.filter(pk=mandate.pk, ended_at__isnull=True).update(ended_at=now):
        return False
    details = {"mandate": mandate.pk}
    record_act("mandate.ended", by=by, now=now, thing=f"identity:{mandate.person_id}", details=details)
    announce(MandateEnded(mandate.person_id))
    return True


@transaction.atomic
def erase_forgotten(*, by: Actor, now: datetime) -> int:
    """Erase people for whom nobody has acted for 30 days; returns how many."""
    people = list(forgotten_by_all(now=now)[:AT_A_TIME])
    for person in people:
        erase_identity(person, by=by, now=now)
    return len(people)
