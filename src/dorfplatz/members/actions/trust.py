"""Words given for newcomers and taken back; who is known by them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, allowed_if
from dorfplatz.members.actions.cards import withdraw_cards
from dorfplatz.members.enums import WordAs
from dorfplatz.members.models import CardBatch, Identity, JoiningRule, Vouch
from dorfplatz.members.policies import can_vouch_for
from dorfplatz.members.queries import deserves_trust, is_connector_of, known_since
from dorfplatz.members.sockets import Backer
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.models import Municipality

KNOWN_FOR = timedelta(days=7)
WORDS_WITHIN = timedelta(days=30)
MOST_NEIGHBOUR_WORDS, MOST_ORGANIZATION_WORDS = 5, 20
DEEPEST = 20


@transaction.atomic
def vouch_for(newcomer: Identity, *, backer: Backer | None = None, by: Actor, now: datetime) -> Vouch:
    """Give one's word for somebody: as connector of her village, in an organisation's name, or as a neighbour.

    A connector's or an organisation's is enough; of neighbours it takes two. A neighbour gives it who has been known
    for a week, and for five people a month. Raises Problem otherwise.
    """
    can_vouch_for(by, newcomer).require()
    Identity.objects.select_for_update().get(pk=newcomer.pk)
    present = Vouch.objects.filter(newcomer=newcomer, by_id=by.identity_id, withdrawn_at__isnull=True).first()
    if present:
        return present
    given_as = _given_as(newcomer, backer, by)
    _require_measure(given_as, by, now)
    vouch = Vouch.objects.create(
        newcomer=newcomer, by_id=by.identity_id, given_as=given_as, said_at=now,
        backer=backer.name[:200] if backer and given_as == WordAs.ORGANIZATION else "",
    )  # fmt: skip
    record_act("word.given", by=by, now=now, thing=f"identity:{newcomer.pk}", details={"as": str(given_as)})
    settle_trust(newcomer, by=by, now=now)
    return vouch


def _given_as(newcomer: Identity, backer: Backer | None, by: Actor) -> WordAs:
    if is_connector_of(by, newcomer.home_area):
        return WordAs.CONNECTOR
    return WordAs.ORGANIZATION if backer else WordAs.NEIGHBOUR


def _require_measure(given_as: WordAs, by: Actor, now: datetime) -> None:
    if given_as == WordAs.CONNECTOR:
        return
    since = known_since(by.identity_id or 0)
    if given_as == WordAs.NEIGHBOUR and (since is None or since > now - KNOWN_FOR):
        raise Problem(_("You have been known here for less than a week. Please ask another neighbour, or a connector."))
    most = MOST_NEIGHBOUR_WORDS if given_as == WordAs.NEIGHBOUR else MOST_ORGANIZATION_WORDS
    given = Vouch.objects.filter(by_id=by.identity_id, said_at__gt=now - WORDS_WITHIN)
    if given.count() >= most:
        raise Problem(_("You have given your word for many people this month. Please send them to a connector."))


@transaction.atomic
def withdraw_word(vouch: Vouch, *, by: Actor, now: datetime) -> bool:
    """Take one's word back; whether it still stood. Who is not known without it loses whom she let in as well."""
    is_own = by.is_member and vouch.by_id == by.identity_id
    may = is_own or is_connector_of(by, vouch.newcomer.home_area)
    allowed_if(may, _("Everybody takes back their own word only.")).require()
    if not Vouch.objects.filter(pk=vouch.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        return False
    record_act("word.withdrawn", by=by, now=now, thing=f"identity:{vouch.newcomer_id}")
    settle_trust(vouch.newcomer, by=by, now=now)
    # Two neighbours count for others once neither is known by the other's word any more.
    hers = Identity.objects.filter(words__by=vouch.newcomer_id, words__withdrawn_at__isnull=True)
    for other in hers.order_by("pk"):
        settle_trust(other, by=by, now=now)
    return True


@transaction.atomic
def settle_trust(identity: Identity, *, by: Actor, now: datetime) -> None:
    """Bring it in line with the words there are whether this person is known, and everybody known by her word."""
    waiting, steps = [identity.pk], 0
    while waiting and steps < DEEPEST * 100:
        steps += 1
        person = Identity.objects.select_for_update().get(pk=waiting.pop(0))
        known = deserves_trust(person)
        if known == person.is_known:
            continue
        Identity.objects.filter(pk=person.pk).update(is_known=known)
        verb = "identity.known" if known else "identity.unknown"
        record_act(verb, by=by, now=now, thing=f"identity:{person.pk}")
        hers = Vouch.objects.filter(by=person, withdrawn_at__isnull=True)
        waiting += list(hers.order_by("pk").values_list("newcomer_id", flat=True))
    identity.refresh_from_db(fields=["is_known"])


@transaction.atomic
def ask_again(batch: CardBatch, *, by: Actor, now: datetime) -> int:
    """Cards of this batch went astray: they are withdrawn, and whom they let in is not known any more by them.

    Returns how many people that is. Who has another's word already stays known.
    """
    withdraw_cards(batch, by=by, now=now)
    if CardBatch.objects.filter(pk=batch.pk, asked_again_at__isnull=True).update(asked_again_at=now):
        record_act("cards.asked_again", by=by, now=now, thing=f"cards:{batch.pk}", area_id=batch.area_id)
    admitted = list(Identity.objects.filter(joining__card__batch=batch, is_known=True).order_by("pk"))
    for identity in admitted:
        settle_trust(identity, by=by, now=now)
    return sum(not identity.is_known for identity in admitted)


@transaction.atomic
def allow_joining_by_mail(municipality: Municipality, *, allowed: bool, by: Actor, now: datetime) -> bool:
    """Whether one joins with an e-mail address alone, and then is not known yet; whether that is different now."""
    allowed_if(by.holds(MANAGE, municipality.path), _("Only the municipality’s admins decide this.")).require()
    rule, _is_new = JoiningRule.objects.get_or_create(municipality=municipality)
    if rule.by_mail == allowed:
        return False
    rule.by_mail = allowed
    rule.save(update_fields=["by_mail"])
    details = {"by_mail": allowed}
    thing = f"joining:{municipality.pk}"
    record_act("municipality.joining", by=by, now=now, thing=thing, area_id=municipality.pk, details=details)
    return True
