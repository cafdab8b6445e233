"""Questions that come with every request: their SQL is worked out once, not each time anew.

Django takes a millisecond to turn a question into SQL, longer than the database takes to answer it. What a page asks
about its reader and its place never differs but in the values.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

Row = TypeVar("Row")
# What stands for a value that comes later: keys get never as far, and no name of anything begins like that.
_NUMBER, _WORD = 9_007_199_254_000_000, "\x1fvalue "
_DAY, _MOMENT = date(1, 2, 3), datetime(1, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
SIZES = (1, 8, 32, 128, 512)
MOST_KEPT = 64  # questions of one sort, each some tens of kilobytes

Value = int | str | date | datetime


@dataclass(frozen=True)
class _WorkedOut(Generic[Row]):
    question: QuerySet[Any, Row]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    converters: Any


class Prepared(Generic[Row]):
    """`build` makes the question from its values, numbers, words, days or moments as `kinds` says; it is called once.

    It may only hand them on, in comparisons that take a value as it is, and nothing else in the question may ever be
    different: not the clock, not the language. Raises ValueError where a value has got lost on the way.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *kinds: type[Value]) -> None:
        self.build = build
        self.marks = tuple(_mark(kind, place) for place, kind in enumerate(kinds))
        self._known: dict[str, _WorkedOut[Row] | None] = {}

    def __call__(self, *values: Value) -> list[Row]:
        """The answer for these values. One query; none where nothing can ever answer."""
        vendor = connections["default"].vendor
        if vendor not in self._known:
            self._known[vendor] = self._work_out()
        known = self._known[vendor]
        if known is None:
            return []
        asked = self._filled(known.parameters, values)
        compiler = copy.copy(known.compiler)
        compiler.connection = connections["default"]
        compiler.as_sql = lambda *_args, **_kwargs: (known.sql, asked)
        compiler.get_converters = lambda _columns: known.converters
        question = known.question.all()
        question.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]  # for this copy
        return list(question)

    def _work_out(self) -> _WorkedOut[Row] | None:
        question = self.build(*self.marks)
        compiler = question.query.get_compiler("default")
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        marks = [_adapted(mark) for mark in self.marks]
        lost = any(mark not in parameters for mark in marks)
        changed = any(str(each).startswith(_MOMENT.isoformat()[:7]) and each not in marks for each in parameters)
        if lost or changed:
            raise ValueError(f"Not every value is to be found in the question again: {sql}")
        converters = compiler.get_converters([column for column, *_more in compiler.select[: compiler.col_count]])
        return _WorkedOut(question, compiler, sql, tuple(parameters), converters)

    def _filled(self, parameters: Sequence[Any], values: Sequence[Value]) -> tuple[Any, ...]:
        at = dict(zip(map(_adapted, self.marks), map(_adapted, values), strict=True))
        # Numbers may have a type of the database's own, which is kept.
        return tuple(_of_its_type(each, at[each]) if each in at else each for each in parameters)


def prepared_for(build: Callable[..., QuerySet[Any, Row]], *kinds: type[Value]) -> Callable[..., Prepared[Row]]:
    """The question worked out for those who come again, as somebody does who goes through a list of things to do.

    `build` is called once for each different `key`, which decides all but the values and comes before them.
    """

    @lru_cache(MOST_KEPT)
    def prepared(*key: Any) -> Prepared[Row]:
        return Prepared(partial(build, *key), *kinds)

    return prepared


def prepared_among(
    build: Callable[[list[Any]], QuerySet[Any, Row]], kind: type[Value]
) -> Callable[[Iterable[Value]], list[Row]]:
    """The question about some of many, for `IN`. It is put in SQL for a few sizes; places left over have the first.

    One query for up to the largest size; the rows are in order within so many.
    """

    @lru_cache(len(SIZES))
    def sized(size: int) -> Prepared[Row]:
        return Prepared(lambda *values: build(list(values)), *[kind] * size)

    def asked(values: Iterable[Value]) -> list[Row]:
        wanted, found = list(dict.fromkeys(values)), []
        for start in range(0, len(wanted), SIZES[-1]):
            some = wanted[start : start + SIZES[-1]]
            size = next(size for size in SIZES if size >= len(some))
            found += sized(size)(*some, *some[:1] * (size - len(some)))
        return found

    return asked


def _mark(kind: type[Value], place: int) -> Value:
    marks: dict[type, Value] = {
        int: _NUMBER + place,
        str: f"{_WORD}{place}",
        date: _DAY + timedelta(days=place),
        datetime: _MOMENT + timedelta(seconds=place),
    }
    return marks[kind]


def _adapted(value: Value) -> Any:
    """As it stands among the parameters."""
    operations = connections["default"].ops
    if isinstance(value, datetime):
        return operations.adapt_datetimefield_value(value)
    return operations.adapt_datefield_value(value) if isinstance(value, date) else value


def _of_its_type(mark: Any, value: Any) -> Any:
    return type(mark)(value) if isinstance(mark, int) else value
