"""The village paper by mail, for those who print it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.models import Entry
from dorfplatz.events.tests.factories import event, span
from dorfplatz.jobs.worker import run_due
from dorfplatz.mail.actions import NotThereYet, deliver_mail
from dorfplatz.mail.enums import MailState
from dorfplatz.mail.models import Mail
from dorfplatz.members.models import Identity
from dorfplatz.noticeboard.actions import begin_paper, mail_paper, publish_paper, reopen_paper, subscribe_to_papers
from dorfplatz.noticeboard.models import PaperSubscription
from dorfplatz.noticeboard.post import stop_token
from dorfplatz.noticeboard.tests.factories import words_of
from tests.fixtures.kranenburg import INSTALLER, Square
from tests.fixtures.people import actor

BY = {"by": INSTALLER}


@pytest.fixture
def niel(kranenburg):
    return kranenburg.village("niel")


@pytest.fixture
def paper(niel):
    """This week's; jobs and the worker read the clock."""
    now = timezone.now()
    chosen = begin_paper(niel, period="week", starts_on=now.date() - timedelta(days=1), now=now, **BY)
    event(niel, title="Probe des Chors", when=span(now.date() + timedelta(days=1)))
    event(niel, title="Singabend", when=span(now.date() + timedelta(days=2)))
    return chosen


def wants(person: Identity, area, form="a4", languages=("de",)) -> PaperSubscription:
    return subscribe_to_papers(area, form=form, languages=list(languages), by=actor(person), now=timezone.now())


def an_hour_later() -> datetime:
    return timezone.now() + timedelta(hours=1)


