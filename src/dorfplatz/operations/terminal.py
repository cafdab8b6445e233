"""Talking to the person at the terminal: their language, and a bar while they wait."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from dorfplatz.kernel.late import Late

if TYPE_CHECKING:
    from rich import console, progress
else:
    console, progress = Late("rich.console"), Late("rich.progress")

# Told how many steps of how many are done.
Tell = Callable[[int, int], None]


def terminal_language(locale: str) -> str:
    """The language of the terminal where we speak it (“nl_NL.UTF-8”), else English."""
    language = locale[:2].lower()
    return language if language in dict(settings.LANGUAGES) else "en"


@contextmanager
def in_their_language() -> Iterator[None]:
    with translation.override(terminal_language(os.environ.get("LC_ALL") or os.environ.get("LANG") or "")):
        yield


@contextmanager
def bar(label: str, *, quiet: bool = False) -> Iterator[Tell]:
    """A bar on standard error, where it does not get into what is piped on; nothing unless that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    columns = (
        progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TaskProgressColumn(),
        progress.TimeElapsedColumn(),
    )  # fmt: skip
    with progress.Progress(*columns, console=console.Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task(label, total=None)

        def tell(done: int, total: int) -> None:
            drawn.update(task, completed=done, total=total)

        yield tell


def silent(_done: int, _total: int) -> None:
    """For those whom nobody watches."""
