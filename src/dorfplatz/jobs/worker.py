"""The worker: does what was put off, one job per lane at a time, and survives whatever the jobs do."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone

from dorfplatz.jobs.claims import Claim, ClaimLost, claim_next, claimed_job, give_back_jobs_of, mark_done, mark_failed
from dorfplatz.jobs.clock import tick
from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.job import conduct_of, task_named
from dorfplatz.jobs.lease import Lease, clear_locks, dead_workers
from dorfplatz.jobs.models import Worker

T = TypeVar("T")
log = logging.getLogger(__name__)

LANES = 2  # so that a mail does not wait for a large picture
POLL_S = 0.5
BEAT_S = 5.0
RETRY_S = 1.0


def main(home: Path, stop: threading.Event) -> None:
    """Work until `stop` is set; then finish the jobs at hand and return. For `dorfplatz run`."""
    run_worker(stop, home=home)


def run_worker(
    stop: threading.Event, *, home: Path, lanes: int = LANES, poll_s: float = POLL_S, beat_s: float = BEAT_S
) -> None:
    """Work in `lanes` threads until `stop` is set; then finish the jobs at hand and return.

    Meanwhile beat the heart, give back the jobs of dead workers and enqueue what recurs. A database that is away
    is waited for.
    """
    lease = _patiently(lambda: Lease.take(home, timezone.now()), stop)
    if lease is None:
        return
    name = lease.worker.pk[:8]
    log.info("worker %s begins", name)
    threads = [
        threading.Thread(target=_lane, args=(lease.worker, stop, poll_s), name=f"lane-{n}") for n in range(lanes)
    ]
    for thread in threads:
        thread.start()
    while not stop.is_set():
        _patiently(lambda: keep_house(lease, timezone.now()), stop)
        stop.wait(beat_s)
    for thread in threads:
        thread.join()
    _patiently(lease.leave, stop)
    log.info("worker %s ends", name)


def keep_house(lease: Lease, now: datetime) -> None:
    """What a worker does besides jobs, every few seconds."""
    lease.beat(now)
    for worker in dead_workers(lease.home, now, besides=lease.worker.pk):
        freed = give_back_jobs_of(worker, now)
        if freed is not None:
            log.warning("worker %s is gone, %d jobs given back", worker.pk[:8], freed)
    clear_locks(lease.home)
    tick(now)


def run_due(now: datetime | None = None, *, most: int = 1000) -> int:
    """Do everything that is due, here and now, and return how many attempts that took. For tests and commands.

    With `now` in the future, what is due then counts as due; jobs themselves read the clock.
    """
    moment = now or timezone.now()
    worker = Worker.objects.create(started_at=moment, beat_at=moment)
    done = 0
    try:
        while done < most and (claim := claim_next(worker, now or timezone.now())):
            perform(claim, now)
            done += 1
    finally:
        worker.delete()
    return done


def perform(claim: Claim, now: datetime | None = None) -> JobState | None:
    """Do one claimed job and settle it; its new state, or None when somebody else has it by now."""
    begun = time.monotonic()
    try:
        state = _attempt(claim, now)
    except ClaimLost:
        log.warning("job %s was given to another worker", claim.job_id)
        return None
    log.info("%s %s after %.2f s", claim.task, state, time.monotonic() - begun)
    return state


def _attempt(claim: Claim, now: datetime | None) -> JobState:
    try:
        task = task_named(claim.task)
        if conduct_of(claim.task).outside:
            task.call(**claim.kwargs)
            mark_done(claim, now or timezone.now())
        else:
            with transaction.atomic():
                claimed_job(claim)
                task.call(**claim.kwargs)
                mark_done(claim, now or timezone.now())
    except ClaimLost:
        raise
    except (Exception, SystemExit) as error:
        # Never the message: it may quote an address.
        log.warning("%s failed with %s at attempt %d", claim.task, type(error).__name__, claim.number)
        return mark_failed(claim, error, now or timezone.now())
    return JobState.DONE


def _lane(worker: Worker, stop: threading.Event, poll_s: float) -> None:
    """Claim and do jobs until told to stop."""
    while not stop.is_set():
        claim = _patiently(partial(_claim_now, worker), stop)
        if claim is None:
            stop.wait(poll_s)
            continue
        try:
            perform(claim)
        except DatabaseError as error:  # how it went could not be written down: the job is ours until it is
            _patiently(partial(_abandon, claim, error), stop)
    close_old_connections()


def _claim_now(worker: Worker) -> Claim | None:
    return claim_next(worker, timezone.now())


def _abandon(claim: Claim, error: DatabaseError) -> None:
    with contextlib.suppress(ClaimLost):
        mark_failed(claim, error, timezone.now())


def _patiently(do: Callable[[], T], stop: threading.Event) -> T | None:
    """What `do` returns, tried once and then again every second while the database is away, until told to stop."""
    while True:
        close_old_connections()
        try:
            return do()
        except DatabaseError as error:
            log.warning("the database is away: %s", type(error).__name__)
            if stop.wait(RETRY_S):
                return None
