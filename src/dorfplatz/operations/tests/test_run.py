"""The whole installation as one command, really started, really killed."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from dorfplatz.operations.preparation import alone
from dorfplatz.operations.tests.installation import COMMAND, Installation, environment, heard, until

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("square")]
TOGETHER_MB = 512


@pytest.fixture
def own_installation(installation):
    """A second installation on the prepared home, for tests that end it."""
    started = Installation(installation.home)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.wait()


def is_ready(installation) -> bool:
    return b" 200 " in installation.get("/readyz").partition(b"\r\n")[0]


def test_it_is_ready_with_database_tables_and_worker(installation):
    until(lambda: is_ready(installation))
    answer = installation.get("/readyz")
    assert answer.count(b'"well": true') == 3
    assert b'"ready": true' in answer


def test_a_second_start_is_quick_and_says_the_address(own_installation):
    began = time.monotonic()
    assert b" 200 OK" in own_installation.get("/healthz")
    assert f"http://localhost:{own_installation.port}" in own_installation.said()
    assert time.monotonic() - began < 5


def test_all_processes_together_stay_small(installation):
    for path in ("/healthz", "/readyz", "/de/", "/nl/") * 20:
        installation.get(path)
    assert memory_mb(installation) < TOGETHER_MB


def memory_mb(installation) -> float:
    """Memory of all processes; what they share counts once (proportional set size)."""
    found, waiting = 0, [installation.process.pid]
    while waiting:
        pid = waiting.pop()
        with open(f"/proc/{pid}/smaps_rollup") as rollup:  # noqa: PTH123  a kernel file
            found += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        with open(f"/proc/{pid}/task/{pid}/children") as children:  # noqa: PTH123  a kernel file
            waiting += [int(child) for child in children.read().split()]
    return found / 1024


@pytest.mark.parametrize("which", [0, 1], ids=["web", "worker"])
def test_a_killed_child_is_started_again(installation, which):
    until(lambda: len(installation.children()) == 2)
    victim = installation.children()[which]
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in installation.children() and len(installation.children()) == 2)
    until(lambda: is_ready(installation))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_wish_to_stop_lets_accepted_requests_finish(own_installation, number):
    with own_installation.line() as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
        time.sleep(0.3)
        own_installation.process.send_signal(number)
        time.sleep(0.7)
        line.sendall(b"\r\n")
        assert heard(line, 5).startswith(b"HTTP/1.1 200 OK")
    assert own_installation.process.wait(20) == 0
    assert "geschlossen" in own_installation.said()
    assert "Traceback" not in own_installation.said()
    with pytest.raises(ConnectionRefusedError):
        own_installation.line()


def test_no_child_outlives_a_killed_parent(own_installation):
    children = own_installation.children()
    own_installation.process.kill()
    own_installation.process.wait()
    until(lambda: not any(is_running(pid) for pid in children))


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123  a kernel file
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_taken_port_is_said_in_a_sentence(installation):
    ended = run(installation.home, "--port", str(installation.port))
    assert ended.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{installation.port}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unknown_setting_is_said_in_a_sentence(tmp_path):
    ended = run(tmp_path, DORFPLATZ_WORKRES="3")
    assert ended.returncode == 2
    assert "Unknown setting DORFPLATZ_WORKRES" in ended.stderr
    assert not (tmp_path / "dorfplatz.sqlite3").exists()


def run(home, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [COMMAND, "run", *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_only_one_start_prepares_a_home_at_a_time(tmp_path):
    order = []

    def second() -> None:
        with alone(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    with alone(tmp_path):
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


SUPERVISED = """
import os, sys, time, signal
from dorfplatz.operations import supervision
from dorfplatz.operations.supervision import Child, Supervisor
supervision.FIRST_PAUSE_S = 0.1
ready_end, telling_end = os.pipe()
def web():
    signal.signal(signal.SIGTERM, signal.SIG_IGN if "deaf" in sys.argv else signal.SIG_DFL)
    if "never ready" in sys.argv:
        raise SystemExit(3)
    os.write(telling_end, b".")
    time.sleep(60)
def worker():
    print("worker", flush=True)
    raise SystemExit(7)
say = lambda line: print(line, flush=True)
children = [Child("web", web), Child("worker", worker, pause_s=0.1)]
sys.exit(Supervisor(children, say, ready_end, lambda: say("ready"), 2.0).run())
"""


def supervised(*arguments: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", SUPERVISED, *arguments], stdout=subprocess.PIPE, text=True)


def test_a_child_that_ends_again_and_again_is_started_at_growing_intervals():
    process = supervised()
    time.sleep(1.3)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=10)
    assert "ready" in output
    assert 3 <= output.count("worker\n") <= 5
    assert "worker: ended with 7" in output
    assert process.returncode == 0


def test_a_server_that_cannot_start_ends_everything_with_an_error():
    process = supervised("never ready")
    output, _ = process.communicate(timeout=10)
    assert process.returncode == 1
    assert "ready" not in output


@pytest.mark.parametrize("signals", [1, 2])
def test_who_does_not_listen_is_ended_after_the_grace_or_at_the_second_signal(signals):
    process = supervised("deaf")
    time.sleep(0.7)
    began = time.monotonic()
    for _ in range(signals):
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
    process.communicate(timeout=10)
    took = time.monotonic() - began
    assert took < 1.5 if signals == 2 else 1.9 < took < 4.5
    assert process.returncode == 0
