"""How a task declares what the worker may do with it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ParamSpec, TypeVar

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django_tasks.base import Task, task

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Conduct:
    """How a task is run and what happens when it fails. `label` says to administrators what it does.

    `outside` is for what leaves the process or takes long (mail, HTTP, pictures): it runs without a transaction and
    must bear being run again after a crash. Any other task runs in one transaction together with the mark that it is
    done: its effect happens once or not at all. Waits between attempts double from `first_wait` to `longest_wait`.
    """

    label: str | Promise = ""
    attempts: int = 8
    first_wait: timedelta = timedelta(seconds=10)
    longest_wait: timedelta = timedelta(hours=1)
    outside: bool = False

    def wait_after(self, attempt: int, chance: random.Random) -> timedelta:
        """How long to wait after the attempt with this number (from 1): half to all of the doubled wait."""
        doubled: timedelta = self.first_wait * 2 ** min(attempt - 1, 30)
        longest: timedelta = min(doubled, self.longest_wait)
        return longest * chance.uniform(0.5, 1.0)


DEFAULT = Conduct()
_conducts: dict[str, Conduct] = {}


def job(conduct: Conduct = DEFAULT) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Declare a function in an app's tasks.py as a task: `@job()` or `@job(Conduct(_("Sending a mail")))`."""

    def declare(function: Callable[P, T]) -> Task[P, T]:
        declared: Task[P, T] = task()(function)
        _conducts[declared.module_path] = conduct
        return declared

    return declare


def conduct_of(path: str) -> Conduct:
    return _conducts.get(path, DEFAULT)


def task_named(path: str) -> Task[..., object]:
    """The task with this dotted name. Raises LookupError when there is none: a renamed or removed app."""
    try:
        found = import_string(path)
    except ImportError as error:
        raise LookupError(f"there is no task {path}") from error
    if not isinstance(found, Task):
        raise LookupError(f"{path} is not a task")
    return found
