"""What was reported, or waits for a look before it appears."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorfplatz.desk.words import waits_in_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import Beat, Duty, Lead, Waiting, duties
from dorfplatz.moderation.enums import DECIDE
from dorfplatz.moderation.models import Case
from dorfplatz.moderation.queries import cases_in
from dorfplatz.moderation.telling import why_of
from dorfplatz.villages.prepared import prepared_for


def find_cases(beat: Beat, most: int) -> Iterable[Waiting]:
    areas = frozenset(beat.areas_with(DECIDE))
    return [_waiting(case, beat) for case in _first_cases(areas, beat.viewer, most)()] if areas else []


def _first(areas: frozenset[int], viewer: Actor, most: int) -> QuerySet[Case]:
    return cases_in(areas, viewer)[:most]


_first_cases = prepared_for(_first)


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
