"""What a person has to do with the social map, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import erase_entries
from dorfplatz.entries.facts import EntriesErased
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.kernel.facts import subscribe
from dorfplatz.media.actions import erase_picture
from dorfplatz.media.models import Picture
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, TitleOf, personal_data
from dorfplatz.places.enums import ClaimState, CorrectionState
from dorfplatz.places.models import Claim, Correction, HandOver, Keeper, Listing, Reminder


def _title(listing: Listing) -> TitleOf:
    return TitleOf(listing.entry.title, listing.entry_id)


def _corrections_of(identity_id: int) -> QuerySet[Correction]:
    return Correction.objects.filter(said_by=identity_id)


def _corrections(identity_id: int) -> Iterable[Row]:
    for said in _corrections_of(identity_id).select_related("listing__entry").order_by("pk"):
        title = _title(said.listing)
        yield {"entry": title, "text": said.text, "said_at": said.said_at, "state": said.state}


def _let_go_corrections(identity_id: int, _by: Actor, _now: datetime) -> None:
    is_named = naming(identity_id)
    said = _corrections_of(identity_id)
    Correction.objects.filter(pk__in=[one.pk for one in said if is_named(one.text)]).delete()


def _keeping_of(identity_id: int) -> QuerySet[Keeper]:
    return Keeper.objects.filter(identity=identity_id)


def _keeping(identity_id: int) -> Iterable[Row]:
    for keeper in _keeping_of(identity_id).select_related("listing__entry", "reminder").order_by("pk"):
        asked: Reminder | None = getattr(keeper, "reminder", None)
        yield {
            "entry": _title(keeper.listing), "since": keeper.since, "ended_at": keeper.ended_at,
            "due_at": asked.due_at if asked else None, "count": asked.count if asked else 0,
            "asked_at": asked.asked_at if asked else None,
        }  # fmt: skip


def _let_go_listings(identity_id: int, by: Actor, now: datetime) -> None:
    """Of the entries she wrote, those whose address or telephone lines name her."""
    is_named = naming(identity_id)
    mine = Listing.objects.filter(entry__author=identity_id)
    erase_entries([row.pk for row in mine if is_named(*_words(row))], by=by, now=now)


def _words(listing: Listing) -> list[str]:
    notes = (listing.cost_note, listing.access_note, listing.hours_note, listing.alert)
    return [listing.email, listing.website, listing.street, *(text for note in notes for text in note.values())]


def _erase_photos(fact: EntriesErased) -> None:
    for picture in Picture.objects.filter(pk__in=_photos_of(fact.entry_ids)):
        erase_picture(picture, by=system("retention"), now=timezone.now())


def _photos_of(entry_ids: Iterable[int]) -> list[int]:
    shown = Listing.objects.filter(pk__in=list(entry_ids), photos__isnull=False)
    return list(shown.values_list("photos__picture_id", flat=True))


def _claims_of(identity_id: int) -> QuerySet[Claim]:
    return Claim.objects.filter(identity=identity_id)


def _claims(identity_id: int) -> Iterable[Row]:
    for claim in _claims_of(identity_id).select_related("listing__entry").order_by("pk"):
        title = _title(claim.listing)
        yield {
            "entry": title, "words": claim.words, "asked_at": claim.asked_at, "state": claim.state,
            "reason": claim.reason, "decided_at": claim.decided_at,
        }  # fmt: skip


def _hand_overs_of(identity_id: int) -> QuerySet[HandOver]:
    return HandOver.objects.filter(by=identity_id)


def _hand_overs(identity_id: int) -> Iterable[Row]:
    for one in _hand_overs_of(identity_id).select_related("listing__entry").order_by("pk"):
        yield {"entry": _title(one.listing), "asked_at": one.asked_at, "done_at": one.done_at}


def plug_own_places() -> None:
    subscribe(EntriesErased, _erase_photos)
    personal_data.plug("keeping", Part(
        _("Entries you keep current"),
        {
            "entry": _("Entry"), "since": _("Since"), "ended_at": _("Ended"), "due_at": _("Due on"),
            "count": _("Asked, how often"), "asked_at": _("Asked last"),
        },
        _keeping, _let_go_listings, there=_keeping_of,
    ), rank=60)  # fmt: skip
    personal_data.plug("corrections", Part(
        _("What you said is wrong"),
        {"entry": _("Entry"), "text": _("Text"), "said_at": _("When"), "state": _("State")}, _corrections,
        _let_go_corrections, words={"state": dict(CorrectionState.choices)}, there=_corrections_of,
    ), rank=61)  # fmt: skip
    personal_data.plug("claims", Part(
        _("Entries you asked to keep"),
        {"entry": _("Entry"), "words": _("Your words"), "asked_at": _("When"), "state": _("State"),
         "reason": _("Answer"), "decided_at": _("Decided")},
        _claims, words={"state": dict(ClaimState.choices)}, there=_claims_of,
    ), rank=62)  # fmt: skip
    personal_data.plug("handovers", Part(
        _("Entries you handed over"), {"entry": _("Entry"), "asked_at": _("When"), "done_at": _("Taken over")},
        _hand_overs, there=_hand_overs_of,
    ), rank=63)  # fmt: skip
    tables.plug("places.Claim", Kept(
        _("Which entries you asked to keep"), _("So that somebody can say yes or no, and you see why."),
        _("Half a year after it was answered; without an answer, half a year after you asked."), Basis.MEMBERSHIP,
        ("identity", "listing", "words", "asked_at", "state", "decided_at", "reason"), subject="identity_id",
        part="claims", secret=("identity", "listing"),
    ), rank=44)  # fmt: skip
    tables.plug("places.HandOver", Kept(
        _("Which entries you handed over"), _("So that they pass on without a gap."),
        _("Half a year after it was taken over; otherwise half a year after you asked."), Basis.MEMBERSHIP,
        ("by", "listing", "asked_at", "done_at"),
        subject="by_id", part="handovers", secret=("by", "listing"),
    ), rank=44)  # fmt: skip
    tables.plug("places.Keeper", Kept(
        _("Which entries you keep current"), _("So that it is clear whom to ask."),
        _("Until 30 days after you have left."), Basis.MEMBERSHIP, ("identity", "listing", "since", "ended_at"),
        subject="identity_id", part="keeping", secret=("identity", "listing"),
    ), rank=43)  # fmt: skip
    tables.plug("places.Reminder", Kept(
        _("That you were asked whether an entry is still right"), _("So that you are asked three times and not more."),
        _("As long as you keep the entry."), Basis.MEMBERSHIP, ("keeper", "due_at", "count", "asked_at"),
        subject="keeper__identity_id", part="keeping", secret=("keeper",),
    ), rank=44)  # fmt: skip
    tables.plug("places.Correction", Kept(
        _("What somebody says is wrong"), _("So that it can be put right."),
        _("The words until it is settled; without your name once you have left."), Basis.PUBLIC_TASK,
        ("text", "said_by", "said_at", "state"), subject="said_by_id", part="corrections", secret=("said_by",),
    ), rank=44)  # fmt: skip
    tables.plug("places.Listing", Kept(
        _("Telephone, address and mail of clubs, firms and authorities"), _("So that one can reach them."),
        _("As long as the entry stands."), Basis.PUBLIC_TASK, ("phone", "email", "website", "street"),
    ), rank=45)  # fmt: skip
