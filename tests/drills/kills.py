"""Drill: workers are killed at random moments; no job may be lost, each effect happens once.

    python tests/drills/kills.py --kills 200 --jobs 2000

Two workers run side by side. Again and again one is killed with SIGKILL and replaced. Among the jobs are some that
fail half of the time after they have written, and mails that leave the process. Prints what happened as JSON; exit
code 0 when everything is as promised.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
MAIL_EVERY = 5
PORTION = 20


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database; left out: SQLite")
    return parser.parse_args()


def set_up(home: Path, database_url: str = "") -> None:
    sys.path.insert(0, str(HERE))
    os.environ.update(DJANGO_SETTINGS_MODULE="drill_settings", DRILL_HOME=str(home))
    os.environ["DRILL_DATABASE_URL"] = database_url
    import django  # noqa: PLC0415  after the settings are chosen
    from django.core.management import call_command  # noqa: PLC0415  after the settings are chosen

    django.setup()
    call_command("migrate", verbosity=0)


def let_go_of_the_database() -> None:
    """Neither a connection nor a pool of them may be shared with a fork."""
    from django.db import connection  # noqa: PLC0415  after the settings are chosen

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


class Drill:
    """One run: enqueues jobs in portions so that there is always work, kills, and counts in the end."""

    def __init__(self, arguments: argparse.Namespace, home: Path) -> None:
        self.arguments = arguments
        self.home = home
        self.chance = random.Random(arguments.seed)
        self.enqueued = 0
        self.workers: list[int] = []

    def run(self) -> dict[str, object]:
        begun = time.monotonic()
        for kill in range(self.arguments.kills):
            self.top_up(self.arguments.jobs * (kill + 1) // self.arguments.kills)
            while len(self.workers) < 2:
                self.workers.append(self.start_worker())
            time.sleep(self.chance.uniform(0.02, 0.5))
            self.kill(self.chance.choice(self.workers))
        self.finish()
        return {**self.account(), "seconds": round(time.monotonic() - begun, 1)}

    def top_up(self, target: int) -> None:
        from django.db import transaction  # noqa: PLC0415  after the settings are chosen

        from dorfplatz.jobs.queue import enqueue  # noqa: PLC0415  after the settings are chosen

        while self.enqueued < target:
            with transaction.atomic():
                for _ in range(min(PORTION, target - self.enqueued)):
                    self.enqueued += 1
                    number = self.enqueued
                    if number % MAIL_EVERY == 0:
                        self.post(number)
                    else:
                        weight, stumbles = self.chance.choice([0, 2, 10, 40]), self.chance.random() < 0.2
                        enqueue("kill_tasks.leave_a_line", number=number, weight_ms=weight, stumbles=stumbles)
        let_go_of_the_database()

    def post(self, number: int) -> None:
        from django.utils import timezone  # noqa: PLC0415  after the settings are chosen

        from dorfplatz.mail.actions import post_mail  # noqa: PLC0415  after the settings are chosen

        post_mail(
            key=f"drill:{number}",
            to=f"resident{number}@example.org",
            template="mail/probe",
            context={"name": f"drill {number}"},
            language="de",
            now=timezone.now(),
        )

    def start_worker(self) -> int:
        child = os.fork()
        if child:
            return child
        from dorfplatz.jobs.worker import run_worker  # noqa: PLC0415  after the settings are chosen

        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        random.seed()
        try:
            run_worker(stop, home=self.home, poll_s=0.02, beat_s=0.1)
        finally:
            os._exit(0)

    def kill(self, worker: int) -> None:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        self.workers.remove(worker)

    def finish(self) -> None:
        """Let the last worker do the rest, then ask it politely to end."""
        from django.utils import timezone  # noqa: PLC0415  after the settings are chosen

        from dorfplatz.jobs.enums import LIVE  # noqa: PLC0415  after the settings are chosen
        from dorfplatz.jobs.lease import dead_workers  # noqa: PLC0415  after the settings are chosen
        from dorfplatz.jobs.models import Job  # noqa: PLC0415  after the settings are chosen

        while len(self.workers) < 2:
            self.workers.append(self.start_worker())
        until = time.monotonic() + 60 + self.arguments.jobs / 5
        while time.monotonic() < until and (
            Job.objects.filter(state__in=LIVE).exists() or list(dead_workers(self.home, timezone.now()))
        ):
            time.sleep(0.1)
        let_go_of_the_database()
        for worker in self.workers:
            os.kill(worker, signal.SIGTERM)
        for worker in self.workers:
            os.waitpid(worker, 0)

    def account(self) -> dict[str, object]:
        from dorfplatz.jobs.models import Job, Worker  # noqa: PLC0415  after the settings are chosen
        from dorfplatz.journal.models import Act  # noqa: PLC0415  after the settings are chosen
        from dorfplatz.journal.queries import broken_links  # noqa: PLC0415  after the settings are chosen
        from dorfplatz.mail.models import Mail  # noqa: PLC0415  after the settings are chosen

        effects = Counter(Act.objects.filter(verb="drill").values_list("thing", flat=True))
        mails = self.enqueued // MAIL_EVERY
        attempts = list(Job.objects.exclude(result__task_path__contains="forget").values_list("attempt", flat=True))
        return {
            "kills": self.arguments.kills,
            "jobs": self.enqueued,
            "states": dict(Counter(Job.objects.values_list("state", flat=True))),
            "lines_missing": self.enqueued - mails - len(effects),
            "lines_doubled": sum(count - 1 for count in effects.values()),
            "mails_missing": mails - len(list((self.home / "mail").glob("*.eml"))),
            "mails_unsent": Mail.objects.exclude(state="sent").count(),
            "broken_links": len(broken_links()),
            "workers_left": Worker.objects.count(),
            "attempts": sum(attempts),
            "most_attempts": max(attempts),
        }


def is_as_promised(account: dict[str, object]) -> bool:
    zero = ["lines_missing", "lines_doubled", "mails_missing", "mails_unsent", "broken_links", "workers_left"]
    return not any(account[name] for name in zero) and set(account["states"]) == {"done"}  # type: ignore[call-overload]  # a dict


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        home = arguments.home or Path(folder)
        set_up(home, arguments.database_url)
        account = Drill(arguments, home).run()
    print(json.dumps(account, indent=1))  # noqa: T201  its only output
    sys.exit(0 if is_as_promised(account) else 1)


if __name__ == "__main__":
    main()
