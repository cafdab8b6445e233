"""What was reported, or waits for a look before it appears."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.desk.words import waits_in_words
from dorfplatz.members.sockets import Beat, Duty, Lead, Waiting, duties
from dorfplatz.moderation.enums import DECIDE
from dorfplatz.moderation.models import Case
from dorfplatz.moderation.queries import queue
from dorfplatz.moderation.telling import why_of


def find_cases(beat: Beat, most: int) -> Iterable[Waiting]:
    areas = beat.areas_with(DECIDE)
    found = queue(beat.viewer, beat.municipality, areas=areas)[:most] if areas else []
    return [_waiting(case, beat) for case in found]


def _waiting(case: Case, beat: Beat) -> Waiting:
    back = urlencode({"next": reverse("desk:desk")})
    said = {"why": why_of(case), "waits": waits_in_words(case.opened_at, beat.now)}
    look = Lead(gettext_lazy("Look and decide"), "eye", f"{reverse('moderation:case', args=[case.pk])}?{back}")
    return Waiting(
        case.pk, case.area_id, case.title or _("Without a title"),
        _("%(why)s. Waits for a decision %(waits)s.") % said, case.opened_at, url=look.url, leads=(look,),
        is_urgent=case.rank == 0,
    )  # fmt: skip


def plug_moderation() -> None:
    duties.plug("case", Duty(gettext_lazy("To decide"), "shield", 8, find_cases), rank=5)
