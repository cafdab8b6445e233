"""How many neighbours have said yes, and how many are wanted. Numbers only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dorfplatz.launch.enums import YES
from dorfplatz.launch.models import Kit, OwnMeasure
from dorfplatz.launch.points import STANDARD, Measure
from dorfplatz.members.queries import neighbour_counts
from dorfplatz.villages.models import Area


@dataclass(frozen=True)
class Yes:
    """Of one village."""

    said: int
    wanted: int
    is_own_number: bool = False

    @property
    def is_enough(self) -> bool:
        return self.said >= self.wanted

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.said)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.said // self.wanted)


def measures_of(municipality_ids: Collection[int]) -> dict[int, dict[str, Measure]]:
    """What each municipality wants its villages to have. One query; a system query."""
    found = {pk: dict(STANDARD) for pk in municipality_ids}
    for own in OwnMeasure.objects.filter(municipality__in=municipality_ids, point__in=STANDARD):
        most = STANDARD[own.point].most
        found[own.municipality_id][own.point] = Measure(own.least, own.per, max(most, own.least))
    return found


def yes_of(areas: Collection[Area], measures: Mapping[str, Measure] | None = None) -> dict[int, Yes]:
    """By village; all of one municipality. Everybody may know it: a village's page says how many. Four queries."""
    if not areas:
        return {}
    if measures is None:
        above = next(iter(areas)).parent_id or 0
        measures = measures_of([above])[above]
    ids = [area.pk for area in areas]
    own = dict(Kit.objects.filter(area__in=ids, wanted__isnull=False).values_list("area_id", "wanted"))
    said = neighbour_counts(ids)
    return {
        area.pk: Yes(
            said.get(area.pk, 0), own.get(area.pk) or measures[YES].wanted(area.inhabitants), area.pk in own
        )
        for area in areas
    }  # fmt: skip
