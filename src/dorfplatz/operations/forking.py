"""Before a process is doubled: what must not be shared is let go of."""

from __future__ import annotations

from django.db import connections


def let_go_of_databases() -> None:
    """Close every connection, and the pools that hold more of them: a pool's threads do not live on in a fork."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()
