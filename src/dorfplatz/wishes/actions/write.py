"""Setting out and changing wishes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import Draft, create_entries, note_change, publish_entries, rewrite_entry
from dorfplatz.entries.models import Entry
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.wishes.drafts import WishDraft
from dorfplatz.wishes.enums import KIND
from dorfplatz.wishes.models import Wish
from dorfplatz.wishes.policies import can_change_wish, can_wish

MOST_A_DAY, MOST_OF_NEWCOMERS = 20, 5


@transaction.atomic
def write_wish(draft: WishDraft, *, by: Actor, now: datetime) -> Wish:
    """Set out a wish; a gate may ask for a look first.

    Where a connector acts for somebody without internet (`members.queries.acting_for`), the wish is that person's and
    the connector hears what becomes of it. Only the machine wishes in another's name (`draft.words.author_id`).
    """
    can_wish(by, draft.words.areas).require()
    _require_room(by, now)
    words = _sound(draft, by)
    entry = create_entries(KIND, drafts=[words], by=by, now=now)[0]
    wish = Wish.objects.create(entry=entry, mood=draft.mood, on_paper=draft.on_paper, set_out_by_id=by.hand_id)
    record_act("wish.written", by=by, now=now, thing=f"entry:{entry.pk}", details={"mood": draft.mood})
    publish_entries([entry], by=by, now=now)
    return wish


def _sound(draft: WishDraft, by: Actor) -> Draft:
    title = " ".join(draft.words.title.split())
    if not title:
        raise Problem(_("Please write a sentence."))
    return replace(draft.words, title=title, author_id=draft.words.author_id if by.is_system else None)


def _require_room(by: Actor, now: datetime) -> None:
    if by.is_system:
        return
    mine = Entry.objects.filter(author=by.identity_id, kind=KIND)
    most = MOST_A_DAY if by.is_known else MOST_OF_NEWCOMERS
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= most:
        raise Problem(_("That is a lot for one day. Please go on tomorrow, or talk to your Buurtverbinder."))


@transaction.atomic
def change_wish(wish: Wish, *, draft: WishDraft, by: Actor, now: datetime) -> bool:
    """Bring it to what the draft says; its author stays. Whether anything changed."""
    can_change_wish(by, wish).require()
    can_wish(by, draft.words.areas).require()
    is_other = wish.mood != draft.mood
    if is_other:
        wish.mood = draft.mood
        wish.save(update_fields=["mood"])
    rewritten = rewrite_entry(wish.entry, draft=_sound(draft, by), by=by, now=now)
    if is_other and not rewritten:
        note_change(wish.entry, by=by, now=now, fields=["mood"])
    return rewritten or is_other