def letters() -> list:
    found = sorted((Path(settings.HOME) / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]


@pytest.fixture(autouse=True)
def empty_box():
    for path in (Path(settings.HOME) / "mail").glob("*"):
        path.unlink()


def test_who_asked_for_it_gets_a_published_paper_as_a_pdf_in_her_own_language(cast, niel, kranenburg, paper):
    wants(cast.anna, niel)
    Identity.objects.filter(pk=cast.carla.pk).update(language="nl")
    wants(cast.carla, niel, "large", ["de", "nl"])
    wants(cast.ben, kranenburg.village("zyfflich"))
    publish_paper(paper, now=timezone.now(), **BY)
    run_due(timezone.now() + timedelta(minutes=5))
    assert not Mail.objects.exists(), "there is time to take it back"
    run_due(an_hour_later())
    told = {str(one["To"]): one for one in letters()}
    assert set(told) == {"anna@example.org", "carla@example.org"}
    for address, one in told.items():
        (file,) = one.iter_attachments()
        assert file.get_content_type() == "application/pdf"
        assert file.get_content().startswith(b"%PDF-")
        said = one.get_body(("plain",)).get_content()
        assert "Dorfblatt" in said if address.startswith("anna") else "dorpsblad" in said
        assert not any(other in one.as_string() for other in told if other != address)
        assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (file,) = told["carla@example.org"].iter_attachments()
    assert file.get_filename().endswith("-large-de-nl.pdf")


def test_a_paper_taken_back_and_published_again_comes_once(cast, niel, paper):
    wants(cast.anna, niel)
    now = timezone.now()
    publish_paper(paper, now=now, **BY)
    reopen_paper(paper, now=now, **BY)
    run_due(an_hour_later())
    assert not Mail.objects.exists()
    for _time in range(2):
        publish_paper(paper, now=now, **BY)
        mail_paper(paper.pk, after=0, now=now, **BY)
        reopen_paper(paper, now=now, **BY)
    assert Mail.objects.count() == 1


def test_a_paper_whose_days_are_over_is_not_sent(cast, niel):
    wants(cast.anna, niel)
    old = begin_paper(niel, period="week", starts_on=date(2020, 1, 6), now=timezone.now(), **BY)
    publish_paper(old, now=timezone.now(), **BY)
    run_due(an_hour_later())
    assert not Mail.objects.exists()


def test_what_was_hidden_before_the_mail_leaves_is_not_in_its_pdf(cast, niel, paper, monkeypatch):
    wants(cast.anna, niel)
    publish_paper(paper, now=timezone.now(), **BY)
    monkeypatch.setattr(settings, "MAIL_URL", "smtp://127.0.0.1:9")
    run_due(an_hour_later())
    assert Mail.objects.get().state == MailState.WAITING, "the mail server is away"
    monkeypatch.setattr(settings, "MAIL_URL", "")
    hide_entry(Entry.objects.get(title="Probe des Chors"), now=timezone.now(), **BY)
    for hours in (2, 3):
        run_due(timezone.now() + timedelta(hours=hours))
    (one,) = letters()
    (file,) = one.iter_attachments()
    said = "".join(words_of(file.get_content()))
    assert "Singabend" in said
    assert "Probe des Chors" not in said


def test_a_paper_taken_back_before_the_mail_leaves_does_not_leave(cast, niel, paper):
    now = timezone.now()
    wants(cast.anna, niel)
    publish_paper(paper, now=now, **BY)
    mail_paper(paper.pk, after=0, now=now, **BY)
    mail = Mail.objects.get()
    with pytest.raises(NotThereYet):
        deliver_mail(mail.pk, now=now)
    reopen_paper(paper, now=now, **BY)
    deliver_mail(mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.refusal, mail.to) == (MailState.REFUSED, "withdrawn", "")
    assert not letters()


def test_somebody_who_has_left_or_is_shut_out_gets_none(cast, niel, paper):
    wants(cast.anna, niel)
    wants(cast.ben, niel)
    Identity.objects.filter(pk=cast.anna.pk).update(is_blocked=True)
    cast.ben.login.is_active = False
    cast.ben.login.save()
    publish_paper(paper, now=timezone.now(), **BY)
    run_due(an_hour_later())
    assert not Mail.objects.exists()


def test_a_member_asks_on_the_page_of_the_papers_changes_it_and_ends_it(cast, niel):
    square = cast.at_the_square("anna")
    assert "Schicken Sie es mir" in square.page("niel/dorfblatt/")
    square.post("/de/niel/dorfblatt/per-mail/", {"form": "a3", "languages": "de+nl"})
    row = PaperSubscription.objects.get()
    assert (row.identity, row.form, row.language) == (cast.anna, "a3", "de+nl")
    assert "Dorfblätter per E-Mail" in square.page("meine-seite/was-ich-bekomme/")
    square.post("/de/niel/dorfblatt/per-mail/", {"form": "a4", "languages": "de"})
    assert PaperSubscription.objects.get().form == "a4"
    square.post("/de/niel/dorfblatt/per-mail/", {"form": "poem", "languages": "xx"})
    assert PaperSubscription.objects.get().form == "a4"
    square.post("/de/niel/dorfblatt/per-mail/", {"end": ""})
    assert not PaperSubscription.objects.exists()
    assert "per-mail" not in Square().page("niel/dorfblatt/")


def test_one_click_in_the_mail_ends_it_without_a_login_and_looking_does_not(cast, niel):
    wants(cast.anna, niel)
    wants(cast.ben, niel)
    path = f"dorfblatt/per-mail/{stop_token(cast.anna.pk, niel.pk)}/"
    square = Square()
    assert "Ja, abbestellen" in square.page(path)
    assert PaperSubscription.objects.count() == 2
    for _time in range(2):
        assert square.post(f"/de/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert PaperSubscription.objects.get().identity == cast.ben


def test_whoever_publishes_it_is_told_how_many_get_it_and_not_who(cast, niel, paper):
    wants(cast.anna, niel)
    square = cast.at_the_square("ben")
    square.post(f"/de/dorfblatt/{paper.pk}/veroeffentlichen/")
    said = square.page(f"dorfblatt/{paper.pk}/")
    assert "an eine Person" in said
    assert "Anna" not in said
