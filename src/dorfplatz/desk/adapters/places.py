"""The social map: what should be confirmed, what is said to be wrong, who would like to keep an entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.desk.adapters.ways import way_to
from dorfplatz.desk.words import waits_in_words
from dorfplatz.entries.models import Entry
from dorfplatz.members.sockets import OF_ITS_ENTRY, Beat, Duty, Lead, Move, Waiting, duties
from dorfplatz.places.actions import close_place, confirm_place, decide_claim, settle_correction
from dorfplatz.places.confirmation import confirmed_in_words, role_of
from dorfplatz.places.entry_facts import call_address
from dorfplatz.places.enums import EDIT, CorrectionState
from dorfplatz.places.models import Claim, Correction, Listing
from dorfplatz.places.queries import claims_in, corrections_in, due_places, listing_of, without_picture
from dorfplatz.places.room import ROOM

# Imports bring entries by the hundred: a desk has room for so many in a week.
SHARE = 8
PICTURES = 2
RIGHT, GONE, DONE, KEEP, BARE = "right", "gone", "done", "keep", "bare"
YES, NO = "yes", "no"


_confirmed = lazy(confirmed_in_words, str)


def _change(entry: Entry) -> Lead:
    return Lead(gettext_lazy("Change it"), "pencil", reverse_lazy("places:edit", args=[entry.code]))


def find_due(beat: Beat, most: int) -> Iterable[Waiting]:
    if not beat.municipality.has_room(ROOM):
        return []
    return [_due(listing, beat) for listing in due_places(beat.areas_with(EDIT), beat.viewer, now=beat.now, most=most)]


def _due(listing: Listing, beat: Beat) -> Waiting:
    entry = listing.entry
    since: datetime = listing.missing_since or entry.check_due_at or beat.now
    gone = Move(GONE, gettext_lazy("It is gone"), "x")
    return Waiting(
        entry.pk, OF_ITS_ENTRY, entry.title, _confirmed(listing), since, url=way_to(entry),
        phone=listing.phone, phone_url=call_address(listing.phone),
        moves=(Move(RIGHT, gettext_lazy("Still right"), "check"), gone), leads=(_change(entry),),
        entry_id=entry.pk, title_language=entry.language,
    )  # fmt: skip


def do_due(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del words
    listing = listing_of(_entry(waiting.id))
    if verb == RIGHT:
        confirm_place(listing, role=role_of(beat.viewer, listing), by=beat.viewer, now=beat.now)
        return _("Thank you! “%(title)s” counts as confirmed today.") % {"title": waiting.title}
    close_place(listing, by=beat.viewer, now=beat.now)
    return _("“%(title)s” is off the map. Its page says that it is gone.") % {"title": waiting.title}


def _entry(pk: int) -> Entry:
    return Entry.objects.prefetch_related("placements__area").get(pk=pk)


def find_corrections(beat: Beat, most: int) -> Iterable[Waiting]:
    if not beat.municipality.has_room(ROOM):
        return []
    found = corrections_in(beat.areas_with(EDIT), beat.viewer, now=beat.now, most=most)
    return [_correction(correction, beat) for correction in found]


def _correction(correction: Correction, beat: Beat) -> Waiting:
    entry = correction.listing.entry
    reason = _("Somebody says that this is wrong, %(waits)s.")
    return Waiting(
        correction.pk, OF_ITS_ENTRY, entry.title,
        reason % {"waits": waits_in_words(correction.said_at, beat.now)}, correction.said_at, url=way_to(entry),
        words=correction.text, phone=correction.listing.phone, phone_url=call_address(correction.listing.phone),
        moves=(
            Move(DONE, gettext_lazy("Put right"), "check"), Move(KEEP, gettext_lazy("It stays as it is"), "x"),
        ),
        leads=(_change(entry),),
        entry_id=entry.pk, title_language=entry.language,
    )  # fmt: skip


def do_correction(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del words
    correction = Correction.objects.select_related("listing__entry").get(pk=waiting.id)
    state = CorrectionState.DONE if verb == DONE else CorrectionState.DECLINED
    settle_correction(correction, state=state, by=beat.viewer, now=beat.now)
    return _("Done. The note is closed.")


def find_claims(beat: Beat, most: int) -> Iterable[Waiting]:
    if not beat.municipality.has_room(ROOM):
        return []
    found = claims_in(beat.areas_with(EDIT), beat.viewer, now=beat.now, most=most)
    return [_claim(claim, beat) for claim in found]


def _claim(claim: Claim, beat: Beat) -> Waiting:
    entry = claim.listing.entry
    said = {"name": claim.identity.name, "waits": waits_in_words(claim.asked_at, beat.now)}
    url = reverse_lazy("places:decide_claim", args=[entry.code, claim.pk])
    return Waiting(
        claim.pk, OF_ITS_ENTRY, entry.title,
        _("%(name)s would like to keep this entry, and waits %(waits)s.") % said, claim.asked_at, url=way_to(entry),
        words=claim.words,
        moves=(
            Move(YES, gettext_lazy("Yes, let her keep it"), "check"),
            Move(NO, gettext_lazy("No, because"), "x", gettext_lazy("Why not? The person reads it.")),
        ),
        leads=(Lead(gettext_lazy("Look at it first"), "eye", url),),
        entry_id=entry.pk, title_language=entry.language,
    )  # fmt: skip


def do_claim(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    claim = Claim.objects.select_related("identity", "listing__entry").get(pk=waiting.id)
    said = {"name": claim.identity.name}
    decide_claim(claim, is_given=verb == YES, reason=words, by=beat.viewer, now=beat.now)
    return (_("%(name)s keeps this entry from now on.") if verb == YES else _("%(name)s has got your answer.")) % said


def find_bare(beat: Beat, most: int) -> Iterable[Waiting]:
    if not beat.municipality.has_room(ROOM):
        return []
    areas = beat.areas_with(EDIT)
    found = without_picture(areas, beat.viewer, now=beat.now, most=most)
    return [_bare(listing.entry, beat) for listing in found]


def _bare(entry: Entry, beat: Beat) -> Waiting:
    add = Lead(gettext_lazy("Add a picture"), "camera", reverse_lazy("places:photos", args=[entry.code]))
    return Waiting(
        entry.pk, OF_ITS_ENTRY, entry.title, _("Has no picture yet."), entry.published_at or beat.now,
        url=way_to(entry), moves=(Move(BARE, gettext_lazy("It does without"), "x"),), leads=(add,),
        entry_id=entry.pk, title_language=entry.language,
    )  # fmt: skip


def do_bare(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del verb, words, beat
    return _("Good. “%(title)s” does without.") % {"title": waiting.title}


def plug_places() -> None:
    rest = timedelta(days=1)
    due = Duty(gettext_lazy("To confirm"), "badge-check", 1, find_due, do_due, rests=rest, share=SHARE)
    correction = Duty(gettext_lazy("Something is wrong"), "flag", 5, find_corrections, do_correction)
    duties.plug("claim", Duty(gettext_lazy("Wants to keep it"), "circle-help", 5, find_claims, do_claim), rank=40)
    duties.plug("correction", correction, rank=30)
    duties.plug("place", due, rank=60)
    year = timedelta(days=366)
    duties.plug("picture", Duty(gettext_lazy("No picture"), "camera", 0, find_bare, do_bare, year, PICTURES), rank=80)
