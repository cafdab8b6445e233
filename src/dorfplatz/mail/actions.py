"""Posting mails in the transaction of the decision, delivering them later, and forgetting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from dorfplatz.jobs.queue import enqueue, enqueue_many
from dorfplatz.journal.actions import Line, record_act, record_acts
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.carrier import CarrierRefused, hand_over
from dorfplatz.mail.enums import Absent, MailState
from dorfplatz.mail.facts import MailRefused
from dorfplatz.mail.letter import Words, checked_address, checked_headers, message, new_message_id, written
from dorfplatz.mail.models import Mail
from dorfplatz.mail.policies import can_post_probe
from dorfplatz.mail.sockets import enclosed_in, handling_of

WORDS_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=365)
OUTBOX = system("outbox")
BATCH = 100


class NotThereYet(Exception):
    """What goes with the mail is still being made; a little later it is there."""


@transaction.atomic
def post_mail(
    *,
    key: str,
    to: str,
    template: str,
    context: Mapping[str, object],
    language: str,
    now: datetime,
    by: Actor = OUTBOX,
    headers: Mapping[str, str] | None = None,
) -> Mail:
    """Put a mail into the outbox; with the current transaction it stands or falls.

    `key` says what the mail is about and to whom ("invitation:12"): posting the same again returns the first and
    sends nothing. `template` ("members/mail/invitation") is rendered now, in `language`, with `context`. Raises
    Problem for a `to` that is not exactly one address. What that person does not want (`sockets.says`) is not sent.
    `by` decided it; whether they may is the caller's to ask.
    """
    known = Mail.objects.filter(key=key).first()
    if known:
        return known
    words = written(template, context, language)
    wish = handling_of(key, to, now)
    mail = _mail(Posting(key, to, words, language, {**wish.headers, **(headers or {})}), now)
    if not wish.is_wanted:
        mail.state, mail.refusal = MailState.REFUSED, "not wanted"
    try:
        with transaction.atomic():
            mail.save()
    except IntegrityError:  # the same decision, a moment earlier, elsewhere
        return Mail.objects.get(key=key)
    if not wish.is_wanted:
        _erase_words([mail.pk], now)
        return mail
    enqueue("dorfplatz.mail.tasks.deliver_mail", key=f"mail:{mail.pk}", run_after=wish.not_before, mail_id=mail.pk)
    record_act("post_mail", by=by, now=now, thing=f"mail:{mail.pk}", details={"template": template})
    return mail


@dataclass(frozen=True)
class Posting:
    """A mail that is written already, for `post_mails`.

    `enclosed` names one of `sockets.enclosers` (`by`) and what to fetch (`what`).
    """

    key: str
    to: str
    words: Words
    language: str
    headers: Mapping[str, str]
    enclosed: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def post_mails(postings: Sequence[Posting], *, priority: int = 0, by: Actor, now: datetime) -> int:
    """Put many mails into the outbox, those whose key is new; in a fixed number of queries for any few hundred.

    An address that is none is left out: nobody waits for it. Returns how many there are.
    """
    known = set(Mail.objects.filter(key__in=[one.key for one in postings]).values_list("key", flat=True))
    mails = Mail.objects.bulk_create(
        [_mail(one, now) for one in postings if one.key not in known and _is_address(one.to)], batch_size=BATCH
    )
    orders = {f"mail:{mail.pk}": {"mail_id": mail.pk} for mail in mails}
    enqueue_many("dorfplatz.mail.tasks.deliver_mail", orders, priority=priority)
    record_acts("post_mail", lines=[Line(f"mail:{mail.pk}") for mail in mails], by=by, now=now)
    return len(mails)


def _mail(one: Posting, now: datetime) -> Mail:
    return Mail(
        key=one.key,
        to=checked_address(one.to),
        subject=one.words.subject,
        text=one.words.text,
        html=one.words.html,
        language=one.language,
        headers=checked_headers(one.headers),
        enclosed=dict(one.enclosed),
        message_id=new_message_id(settings.DEFAULT_FROM_EMAIL),
        posted_at=now,
    )


def _is_address(said: str) -> bool:
    try:
        return bool(checked_address(said))
    except Problem:
        return False


@transaction.atomic
def post_probe(*, to: str, name: str, language: str, by: Actor, now: datetime) -> Mail:
    """Post a mail that says only that mail works. `name` is the square's."""
    can_post_probe(by).require()
    key = f"probe:{now.isoformat(timespec='microseconds')}"
    return post_mail(key=key, to=to, template="mail/probe", context={"name": name}, language=language, by=by, now=now)


