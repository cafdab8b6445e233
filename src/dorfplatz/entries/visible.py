"""Which of some entries somebody may see, asked on nearly every page: the question is put into SQL once for all who
see alike (`EntryQuerySet.visible_to` says how), and asked with the ids, the person and the moment in their places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor

# So many ids are asked about at once; free places are filled with one of them.
SIZES = (1, 8, 32, 128, 512)
# Stand for the person, ids and the moment while the question is put into SQL.
ASKED = -4_503_599_627_370_496
FIRST_ID = -9_007_199_254_740_992
MOMENT = datetime(1, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
MOST_KEPT = 500


def visible_ids(ids: Iterable[int], viewer: Actor, *, now: datetime) -> set[int]:
    """Those of the ids that the viewer may see."""
    wanted = list(dict.fromkeys(ids))
    found: set[int] = set()
    for start in range(0, len(wanted), SIZES[-1]):
        found |= _visible(wanted[start : start + SIZES[-1]], viewer, now)
    return found


def _visible(ids: list[int], viewer: Actor, now: datetime) -> set[int]:
    size = next(size for size in SIZES if size >= len(ids))
    text, parameters = _in_sql(connection.vendor, size, viewer.sight)
    places: dict[Any, Any] = {FIRST_ID + n: pk for n, pk in enumerate(ids + ids[:1] * (size - len(ids)))}
    places[ASKED] = viewer.identity_id
    places[_adapted(MOMENT)] = _adapted(now)
    with connection.cursor() as cursor:
        cursor.execute(text, [places.get(value, value) for value in parameters])
        return {int(pk) for (pk,) in cursor.fetchall()}


@lru_cache(MOST_KEPT)
def _in_sql(_vendor: str, size: int, sight: Actor) -> tuple[str, tuple[Any, ...]]:
    asking = replace(sight, identity_id=ASKED) if sight.is_member else sight
    some = Entry.objects.filter(pk__in=[FIRST_ID + n for n in range(size)])
    text, parameters = some.visible_to(asking, now=MOMENT).values_list("pk").query.sql_with_params()
    return text, tuple(parameters)


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
