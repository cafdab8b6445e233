"""Putting work off, doing it, failing at it."""

import logging
import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from dorfplatz.jobs.actions import drop_job, forget_jobs, release_job
from dorfplatz.jobs.claims import ClaimLost, claim_next, give_back_jobs_of, mark_done, mark_failed
from dorfplatz.jobs.clock import tick
from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.facts import JobParked
from dorfplatz.jobs.job import Conduct, conduct_of
from dorfplatz.jobs.models import Job, Slot, Worker
from dorfplatz.jobs.queries import parked_jobs, task_label, worker_state
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.sockets import Periodic, periodic
from dorfplatz.jobs.tests.chores import swept
from dorfplatz.jobs.worker import perform, run_due
from dorfplatz.journal.models import Act
from dorfplatz.kernel import facts
from dorfplatz.kernel.actor import VISITOR, Actor, Grant
from dorfplatz.kernel.verdict import Problem, Refused

CHORES = "dorfplatz.jobs.tests.chores"
HOUR = timedelta(hours=1)
ADMIN = Actor(identity_id=1, grants=(Grant("admin", "/1/", frozenset({"jobs.see"})),))
ANNA = Actor(identity_id=2)

pytestmark = pytest.mark.django_db


def worker(now=None):
    now = now or timezone.now()
    return Worker.objects.create(started_at=now, beat_at=now)


def parked_chore(room="hall", key=None):
    job = enqueue(f"{CHORES}.sweep_and_fall", room=room, key=key)
    for day in range(1, 5):
        run_due(timezone.now() + timedelta(days=day))
    job.refresh_from_db()
    assert job.state == JobState.PARKED
    return job


def test_a_job_is_done_once():
    job = enqueue(f"{CHORES}.sweep_room", room="hall")
    assert swept() == []
    assert run_due() == 1
    assert run_due() == 0
    assert swept() == ["room:hall"]
    job.refresh_from_db()
    assert (job.state, job.attempt, job.worker) == (JobState.DONE, 1, None)
    assert job.result.status == TaskResultStatus.SUCCESSFUL


def test_what_a_job_was_told_is_forgotten_when_it_is_over_and_no_sooner():
    done, parked = enqueue(f"{CHORES}.sweep_room", room="anna"), parked_chore(room="ben")
    run_due()
    told = {str(result.pk): str(result.args_kwargs) for result in DBTaskResult.objects.all()}
    assert "anna" not in told[str(done.pk)]
    assert "ben" in told[str(parked.pk)]
    drop_job(parked.pk, by=ADMIN, now=timezone.now())
    assert "ben" not in str(DBTaskResult.objects.get(pk=parked.pk).args_kwargs)


def test_a_job_stands_and_falls_with_the_decision():
    with transaction.atomic():
        enqueue(f"{CHORES}.sweep_room", room="hall")
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_job_waits_for_its_moment():
    now = timezone.now()
    enqueue(f"{CHORES}.sweep_room", room="hall", run_after=now + HOUR)
    assert run_due(now) == 0
    assert run_due(now + HOUR) == 1


def test_the_urgent_comes_first_then_the_older():
    now = timezone.now() - HOUR
    for room, priority, minutes in (("late", 0, 2), ("early", 0, 1), ("urgent", 5, 3)):
        enqueue(f"{CHORES}.sweep_room", room=room, priority=priority, run_after=now + timedelta(minutes=minutes))
    run_due()
    assert swept() == ["room:urgent", "room:early", "room:late"]


def test_a_name_that_is_no_task_cannot_be_enqueued():
    for name in (f"{CHORES}.no_task", f"{CHORES}.nothing", "nowhere.at_all"):
        with pytest.raises(LookupError):
            enqueue(name)


def test_the_same_key_is_enqueued_once_while_it_waits_or_runs():
    first = enqueue(f"{CHORES}.sweep_room", key="hall", room="hall")
    assert enqueue(f"{CHORES}.sweep_room", key="hall", room="other") == first
    claim = claim_next(worker(), timezone.now())
    assert enqueue(f"{CHORES}.sweep_room", key="hall", room="hall") == first
    perform(claim)
    second = enqueue(f"{CHORES}.sweep_room", key="hall", room="hall")
    assert second != first
    assert Job.objects.filter(key="hall").count() == 2


def test_the_database_itself_keeps_a_key_single():
    first = enqueue(f"{CHORES}.sweep_room", key="hall", room="hall")
    second = enqueue(f"{CHORES}.sweep_room", room="hall")
    assert first != second
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=second.pk).update(key="hall")


def test_what_a_failing_job_has_written_is_undone_and_the_job_comes_again():
    job = enqueue(f"{CHORES}.sweep_and_fall", room="hall")
    now = timezone.now()
    assert run_due(now) == 1
    assert swept() == []
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.WAITING, 1)
    assert now + timedelta(seconds=30) <= job.run_after <= now + timedelta(seconds=60)
    assert job.result.status == TaskResultStatus.READY