def deliver_mail(mail_id: int, *, now: datetime) -> None:
    """Hand a waiting mail over. Does nothing for any other, so it may be called again after a crash.

    A crash between the server's receipt and our note of it sends the mail twice, with the same Message-ID. Raises
    carrier.CarrierAway when the server is away, and NotThereYet while what goes with it is being made.
    """
    mail = Mail.objects.filter(pk=mail_id, state=MailState.WAITING).first()
    if mail is None:
        return
    enclosed = enclosed_in(mail.enclosed, now)
    if enclosed is Absent.NOT_YET:
        raise NotThereYet
    if enclosed is Absent.GONE:
        erase_mails([mail.pk], by=OUTBOX, now=now)
        return
    Mail.objects.filter(pk=mail_id).update(attempts=F("attempts") + 1)
    letter = message(
        Words(mail.subject, mail.text, mail.html),
        sender=settings.DEFAULT_FROM_EMAIL,
        to=mail.to,
        language=mail.language,
        message_id=mail.message_id,
        posted_at=mail.posted_at,
        headers=mail.headers,
        enclosed=enclosed,
    )
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        hand_over(letter, sender=sender, to=mail.to, url=settings.MAIL_URL, folder=Path(settings.HOME) / "mail")
    except CarrierRefused as refused:
        _note_refusal(mail, str(refused), now)
    else:
        Mail.objects.filter(pk=mail_id, state=MailState.WAITING).update(state=MailState.SENT, sent_at=now)


@transaction.atomic
def _note_refusal(mail: Mail, code: str, now: datetime) -> None:
    if Mail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(state=MailState.REFUSED, refusal=code):
        record_act("note_refused_mail", by=OUTBOX, now=now, thing=f"mail:{mail.pk}", details={"code": code})
        announce(MailRefused(mail.pk, mail.key, now))


@transaction.atomic
def erase_mails_to(address: str, *, by: Actor, now: datetime) -> int:
    """Forget an address: what waits for it is not sent any more, what was sent loses address and words."""
    found = Mail.objects.filter(to__iexact=address.strip(), erased_at__isnull=True)
    return erase_mails(list(found.values_list("pk", flat=True)), by=by, now=now)


@transaction.atomic
def erase_mails(ids: Sequence[int], *, by: Actor, now: datetime) -> int:
    """The same for these mails; returns how many there are."""
    Mail.objects.filter(pk__in=ids, state=MailState.WAITING).update(state=MailState.REFUSED, refusal="withdrawn")
    _erase_words(ids, now)
    record_act("erase_mails", by=by, now=now, thing="mail:outbox", details={"mails": list(ids)})
    return len(ids)


@transaction.atomic
def erase_old_mails(*, now: datetime) -> int:
    """Erase address and words of mails that left a week ago, and after a year the rows; returns how many lost words."""
    old = Mail.objects.exclude(state=MailState.WAITING).filter(erased_at__isnull=True, posted_at__lt=now - WORDS_KEPT)
    # A mail that waited long keeps its words for a week from its sending.
    ids = list(old.exclude(sent_at__gte=now - WORDS_KEPT).values_list("pk", flat=True))
    _erase_words(ids, now)
    Mail.objects.filter(erased_at__lt=now - ROWS_KEPT).delete()
    return len(ids)


def _erase_words(ids: Sequence[int], now: datetime) -> None:
    Mail.objects.filter(pk__in=ids).update(to="", subject="", text="", html="", headers={}, enclosed={}, erased_at=now)
