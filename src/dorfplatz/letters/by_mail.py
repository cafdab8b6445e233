"""Answers to letters that come by mail: from her own address only, to the thread for which the address was made."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.letters.actions import answer_letter, read_thread
from dorfplatz.letters.models import Seat, Thread
from dorfplatz.letters.post import tell_of_return
from dorfplatz.letters.queries import thread_of_code
from dorfplatz.mail.enums import Reception
from dorfplatz.mail.inbound.addresses import ReplyTo
from dorfplatz.mail.inbound.incoming import Incoming
from dorfplatz.members.queries import actor_of_identity


def take_answer(address: ReplyTo, mail: Incoming, now: datetime) -> Reception:
    """Put it into the thread, or tell the member in one sentence why not. The same mail twice is one letter."""
    found = Seat.objects.filter(handle=address.handle).exclude(handle="")
    seat = found.select_related("thread", "identity__login", "identity__home_area__parent__municipality").first()
    if seat is None or seat.identity is None or seat.identity.login is None or seat.identity.is_blocked:
        return Reception.UNKNOWN
    with override(seat.identity.language):
        sentence = _why_not(seat, address, mail) or _sent(seat, mail, now)
    if sentence:
        tell_of_return(seat, sentence, key=mail.key, now=now)
        return Reception.REFUSED
    return Reception.TAKEN


def _why_not(seat: Seat, address: ReplyTo, mail: Incoming) -> str:
    """Asked before anything of the mail is kept; "" where nothing speaks against it."""
    login = seat.identity.login if seat.identity else None
    if login is None or mail.sender != login.email.lower():
        return _("An answer to one of your letters came from another e-mail address than yours and was not taken.")
    if mail.is_doubtful:
        return _("We cannot be sure that your answer by mail really came from you. Please answer on the square.")
    if address.is_over:
        return _("Answering by mail is possible for 60 days. Please answer on the square.")
    if mail.is_too_large:
        return _("Your answer by mail was too large. Please answer on the square; pictures can lie in a letter there.")
    return ""


def _sent(seat: Seat, mail: Incoming, now: datetime) -> str:
    """Send it; says why it could not be."""
    if seat.identity is None:
        return ""
    if not mail.text:
        return _("We found no words of your own in your answer by mail. Please answer on the square.")
    by = actor_of_identity(seat.identity)
    thread: Thread | None = thread_of_code(seat.thread.code, by)
    if thread is None:
        return _("This person cannot be written to (any more).")
    try:
        answer_letter(thread, text=mail.text, form_key=f"mail:{mail.key}", is_by_mail=True, by=by, now=now)
    except (Problem, Refused) as problem:
        return str(problem)
    read_thread(thread, by=by, now=now)
    return _("Your answer is there. What was attached is not: please add it on the square.") if mail.has_files else ""
