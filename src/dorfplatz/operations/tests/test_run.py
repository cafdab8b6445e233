"""The whole installation as one command, really started, really killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest

from dorfplatz.operations.lock import alone
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


def test_a_second_start_says_the_address_and_has_nothing_to_prepare(own_installation):
    assert b" 200 OK" in own_installation.get("/healthz")
    assert f"http://localhost:{own_installation.port}" in own_installation.said()
    assert own_installation.processor_s < 5


def test_a_first_start_with_tables_and_static_files_costs_little(installation, tmp_path):
    def again(number: int) -> float:
        home = tmp_path / f"home-{number}"
        home.mkdir()
        started = Installation(home)
        started.stop()
        return started.processor_s

    # Beside other work a processor's seconds are worth less: the least of three starts is what it costs.
    costs = [installation.processor_s]
    while min(costs) >= 5 and len(costs) < 3:
        costs.append(again(len(costs)))
    assert min(costs) < 5


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
        time.sleep(1)
        own_installation.process.send_signal(number)
        time.sleep(1)
        line.sendall(b"\r\n")
        assert heard(line, 10).startswith(b"HTTP/1.1 200 OK")
    assert own_installation.process.wait(40) == 0
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


def test_a_home_that_cannot_be_prepared_is_said_in_a_sentence(tmp_path):
    (tmp_path / "dorfplatz.sqlite3").write_text("this is no database")
    ended = run(tmp_path, "--port", "0")
    assert ended.returncode == 1
    assert "could not be prepared" in ended.stderr
    assert "geöffnet" not in ended.stdout


def test_ctrl_c_ends_the_preparation_without_a_word(tmp_path):
    (tmp_path / "start.lock").touch()
    with alone(tmp_path):  # somebody else prepares, for ever
        process = subprocess.Popen(
            [COMMAND, "run", "--port", "0"],
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Started in the background, the tests themselves ignore Ctrl+C, and their children would with them.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no threads here
        )
        children = f"/proc/{process.pid}/task/{process.pid}/children"
        until(lambda: open(children).read())  # noqa: PTH123, SIM115  a kernel file
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (output, errors) == (b"", b"")


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
from dorfplatz.operations.supervision import Child, Supervisor
kind, grace_s = sys.argv[1], float(sys.argv[2])
ready_end, telling_end = os.pipe()
say = lambda line: os.write(1, f"{line}\\n".encode())  # in one piece, whoever else writes
def web():
    if kind == "never ready":
        raise SystemExit(3)
    if kind == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(telling_end, b".")
    time.sleep(60)
def worker():
    say(f"at {time.monotonic()}")
    raise SystemExit(7)
def interrupted(work):
    def done(*args):
        os.kill(os.getpid(), signal.SIGTERM)
        return work(*args)
    return done
if kind == "asked at a death":
    Child.ended = interrupted(Child.ended)
if kind == "asked at a birth":
    fork = os.fork
    def born():
        pid, os.fork = fork(), fork  # the first birth only
        if pid:
            os.kill(os.getpid(), signal.SIGTERM)
        return pid
    os.fork = born
children = [Child("web", web), Child("worker", worker, pause_s=0.1)]
sys.exit(Supervisor(children, say, ready_end, lambda: say("ready"), grace_s).run())
"""


def supervised(kind: str, *, grace_s: float = 20) -> subprocess.Popen:
    command = [sys.executable, "-c", SUPERVISED, kind, str(grace_s)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_child_that_ends_again_and_again_is_started_at_growing_intervals():
    process = supervised("well")
    lines, moments = [], []
    while len(moments) < 4:
        lines.append(process.stdout.readline())
        moments += [float(lines[-1].split()[1])] if lines[-1].startswith("at ") else []
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert all(pause >= least for pause, least in zip(pauses, [0.1, 0.2, 0.4], strict=True))
    assert "ready\n" in lines
    assert any("worker: ended with 7" in line for line in lines)
    assert process.returncode == 0


def test_a_server_that_cannot_start_ends_everything_with_an_error():
    process = supervised("never ready")
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "ready" not in output


@pytest.mark.parametrize(("signals", "grace_s"), [(1, 1), (2, 60)])
def test_who_does_not_listen_is_ended_after_the_grace_or_at_the_second_signal(signals, grace_s):
    process = supervised("deaf", grace_s=grace_s)
    while process.stdout.readline() != "ready\n":
        pass
    began = time.monotonic()
    for _ in range(signals):
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
    process.communicate(timeout=50)
    assert time.monotonic() - began >= (1 if signals == 1 else 0)
    assert process.returncode == 0


@pytest.mark.parametrize("moment", ["death", "birth"])
def test_who_is_asked_to_stop_at_a_childs_birth_or_death_stops_at_once(moment):
    process = supervised(f"asked at a {moment}", grace_s=60)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_the_first_command_on_an_empty_home_makes_the_tables(tmp_path):
    description = tmp_path / "niel.toml"
    description.write_text(
        '[municipality]\nslug = "niel"\nname = "Niel"\ncountry = "DE"\n'
        '[[village]]\nslug = "niel"\nname = "Niel"\nlat = 51.826\nlon = 6.02\n'
    )
    ended = subprocess.run([COMMAND, "setup", description], env=environment(tmp_path), capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"Niel" in ended.stdout
