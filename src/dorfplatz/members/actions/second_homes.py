"""A card for somebody who is a member already: at home in one more village, also in another municipality."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions.cards import JOINING, agree, locked_card
from dorfplatz.members.actions.newcomers import MOST_HOMES
from dorfplatz.members.actions.trust import settle_trust
from dorfplatz.members.enums import WayIn
from dorfplatz.members.models import HomeBesides, Identity, Joining
from dorfplatz.members.policies import can_change_identity
from dorfplatz.members.queries import agreed_wordings
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Area, Municipality


@transaction.atomic
def settle_with_card(
    code: str, *, identity: Identity, seen: str, municipality: Municipality, by: Actor, now: datetime
) -> Area:
    """Be at home in the card's village besides, and known where one was not; returns it. The code decides.

    Her word to the house rules is kept, as for those who join. Raises Problem as `join_with_card`, and where she is at
    home and known already: the card then stays good for somebody else.
    """
    can_change_identity(by, identity).require()
    card = locked_card(code, municipality, now)
    if digest_of(agreed_wordings(municipality)) != seen:
        raise Problem(_("The house rules have just been changed. Please look at them once more."))
    area, homes = card.batch.area, HomeBesides.objects.filter(identity=identity)
    is_home = area.pk == identity.home_area_id or homes.filter(area=area).exists()
    if is_home and identity.is_known:
        raise Problem(_("You are at home in %(area)s already. Keep the card for somebody else.") % {"area": area})
    if not is_home and homes.count() >= MOST_HOMES:
        raise Problem(_("At most %(most)d villages besides your own.") % {"most": MOST_HOMES})
    if not is_home:
        HomeBesides.objects.create(identity=identity, area=area, since=now)
    Joining.objects.filter(identity=identity, way=WayIn.MAIL).update(way=WayIn.CARD, card=card)
    settle_trust(identity, by=JOINING, now=now)
    agree(identity, municipality, identity.language, now)
    card.left -= 1
    card.save(update_fields=["left"])
    details = {"identity": identity.pk, "batch": card.batch_id}
    record_act("card.used", by=JOINING, now=now, thing=f"card:{card.pk}", area_id=card.batch.area_id, details=details)
    return area
