"""The page of stuck jobs, through the front door."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.models import Job, Worker
from dorfplatz.jobs.queue import enqueue
from dorfplatz.jobs.worker import run_due
from dorfplatz.journal.models import Act
from tests.fixtures.people import square_of

PAGE = "einstellungen/auftraege/"


@pytest.fixture
def stuck(kranenburg):
    job = enqueue("dorfplatz.jobs.tests.chores.sweep_and_fall", room="hall")
    for day in range(1, 5):
        run_due(timezone.now() + timedelta(days=day))
    return job


def press(square, page, action):
    """Press the button whose form leads to an address ending so; returns the page that follows."""
    address = re.search(rf'action="([^"]+/{action}/)"', page)[1]
    return square.post(address, follow=True).content.decode()


def test_an_administrator_sees_what_got_stuck_and_has_it_tried_again(stuck, admin_square, admin):
    page = admin_square.page(PAGE)
    assert "a chore" in page
    assert "3 Versuche" in page
    assert "RuntimeError" in page
    assert "anna@example.org" not in page
    after = press(admin_square, page, "noch-einmal")
    assert "Es wird gleich noch einmal versucht." in after
    assert "Nichts hängt fest" in after
    stuck.refresh_from_db()
    assert stuck.state == JobState.WAITING
    assert Act.objects.get(verb="release_job").actor_id == admin.pk


def test_an_administrator_gives_a_job_up(stuck, admin_square):
    page = admin_square.page(PAGE)
    assert "Es ist aufgegeben." in press(admin_square, page, "aufgeben")
    assert "Das hat schon jemand erledigt." in press(admin_square, page, "noch-einmal")
    stuck.refresh_from_db()
    assert stuck.state == JobState.DROPPED


def test_in_dutch_it_is_dutch(stuck, admin):
    page = square_of(admin, "nl").page("instellingen/opdrachten/")
    assert "Wat bleef hangen" in page
    assert "3 pogingen" in page


def test_it_is_said_when_nobody_works(admin_square):
    assert "arbeitet gerade niemand" in admin_square.page(PAGE)
    now = timezone.now()
    Worker.objects.create(started_at=now, beat_at=now)
    assert "arbeitet gerade niemand" not in admin_square.page(PAGE)


def test_the_way_there_and_back_leads_over_the_settings(admin_square):
    assert f"/de/{PAGE}" in admin_square.page("einstellungen/")
    assert '<ol><li><a href="/de/einstellungen/">Einstellungen</a></li>' in admin_square.page(PAGE)


def test_nobody_else_sees_or_settles_anything(stuck, person, square):
    neighbour = square_of(person("Anna", home="niel"))
    neighbour.page(PAGE, status=404)
    for visitor, status in ((neighbour, 404), (square, 302)):
        for action in ("noch-einmal", "aufgeben"):
            assert visitor.post(f"/de/{PAGE}{stuck.pk}/{action}/").status_code == status
    stuck.refresh_from_db()
    assert stuck.state == JobState.PARKED


def test_only_a_button_settles(stuck, admin_square):
    assert admin_square.get(f"/de/{PAGE}{stuck.pk}/aufgeben/").status_code == 405


def test_a_page_of_many_stuck_jobs_costs_no_more_queries_than_one(stuck, admin_square, django_assert_max_num_queries):
    for _ in range(20):
        enqueue("dorfplatz.jobs.tests.chores.sweep_room", room="hall")
    Job.objects.update(state=JobState.PARKED)
    admin_square.page(PAGE)
    with django_assert_max_num_queries(16):  # most of them for who somebody is, and what waits for her
        assert admin_square.page(PAGE).count("sweep_room") == 20
