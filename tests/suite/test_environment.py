"""What the suite promises about itself (trust R14): no network, a home of its own, the same for everybody."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from pytest_socket import SocketConnectBlockedError

DOCUMENTATION_ADDRESS = "192.0.2.1"


def test_no_test_reaches_another_machine():
    with (
        socket.socket() as line,
        pytest.raises(SocketConnectBlockedError),
        pytest.warns(UserWarning, match="socket.connect"),
    ):
        line.connect((DOCUMENTATION_ADDRESS, 80))


def test_no_test_asks_for_a_name_of_another_machine():
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_a_test_may_talk_to_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        assert line.getpeername() == server.getsockname()


def test_the_home_of_the_tests_is_nobody_elses():
    assert "dorfplatz-tests-" in os.environ["DORFPLATZ_HOME"]
    assert Path(os.environ["DORFPLATZ_HOME"]).resolve() == settings.HOME


def test_a_visitor_finds_the_square_that_was_set_up(square):
    assert "Nütterden" in square.page()
    assert "Groesbeek" in square.page()
    assert square.page("gibtesnicht/", status=404)


def test_what_a_test_starts_ends_with_a_run_that_is_killed(tmp_path):
    start = (
        "import os, signal, subprocess, time\n"
        "from tests.fixtures.orphans import end_with_parent\n"
        "child = subprocess.Popen(['sleep', '60'], preexec_fn=end_with_parent(signal.SIGTERM))\n"
        "print(child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", start], cwd=root, capture_output=True, text=True, check=False)
    orphan = Path(f"/proc/{int(run.stdout)}/stat")
    ends_at = time.monotonic() + 5
    while orphan.exists() and " Z " not in orphan.read_text() and time.monotonic() < ends_at:
        time.sleep(0.05)
    assert not orphan.exists() or " Z " in orphan.read_text()
