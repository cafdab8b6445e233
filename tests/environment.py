"""Loaded before Django's settings (`-p tests.environment`): a home of its own for every test process, and no network.

Whatever `DORFPLATZ_…` variables the terminal has are put away: the suite looks the same to everybody.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

# Set by tests/postgres for the part of the suite that it runs against a server.
DATABASE = "SUITE_DATABASE_URL"
FAMILY = "SUITE_HOME"


def own_home() -> Path:
    """A new folder below the one of the whole run, which the first process makes and removes."""
    if FAMILY not in os.environ:
        os.environ[FAMILY] = tempfile.mkdtemp(prefix="dorfplatz-tests-")
    return Path(tempfile.mkdtemp(prefix="process-", dir=os.environ[FAMILY]))


def set_up_environment() -> None:
    for name in [name for name in os.environ if name.startswith("DORFPLATZ_")]:
        del os.environ[name]
    home = own_home()
    (home / "static").mkdir()  # nothing is gathered for tests; its absence would only be warned of
    os.environ["DORFPLATZ_HOME"] = str(home)
    if DATABASE in os.environ:
        os.environ["DORFPLATZ_DATABASE_URL"] = os.environ[DATABASE]


def forbid_name_lookups(event: str, args: tuple[object, ...]) -> None:
    """An audit hook: a name that is not this machine is not even asked for. Cannot be taken off by a test."""
    if event == "socket.getaddrinfo" and args[0] is not None:
        host = args[0].decode() if isinstance(args[0], bytes) else str(args[0])
        if host not in {"localhost", ""} and not is_address(host):
            raise RuntimeError(f"A test tried to look up “{host}”; the suite runs without a network.")


def is_address(host: str) -> bool:
    """Whether the host is numbers, so that looking it up asks nobody. Connecting is pytest-socket's to refuse."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


IS_FIRST_PROCESS = FAMILY not in os.environ
set_up_environment()
sys.addaudithook(forbid_name_lookups)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if IS_FIRST_PROCESS and "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ[FAMILY], ignore_errors=True)
