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
CAREFUL = ["max_connections=60"]


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


class PostgresServer:
    """One cluster on one port of this machine, that can be stopped hard and started again.

    `careful` keeps its own settings, under which what is acknowledged survives being killed.
    """

    def __init__(self, folder: Path, *, careful: bool = False) -> None:
        where = programs()
        assert where is not None
        self._where, self._account, self._folder = where, _account(), folder
        self._settings = CAREFUL if careful else CARELESS
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        self.url = f"postgresql://dorfplatz@127.0.0.1:{self.port}/dorfplatz"
        if self._account:
            shutil.chown(folder, self._account["user"], self._account["group"])
        init = [where / "initdb", "--pgdata", folder / "data", "--auth", "trust", "--username", "dorfplatz"]
        init += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        if not (folder / "data").exists():
            subprocess.run(init, check=True, capture_output=True, cwd="/", **self._account)

    def start(self) -> None:
        """Returns at once; `wait_until_it_answers` does not."""
        folder = self._folder
        (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        start = [self._where / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(self.port), "-k", folder]
        with (folder / "log").open("a") as log:
            more = [word for setting in self._settings for word in ("-c", setting)]
            self._process = subprocess.Popen(
                [*start, *more], stdout=log, stderr=log, cwd="/", **self._account, start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGQUIT),  # noqa: PLW1509  no thread of ours runs yet
            )  # fmt: skip

    def wait_until_it_answers(self, database: str = "dorfplatz") -> None:
        ends_at = time.monotonic() + 60
        while True:
            try:
                self.connect(database).close()
                return
            except psycopg.OperationalError:
                assert self._process is not None
                assert self._process.poll() is None, (self._folder / "log").read_text()[-3000:]
                assert time.monotonic() < ends_at, (self._folder / "log").read_text()[-3000:]
                time.sleep(0.05)

    def create_database(self) -> None:
        self.wait_until_it_answers("postgres")
        with self.connect("postgres") as line:
            line.execute("CREATE DATABASE dorfplatz")

    def connect(self, database: str = "dorfplatz") -> psycopg.Connection[Any]:
        return psycopg.connect(host="127.0.0.1", port=self.port, user="dorfplatz", dbname=database, autocommit=True)

    def stop(self, number: int = signal.SIGQUIT) -> None:
        """SIGQUIT: all its processes end without tidying up. SIGKILL: the same, and nobody is told."""
        if self._process is None:
            return
        if number == signal.SIGKILL:
            os.killpg(self._process.pid, number)
        else:
            self._process.send_signal(number)
        self._process.wait(20)
        self._process = None


@contextmanager
def running_server(*, careful: bool = False) -> Iterator[str]:
    """Starts a server on a free port of this machine; yields the address of an empty database."""
    with server_of_our_own(careful=careful) as server:
        yield server.url


@contextmanager
def server_of_our_own(*, careful: bool = False) -> Iterator[PostgresServer]:
    """The same, as something that can be stopped and started."""
    folder = Path(mkdtemp(prefix="dorfplatz-postgres-"))
    server = None
    try:
        server = PostgresServer(folder, careful=careful)
        server.start()
        server.create_database()
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])