def test_a_job_outside_keeps_what_it_wrote_and_may_even_try_to_leave():
    job = enqueue(f"{CHORES}.sweep_outside_and_fall", room="yard")
    run_due()
    assert swept() == ["room:yard"]
    job.refresh_from_db()
    assert job.fault == "builtins.SystemExit"


def test_after_its_last_attempt_a_job_is_parked_and_told(monkeypatch):
    told = []
    monkeypatch.setitem(facts._subscribers, JobParked, [told.append])
    job = parked_chore()
    assert job.attempt == 3
    assert job.fault == "builtins.RuntimeError"
    assert job.result.status == TaskResultStatus.FAILED
    assert [(fact.job_id, fact.task) for fact in told] == [(str(job.pk), f"{CHORES}.sweep_and_fall")]
    assert run_due(timezone.now() + timedelta(days=30)) == 0


def test_the_message_of_an_error_is_neither_kept_nor_logged(caplog):
    caplog.set_level(logging.DEBUG)
    job = parked_chore()
    result = DBTaskResult.objects.get(pk=job.pk)
    kept = f"{job.fault} {result.traceback} {result.exception_class_path} {caplog.text}"
    assert "anna@example.org" not in kept.replace('raise RuntimeError("anna@example.org stood in the way")', "")
    assert "sweep_and_fall" in result.traceback


def test_waits_double_up_to_the_longest_and_are_scattered():
    conduct = Conduct(first_wait=timedelta(seconds=10), longest_wait=timedelta(minutes=5))
    chance = random.Random(1)
    for attempt in range(1, 60):
        full = min(10 * 2 ** (attempt - 1), 300)
        waits = [conduct.wait_after(attempt, chance).total_seconds() for _ in range(20)]
        assert all(full / 2 <= wait <= full for wait in waits)
        assert len(set(waits)) > 10


def test_a_claim_is_worth_nothing_once_the_job_is_given_to_another():
    enqueue(f"{CHORES}.sweep_room", room="hall")
    now = timezone.now()
    slow = worker(now)
    lost = claim_next(slow, now)
    assert claim_next(worker(now), now) is None
    assert give_back_jobs_of(slow, now) == 1
    taken = claim_next(worker(now), now)
    assert (taken.job_id, taken.number) == (lost.job_id, 2)
    assert perform(lost) is None
    for settle in (lambda: mark_done(lost, now), lambda: mark_failed(lost, ValueError(), now)):
        with pytest.raises(ClaimLost):
            settle()
    assert swept() == []
    perform(taken)
    assert swept() == ["room:hall"]


def test_a_worker_that_has_beaten_again_is_not_buried():
    now = timezone.now()
    seen = worker(now)
    Worker.objects.filter(pk=seen.pk).update(beat_at=now + HOUR)
    assert give_back_jobs_of(seen, now) is None
    assert Worker.objects.filter(pk=seen.pk).exists()


def test_a_job_that_kills_every_worker_is_parked_in_the_end():
    job = enqueue(f"{CHORES}.sweep_room", room="hall")
    now = timezone.now()
    for _ in range(3):
        victim = worker(now)
        assert claim_next(victim, now)
        give_back_jobs_of(victim, now)
    job.refresh_from_db()
    assert (job.state, job.fault) == (JobState.PARKED, "worker died")


def test_asking_for_work_when_there_is_none_is_one_query(django_assert_num_queries):
    idle, now = worker(), timezone.now()
    with django_assert_num_queries(1):
        assert claim_next(idle, now) is None


def test_the_state_of_the_work_is_told():
    now = timezone.now()
    state = worker_state(now)
    assert (state.is_alive, state.waiting_count, state.oldest_waiting) == (False, 0, timedelta(0))
    Worker.objects.create(started_at=now - HOUR, beat_at=now - timedelta(seconds=5))
    enqueue(f"{CHORES}.sweep_room", room="hall", run_after=now - timedelta(minutes=7))
    enqueue(f"{CHORES}.sweep_room", room="later", run_after=now + HOUR)
    state = worker_state(now)
    assert (state.is_alive, state.alive_since) == (True, now - HOUR)
    assert (state.waiting_count, state.oldest_waiting) == (1, timedelta(minutes=7))
    assert not worker_state(now + HOUR).is_alive


# Parked jobs


def test_a_released_job_is_tried_again_with_all_its_attempts_and_the_journal_says_who_did_it():
    job = parked_chore()
    now = timezone.now()
    release_job(job.pk, by=ADMIN, now=now)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.run_after) == (JobState.WAITING, 0, now)
    act = Act.objects.get(verb="release_job")
    assert (act.actor_id, act.thing) == (1, f"job:{job.pk}")
    assert run_due() == 1


