"""The things themselves: found by the key in an address, shown to those who decide, hidden and put back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from dorfplatz.entries.actions import hide_entry, remove_entry, restore_entry
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.entries.sockets import answerable
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import Exhibit, reportables
from dorfplatz.moderation.models import Case
from dorfplatz.villages.models import Area, Municipality

EntryVerb = Callable[..., None]


def exhibits_of(things: Collection[str]) -> Mapping[str, Exhibit]:
    """What there is (still) of these things, in few queries for each sort."""
    by_sort: dict[str, list[int]] = defaultdict(list)
    for thing in things:
        sort, _, number = thing.partition(":")
        by_sort[sort].append(int(number))
    found: dict[str, Exhibit] = {}
    for sort, ids in by_sort.items():
        keeper = reportables.get(sort)
        shown = keeper.show(ids) if keeper else {}
        found |= {f"{sort}:{pk}": exhibit for pk, exhibit in shown.items()}
    return found


def exhibit_of(thing: str) -> Exhibit | None:
    return exhibits_of([thing]).get(thing)


def where_of(exhibit: Exhibit, municipality: Municipality) -> tuple[Municipality, Area]:
    """Who decides: the municipality in which it stands, in the one area, or in the whole where it stands in several.

    What stands outside every municipality here is for the one in which it was seen.
    """
    areas = list(Area.objects.filter(pk__in=exhibit.area_ids).select_related("municipality", "parent__municipality"))
    home = [(owner, area) for area in areas if (owner := _owner(area)) is not None]
    here = [(owner, area) for owner, area in home if owner.pk == municipality.pk] or home
    if not here:
        return municipality, municipality.area
    owner, area = here[0]
    others = {other.pk for found, other in here if found.pk == owner.pk}
    return owner, area if len(others) == 1 else owner.area


def area_here(exhibit: Exhibit, municipality: Municipality) -> Area | None:
    """Where it is decided about, if that is in the municipality in which it was seen."""
    owner, area = where_of(exhibit, municipality)
    return area if owner.pk == municipality.pk else None


def _owner(area: Area) -> Municipality | None:
    found = getattr(area, "municipality", None) or getattr(area.parent, "municipality", None)
    return found if found and found.is_served else None


def is_private(case: Case) -> bool:
    """Whether the thing was for few to read, such as a letter."""
    keeper = reportables.get(case.sort)
    return keeper is not None and keeper.is_private


def hide_thing(case: Case, *, by: Actor, now: datetime) -> None:
    """Nothing happens where the thing is gone, or its app is not here any more."""
    if keeper := reportables.get(case.sort):
        keeper.hide(case.thing_id, by, now)


def remove_thing(case: Case, *, by: Actor, now: datetime) -> None:
    if keeper := reportables.get(case.sort):
        keeper.remove(case.thing_id, by, now)


def restore_thing(case: Case, *, by: Actor, now: datetime) -> None:
    if keeper := reportables.get(case.sort):
        keeper.restore(case.thing_id, by, now)


# Entries of every kind.


def find_entry(code: str, viewer: Actor, now: datetime) -> int | None:
    entry = entry_by_code(code, viewer, now=now)
    return entry.pk if entry else None


def show_entries(ids: Collection[int], address: Callable[[Entry], str]) -> Mapping[int, Exhibit]:
    entries = list(Entry.objects.filter(pk__in=list(ids)).prefetch_related("placements"))
    keepers = {pk: who for ask in answerable for pk, who in ask(ids).items()}
    return {
        entry.pk: Exhibit(
            title=entry.title,
            text=entry.body,
            author_id=entry.author_id or keepers.get(entry.pk),
            area_ids=tuple(placement.area_id for placement in entry.placements.all()),
            state=State(entry.state).label,
            url=address(entry) if entry.state not in (State.REMOVED, State.DRAFT) else "",
        )
        for entry in entries
    }


def hide_one(pk: int, by: Actor, now: datetime) -> None:
    _with_entry(pk, hide_entry, by, now)


def restore_one(pk: int, by: Actor, now: datetime) -> None:
    """Also publishes what has waited for a look."""
    _with_entry(pk, restore_entry, by, now)


def remove_one(pk: int, by: Actor, now: datetime) -> None:
    _with_entry(pk, remove_entry, by, now)


def _with_entry(pk: int, verb: EntryVerb, by: Actor, now: datetime) -> None:
    for entry in Entry.objects.filter(pk=pk).prefetch_related("placements__area"):
        verb(entry, by=by, now=now)
