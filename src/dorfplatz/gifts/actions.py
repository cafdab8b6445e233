"""Gifts added, changed and taken back; conversations recorded, by consent, and erased with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.gifts.enums import SHOWN_TO, ConsentBy, GiftPart, Often, Way
from dorfplatz.gifts.models import LONGEST_WORDS, Conversation, Gift
from dorfplatz.gifts.policies import (
    can_add_gift,
    can_change_conversation,
    can_change_gift,
    can_erase_ended,
    can_record,
    can_withdraw_consent,
)
from dorfplatz.gifts.queries import conversations_ended
from dorfplatz.gifts.skills import SKILLS, skill_called
from dorfplatz.journal.actions import Line, record_act, record_acts
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.spelling import is_readable, typed
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.enums import SeenBy
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import is_minor
from dorfplatz.villages.models import Area

MOST_GIFTS = 100
LONGEST_DAYS = 366
AT_A_TIME = 100


@dataclass(frozen=True)
class GiftDraft:
    """One gift as it was said: a code of the list, or words in a language."""

    part: GiftPart
    skill: str = ""
    words: str = ""
    language: str = ""
    way: Way = Way.OFFER
    often: Often = Often.ASK
    weekdays: tuple[int, ...] = ()
    seen_by: SeenBy = SeenBy.CONNECTORS


@dataclass(frozen=True)
class Agreed:
    """To what somebody agreed: how she said so, in which words, what for, and for how many days."""

    by: ConsentBy
    words: str
    purpose: str
    days: int


@dataclass(frozen=True)
class Told:
    """With whom somebody talked, and what was written down of it. `person` is a member, else there is a `name`."""

    consent: Agreed
    person: Identity | None = None
    name: str = ""
    phone: str = ""
    notes: str = ""
    next_steps: str = ""


@transaction.atomic
def add_gifts(drafts: Sequence[GiftDraft], *, by: Actor, now: datetime) -> int:
    """Add to one's own; what is there already stays as it is. Returns how many are new. Raises Problem for too many."""
    can_add_gift(by).require()
    mine = Identity.objects.select_for_update().get(pk=by.identity_id or 0)
    return _add(drafts, {"owner": mine}, by, now)


@transaction.atomic
def add_told_gifts(conversation: Conversation, *, drafts: Sequence[GiftDraft], by: Actor, now: datetime) -> int:
    """Add what was said in a conversation: for connectors only, as long as it is kept. Returns how many are new."""
    can_change_conversation(by, conversation, now=now).require()
    return _add_told(conversation, drafts, by, now)


def _add_told(conversation: Conversation, drafts: Sequence[GiftDraft], by: Actor, now: datetime) -> int:
    return _add([replace(d, seen_by=SeenBy.CONNECTORS) for d in drafts], {"conversation": conversation}, by, now)


def _add(drafts: Iterable[GiftDraft], whose: dict[str, Identity | Conversation], by: Actor, now: datetime) -> int:
    there = Gift.objects.filter(**whose)
    known = {_same(gift.skill, gift.words, gift.way) for gift in there}
    new: list[Gift] = []
    for draft in map(_checked, drafts):
        if _same(draft.skill, draft.words, draft.way) not in known:
            known.add(_same(draft.skill, draft.words, draft.way))
            new.append(Gift(**whose, **_columns(draft), added_at=now))
    if len(known) > MOST_GIFTS:
        raise Problem(_("At most %(most)d fit here. Please take something back first.") % {"most": MOST_GIFTS})
    for gift in new:
        gift.save()
    record_acts("gift.added", lines=[Line(f"gift:{gift.pk}") for gift in new], by=by, now=now)
    return len(new)


def _same(skill: str, words: str, way: str) -> tuple[str, str]:
    """By what two gifts of one person are the same."""
    return skill or words.casefold(), str(way)


def _checked(draft: GiftDraft) -> GiftDraft:
    """Words that name something of the list are that."""
    words = " ".join(typed(draft.words).split())
    skill = SKILLS.get(draft.skill)
    if draft.skill and skill is None:
        raise Problem(_("This is not on the list (any more). Please write it in your own words."))
    if not skill and (not words or len(words) > LONGEST_WORDS or not is_readable(words)):
        raise Problem(_("Please say in a few words what it is."))
    if draft.seen_by not in SHOWN_TO:
        raise Problem(_("Please say who may know."))
    if skill is None and (named := skill_called(words)):
        return replace(draft, skill=named.code, words=words)
    return replace(draft, words=words)


def _columns(draft: GiftDraft) -> dict[str, object]:
    return {
        "part": draft.part, "skill": draft.skill, "words": draft.words,
        "language": draft.language if draft.words else "", "way": draft.way, "often": draft.often,
        "weekdays": sum(1 << day for day in set(draft.weekdays) if 0 <= day < 7), "seen_by": draft.seen_by,
    }  # fmt: skip


