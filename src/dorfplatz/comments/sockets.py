"""What comments offers: a kind of entries says that it takes comments, and what they are called there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dorfplatz.kernel.registry import Registry


@dataclass(frozen=True)
class Talk:
    """Comments on one kind, plugged in under its key. `heading` names them on an entry's page.

    Where nobody has said otherwise for an entry, `open_at_first` says whether it takes comments.
    """

    heading: Callable[[Any], str]
    open_at_first: bool = True


talks: Registry[Talk] = Registry("kinds that take comments")
