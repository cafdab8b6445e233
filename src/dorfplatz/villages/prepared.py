"""Questions that come with every request: their SQL is worked out once, not each time anew.

Django takes a millisecond to turn a question into SQL, longer than the database takes to answer it. What a page asks
about its reader and its place never differs but in the values.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import QuerySet

Row = TypeVar("Row")
# What stands for a value that comes later: keys get never as far, and no name of anything begins like that.
_NUMBER, _WORD = 9_007_199_254_000_000, "\x1fvalue "


@dataclass(frozen=True)
class _WorkedOut(Generic[Row]):
    question: QuerySet[Any, Row]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]


class Prepared(Generic[Row]):
    """`build` makes the question from its values, numbers or words as `kinds` says; it is called once.

    It may only hand them on, in comparisons that take a value as it is, and nothing else in the question may ever be
    different: not the clock, not the language. Raises ValueError where a value has got lost on the way.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *kinds: type[int] | type[str]) -> None:
        self.build = build
        self.marks = tuple(_NUMBER + place if kind is int else f"{_WORD}{place}" for place, kind in enumerate(kinds))
        self._known: dict[str, _WorkedOut[Row]] = {}

    def __call__(self, *values: int | str) -> list[Row]:
        """The answer for these values. One query."""
        known = self._known.get(vendor := connections["default"].vendor)
        if known is None:
            known = self._known[vendor] = self._work_out()
        asked = self._filled(known.parameters, values)
        compiler = copy.copy(known.compiler)
        compiler.connection = connections["default"]
        compiler.as_sql = lambda *_args, **_kwargs: (known.sql, asked)
        question = known.question.all()
        question.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]  # for this copy
        return list(question)

    def _work_out(self) -> _WorkedOut[Row]:
        question = self.build(*self.marks)
        compiler = question.query.get_compiler("default")
        sql, parameters = compiler.as_sql()
        lost = [mark for mark in self.marks if mark not in parameters]
        if lost:
            raise ValueError(f"Not every value is to be found in the question again: {sql}")
        return _WorkedOut(question, compiler, sql, tuple(parameters))

    def _filled(self, parameters: Sequence[Any], values: Sequence[int | str]) -> tuple[Any, ...]:
        at = dict(zip(self.marks, values, strict=True))
        # Numbers may have a type of the database's own, which is kept.
        return tuple(type(each)(at[each]) if each in at else each for each in parameters)
