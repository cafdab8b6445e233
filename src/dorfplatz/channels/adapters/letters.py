"""Letters: that there is one, for whoever it is for; never what it says, and gone from the list once she has looked."""

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
from dorfplatz.letters.facts import LetterSent, ThreadRead
from dorfplatz.letters.queries import code_of_thread, first_unread

CHANNELS = system("channels")


def hear_of_letter(fact: LetterSent) -> None:
    """One note for all letters of a thread that somebody has not looked at."""
    for pk in fact.to_ids:
        key = f"letter:{fact.thread_id}:{first_unread(fact.thread_id, pk)}"
        telling = Telling("letter", key, None, fact.from_id, {"thread": fact.thread_id})
        tell_people([pk], telling=telling, by=CHANNELS, now=timezone.now())


def hear_of_reading(fact: ThreadRead) -> None:
    read_told(fact.identity_id, keys=f"letter:{fact.thread_id}:", by=CHANNELS, now=timezone.now())


def _thread(note: Note) -> str:
    """The thread, or the list where it has been thrown away by both."""
    code = code_of_thread(note.about["thread"])
    return reverse("letters:thread", args=[code]) if code else reverse("letters:threads")


def plug_letters() -> None:
    letter = Sort(
        _("Letters to me, and to an organisation whose page I keep"),
        _("There is a letter for you"),
        "mail",
        Way.AT_ONCE,
        url=_thread,
        mails=("letters:",),
    )
    sorts.plug("letter", letter, rank=5)
    subscribe(LetterSent, hear_of_letter)
    subscribe(ThreadRead, hear_of_reading)
