"""Addresses that a request names: whether they lead to this square and nowhere else."""

from __future__ import annotations

import re

# One slash and no second one; no sign that browsers leave out, or read as a slash.
_OWN = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")


def is_own_address(address: str) -> bool:
    """Whether a browser that is sent there stays on this host, under the scheme it has."""
    return bool(_OWN.fullmatch(address))
