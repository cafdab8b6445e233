"""Libraries of which only a part is used."""

from __future__ import annotations

from allauth.account.apps import AccountConfig


class Account(AccountConfig):  # type: ignore[misc]  # the library carries no types
    """Second factors stand on its tables, which stay empty. None of its pages is ours, so nothing of it runs along."""

    def ready(self) -> None:
        return