@transaction.atomic
def change_gift(gift: Gift, *, draft: GiftDraft, by: Actor, now: datetime) -> None:
    """Say it otherwise, or to others. What was told in a conversation stays for connectors."""
    can_change_gift(by, gift, now=now).require()
    if gift.conversation_id is not None:
        draft = replace(draft, seen_by=SeenBy.CONNECTORS)
    else:
        can_add_gift(by).require()
    said = _checked(draft)
    others = Gift.objects.filter(owner=gift.owner_id, conversation=gift.conversation_id).exclude(pk=gift.pk)
    if any(_same(said.skill, said.words, said.way) == _same(o.skill, o.words, o.way) for o in others):
        raise Problem(_("This stands there already."))
    for name, value in _columns(said).items():
        setattr(gift, name, value)
    gift.save()
    record_act("gift.changed", by=by, now=now, thing=f"gift:{gift.pk}")


@transaction.atomic
def take_back_gift(gift: Gift, *, by: Actor, now: datetime) -> None:
    """It is gone at once, and for good."""
    can_change_gift(by, gift, now=now).require()
    record_act("gift.taken_back", by=by, now=now, thing=f"gift:{gift.pk}")
    gift.delete()


@transaction.atomic
def take_back_all(*, by: Actor, now: datetime) -> int:
    """All that is one's own is gone at once; returns how many there were. What was told stays with its consent."""
    mine = Gift.objects.filter(owner=by.identity_id or 0)
    lines = [Line(f"gift:{pk}") for pk in mine.order_by("pk").values_list("pk", flat=True)]
    record_acts("gift.taken_back", lines=lines, by=by, now=now)
    mine.delete()
    return len(lines)


@transaction.atomic
def record_conversation(
    told: Told, *, area: Area, drafts: Sequence[GiftDraft], form_key: str, by: Actor, now: datetime
) -> Conversation:
    """Write down what somebody said, with all her consent covers. Sent twice, it is written once."""
    can_record(by, area).require()
    key = form_key_of(form_key, by)
    there = Conversation.objects.filter(form_key=key).first()
    if there is not None:
        return there
    conversation = Conversation.objects.create(
        area=area, recorded_by_id=by.identity_id, recorded_at=now, form_key=key, **_person(told, area, by),
        **_consent(told.consent, now), **_said(told.notes, told.next_steps),
    )  # fmt: skip
    record_act("conversation.recorded", by=by, now=now, thing=f"conversation:{conversation.pk}", area_id=area.pk)
    _add_told(conversation, drafts, by, now)
    return conversation


def _person(told: Told, area: Area, by: Actor) -> dict[str, object]:
    if told.person is None:
        name = " ".join(typed(told.name).split())
        if not 1 < len(name) <= 80 or not is_readable(name):
            raise Problem(_("Please write her name."))
        return {"name": name, "phone": typed(told.phone).strip()[:60]}
    if told.person.home_area_id != area.pk or told.person.is_blocked or told.person.pk in by.apart_from:
        raise Problem(_("This person is not at home in your village."))
    if told.person.pk == by.identity_id:
        raise Problem(_("Of yourself you write under “What I can”."))
    if is_minor(told.person):
        raise Problem(_("Of somebody under 16 no conversation is written down."))
    return {"identity": told.person, "phone": typed(told.phone).strip()[:60]}


def _consent(agreed: Agreed, now: datetime) -> dict[str, object]:
    words, purpose = typed(agreed.words).strip(), " ".join(typed(agreed.purpose).split())
    if not words or len(words) > 600 or not purpose or len(purpose) > 300:
        raise Problem(_("Please write in a few words what she agreed to."))
    if not 1 <= agreed.days <= LONGEST_DAYS:
        raise Problem(_("Consent holds for a year at most; then please ask again."))
    return {
        "consent_by": agreed.by,
        "consent_words": words,
        "purpose": purpose,
        "until": now + timedelta(days=agreed.days),
    }


def _said(notes: str, next_steps: str) -> dict[str, str]:
    notes, next_steps = typed(notes).strip(), typed(next_steps).strip()
    if len(notes) > 3000 or len(next_steps) > 1000:
        raise Problem(_("This is too long. Please leave out what nobody needs."))
    return {"notes": notes, "next_steps": next_steps}


@transaction.atomic
def change_conversation(
    conversation: Conversation, *, phone: str, notes: str, next_steps: str, by: Actor, now: datetime
) -> None:
    """What was noted, and how she is reached. To what she agreed stays: for more, she is asked anew."""
    can_change_conversation(by, conversation, now=now).require()
    for name, value in {**_said(notes, next_steps), "phone": typed(phone).strip()[:60]}.items():
        setattr(conversation, name, value)
    conversation.save()
    thing = f"conversation:{conversation.pk}"
    record_act("conversation.changed", by=by, now=now, thing=thing, area_id=conversation.area_id)


@transaction.atomic
def withdraw_consent(conversation: Conversation, *, by: Actor, now: datetime) -> None:
    """Everything that her consent covered is erased with this: notes, steps, name, number and all she said."""
    can_withdraw_consent(by, conversation, now=now).require()
    _erase(conversation, by, now)


@transaction.atomic
def erase_ended(*, by: Actor, now: datetime) -> int:
    """Erase what consent covers no longer; returns how many conversations went."""
    can_erase_ended(by).require()
    ended = list(conversations_ended(now=now)[:AT_A_TIME])
    for conversation in ended:
        _erase(conversation, by, now)
    return len(ended)


def _erase(conversation: Conversation, by: Actor, now: datetime) -> None:
    thing = f"conversation:{conversation.pk}"
    record_act("conversation.erased", by=by, now=now, thing=thing, area_id=conversation.area_id)
    conversation.delete()
