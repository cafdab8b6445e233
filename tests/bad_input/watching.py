"""What answering a request writes into the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# What answering itself writes, whatever was sent: counters, sessions, that somebody was here or was looked at.
KEPT_ANYWAY = ("members_attemptcount", "django_session", "members_device", "members_look", "members_leaving")


class Watch:
    """Notes what is written, and refuses what PostgreSQL would refuse: NUL, and half a letter of UTF-16."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.refused: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        for row in params if many else [params]:
            for value in row or ():
                if isinstance(value, str) and _is_refused(value):
                    self.refused.append(f"{value[:40]!r}: {sql[:160]}")
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(f'"{table}"' in sql for table in KEPT_ANYWAY):
            self.written.append(sql[:160])
        return execute(sql, params, many, context)


def _is_refused(value: str) -> bool:
    return "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value)
