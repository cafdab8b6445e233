"""Mails around keeping an entry: who asks, what was answered, who keeps it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading
from dorfplatz.kernel.text import in_language
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.models import Identity
from dorfplatz.places.asking import ANSWERS, fresh_token
from dorfplatz.places.enums import ClaimState
from dorfplatz.places.models import Claim, HandOver, Keeper
from dorfplatz.places.queries.claims import asked_to_decide
from dorfplatz.villages.queries import base_url, municipality_of

TEMPLATE, QUESTION = "mail/places/note", "mail/places/question"
LAST_ROUND = 3


@dataclass(frozen=True)
class Note:
    """A mail's words, in the language that is active, and where it leads."""

    subject: str
    text: str
    path: str


def tell_of_claim(claim: Claim, *, now: datetime) -> None:
    """A receipt to who asked; and to those who decide, that somebody asks."""
    entry = claim.listing.entry
    person = claim.identity
    with override(person.language):
        text = _("You asked to keep “%(title)s”. You get a mail as soon as somebody has looked.")
        note = Note(
            _("We have got your question"), text % {"title": reading(entry, person.language).title}, _claim_path(entry)
        )
        _post(f"claim.asked:{claim.pk}", person, entry, note, now)
    ask_to_decide(claim, now=now)


def ask_to_decide(claim: Claim, *, now: datetime) -> None:
    """To the keepers, else to the connectors, and to both once the keepers had their week; to each once."""
    entry = claim.listing.entry
    for other in asked_to_decide(claim, now=now):
        title = reading(entry, other.language).title
        said = {"title": title, "name": claim.identity.name, "words": claim.words}
        with override(other.language):
            text = _("%(name)s would like to keep “%(title)s” and says: “%(words)s” One click is enough.") % said
            link = reverse("places:decide_claim", args=[entry.code, claim.pk])
            subject = _("Somebody would like to keep an entry")
            _post(f"claim:{claim.pk}:{other.pk}", other, entry, Note(subject, text, link), now)


def tell_of_decision(claim: Claim, *, now: datetime) -> None:
    """Yes or no, with the reason, to who asked."""
    entry, person = claim.listing.entry, claim.identity
    said = {"title": reading(entry, person.language).title, "reason": claim.reason}
    with override(person.language):
        if claim.state == ClaimState.GIVEN:
            subject = _("You keep an entry now")
            text = _("You keep “%(title)s” from now on: you change it and confirm that it is right.") % said
        else:
            subject = _("About your question")
            text = _("“%(title)s” stays with those who keep it now. The reason: %(reason)s") % said
        _post(f"claim.decided:{claim.pk}", person, entry, Note(subject, text, _entry_path(entry)), now)


def tell_of_hand_over(hand_over: HandOver, successor: Identity, *, now: datetime) -> None:
    """To who handed it over, that the successor has said yes."""
    entry, person = hand_over.listing.entry, hand_over.by
    if person is None:
        return
    with override(person.language):
        text = _("%(name)s keeps “%(title)s” from now on. Thank you for your time with it!")
        if hand_over.stays:
            text = _("%(name)s keeps “%(title)s” with you from now on.")
        said = text % {"title": reading(entry, person.language).title, "name": successor.name}
        _post(f"handover:{hand_over.pk}", person, entry, Note(_("Handed over"), said, _entry_path(entry)), now)


def ask_keeper(keeper: Keeper, *, number: int, now: datetime) -> None:
    """Whether her entry is still right, with a link for each answer. `number` counts how often she was asked."""
    entry, person = keeper.listing.entry, keeper.identity
    if entry.check_due_at is None:
        return
    with override(person.language):
        text = _("You keep “%(title)s” on the square. Does everything there still hold? One click is enough.")
        if number == LAST_ROUND:
            text = _(
                "You keep “%(title)s” on the square, and nobody has confirmed it for a long time. Without an answer it "
                "leaves the map in half a year; nothing is deleted."
            )
        paths = {answer: reverse("places:fresh", args=[fresh_token(keeper, answer)]) for answer in ANSWERS}
        links = [(str(label), paths[answer]) for answer, label in ANSWERS.items()]
        said = text % {"title": reading(entry, person.language).title}
        note = Note(_("Is this still right?"), said, links[0][1])
        key = f"fresh:{keeper.pk}:{entry.check_due_at:%Y%m%d}:{number}"
        _post(key, person, entry, note, now, template=QUESTION, links=links)


def _claim_path(entry: Entry) -> str:
    return reverse("places:claim", args=[entry.code])


def _entry_path(entry: Entry) -> str:
    return reverse("entries:entry", args=[entry.code, entry.title_words])


def _post(
    key: str,
    person: Identity,
    entry: Entry,
    note: Note,
    now: datetime,
    *,
    template: str = TEMPLATE,
    links: Sequence[tuple[str, str]] = (),
) -> None:
    placement = entry.placements.select_related("area").first()
    municipality = municipality_of(placement.area) if placement else None
    if person.login is None or municipality is None or person.is_blocked:
        return
    context = {
        "subject": note.subject, "text": note.text, "name": person.name, "link": base_url(municipality) + note.path,
        "square": in_language(municipality.area.name, person.language),
        "links": [[label, base_url(municipality) + path] for label, path in links],
    }  # fmt: skip
    post_mail(key=key, to=person.login.email, template=template, context=context, language=person.language, now=now)
