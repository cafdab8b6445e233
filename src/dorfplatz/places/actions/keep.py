"""Keeping the social map current: confirmations, corrections, keepers, and what vanished from its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import note_change
from dorfplatz.entries.models import Entry
from dorfplatz.journal.actions import Line, record_act, record_acts, touch_things
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity
from dorfplatz.places.actions.claims import begin_keeping
from dorfplatz.places.actions.write import CHECK_AFTER
from dorfplatz.places.enums import CorrectionState, Status
from dorfplatz.places.facts import CorrectionReceived, PlaceConfirmed
from dorfplatz.places.models import Correction, Keeper, Listing
from dorfplatz.places.policies import can_change_place, can_confirm_place, can_name_keeper, can_settle_correction

# What strangers may say in a quarter of an hour, about one entry and in all. Nothing about them is kept to count it.
CORRECTIONS_WITHIN = timedelta(minutes=15)
MOST_FOR_ONE, MOST_FOR_ALL = 5, 60


@transaction.atomic
def confirm_place(listing: Listing, *, role: str, by: Actor, now: datetime) -> None:
    """Say that an entry is still right; `role` is what readers are told about who said so."""
    can_confirm_place(by, listing).require()
    confirm_places([listing], role=role, by=by, now=now)
    record_act("place.confirmed", by=by, now=now, thing=f"entry:{listing.pk}")
    announce(PlaceConfirmed(listing.pk))


@transaction.atomic
def confirm_places(listings: Sequence[Listing], *, role: str, by: Actor, now: datetime, on: date | None = None) -> None:
    """The quiet form for many at once, as a re-import does it: no line in the journal for each.

    `on` is the day readers are told, where that is another than today: the one a source's data are of.
    """
    day = on or now.date()
    for listing in listings:
        can_confirm_place(by, listing).require()
    ids = [listing.pk for listing in listings]
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        Listing.objects.filter(pk__in=some).update(assured_on=day, assured_by=role)
        Entry.objects.filter(pk__in=some).update(check_due_at=now + CHECK_AFTER)
    touch_things(f"entry:{pk}" for pk in ids)
    for listing in listings:
        listing.assured_on, listing.assured_by = day, role


@transaction.atomic
def close_place(listing: Listing, *, by: Actor, now: datetime) -> None:
    """Say that a thing is gone for good: off map and list, its page says so. Open notes about it are closed."""
    can_change_place(by, listing).require()
    if listing.status == Status.CLOSED:
        return
    listing.status = Status.CLOSED
    listing.save(update_fields=["status"])
    settled = {"state": CorrectionState.DONE, "settled_at": now, "text": ""}
    Correction.objects.filter(listing=listing, state=CorrectionState.OPEN).update(**settled)
    note_change(listing.entry, by=by, now=now, fields=["status"])
    record_act("place.closed", by=by, now=now, thing=f"entry:{listing.pk}")


@transaction.atomic
def receive_correction(listing: Listing, *, text: str, form_key: str, by: Actor, now: datetime) -> Correction:
    """Take down what somebody says is wrong, from anyone; the same form sent twice counts once.

    Raises Problem for no words, and where strangers have just said more than anybody can read.
    """
    words = text.strip()
    if not words:
        raise Problem(_("Please write what is wrong."))
    known = Correction.objects.filter(form_key=form_key).first()
    if known:
        return known
    _require_room(listing, by, now)
    correction, is_new = Correction.objects.get_or_create(
        form_key=form_key,
        defaults={"listing": listing, "text": words[:2000], "said_by_id": by.identity_id, "said_at": now},
    )
    if is_new:
        # A thing of its own: no page shows a note, so none that is kept for visitors has to be made anew for it.
        record_act(
            "place.correction_received",
            by=by,
            now=now,
            thing=f"correction:{correction.pk}",
            details={"entry": listing.pk},
        )
        announce(CorrectionReceived(correction.pk, listing.pk))
    return correction


def _require_room(listing: Listing, by: Actor, now: datetime) -> None:
    if by.is_member or by.is_system:
        return
    recent = Correction.objects.filter(said_by=None, said_at__gt=now - CORRECTIONS_WITHIN)
    if recent.filter(listing=listing).count() >= MOST_FOR_ONE or recent.count() >= MOST_FOR_ALL:
        raise Problem(_("Many notes have just come in. Please try again in a quarter of an hour, or ring us."))


@transaction.atomic
def settle_correction(correction: Correction, *, state: CorrectionState, by: Actor, now: datetime) -> None:
    """Close a correction as done or left as it is. Its words are kept until then and not longer."""
    can_settle_correction(by, correction.listing).require()
    locked = Correction.objects.select_for_update().get(pk=correction.pk)
    if locked.state != CorrectionState.OPEN:
        return
    correction.state, correction.settled_at, correction.text = state, now, ""
    correction.save(update_fields=["state", "settled_at", "text"])
    record_act(
        "place.correction_settled",
        by=by,
        now=now,
        thing=f"correction:{correction.pk}",
        details={"entry": correction.listing_id, "state": state},
    )


@transaction.atomic
def name_keeper(listing: Listing, *, identity: Identity, by: Actor, now: datetime) -> Keeper:
    """Let a person keep this entry current."""
    can_name_keeper(by, listing).require()
    return begin_keeping(listing, identity=identity, by=by, now=now)


@transaction.atomic
def end_keeper(keeper: Keeper, *, by: Actor, now: datetime) -> None:
    """End somebody's keeping of an entry."""
    can_name_keeper(by, keeper.listing).require()
    if keeper.ended_at is None:
        keeper.ended_at = now
        keeper.save(update_fields=["ended_at"])
        record_act(
            "place.keeper_ended",
            by=by,
            now=now,
            thing=f"entry:{keeper.listing_id}",
            details={"identity": keeper.identity_id},
        )


@transaction.atomic
def mark_missing(listings: Sequence[Listing], *, by: Actor, now: datetime) -> None:
    """Mark what has vanished from its source; it stays, amber, until somebody decides."""
    _set_missing(listings, now, "place.missing", by, now)


@transaction.atomic
def mark_found(listings: Sequence[Listing], *, by: Actor, now: datetime) -> None:
    """What had vanished from its source is there again."""
    _set_missing(listings, None, "place.found", by, now)


def _set_missing(listings: Sequence[Listing], since: datetime | None, verb: str, by: Actor, now: datetime) -> None:
    for listing in listings:
        can_change_place(by, listing).require()
        listing.missing_since = since
    Listing.objects.bulk_update(listings, ["missing_since"], batch_size=500)
    record_acts(verb, lines=[Line(f"entry:{listing.pk}") for listing in listings], by=by, now=now)
