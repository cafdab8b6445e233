"""The social map: who would like to keep an entry, what becomes of it, and who keeps what one has handed over."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions import Telling, read_told, tell_people
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Note
from dorfplatz.channels.sockets import Sort, sorts
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.places.enums import ClaimState
from dorfplatz.places.facts import ClaimDecided, ClaimWaits, ClaimWithdrawn, PlaceClaimed, PlaceHandedOver
from dorfplatz.places.models import Claim
from dorfplatz.places.queries.claims import asked_to_decide

CHANNELS = system("channels")


def hear_of_claim(fact: PlaceClaimed | ClaimWaits) -> None:
    """For those who are asked about it now, each once."""
    now = timezone.now()
    claim = Claim.objects.select_related("identity").get(pk=fact.claim_id)
    telling = Telling("claim", _key(claim.pk), fact.entry_id, claim.identity_id, {"claim": claim.pk})
    tell_people([person.pk for person in asked_to_decide(claim, now=now)], telling=telling, by=CHANNELS, now=now)


def hear_of_decision(fact: ClaimDecided) -> None:
    """For who asked. Those who were asked need not look any more."""
    claim = Claim.objects.get(pk=fact.claim_id)
    telling = Telling("claim_decided", f"claim_decided:{claim.pk}", fact.entry_id)
    tell_people([claim.identity_id], telling=telling, by=CHANNELS, now=timezone.now())
    _settle(fact)


def _settle(fact: ClaimDecided | ClaimWithdrawn) -> None:
    key = _key(fact.claim_id)
    for pk in Note.objects.filter(key=key, read_at=None).values_list("identity_id", flat=True):
        read_told(pk, keys=key, by=CHANNELS, now=timezone.now())


def hear_of_hand_over(fact: PlaceHandedOver) -> None:
    if fact.by_id is not None:
        telling = Telling("handed_over", f"handed_over:{fact.hand_over_id}", fact.entry_id, fact.successor_id)
        tell_people([fact.by_id], telling=telling, by=CHANNELS, now=timezone.now())


def _key(claim_id: int) -> str:
    return f"claim:{claim_id}."


def _question(note: Note) -> str:
    """Where one says yes or no; once that is done, the entry."""
    if note.entry is None:
        return reverse("channels:notes")
    is_open = Claim.objects.filter(pk=note.about["claim"], state=ClaimState.OPEN).exists()
    if is_open:
        return reverse("places:decide_claim", args=[note.entry.code, note.about["claim"]])
    return reverse("entries:entry", kwargs={"code": note.entry.code, "words": note.entry.title_words})


def _own_question(note: Note) -> str:
    return reverse("places:claim", args=[note.entry.code]) if note.entry else reverse("channels:notes")


def plug_places() -> None:
    asked = Sort(
        _("Somebody would like to keep an entry (keepers and connectors)"),
        _("%(name)s would like to keep this entry:"), "circle-help", Way.AT_ONCE, url=_question, mails=("claim:",),
    )  # fmt: skip
    decided = Sort(
        _("Whether I may keep an entry"), _("Your question whether you may keep this entry is answered:"), "check",
        Way.AT_ONCE, url=_own_question, mails=("claim.decided:",),
    )  # fmt: skip
    handed_over = Sort(
        _("Who keeps what I have handed over"), _("%(name)s keeps this entry now:"), "user-plus", Way.AT_ONCE,
        mails=("handover:",),
    )  # fmt: skip
    sorts.plug("claim", asked, rank=62)
    sorts.plug("claim_decided", decided, rank=63)
    sorts.plug("handed_over", handed_over, rank=64)
    subscribe(PlaceClaimed, hear_of_claim)
    subscribe(ClaimWaits, hear_of_claim)
    subscribe(ClaimDecided, hear_of_decision)
    subscribe(ClaimWithdrawn, _settle)
    subscribe(PlaceHandedOver, hear_of_hand_over)
