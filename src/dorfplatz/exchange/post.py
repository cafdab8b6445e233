"""Mails around asks and offers: that something has happened, and where to look; what was said stays on the square."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.entries.queries import reading
from dorfplatz.exchange.enums import Direction
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.kernel.text import in_language
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.models import Identity
from dorfplatz.ui.said import said_day
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url, municipality_of

TEMPLATE = "mail/exchange/note"
SALT = "exchange.renew"
LINK_WORKS_S = 60 * 24 * 3600


@dataclass(frozen=True)
class Note:
    """A mail's words, in the language that is active."""

    subject: str
    text: str
    label: str
    link: str


def contact_of(exchange: Exchange) -> Identity | None:
    """Who gets mails about it: the author, or the connector who wrote it for somebody without a login."""
    author = exchange.entry.author
    if author is not None and author.login_id is not None:
        return author
    return exchange.set_out_by


def renewal_token(exchange: Exchange) -> str:
    """Good for this entry as it is now: a change or a renewal makes it worthless."""
    return signing.dumps([exchange.pk, exchange.round], salt=SALT)


def read_renewal_token(token: str) -> tuple[int, int] | None:
    """The entry and the round it is good for; None for what we never wrote, or wrote too long ago."""
    try:
        pk, number = signing.loads(token, salt=SALT, max_age=LINK_WORKS_S)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(pk), int(number)


def tell_of_answer(answer: Answer, *, now: datetime) -> None:
    """Tell whoever asked that there is an answer."""
    exchange = answer.exchange
    person = contact_of(exchange)
    if person is None:
        return
    with override(person.language):
        is_ask = exchange.entry.kind == Direction.ASK
        said = {"name": answer.helper.name, "title": reading(exchange.entry, person.language).title}
        if is_ask:
            text = _("%(name)s has answered your ask “%(title)s”.") % said
        else:
            text = _("%(name)s is interested in your offer “%(title)s”.") % said
        if person.pk != exchange.entry.author_id:
            text = (
                _("%(name)s has answered what you set out for somebody: “%(title)s”. Please ring that person.") % said
            )
        subject = _("Somebody has answered you")
        note = Note(subject, text, _("Read the answer"), _talk_path(answer))
        _post(f"exchange.answer:{answer.pk}", person, exchange, note, now)


def tell_of_yes(answer: Answer, *, now: datetime) -> None:
    """Tell the helper that her answer is taken up."""
    person = answer.helper
    with override(person.language):
        text = _("Your answer to “%(title)s” has been taken up. On the square you see how it goes on.")
        said = text % {"title": reading(answer.exchange.entry, person.language).title}
        note = Note(_("Yes, please!"), said, _("See how it goes on"), _talk_path(answer))
        _post(f"exchange.yes:{answer.pk}", person, answer.exchange, note, now)


def tell_of_no(answer: Answer, *, now: datetime) -> None:
    """Tell the helper, kindly, that it is settled without her."""
    person = answer.helper
    with override(person.language):
        text = _("“%(title)s” is settled. Thank you for having offered to help!")
        said = text % {"title": reading(answer.exchange.entry, person.language).title}
        note = Note(_("It is settled"), said, _("See what else there is"), reverse("exchange:list"))
        _post(f"exchange.no:{answer.pk}", person, answer.exchange, note, now)


def tell_of_thanks(answer: Answer, *, now: datetime) -> None:
    """Tell the helper that there are thanks for her, and that she may show them."""
    person = answer.helper
    with override(person.language):
        text = _("Somebody thanks you for your help with “%(title)s”.")
        said = text % {"title": reading(answer.exchange.entry, person.language).title}
        note = Note(_("Somebody thanks you"), said, _("Read the thanks"), _talk_path(answer))
        _post(f"exchange.thanks:{answer.pk}", person, answer.exchange, note, now)


def ask_to_renew(exchange: Exchange, *, now: datetime) -> bool:
    """Ask whether it still holds, once in each round; whether there is anybody to ask."""
    person = contact_of(exchange)
    until = exchange.entry.expires_at
    if person is None or until is None:
        return False
    with override(person.language):
        day = said_day(until.date(), today=now.date(), language=person.language)
        text = _("“%(title)s” stands on the square until %(day)s. If it still holds, one click is enough.")
        link = reverse("exchange:renew", args=[renewal_token(exchange)])
        said = {"title": reading(exchange.entry, person.language).title, "day": day}
        note = Note(_("Does this still hold?"), text % said, _("Yes, leave it there"), link)
        return _post(f"exchange.renew:{exchange.pk}:{exchange.round}", person, exchange, note, now)


def _talk_path(answer: Answer) -> str:
    return reverse("exchange:talk", args=[answer.exchange.entry.code, answer.pk])


def _post(key: str, person: Identity, exchange: Exchange, note: Note, now: datetime) -> bool:
    login, municipality = person.login, _municipality(exchange)
    if login is None or municipality is None or person.is_blocked:
        return False
    context = {
        "subject": note.subject,
        "text": note.text,
        "label": note.label,
        "link": base_url(municipality) + note.link,
        "name": person.name,
        "square": in_language(municipality.area.name, person.language),
    }
    post_mail(key=key, to=login.email, template=TEMPLATE, context=context, language=person.language, now=now)
    return True


def _municipality(exchange: Exchange) -> Municipality | None:
    placements = list(exchange.entry.placements.all())
    return municipality_of(placements[0].area) if placements else None
