"""What is written of a village on its way to opening. The stage itself is written by `villages`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.launch.models import LONGEST_POINT, Kit, OwnMeasure, OwnPoint
from dorfplatz.launch.points import CHANGEABLE, STANDARD, Measure
from dorfplatz.launch.policies import can_change_kit, can_change_measures
from dorfplatz.launch.post import tell_enough
from dorfplatz.launch.queries import yes_of
from dorfplatz.members.queries import holders_of
from dorfplatz.villages.enums import PREPARE
from dorfplatz.villages.models import Area, Municipality

MOST_POINTS, MOST_WANTED = 40, 5_000


@transaction.atomic
def want_neighbours(area: Area, *, wanted: int | None, by: Actor, now: datetime) -> bool:
    """Open when so many have said yes; None for as many as the inhabitants suggest. Whether that is different."""
    can_change_kit(by, area).require()
    if wanted is not None and not 1 <= wanted <= MOST_WANTED:
        raise Problem(_("Please write a number between 1 and %(most)d.") % {"most": MOST_WANTED})
    kit, _made = Kit.objects.select_for_update().get_or_create(area=area)
    if kit.wanted == wanted:
        return False
    # Another number is another moment to tell.
    kit.wanted, kit.told_at = wanted, None
    kit.save(update_fields=["wanted", "told_at"])
    record_act("launch.wanted", by=by, now=now, thing=f"launch:{area.pk}", area_id=area.pk, details={"wanted": wanted})
    return True


@transaction.atomic
def add_own_point(area: Area, *, text: str, by: Actor, now: datetime) -> OwnPoint:
    """One more thing to do before it opens; the same words once. Raises Problem for nothing, and for too many."""
    can_change_kit(by, area).require()
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_POINT:
        raise Problem(_("Please write in a few words what is to be done."))
    Area.objects.select_for_update().get(pk=area.pk)
    if OwnPoint.objects.filter(area=area).exclude(text=words).count() >= MOST_POINTS:
        raise Problem(_("There are %(most)d points of your own already.") % {"most": MOST_POINTS})
    point, is_new = OwnPoint.objects.get_or_create(area=area, text=words)
    if is_new:
        record_act("launch.point_added", by=by, now=now, thing=f"launchpoint:{point.pk}", area_id=area.pk)
    return point


@transaction.atomic
def tick_own_point(point: OwnPoint, *, is_done: bool, by: Actor, now: datetime) -> bool:
    """Say that it is done, or that it is not; whether that is different."""
    can_change_kit(by, point.area).require()
    locked = OwnPoint.objects.select_for_update().get(pk=point.pk)
    if (locked.done_at is not None) == is_done:
        return False
    locked.done_at = now if is_done else None
    locked.save(update_fields=["done_at"])
    details = {"done": is_done}
    record_act(
        "launch.point_ticked", by=by, now=now, thing=f"launchpoint:{point.pk}", area_id=point.area_id, details=details
    )
    return True


@transaction.atomic
def remove_own_point(point: OwnPoint, *, by: Actor, now: datetime) -> None:
    can_change_kit(by, point.area).require()
    pk, area_id = point.pk, point.area_id
    point.delete()
    record_act("launch.point_removed", by=by, now=now, thing=f"launchpoint:{pk}", area_id=area_id)


@transaction.atomic
def change_measures(
    municipality: Municipality, *, measures: Mapping[str, tuple[int, int]], by: Actor, now: datetime
) -> bool:
    """How much villages should have, by point: at least so many, and one for every so many inhabitants.

    0 inhabitants: the same for every village. What is as the standard says is not kept. Whether anything is different.
    """
    can_change_measures(by, municipality).require()
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    stated = {name: Measure(least, per, STANDARD[name].most) for name, (least, per) in measures.items()}
    own = {name: found for name, found in stated.items() if name in CHANGEABLE and found != STANDARD[name]}
    before = {row.point: (row.least, row.per) for row in OwnMeasure.objects.filter(municipality=municipality)}
    if before == {name: (found.least, found.per) for name, found in own.items()}:
        return False
    OwnMeasure.objects.filter(municipality=municipality).delete()
    OwnMeasure.objects.bulk_create(
        OwnMeasure(municipality=municipality, point=name, least=found.least, per=found.per)
        for name, found in own.items()
    )
    details = {"points": sorted(own)}
    record_act(
        "launch.measures_changed", by=by, now=now, thing=f"launch:{municipality.pk}", area_id=municipality.pk,
        details=details,
    )  # fmt: skip
    return True


@transaction.atomic
def tell_when_full(area: Area, *, by: Actor, now: datetime) -> int:
    """Mail those who may open it that enough have said yes, once; to how many. It is they who open it."""
    locked = Area.objects.select_for_update().get(pk=area.pk)
    kit, _made = Kit.objects.select_for_update().get_or_create(area=area)
    yes = yes_of([locked])[area.pk]
    if not locked.is_preparing or kit.told_at is not None or not yes.is_enough:
        return 0
    kit.told_at = now
    kit.save(update_fields=["told_at"])
    told = [tell_enough(person, locked, yes, now=now) for person in holders_of(PREPARE, locked)]
    record_act("launch.told", by=by, now=now, thing=f"launch:{area.pk}", area_id=area.pk, details={"count": sum(told)})
    return sum(told)