def test_a_dropped_job_is_never_done():
    job = parked_chore()
    drop_job(job.pk, by=ADMIN, now=timezone.now())
    assert run_due(timezone.now() + timedelta(days=30)) == 0
    assert Act.objects.filter(verb="drop_job", thing=f"job:{job.pk}").exists()


def test_a_parked_job_whose_work_was_enqueued_anew_is_dropped_instead_of_released():
    job = parked_chore(key="hall")
    enqueue(f"{CHORES}.sweep_room", key="hall", room="hall")
    assert release_job(job.pk, by=ADMIN, now=timezone.now()).state == JobState.DROPPED


def test_a_job_is_settled_once():
    job = parked_chore()
    drop_job(job.pk, by=ADMIN, now=timezone.now())
    for settle in (drop_job, release_job):
        with pytest.raises(Problem):
            settle(job.pk, by=ADMIN, now=timezone.now())


@pytest.mark.parametrize("nobody", [VISITOR, ANNA])
def test_others_neither_see_nor_settle_parked_jobs(nobody):
    job = parked_chore()
    assert not parked_jobs(nobody).exists()
    assert parked_jobs(ADMIN).count() == 1
    for settle in (drop_job, release_job):
        with pytest.raises(Refused):
            settle(job.pk, by=nobody, now=timezone.now())


def test_a_task_is_called_by_what_it_does():
    assert task_label(f"{CHORES}.sweep_room") == "a chore"
    assert task_label(f"{CHORES}.sweep_plainly") == f"{CHORES}.sweep_plainly"
    assert task_label("gone.app.task") == "gone.app.task"


def test_jobs_that_ended_are_forgotten_after_a_week_and_no_others(monkeypatch):
    monkeypatch.setattr("dorfplatz.jobs.actions.BATCH", 2)
    parked = parked_chore()
    for room in "abc":
        enqueue(f"{CHORES}.sweep_room", room=room)
    run_due()
    waiting = enqueue(f"{CHORES}.sweep_room", room="later")
    now = timezone.now()
    assert forget_jobs(now=now + timedelta(days=6)) == 0
    assert forget_jobs(now=now + timedelta(days=8)) == 3
    assert set(Job.objects.all()) == {parked, waiting}
    assert DBTaskResult.objects.count() == 2


# What recurs


@pytest.fixture
def hourly(monkeypatch):
    chore = Periodic(f"{CHORES}.sweep_room", every=HOUR, kwargs={"room": "hall"})
    monkeypatch.setattr(periodic, "_things", {"hall": (1, chore)})
    return chore


def test_each_slot_is_enqueued_once_however_often_the_clock_ticks(hourly):
    at = datetime(2026, 11, 23, 19, 20, tzinfo=UTC)
    assert [tick(at), tick(at), tick(at + timedelta(minutes=30))] == [1, 0, 0]
    with time_machine.travel(at + timedelta(minutes=40)):
        run_due()
    assert tick(at + timedelta(minutes=41)) == 1
    assert Slot.objects.count() == 1


def test_slots_that_passed_while_nobody_worked_are_left_out(hourly):
    at = datetime(2026, 11, 23, 19, 20, tzinfo=UTC)
    tick(at)
    tick(at + timedelta(days=3))
    assert Job.objects.count() == 1
    assert Slot.objects.get().begins_at == datetime(2026, 11, 26, 19, 0, tzinfo=UTC)


def test_a_slot_taken_by_another_worker_meanwhile_is_left_to_it(hourly, monkeypatch):
    at = datetime(2026, 11, 23, 19, 20, tzinfo=UTC)
    Slot.objects.create(name="hall", begins_at=hourly.slot_at(at))
    monkeypatch.setattr(Slot.objects, "values_list", lambda *_: [])  # what it read a moment before
    assert tick(at) == 0
    assert not Job.objects.exists()


def test_slots_begin_at_their_offset():
    nightly = Periodic("x", every=timedelta(days=1), offset=timedelta(hours=3))
    at = datetime(2026, 11, 23, 2, 59, tzinfo=UTC)
    assert nightly.slot_at(at) == datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert nightly.slot_at(at + timedelta(minutes=1)) == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    weekly = Periodic("x", every=timedelta(days=7))
    assert weekly.slot_at(at).weekday() == 0


def test_everything_that_recurs_names_a_task_that_exists():
    assert len(periodic) >= 3
    for thing in periodic:
        enqueue(thing.task, **thing.kwargs)


def test_everything_that_recurs_can_be_done():
    tick(timezone.now())
    # What leaves the process is done in the tests of its own app, with something to reach outside.
    leaving = [job.pk for job in Job.objects.select_related("result") if conduct_of(job.result.task_path).outside]
    Job.objects.filter(pk__in=leaving).delete()
    run_due()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
