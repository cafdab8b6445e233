"""The few questions and orders that only SQL knows, all constants of this package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections


def ask(using: str, statement: str, values: Sequence[Any] = ()) -> Any:
    """The first row of the answer, or None. Values never become part of the statement."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None
