"""What waits for a connector: gathered from all duties, without what was put off, handed on or done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.translation import get_language

from dorfplatz.desk.enums import USE_DESK
from dorfplatz.desk.models import Done, HandedOn, Note, Snooze, Tally
from dorfplatz.desk.order import pressure, week_began
from dorfplatz.entries.queries import first_areas, titles_in
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, RoleGrant
from dorfplatz.members.sockets import OF_ITS_ENTRY, Beat, Duty, Waiting, duties
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.prepared import Prepared, prepared_among, prepared_for
from dorfplatz.villages.queries import Site, municipality_of

MOST_OF_A_DUTY = 30
ENOUGH = 2  # connectors of a village


@dataclass(frozen=True)
class Item:
    """One thing on a desk, with what was noted of it, and who gave it to the viewer."""

    key: str
    duty: Duty
    waiting: Waiting
    area: Area
    pressure: float
    handed_by: str = ""
    is_handed: bool = False
    notes: Sequence[Note] = ()
    colleagues: Sequence[Identity] = ()

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.key.replace(":", "-")


@dataclass(frozen=True)
class Desk:
    """A connector's desk at a moment. `lonely` are villages that have fewer than two connectors."""

    areas: Mapping[int, Area]
    items: Sequence[Item]
    snoozed_count: int = 0
    done_count: int = 0
    lonely: Sequence[Area] = ()
    team: Mapping[int, Sequence[Identity]] = field(default_factory=dict)

    @property
    def villages(self) -> list[Area]:
        return [area for area in self.areas.values() if area.kind == AreaKind.VILLAGE]

    @property
    def lonely_names(self) -> str:
        return ", ".join(str(area) for area in self.lonely)

    def in_turn(self, most: int | None = None) -> list[tuple[Item, str]]:
        """The first, each with the place of what stands there once it is seen to; of the very first none: the top."""
        items = self.items[:most]
        places = ["", *(item.anchor for item in items)]
        following = ["", *places[3:], *places[-2:-1]]  # behind the last nothing follows: the one before it
        return list(zip(items, following, strict=False))

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)


@dataclass(frozen=True)
class _Marks:
    """What was said of the items: by whom handed to whom, and what rests for how long."""

    handed: Mapping[str, HandedOn]
    done: Mapping[str, datetime]
    snoozed: frozenset[str]
    notes: Mapping[str, Sequence[Note]]
    team: Mapping[int, Sequence[Identity]]


def areas_of_desk(site: Site, viewer: Actor) -> dict[int, Area]:
    """The villages whose desk the viewer has, and the municipality where it is the whole one."""
    found = (area for area in (site.municipality.area, *site.villages) if viewer.holds(USE_DESK, str(area.path)))
    return {area.pk: area for area in found} if viewer.is_member and viewer.hand_id is None else {}


def beat_of(site: Site, viewer: Actor, *, now: datetime) -> Beat:
    return Beat(viewer, site.municipality, areas_of_desk(site, viewer), now)


def desk_of(site: Site, viewer: Actor, *, now: datetime) -> Desk:
    """All that waits for the viewer, what presses most first. The same number of queries for one item as for many."""
    beat = beat_of(site, viewer, now=now)
    if not beat.areas:
        return Desk({}, [])
    found = _in_the_readers_words(_where_they_stand(list(_found(beat)), beat))
    team = team_of(list(beat.areas.values()), viewer)
    marks = _marks_of([key for key, _duty, _waiting in found], beat, team)
    week = done_since(viewer, week_began(now, site.municipality.timezone))
    items = [item for item in (_item(*one, beat, marks) for one in found) if item]
    shared = _in_shares(sorted(items, key=_rank), Counter(key.partition(":")[0] for key in week))
    kept = [item for item in shared if item.key not in marks.snoozed]
    lonely = [area for area in beat.areas.values() if area.kind == AreaKind.VILLAGE and len(team[area.pk]) < ENOUGH]
    return Desk(beat.areas, kept, len(shared) - len(kept), len(week), lonely, team)


def _rank(item: Item) -> tuple[bool, bool, float, str]:
    return not item.waiting.is_urgent, not item.is_handed, -item.pressure, item.key


def _found(beat: Beat) -> Iterator[tuple[str, Duty, Waiting]]:
    for name, duty in duties.items():
        # Of a sort with a share some more than are shown: some may lie with a colleague.
        most = MOST_OF_A_DUTY if duty.share is None else 2 * duty.share
        for waiting in duty.find(beat, most):
            yield f"{name}:{waiting.id}", duty, waiting


def _where_they_stand(found: list[tuple[str, Duty, Waiting]], beat: Beat) -> list[tuple[str, Duty, Waiting]]:
    """Each in an area; an entry that is set out in several is in the first that the desk is for. One query."""
    areas = first_areas([waiting.entry_id for _key, _duty, waiting in found if not waiting.area_id], among=beat.areas)
    return [
        (key, duty, waiting if waiting.area_id else replace(waiting, area_id=areas.get(waiting.entry_id, OF_ITS_ENTRY)))
        for key, duty, waiting in found
    ]


def _in_the_readers_words(found: list[tuple[str, Duty, Waiting]]) -> list[tuple[str, Duty, Waiting]]:
    """Entries under their title in the active language, where there is one. One query."""
    language = get_language() or "de"
    titles = titles_in(language, of=[waiting.entry_id for _key, _duty, waiting in found if waiting.entry_id])
    return [(key, duty, _retitled(waiting, titles, language)) for key, duty, waiting in found]


