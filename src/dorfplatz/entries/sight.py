"""What decides whether somebody sees an entry, as one condition that costs nothing to ask again.

Nearly every question of a page has it, some ten times. Django takes more than a millisecond to turn it into SQL, so
this is done once for all who have as many homes, roles and blocks; their paths and ids, and the moment, are put into
their places each time. The rule itself stands in `Sight.rule`, in Django's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q

from dorfplatz.entries.enums import SEE_HIDDEN, Audience, State
from dorfplatz.kernel.actor import Actor

# Stand for values while the condition is put into SQL: no row has such an id, no path has such letters.
ASKED = -4_503_599_627_370_496
FIRST_APART = -9_007_199_254_740_992
MOMENT = datetime(1, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
MOST_KEPT = 500
# How the aliases of Django's inner questions are written; the question around may have the same.
INNER = re.compile(r"\bU(\d+)\b")
HERE = "\x1f"  # stands for the table of entries in the SQL

Paths = tuple[str, ...]
Shape = tuple[bool, int, int, int, int]


def _placed_below(paths: Iterable[str]) -> Exists:
    """Whether an entry is set out in one of these areas or below."""
    below = Q()
    for path in paths:
        below = Q(below, area__path__startswith=path, _connector=Q.OR)
    return Exists(apps.get_model("entries", "EntryArea").objects.filter(below, entry=OuterRef("pk")))


@dataclass(frozen=True)
class Sight:
    """All that counts of somebody who looks, and when: `hidden_paths` are of areas where she sees what is hidden."""

    moment: datetime
    identity_id: int | None
    member_paths: Paths
    office_paths: Paths
    hidden_paths: Paths
    apart_from: tuple[int, ...]

    @classmethod
    def of(cls, viewer: Actor, moment: datetime) -> Sight:
        return cls(
            moment, viewer.identity_id, tuple(viewer.member_paths), tuple(viewer.office_paths),
            tuple(viewer.paths_with(SEE_HIDDEN)), tuple(viewer.apart_from),
        )  # fmt: skip

    @property
    def rule(self) -> Q:
        """The rule of visibility; `policies.can_view` says the same of one entry."""
        current = Q(expires_at__isnull=True) | Q(expires_at__gt=self.moment)
        seen = Q(current, state=State.PUBLISHED, audience=Audience.PUBLIC)
        if self.member_paths:
            seen |= Q(current, _placed_below(self.member_paths), state=State.PUBLISHED, audience=Audience.MEMBERS)
        if self.office_paths:
            for_office = Q(current, _placed_below(self.office_paths), state=State.PUBLISHED)
            seen |= for_office & Q(audience=Audience.MEMBERS, is_for_municipality=True)
        if self.apart_from:
            seen &= Q(author__isnull=True) | ~Q(author_id__in=self.apart_from)
        if self.identity_id is not None:
            seen |= Q(author_id=self.identity_id) & ~Q(state=State.REMOVED)
        if self.hidden_paths:
            seen |= Q(_placed_below(self.hidden_paths), ~Q(state__in=[State.REMOVED, State.DRAFT]))
        return seen

    @property
    def shape(self) -> Shape:
        """Who has the same is asked for in the same words."""
        paths = (len(self.member_paths), len(self.office_paths), len(self.hidden_paths))
        return self.identity_id is not None, *paths, len(self.apart_from)

    def in_places(self, connection: Any) -> dict[Any, Any]:
        """What stands in the SQL for whom: the values of a `_marked` sight, and those of this one."""
        marked = _marked(self.shape)
        adapted, escaped = connection.ops.adapt_datetimefield_value, connection.ops.prep_for_like_query
        places: dict[Any, Any] = {marked.identity_id: self.identity_id, adapted(MOMENT): adapted(self.moment)}
        # As `startswith` writes what begins so.
        paths = zip(_paths_of(marked), _paths_of(self), strict=True)
        places |= {f"{mark}%": f"{escaped(path)}%" for mark, path in paths}
        return places | dict(zip(marked.apart_from, self.apart_from, strict=True))


def _paths_of(sight: Sight) -> Paths:
    return sight.member_paths + sight.office_paths + sight.hidden_paths


def _marked(shape: Shape) -> Sight:
    is_member, members, offices, hidden, apart = shape
    paths = ([f"\x1f{kind} {n}/" for n in range(many)] for kind, many in enumerate((members, offices, hidden)))
    member_paths, office_paths, hidden_paths = map(tuple, paths)
    apart_from = tuple(FIRST_APART + n for n in range(apart))
    return Sight(MOMENT, ASKED if is_member else None, member_paths, office_paths, hidden_paths, apart_from)


class Seen(Func):
    """Whether an entry, the row that is asked for, is seen: for `filter`, wherever the question stands."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, sight: Sight) -> None:
        super().__init__(F("pk"))
        self.sight = sight

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # Django's has words that are not for here
        (column,) = self.get_source_expressions()
        text, parameters = _in_sql(connection.alias, connection.vendor, self.sight.shape)
        places: Mapping[Any, Any] = self.sight.in_places(connection)
        here = compiler.quote_name_unless_alias(column.alias)
        return text.replace(HERE, here), [places.get(value, value) for value in parameters]


@lru_cache(MOST_KEPT)
def _in_sql(alias: str, _vendor: str, shape: Shape) -> tuple[str, tuple[Any, ...]]:
    """Raises ValueError where a value has got lost on the way: nobody must see what another one may."""
    entries, connection = apps.get_model("entries", "Entry"), connections[alias]
    question, marked = entries.objects.filter(_marked(shape).rule).query, _marked(shape)
    text, parameters = question.where.as_sql(question.get_compiler(alias), connection)
    lost = [mark for mark in marked.in_places(connection) if mark is not None and mark not in parameters]
    # The rule asks of an entry's own columns; where it stands is an inner question.
    (table,) = (name for name, count in question.alias_refcount.items() if count)
    own = f"{connection.ops.quote_name(table)}."
    if lost or own not in text or HERE in text:
        raise ValueError(f"The rule of visibility cannot be put in SQL once: {text}")
    inner = INNER.sub(r"seen\1", text)
    return f"({inner.replace(own, HERE + '.')})", tuple(parameters)
