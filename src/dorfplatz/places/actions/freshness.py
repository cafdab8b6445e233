"""Keepers are asked whether their entry is still right, and answer from the mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.places.actions.keep import close_place, confirm_place, receive_correction
from dorfplatz.places.asking import CHANGED, GONE, RIGHT, is_good, read_fresh_token
from dorfplatz.places.confirmation import role_of
from dorfplatz.places.models import Keeper, Listing, Reminder
from dorfplatz.places.policies import can_change_place
from dorfplatz.places.post import ask_keeper
from dorfplatz.places.queries.keeping import keepers_to_ask

AT_A_TIME, MOST_FOR_ONE = 500, 3
KEPT_BY = "keeper"


@transaction.atomic
def ask_keepers(*, by: Actor, now: datetime) -> int:
    """Write to keepers whose entry is due soon or overdue, of nobody more than three at a time; returns how many."""
    asked = 0
    for keeper in keepers_to_ask(now=now).filter(pk__in=_whose_turn_it_is(now)):
        due_at = keeper.listing.entry.check_due_at
        if due_at is None:
            continue
        known = Reminder.objects.filter(keeper=keeper, due_at=due_at).first()
        count = known.count + 1 if known else 1
        Reminder.objects.update_or_create(keeper=keeper, defaults={"due_at": due_at, "count": count, "asked_at": now})
        ask_keeper(keeper, number=count, now=now)
        asked += 1
        # A thing of its own: no page shows that somebody was asked.
        record_act("place.keeper_asked", by=by, now=now, thing=f"keeper:{keeper.pk}", details={"count": count})
    return asked


def _whose_turn_it_is(now: datetime) -> list[int]:
    """The most overdue, of nobody more than three: who keeps hundreds stands in nobody's way."""
    counts: Counter[int] = Counter()
    chosen: list[int] = []
    in_turn = keepers_to_ask(now=now).prefetch_related(None).values_list("pk", "identity_id")
    for pk, identity_id in in_turn.iterator():
        if counts[identity_id] < MOST_FOR_ONE:
            counts[identity_id] += 1
            chosen.append(pk)
        if len(chosen) == AT_A_TIME:
            break
    return chosen


@transaction.atomic
def answer_by_link(token: str, *, words: str = "", by: Actor, now: datetime) -> Listing:
    """Do what the link of a mail is for; the link is the permission, whoever follows it.

    Raises Problem for a link that is not good any more, and where something has changed and no words say what.
    """
    del by  # what is done is the keeper's
    asked = read_fresh_token(token)
    locked = Listing.objects.select_for_update().filter(pk=asked.listing_id).first() if asked else None
    keepers = Keeper.objects.filter(pk=asked.keeper_id) if asked and locked else Keeper.objects.none()
    keeper = keepers.select_related("listing__entry", "identity__login").first()
    if asked is None or keeper is None or not is_good(asked, keeper):
        raise Problem(_("This link has been used, or the entry has changed since. Please look at it on the square."))
    listing, actor = keeper.listing, actor_of_identity(keeper.identity)
    if asked.answer == GONE:
        close_place(listing, by=actor, now=now)
    elif asked.answer == CHANGED:
        receive_correction(listing, text=words, form_key=f"{asked.keeper_id}.{asked.version}", by=actor, now=now)
    else:
        confirm_place(listing, role=KEPT_BY, by=actor, now=now)
    return listing


@transaction.atomic
def enter_calls(
    listings: Sequence[Listing], *, said: Mapping[int, tuple[str, str]], by: Actor, now: datetime
) -> Counter[str]:
    """What was heard on the telephone, by the listing's id: an answer and words. Returns how many of each.

    What has changed becomes a note about the entry, for who puts it right; an answer that is none is left out.
    """
    counts: Counter[str] = Counter()
    for listing in listings:
        answer, words = said.get(listing.pk, ("", ""))
        if answer == RIGHT:
            confirm_place(listing, role=role_of(by, listing), by=by, now=now)
        elif answer == GONE:
            close_place(listing, by=by, now=now)
        elif answer == CHANGED:
            can_change_place(by, listing).require()
            key = f"calls.{listing.pk}.{now:%Y%m%d%H%M%S}"
            receive_correction(listing, text=words, form_key=key, by=by, now=now)
        else:
            continue
        counts[answer] += 1
    return counts
