"""“A letter for you”: that there is one, and what it says only to those who want that; with an address for answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.kernel.text import in_language
from dorfplatz.letters.models import Letter, Seat, Thread
from dorfplatz.letters.queries import first_unread, those_in_full
from dorfplatz.letters.sockets import Addressee
from dorfplatz.mail.actions import post_mail
from dorfplatz.mail.inbound.addresses import new_handle, reply_address
from dorfplatz.mail.models import Mail
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url, municipality_of

TEMPLATE, RETURNED = "mail/letters/letter", "mail/letters/returned"
PURPOSE = "l"
MOST_RETURNED_A_DAY = 5


def tell_of_letter(letter: Letter, reader: Identity, *, desk: Addressee | None, now: datetime) -> bool:
    """Tell a reader by mail of the first letter she has not read; further ones wait until she has looked.

    Who wants letters in full gets each of them. The mail can be answered, where the installation takes answers.
    """
    square = _square(reader, letter)
    if reader.login is None or reader.is_blocked or square is None:
        return False
    in_full = bool(those_in_full([reader.pk]))
    about = letter.pk if in_full else first_unread(letter.thread_id, reader.pk)
    answers = _address_for(letter.thread, reader, letter=letter, now=now)
    with override(reader.language):
        link = base_url(square) + reverse("letters:thread", args=[letter.thread.code])
    context = {
        "name": reader.name,
        "link": link,
        "square": in_language(square.area.name, reader.language),
        "desk": desk.name if desk else "",
        "is_from_desk": letter.is_from_desk,
        "writer": "" if letter.is_from_desk or letter.author is None else letter.author.name,
        "text": letter.text if in_full else "",
        "has_files": in_full and letter.enclosures.exists(),
        "can_answer": bool(answers),
    }
    post_mail(
        key=f"letters:{letter.thread_id}:{reader.pk}:{about}", to=reader.login.email, template=TEMPLATE,
        context=context, language=reader.language, now=now, headers={"Reply-To": answers} if answers else None,
    )  # fmt: skip
    return True


def _address_for(thread: Thread, reader: Identity, *, letter: Letter, now: datetime) -> str:
    """The address for this reader's answers in this thread; "" where answers are not taken by mail."""
    if not settings.REPLY_ADDRESS:
        return ""
    is_desk = bool(thread.desk) and not letter.is_from_desk
    seat, _is_new = Seat.objects.get_or_create(thread=thread, identity=reader, defaults={"is_desk": is_desk})
    if not seat.handle:
        seat.handle = new_handle()
        seat.save(update_fields=["handle"])
    return reply_address(PURPOSE, seat.handle, to=settings.REPLY_ADDRESS, now=now)


def tell_of_return(seat: Seat, sentence: str, *, key: str, now: datetime) -> None:
    """Tell a member that her answer by mail was not taken, and why; to her own address, whoever wrote."""
    reader = seat.identity
    square = _square(reader, None) if reader else None
    if reader is None or reader.login is None or square is None:
        return
    begins = f"letters.returned:{seat.pk}:"
    today = Mail.objects.filter(key__startswith=begins, posted_at__gt=now - timedelta(days=1))
    if today.count() >= MOST_RETURNED_A_DAY:
        return
    with override(reader.language):
        link = base_url(square) + reverse("letters:thread", args=[seat.thread.code])
    square_name = in_language(square.area.name, reader.language)
    context = {"name": reader.name, "link": link, "sentence": sentence, "square": square_name}
    post_mail(
        key=begins + key, to=reader.login.email, template=RETURNED, context=context, language=reader.language, now=now
    )


def _square(reader: Identity, letter: Letter | None) -> Municipality | None:
    """The square of the reader, else of whoever wrote; somebody from across the border reads on the writer's."""
    homes = [reader.home_area, letter.author.home_area if letter and letter.author else None]
    return (
        next((found for home in homes if (found := municipality_of(home))), None)
        or Municipality.objects.filter(is_served=True).select_related("area").order_by("pk").first()
    )
