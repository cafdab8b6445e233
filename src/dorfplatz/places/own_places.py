"""What a person has to do with the social map, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

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
from dorfplatz.members.sockets import Part, Row, personal_data
from dorfplatz.places.enums import CorrectionState
from dorfplatz.places.models import Correction, Keeper, Listing


def _corrections(identity_id: int) -> Iterable[Row]:
    for said in Correction.objects.filter(said_by=identity_id).select_related("listing__entry").order_by("pk"):
        title = said.listing.entry.title
        yield {"entry": title, "text": said.text, "said_at": said.said_at, "state": said.state}


def _let_go_corrections(identity_id: int, _by: Actor, _now: datetime) -> None:
    is_named = naming(identity_id)
    said = Correction.objects.filter(said_by=identity_id)
    Correction.objects.filter(pk__in=[one.pk for one in said if is_named(one.text)]).delete()


def _keeping(identity_id: int) -> Iterable[Row]:
    for keeper in Keeper.objects.filter(identity=identity_id).select_related("listing__entry").order_by("pk"):
        yield {"entry": keeper.listing.entry.title, "since": keeper.since, "ended_at": keeper.ended_at}


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


def plug_own_places() -> None:
    subscribe(EntriesErased, _erase_photos)
    personal_data.plug("keeping", Part(
        _("Entries you keep current"), {"entry": _("Entry"), "since": _("Since"), "ended_at": _("Ended")}, _keeping,
        _let_go_listings,
    ), rank=60)  # fmt: skip
    personal_data.plug("corrections", Part(
        _("What you said is wrong"),
        {"entry": _("Entry"), "text": _("Text"), "said_at": _("When"), "state": _("State")}, _corrections,
        _let_go_corrections, words={"state": dict(CorrectionState.choices)},
    ), rank=61)  # fmt: skip
    tables.plug("places.Keeper", Kept(
        _("Which entries you keep current"), _("So that it is clear whom to ask."),
        _("Until 30 days after you have left."), Basis.MEMBERSHIP, ("identity", "listing", "since", "ended_at"),
        subject="identity_id", part="keeping", secret=("identity", "listing"),
    ), rank=43)  # fmt: skip
    tables.plug("places.Correction", Kept(
        _("What somebody says is wrong"), _("So that it can be put right."),
        _("The words until it is settled; without your name once you have left."), Basis.PUBLIC_TASK,
        ("text", "said_by", "said_at", "state"), subject="said_by_id", part="corrections", secret=("said_by",),
    ), rank=44)  # fmt: skip
    tables.plug("places.Listing", Kept(
        _("Telephone, address and mail of clubs, firms and authorities"), _("So that one can reach them."),
        _("As long as the entry stands."), Basis.PUBLIC_TASK, ("phone", "email", "website", "street"),
    ), rank=45)  # fmt: skip
