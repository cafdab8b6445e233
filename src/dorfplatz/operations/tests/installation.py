"""A really started installation for tests: `dorfplatz run` in a process of its own, with its own home and port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.fixtures.orphans import end_with_parent

COMMAND = Path(sys.executable).parent / "dorfplatz"


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DORFPLATZ_")}
    return {**kept, "DORFPLATZ_HOME": str(home), **more}


def until(happened: Callable[[], object], *, within_s: float = 60) -> None:
    """Waits for something; fails when it does not happen in time."""
    ends_at = time.monotonic() + within_s
    while not happened():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.05)


class Installation:
    """One running installation."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.log = home / "test.log"
        command = [COMMAND, "run", "--port", "0"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=environment(home, **settings), stdout=log, stderr=log, start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  no thread of ours runs yet
            )  # fmt: skip
        until(lambda: "geöffnet" in self.said() or self.process.poll() is not None, within_s=90)
        found = re.search(r"http://localhost:(\d+)", self.said())
        assert found, self.said()
        self.port = int(found[1])
        self.processor_s = self._processor_s()

    def _processor_s(self) -> float:
        """Seconds of processor time that the supervisor and what it has waited for have taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")

    def said(self) -> str:
        return self.log.read_text()

    def children(self) -> list[int]:
        """Process ids of what the supervisor started: web server first, then worker."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return sorted(int(pid) for pid in found.split())

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 30)

    def send(self, raw: bytes, *, patience_s: float = 10) -> bytes:
        """Everything the server answers to these bytes until it hangs up, or is silent for too long."""
        with self.line() as line:
            line.sendall(raw)
            return heard(line, patience_s)

    def get(self, path: str, *, patience_s: float = 10) -> bytes:
        raw = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        return self.send(raw, patience_s=patience_s)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


def heard(line: socket.socket, patience_s: float) -> bytes:
    line.settimeout(patience_s)
    answer = b""
    try:
        while piece := line.recv(65536):
            answer += piece
    except (TimeoutError, ConnectionResetError):
        pass
    return answer