def _retitled(waiting: Waiting, titles: Mapping[int, str], language: str) -> Waiting:
    title = waiting.title if waiting.title_language == language else titles.get(waiting.entry_id, "")
    return replace(waiting, title=title, title_language="") if title else waiting


def _marks_of(keys: Collection[str], beat: Beat, team: Mapping[int, Sequence[Identity]]) -> _Marks:
    """Four queries, however many keys."""
    handed, done = _handed_on(keys), _last_done(keys)
    notes: dict[str, list[Note]] = {}
    for note in notes_seen(beat.viewer, now=beat.now).filter(key__in=keys):
        notes.setdefault(note.key, []).append(note)
    resting = frozenset(_resting(beat.viewer.identity_id or 0, beat.now))
    return _Marks({row.key: row for row in handed}, dict(done), resting, notes, team)


_handed_on = prepared_among(lambda keys: HandedOn.objects.filter(key__in=keys).select_related("by"), str)
_resting = Prepared(
    lambda who, at: Snooze.objects.filter(identity=who, until__gt=at).values_list("key", flat=True), int, datetime
)
_last_done = prepared_among(
    lambda keys: Done.objects.filter(key__in=keys).values_list("key").annotate(Max("done_at")), str
)


def _item(key: str, duty: Duty, waiting: Waiting, beat: Beat, marks: _Marks) -> Item | None:
    """None for what rests, or lies with a colleague who still is one."""
    area = beat.areas.get(waiting.area_id)
    done_at = marks.done.get(key)
    if area is None or (done_at is not None and beat.now < done_at + duty.rests):
        return None
    colleagues = [person for person in marks.team[area.pk] if person.pk != beat.viewer.identity_id]
    colleagues = [] if duty.is_personal else colleagues
    row = marks.handed.get(key)
    if row is not None and row.to_id in {person.pk for person in colleagues}:
        return None
    is_mine = row is not None and row.to_id == beat.viewer.identity_id
    return Item(
        key, duty, waiting, area, pressure(duty.weight, waiting.since, beat.now),
        row.by.name if row and is_mine and row.by else "", is_mine, marks.notes.get(key, ()), colleagues,
    )  # fmt: skip


def _in_shares(items: Sequence[Item], done: Mapping[str, int]) -> list[Item]:
    """Of each sort with a share, no more than is left of it this week; what was handed to one comes on top."""
    left = {name: duty.share - done.get(name, 0) for name, duty in duties.items() if duty.share is not None}
    kept = []
    for item in items:
        name = item.key.partition(":")[0]
        if name in left and not item.is_handed:
            left[name] -= 1
            if left[name] < 0:
                continue
        kept.append(item)
    return kept


def team_of(areas: Sequence[Area], viewer: Actor) -> dict[int, list[Identity]]:
    """Who is a connector of each of these areas, by name; also by a role in the municipality. One query.

    Whom a block keeps apart from the viewer is one, too: the work is the village's.
    """
    del viewer  # who connectors are is for everybody to know
    above = {int(pk) for area in areas for pk in str(area.path).strip("/").split("/")}
    rows = _connectors_of(frozenset(above))()
    found: dict[int, list[Identity]] = {}
    for area in areas:
        inside = {row.identity_id: row.identity for row in rows if str(area.path).startswith(str(row.area.path))}
        found[area.pk] = list(inside.values())
    return found


def _connectors_question(areas: frozenset[int]) -> QuerySet[RoleGrant]:
    held = RoleGrant.objects.filter(role=Role.CONNECTOR, area__in=areas, ended_at=None, identity__is_blocked=False)
    return held.select_related("identity", "area").order_by("identity__name", "pk")


_connectors_of = prepared_for(_connectors_question)


def done_since(viewer: Actor, since: datetime) -> list[str]:
    """Keys of what the viewer has done since then."""
    mine = Done.objects.filter(by=viewer.identity_id or 0, done_at__gte=since)
    return list(mine.values_list("key", flat=True))


def notes_seen(viewer: Actor, *, now: datetime) -> QuerySet[Note]:
    """Notes of the viewer's villages whose day has not come."""
    return Note.objects.visible_to(viewer).filter(erase_on__gt=now.date()).select_related("by", "area")


def note_by_id(pk: int, viewer: Actor, *, now: datetime) -> Note | None:
    return notes_seen(viewer, now=now).filter(pk=pk).first()


def tally_of(viewer: Actor) -> int:
    """How many things waited when they were last counted. One query, none for who has no desk."""
    if not viewer.holds_anywhere(USE_DESK):
        return 0
    return Tally.objects.filter(identity=viewer.identity_id or 0).values_list("count", flat=True).first() or 0


def connectors_to_count() -> QuerySet[Identity]:
    """Everybody who has a village's desk and may work."""
    held = RoleGrant.objects.filter(role=Role.CONNECTOR, ended_at=None).values("identity_id")
    return Identity.objects.filter(pk__in=held, is_blocked=False, login__is_active=True).order_by("pk")


def square_of(identity: Identity) -> Municipality | None:
    """Where this person is a connector; of several municipalities the first."""
    held = RoleGrant.objects.filter(identity=identity, role=Role.CONNECTOR, ended_at=None).select_related("area")
    grant = held.order_by("starts_at", "pk").first()
    return municipality_of(grant.area) if grant else None
