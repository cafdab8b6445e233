"""Joining with a printed card: made by connectors in batches, used by neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions.people import LONGEST_NAME, checked_name, create_identity
from dorfplatz.members.card_code import hash_of, new_code, shown
from dorfplatz.members.facts import MemberJoined
from dorfplatz.members.models import Card, CardBatch, Consent, Identity, Joining
from dorfplatz.members.policies import can_make_cards, can_withdraw_cards
from dorfplatz.members.queries import agreed_wordings, open_card
from dorfplatz.villages.actions import keep_legal_text
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Area, Municipality

MOST_CARDS = 100
MOST_USES = 8
LONGEST_BATCH_NAME = 60
LONGEST_DAYS = 366
JOINING = system("joining")


@dataclass(frozen=True)
class Newcomer:
    """Who joins. `guardian` is the name of who says yes for somebody under 16; None for everybody older."""

    name: str
    email: str
    password: str
    language: str
    guardian: str | None = None


@transaction.atomic
def make_cards(
    area: Area, *, count: int, uses: int, lasts_days: int, name: str = "", by: Actor, now: datetime
) -> tuple[CardBatch, list[str]]:
    """Make cards for a village; returns the batch and the codes as they stand on paper, which are kept nowhere."""
    can_make_cards(by, area).require()
    if not (1 <= count <= MOST_CARDS and 1 <= uses <= MOST_USES and 1 <= lasts_days <= LONGEST_DAYS):
        raise Problem(_("Between one and %(most)d cards are made at a time.") % {"most": MOST_CARDS})
    batch = CardBatch.objects.create(
        area=area, made_by_id=by.identity_id, name=name.strip()[:LONGEST_BATCH_NAME], uses=uses, made_at=now,
        expires_at=now + timedelta(days=lasts_days),
    )  # fmt: skip
    codes = [new_code() for _number in range(count)]
    Card.objects.bulk_create(Card(batch=batch, code_hash=hash_of(code), left=uses) for code in codes)
    details = {"count": count, "uses": uses}
    record_act("cards.made", by=by, now=now, thing=f"cards:{batch.pk}", area_id=area.pk, details=details)
    return batch, [shown(code) for code in codes]


@transaction.atomic
def withdraw_cards(batch: CardBatch, *, by: Actor, now: datetime) -> bool:
    """Make all cards of the batch worthless; whether they still worked. Who has joined stays."""
    can_withdraw_cards(by, batch.area).require()
    if not CardBatch.objects.filter(pk=batch.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        return False
    record_act("cards.withdrawn", by=by, now=now, thing=f"cards:{batch.pk}", area_id=batch.area_id)
    return True


@transaction.atomic
def join_with_card(
    code: str, *, newcomer: Newcomer, seen: str, municipality: Municipality, by: Actor, now: datetime
) -> Identity:
    """A login, a person at home in the card's village, and her word to the house rules. The code decides.

    `seen` is the digest of the texts that she was shown. Raises Problem for a card that was used up, has expired, was
    withdrawn or never existed, in the same sentence for all; when the texts have changed meanwhile; and as
    `create_identity`.
    """
    del by  # a visitor; the code is the permission
    card = locked_card(code, municipality, now)
    if digest_of(agreed_wordings(municipality)) != seen:
        raise Problem(_("The house rules have just been changed. Please look at them once more."))
    identity = create_identity(
        name=newcomer.name, language=newcomer.language, email=newcomer.email, password=newcomer.password,
        home_area=card.batch.area, by=JOINING, now=now,
    )  # fmt: skip
    Joining.objects.create(
        identity=identity, card=card, is_minor=newcomer.guardian is not None, joined_at=now,
        guardian=checked_guardian(newcomer.guardian),
    )  # fmt: skip
    agree(identity, municipality, newcomer.language, now)
    card.left -= 1
    card.save(update_fields=["left"])
    details = {"identity": identity.pk, "batch": card.batch_id}
    record_act("card.used", by=JOINING, now=now, thing=f"card:{card.pk}", area_id=card.batch.area_id, details=details)
    announce(MemberJoined(identity.pk, card.batch.area_id))
    return identity


def locked_card(code: str, municipality: Municipality, now: datetime) -> Card:
    found = open_card(code, municipality, now=now)
    locked = Card.objects.select_for_update().get(pk=found.pk) if found else None
    if found is None or locked is None or not locked.left:
        raise Problem(_("This code does not work (any more). Please ask whoever gave you the card for a new one."))
    locked.batch = found.batch
    return locked


def checked_guardian(name: str | None) -> str:
    """The guardian’s name as it is kept; "" for everybody older. Raises Problem for none."""
    if name is None:
        return ""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Problem(_("Please write who says yes: a parent, or whoever looks after you."))
    return checked_name(name)


def agree(identity: Identity, municipality: Municipality, language: str, now: datetime) -> None:
    """Keep that she agreed to the texts that hold today."""
    texts = [keep_legal_text(municipality, kind=w.kind, by=JOINING, now=now) for w in agreed_wordings(municipality)]
    Consent.objects.bulk_create(
        (Consent(identity=identity, text=text, language=language, given_at=now) for text in texts),
        ignore_conflicts=True,  # agreed already
    )
