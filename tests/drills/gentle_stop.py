"""Drill: a worker is asked to stop while it works. It finishes the job at hand, begins no other, and says goodbye."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from kills import let_go_of_the_database, set_up


def run(home: Path) -> dict[str, object]:
    from dorfplatz.jobs.models import Job, Worker  # noqa: PLC0415  after the settings are chosen
    from dorfplatz.jobs.queue import enqueue  # noqa: PLC0415  after the settings are chosen
    from dorfplatz.jobs.worker import run_worker  # noqa: PLC0415  after the settings are chosen

    jobs = [enqueue("kill_tasks.wait_and_leave_a_line", number=number, weight_ms=700) for number in (1, 2)]
    let_go_of_the_database()
    child = os.fork()
    if not child:
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        run_worker(stop, home=home, lanes=1, poll_s=0.02, beat_s=0.1)
        os._exit(0)
    until = time.monotonic() + 20
    while not Job.objects.filter(pk=jobs[0].pk, state="running").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(child, signal.SIGTERM)
    _, status = os.waitpid(child, 0)
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "states": [Job.objects.get(pk=job.pk).state for job in jobs],
        "workers_left": Worker.objects.count(),
        "locks_left": len(list((home / "workers").iterdir())),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        set_up(Path(folder))
        sys.stdout.write(json.dumps(run(Path(folder))))
