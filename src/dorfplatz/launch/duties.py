"""What of launching lies on a connector's desk: a village that can open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorfplatz.kernel.text import in_language
from dorfplatz.launch.queries import yes_of
from dorfplatz.members.sockets import Beat, Duty, Lead, Move, Waiting, duties
from dorfplatz.villages.actions import change_stage
from dorfplatz.villages.enums import PREPARE, AreaKind, Stage

OPEN, NOT_YET = "open", "not-yet"
_OPEN = Move(OPEN, gettext_lazy("Open the square"), "door-open")
_NOT_YET = Move(NOT_YET, gettext_lazy("Not yet"), "moon")


def find_ready(beat: Beat, most: int) -> Iterable[Waiting]:
    """Villages being prepared where enough have said yes; no query where none is being prepared."""
    some = [beat.areas[pk] for pk in beat.areas_with(PREPARE)]
    areas = [area for area in some if area.kind == AreaKind.VILLAGE and area.is_preparing]
    found = []
    for pk, yes in yes_of(areas).items():
        if not yes.is_enough:
            continue
        area, kit = beat.areas[pk], reverse("launch:kit", args=[beat.areas[pk].slug])
        reason = _("%(said)d neighbours have said yes, %(wanted)d were wanted: you can open the square.")
        found.append(Waiting(
            pk, pk, in_language(area.name, get_language() or "de"), reason % {"said": yes.said, "wanted": yes.wanted},
            area.stage_since or beat.now, url=kit,
            moves=(_OPEN, _NOT_YET), leads=(Lead(gettext_lazy("Look at the checklist"), "clipboard-list", kit),),
        ))  # fmt: skip
    return found[:most]


def do_ready(waiting: Waiting, verb: str, words: str, beat: Beat) -> str:
    del words
    if verb == NOT_YET:
        return _("Good. In a week it is here again.")
    change_stage(beat.areas[waiting.area_id], stage=Stage.OPEN, by=beat.viewer, now=beat.now)
    return _("The square of %(village)s is open. Congratulations!") % {"village": waiting.title}


def plug_duties() -> None:
    duty = Duty(gettext_lazy("Opening"), "door-open", 9, find_ready, do_ready, rests=timedelta(days=7))
    duties.plug("launch", duty, rank=5)
