"""What is done during the drill of kills: each effect is one line of the journal, in the job's own transaction."""

import random
import time
from datetime import timedelta

from django.utils import timezone

from dorfplatz.jobs.job import Conduct, job
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import system

DRILL = Conduct("drill", attempts=50, first_wait=timedelta(milliseconds=20), longest_wait=timedelta(milliseconds=200))


@job(DRILL)
def leave_a_line(number: int, weight_ms: int, stumbles: bool) -> None:
    """Write, think on, and sometimes fail after having written: what was written must be undone."""
    record_act("drill", by=system("drill"), now=timezone.now(), thing=f"drill:{number}")
    time.sleep(weight_ms / 1000)
    if stumbles and random.random() < 0.5:
        raise RuntimeError("stumbled")


@job(Conduct("drill", outside=True))
def wait_and_leave_a_line(number: int, weight_ms: int) -> None:
    """Take some time without holding the database."""
    time.sleep(weight_ms / 1000)
    record_act("drill", by=system("drill"), now=timezone.now(), thing=f"drill:{number}")
