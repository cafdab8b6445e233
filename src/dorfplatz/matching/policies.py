"""Who brings people together, and who is asked. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Verdict, allowed_if
from dorfplatz.matching.enums import INTRODUCE, OPEN
from dorfplatz.matching.models import AskedPerson, Introduction
from dorfplatz.villages.models import Area

NOT_YOURS = _("This is for the Buurtverbinder of the village.")
NOT_ASKED = _("This is between others.")


def can_introduce(actor: Actor, area: Area) -> Verdict:
    """Connectors of the village, for themselves: nobody does it by another’s hand."""
    may = actor.is_member and actor.hand_id is None and actor.holds(INTRODUCE, str(area.path))
    return allowed_if(actor.is_system or may, str(NOT_YOURS))


def can_run_introduction(actor: Actor, introduction: Introduction) -> Verdict:
    """Agrees with `Introduction.objects.visible_to`. Not who is kept by a block from one of the two."""
    if any(person.identity_id in actor.apart_from for person in introduction.people.all()):
        return allowed_if(actor.is_system, str(NOT_YOURS))
    return can_introduce(actor, introduction.area)


def can_see_question(actor: Actor, person: AskedPerson) -> Verdict:
    """Agrees with `AskedPerson.objects.visible_to`: whoever is asked, unless a block parts the two meanwhile."""
    is_hers = actor.is_member and actor.hand_id is None and actor.identity_id == person.identity_id
    others = {other.identity_id for other in person.introduction.people.all()}
    return allowed_if(is_hers and not others & actor.apart_from, str(NOT_ASKED))


def can_answer_question(actor: Actor, person: AskedPerson) -> Verdict:
    """Whoever is asked, and the connector who heard it on the phone, as long as it is open."""
    is_open = person.introduction.state in OPEN
    may = can_see_question(actor, person) or can_run_introduction(actor, person.introduction)
    return allowed_if(is_open and bool(may), str(NOT_ASKED if not may else _("This is settled already.")))


def can_thank(actor: Actor, person: AskedPerson) -> Verdict:
    """Whoever was introduced, once it has worked out."""
    is_well = person.introduction.state in ("worked", "thanked")
    return allowed_if(is_well and bool(can_see_question(actor, person)), str(NOT_ASKED))


def can_keep_introductions(actor: Actor) -> Verdict:
    """The clocks of the installation end and forget."""
    return allowed_if(actor.is_system, str(_("Only the machine does this.")))
