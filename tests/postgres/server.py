"""A PostgreSQL server for the length of a test run: its own cluster in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

from tests.fixtures.orphans import end_with_parent

# The server refuses to run as root; Debian's package brings this account.
ACCOUNT = "postgres"
# What makes it safe makes it slow, and nothing here is worth keeping.
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`: of the newest version installed by Debian, else of the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = installed[-1] if installed else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def why_not() -> str:
    """Why no server can be started here, in a sentence; "" when one can."""
    if programs() is None:
        return "PostgreSQL's server programs are missing (Debian, Ubuntu: apt-get install postgresql)."
    if os.geteuid() == 0 and not _account():
        return "PostgreSQL does not run as root, and this machine has no account “postgres”."
    return ""


def _account() -> dict[str, Any]:
    """How to start a program as somebody who is not root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        return {}
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def running_server() -> Iterator[str]:
    """Starts a server on a free port of this machine; yields the address of an empty database."""
    account, folder, where = _account(), Path(mkdtemp(prefix="dorfplatz-postgres-")), programs()
    assert where is not None
    if account:
        shutil.chown(folder, account["user"], account["group"])
    process = None
    try:
        init = [where / "initdb", "--pgdata", folder / "data", "--auth", "trust", "--username", "dorfplatz"]
        init += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        subprocess.run(init, check=True, capture_output=True, cwd="/", **account)
        port = _free_port()
        start = [where / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port), "-k", folder]
        with (folder / "log").open("w") as log:
            more = [word for setting in CARELESS for word in ("-c", setting)]
            process = subprocess.Popen(
                [*start, *more], stdout=log, stderr=log, cwd="/", **account,
                preexec_fn=end_with_parent(signal.SIGQUIT),  # noqa: PLW1509  no thread of ours runs yet
            )  # fmt: skip
        _create_database(port, process, folder / "log")
        yield f"postgresql://dorfplatz@127.0.0.1:{port}/dorfplatz"
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])


def _create_database(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ends_at = time.monotonic() + 30
    while True:
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="dorfplatz", dbname="postgres", autocommit=True
            ) as c:
                c.execute("CREATE DATABASE dorfplatz")
                return
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < ends_at, log.read_text()
            time.sleep(0.1)
