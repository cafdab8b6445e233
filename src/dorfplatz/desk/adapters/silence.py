"""Villages in which nobody has written for weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorfplatz.desk.queries.coverage import last_words
from dorfplatz.desk.words import waits_in_words
from dorfplatz.kernel.text import in_language
from dorfplatz.members.sockets import Beat, Duty, Lead, Move, Waiting, duties
from dorfplatz.square.enums import Sort
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.sockets import village_pages

SILENT_AFTER = timedelta(days=21)
TALKED = "talked"


def find_silent(beat: Beat, most: int) -> Iterable[Waiting]:
    villages = {pk: area for pk, area in beat.areas.items() if area.kind == AreaKind.VILLAGE}
    last = last_words(list(villages))
    page = village_pages.get("home")
    found = []
    for pk, area in villages.items():
        since = last.get(pk)
        if since is not None and beat.now - since < SILENT_AFTER:
            continue
        waits = {"waits": waits_in_words(since or beat.now, beat.now)}
        reason = _("Nobody has written here %(waits)s.") if since else _("Nobody has written here yet.")
        write = Lead(gettext_lazy("Write something"), "pencil", reverse_lazy("square:write", args=[Sort.NEWS]))
        talked = Move(TALKED, gettext_lazy("I have asked around"), "ear")
        name = in_language(area.name, get_language() or "de")
        found.append(Waiting(
            pk, pk, name, reason % waits, since or beat.now - SILENT_AFTER, moves=(talked,), leads=(write,),
            url=page(area.slug) if page else "",
        ))  # fmt: skip
    return sorted(found, key=lambda waiting: waiting.since)[:most]


def do_silent(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del waiting, verb, words, beat
    return _("Good. If it stays quiet, it is here again in two weeks.")


def plug_silence() -> None:
    duty = Duty(gettext_lazy("Quiet village"), "moon", 1, find_silent, do_silent, rests=timedelta(days=14))
    duties.plug("village", duty, rank=70)
