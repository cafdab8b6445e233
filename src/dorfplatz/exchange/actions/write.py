"""Setting out and changing asks and offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import create_entries, note_change, publish_entries, rewrite_entry
from dorfplatz.entries.models import Entry
from dorfplatz.exchange.drafts import STANDS, ExchangeDraft
from dorfplatz.exchange.enums import Direction
from dorfplatz.exchange.models import Exchange, SentForm
from dorfplatz.exchange.policies import NOT_YOURS, can_change_exchange, can_set_out_exchange
from dorfplatz.journal.actions import touch_things
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, Refused

MOST_A_DAY, MOST_OF_NEWCOMERS = 20, 5


@transaction.atomic
def set_out(draft: ExchangeDraft, *, by: Actor, now: datetime) -> Exchange:
    """Set out an ask or an offer; a gate may ask for a look first.

    Where a connector acts for somebody without internet (`members.queries.acting_for`), that person asks and the
    connector is rung. Only the machine sets out in another's name (`draft.words.author_id`).
    """
    paths = [str(area.path) for area in draft.words.areas]
    if not paths:
        raise Problem(_("Please choose a village."))
    can_set_out_exchange(by, paths).require()
    _require_room(by, now)
    words = draft.words if by.is_system else replace(draft.words, author_id=None)
    entry = create_entries(draft.direction, drafts=[words], by=by, now=now)[0]
    entry.expires_at = now + STANDS[draft.direction]
    entry.save(update_fields=["expires_at"])
    exchange = Exchange.objects.create(entry=entry, set_out_by_id=by.hand_id, **draft.wanted.columns())
    publish_entries([entry], by=by, now=now)
    return exchange


@transaction.atomic
def set_out_once(draft: ExchangeDraft, *, form_key: str, by: Actor, now: datetime) -> Exchange:
    """As set_out; the same form sent again gets what it set out the first time."""
    known = SentForm.objects.filter(key=form_key).select_related("exchange__entry").first()
    if known:
        return known.exchange
    exchange = set_out(draft, by=by, now=now)
    # Two at the same moment: the second is undone by the unique key, and asks again.
    SentForm.objects.create(key=form_key, exchange=exchange, sent_at=now)
    return exchange


def _require_room(by: Actor, now: datetime) -> None:
    if by.is_system:
        return
    mine = Entry.objects.filter(author=by.identity_id, kind__in=Direction.values)
    most = MOST_A_DAY if by.is_known else MOST_OF_NEWCOMERS
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= most:
        raise Problem(_("That is a lot for one day. Please go on tomorrow, or talk to your Buurtverbinder."))


@transaction.atomic
def change_exchange(exchange: Exchange, *, draft: ExchangeDraft, by: Actor, now: datetime) -> bool:
    """Bring it to what the draft says; direction and author stay. Whether anything changed."""
    can_change_exchange(by, exchange).require()
    can_set_out_exchange(by, [str(area.path) for area in draft.words.areas]).require()
    stated = draft.wanted.columns()
    different = {name: value for name, value in stated.items() if getattr(exchange, name) != value}
    for name, value in different.items():
        setattr(exchange, name, value)
    exchange.round += 1
    exchange.save(update_fields=[*different, "round"])
    rewritten = rewrite_entry(exchange.entry, draft=draft.words, by=by, now=now)
    if different and not rewritten:
        note_change(exchange.entry, by=by, now=now, fields=["exchange"])
    return rewritten or bool(different)


@transaction.atomic
def postpone_exchange(exchange: Exchange, *, days: int, by: Actor, now: datetime) -> None:
    """Move all its dates on by so many days, as the demonstration does to stay of today. Nobody has done anything."""
    if not by.is_system:
        raise Refused(str(NOT_YOURS))
    del now  # the dates are relative to what they were
    later = timedelta(days=days)
    entry = exchange.entry
    entry.published_at = entry.published_at + later if entry.published_at else None
    entry.expires_at = entry.expires_at + later if entry.expires_at else None
    entry.save(update_fields=["published_at", "expires_at"])
    exchange.needed_on = exchange.needed_on + later if exchange.needed_on else None
    exchange.save(update_fields=["needed_on"])
    touch_things([f"entry:{exchange.pk}"])
