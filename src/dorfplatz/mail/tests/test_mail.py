"""The outbox: each mail arrives once, whatever the mail server does, and is forgotten in time."""

import logging
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction

from dorfplatz.jobs.enums import JobState
from dorfplatz.jobs.models import Job
from dorfplatz.jobs.worker import run_due
from dorfplatz.journal.models import Act
from dorfplatz.kernel import facts
from dorfplatz.kernel.actor import VISITOR, Actor, system
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.mail import carrier
from dorfplatz.mail.actions import deliver_mail, erase_mails_to, erase_old_mails, post_mail, post_probe
from dorfplatz.mail.carrier import CarrierAway
from dorfplatz.mail.enums import MailState
from dorfplatz.mail.facts import MailRefused
from dorfplatz.mail.letter import one_line
from dorfplatz.mail.models import Mail
from dorfplatz.mail.queries import outbox_state
from dorfplatz.mail.tests.server import running_server

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
ANNA = "anna@example.org"
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.MAIL_URL = tmp_path, ""
    settings.DEFAULT_FROM_EMAIL = "Dorfplatz Kranenburg <platz@kranenburg.example>"
    return tmp_path


@pytest.fixture
def server(settings):
    with running_server() as running:
        settings.MAIL_URL = running.url
        yield running


def post(key="invitation:1", to=ANNA, name="Kranenburg", language="de", **more):
    return post_mail(key=key, to=to, template="mail/probe", context={"name": name}, language=language, now=NOW, **more)


def work(since=NOW, lasting=timedelta(0), step=timedelta(minutes=30)):
    """Let the worker work through that time, as if the clock went."""
    moment = since
    while moment <= since + lasting:
        with time_machine.travel(moment, tick=False):
            run_due(moment)
        moment += step


@pytest.fixture(autouse=True)
def at_seven():
    with time_machine.travel(NOW, tick=False):
        yield


def files(home):
    return sorted((Path(home) / "mail").glob("*.eml"))


# Posting


def test_a_posted_mail_is_written_in_the_readers_language_as_text_and_html(home):
    post(key="a", language="de")
    post(key="b", language="nl")
    post(key="c", language="en")
    work()
    letters = {}
    for path in files(home):
        letter = message_from_bytes(path.read_bytes(), policy=default)
        letters[letter["Content-Language"]] = letter
    assert letters["de"]["Subject"] == "Eine Probemail von Kranenburg"
    assert letters["nl"]["Subject"] == "Een proefmail van Kranenburg"
    assert letters["en"]["Subject"] == "A test mail from Kranenburg"
    for language, greeting in (("de", "Guten Tag!"), ("nl", "Goedendag!"), ("en", "Good day!")):
        letter = letters[language]
        assert letter.get_content_type() == "multipart/alternative"
        assert greeting in letter.get_body(["plain"]).get_content()
        html = letter.get_body(["html"]).get_content()
        assert greeting in html
        assert f'lang="{language}"' in html
        assert "http" not in html
        assert "<" not in letter.get_body(["plain"]).get_content()
    assert letters["de"]["To"] == ANNA
    assert letters["de"]["From"] == "Dorfplatz Kranenburg <platz@kranenburg.example>"
    assert letters["de"]["Auto-Submitted"] == "auto-generated"
    assert letters["de"]["Message-ID"].endswith("@kranenburg.example>")


def test_a_mail_stands_and_falls_with_the_decision(home):
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    work()
    assert not Mail.objects.exists()
    assert not files(home)


def test_the_same_decision_posts_one_mail(home):
    assert post() == post(to="other@example.org", name="Other")
    work()
    assert post().state == MailState.SENT
    work()
    assert len(files(home)) == 1
    assert Act.objects.filter(verb="post_mail").count() == 1


def test_the_journal_knows_that_a_mail_went_and_neither_to_whom_nor_what_it_said():
    mail = post(by=Actor(identity_id=7))
    act = Act.objects.get(verb="post_mail")
    assert (act.actor_id, act.thing, act.details) == (7, f"mail:{mail.pk}", {"template": "mail/probe"})


def test_marks_in_a_text_are_not_escaped_and_in_html_they_are(home):
    post(name="Café & <b>Brot</b>")
    mail = Mail.objects.get()
    assert "Café & <b>Brot</b>" in mail.text
    assert "Café & <b>Brot</b>" in mail.subject
    assert "Café &amp; &lt;b&gt;Brot&lt;/b&gt;" in mail.html


@pytest.mark.parametrize(
    "to",
    [
        "", "anna", "anna@", "a@b@c.de", "anna@example.org, ben@example.org", "anna@example.org\nBcc: ben@example.org",
        "anna@example.org\r\n.\r\n", "Anna <anna@example.org>", "anna@exämple.org\u2028", "ännä@example.org",
        "x" * 250 + "@example.org", "anna@example.org\0",
    ],
)  # fmt: skip
def test_only_one_well_formed_address_is_taken(to):
    with pytest.raises(Problem):
        post(to=to)
    assert not Mail.objects.exists()
    assert not Job.objects.exists()


EVIL = "Kranenburg\r\nBcc: eve@example.org\r\nX-Evil: 1\r\n\r\nhello\u2028Bcc: eve@example.org\x0b\x85x\0"


def test_no_header_can_be_slipped_in(server):
    post(name=EVIL)
    work()
    [(sender, recipients, data)] = server.received
    assert "platz@kranenburg.example" in sender
    assert len(recipients) == 1
    assert ANNA in recipients[0]
    letter = message_from_bytes(data, policy=default)
    assert letter["Bcc"] is None
    assert letter["X-Evil"] is None
    assert "Bcc: eve@example.org" in letter["Subject"]
    assert not [line for line in server.heard if "eve@" in line]
    assert b"\0" not in data


@pytest.mark.parametrize(
    "headers",
    [
        {"Bcc": "eve@example.org"}, {"From": "x@example.org"}, {"Reply-To": "a@example.org\r\nBcc: b@example.org"},
        {"Reply-To\r\nBcc": "x"}, {"List-Id": "x\ny"}, {"List-Id": "x" * 1000}, {"Content-Type": "text/html"},
    ],
)  # fmt: skip
def test_callers_add_only_harmless_headers(headers):
    with pytest.raises(ValueError, match="header"):
        post(headers=headers)
    assert not Mail.objects.exists()


def test_harmless_headers_travel(server):
    post(
        headers={
            "List-Unsubscribe": "<https://kranenburg.example/de/abbestellen/x>",
            "List-Id": "<niel.kranenburg.example>",
        }
    )
    work()
    [letter] = server.mails
    assert letter["List-Unsubscribe"] == "<https://kranenburg.example/de/abbestellen/x>"
    assert letter["List-Id"] == "<niel.kranenburg.example>"


def test_a_subject_is_one_line_of_bearable_length():
    assert one_line(" a\r\n b\t c\0") == "a b c"
    assert one_line("\u202egpj.exe") == "gpj.exe"
    assert len(one_line("x" * 5000)) == 200


# The mail server's moods


def test_what_the_server_takes_is_sent_once(server):
    mail = post()
    work(lasting=DAY)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.SENT, 1)
    assert [letter["Message-ID"] for letter in server.mails] == [mail.message_id]
    deliver_mail(mail.pk, now=NOW)
    assert len(server.received) == 1


@pytest.mark.parametrize("mood", ["hangs up", "sends away", "puts off", "full", "breaks off", "dawdles"])
def test_after_a_day_without_the_server_each_mail_arrives_exactly_once(server, mood, monkeypatch):
    monkeypatch.setattr(carrier, "TIMEOUT_S", 0.05)
    server.patience = 0.1
    mails = [post(key=f"invitation:{number}", to=f"anna{number}@example.org") for number in range(2)]
    server.mood = mood
    work(lasting=DAY, step=timedelta(hours=2))
    assert server.received == []
    assert Mail.objects.filter(state=MailState.WAITING).count() == 2
    server.mood = ""
    work(NOW + DAY + timedelta(minutes=30), lasting=timedelta(hours=2))
    assert sorted(letter["To"] for letter in server.mails) == sorted(mail.to for mail in mails)
    assert Mail.objects.filter(state=MailState.SENT).count() == 2
    assert not Job.objects.exclude(state=JobState.DONE).exists()


def test_a_server_that_is_not_there_is_asked_again_at_ever_longer_waits(settings):
    settings.MAIL_URL = "smtp://127.0.0.1:9"
    mail = post()
    work(lasting=DAY, step=timedelta(minutes=45))
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING
    assert mail.attempts == 33
    assert Job.objects.get().state == JobState.WAITING


def test_a_receipt_that_gets_lost_sends_the_same_mail_again_recognisably(server):
    server.mood = "forgets to say so"
    mail = post()
    work()
    server.mood = ""
    work(NOW + timedelta(hours=1))
    assert [letter["Message-ID"] for letter in server.mails] == [mail.message_id] * 2
    assert server.received[0][2] == server.received[1][2]


@pytest.mark.parametrize(("mood", "code"), [("unknown", "550"), ("dislikes it", "554")])
def test_a_mail_nobody_wants_is_not_sent_again_and_somebody_is_told(server, mood, code, monkeypatch):
    told = []
    monkeypatch.setitem(facts._subscribers, MailRefused, [told.append])
    server.mood = mood
    mail = post()
    work(lasting=DAY)
    mail.refresh_from_db()
    assert (mail.state, mail.refusal, mail.attempts) == (MailState.REFUSED, code, 1)
    assert [fact.key for fact in told] == ["invitation:1"]
    assert server.calls == 1


def test_a_password_is_not_said_in_the_clear_to_a_distant_server(server, settings, monkeypatch):
    server.asks_password = True
    settings.MAIL_URL = server.url.replace("smtp://", "smtp://user:geheim%40@")
    post()
    work()
    assert len(server.received) == 1
    monkeypatch.setattr(carrier, "LOCAL", set())
    mail = post(key="other")
    with pytest.raises(CarrierAway, match="encryption"):
        deliver_mail(mail.pk, now=NOW)
    assert len([line for line in server.heard if line.startswith("AUTH")]) == 1


def test_our_own_wrong_password_refuses_nobodys_mail(server, settings):
    server.asks_password, server.mood = True, "knows nobody"
    settings.MAIL_URL = server.url.replace("smtp://", "smtp://user:falsch@")
    mail = post()
    work()
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING


@pytest.mark.parametrize("mood", ["hangs up", "full", "unknown", "dislikes it", ""])
def test_addresses_are_neither_logged_nor_kept_with_a_failure(server, mood, caplog):
    caplog.set_level(logging.DEBUG)
    server.mood = mood
    post()
    work()
    job = Job.objects.select_related("result").get()
    told = (
        caplog.text + job.fault + job.result.traceback + job.result.exception_class_path + str(job.result.args_kwargs)
    )
    assert ANNA not in told
    assert "anna" not in told


# Without a mail server


def test_without_a_server_each_mail_is_one_file_however_often_it_is_handed_over(home):
    mail = post()
    work()
    Mail.objects.filter(pk=mail.pk).update(state=MailState.WAITING)
    deliver_mail(mail.pk, now=NOW)
    [path] = files(home)
    assert path.parent.stat().st_mode & 0o077 == 0
    assert mail.message_id in path.read_text()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


# Forgetting


def test_a_week_after_sending_address_and_words_are_gone_and_the_mail_still_counts_as_sent(home):
    mail = post()
    work()
    with time_machine.travel(NOW + 6 * DAY):
        assert erase_old_mails(now=NOW + 6 * DAY) == 0
    assert erase_old_mails(now=NOW + 8 * DAY) == 1
    mail.refresh_from_db()
    assert (mail.to, mail.subject, mail.text, mail.html, mail.headers) == ("", "", "", "", {})
    assert mail.state == MailState.SENT
    assert post() == mail
    assert erase_old_mails(now=NOW + 9 * DAY) == 0
    assert erase_old_mails(now=NOW + 400 * DAY) == 0
    assert not Mail.objects.exists()


def test_a_mail_that_waits_keeps_its_words_and_one_sent_late_keeps_them_for_a_week():
    waiting, late = post(key="a"), post(key="b")
    Mail.objects.filter(pk=late.pk).update(state=MailState.SENT, sent_at=NOW + 6 * DAY)
    assert erase_old_mails(now=NOW + 8 * DAY) == 0
    assert erase_old_mails(now=NOW + 14 * DAY) == 1
    waiting.refresh_from_db()
    assert waiting.to == ANNA


def test_whoever_leaves_is_forgotten_at_once_and_gets_nothing_more(home):
    sent = post(key="a")
    work()
    waiting, other = post(key="b", to="Anna@Example.org"), post(key="c", to="ben@example.org")
    assert erase_mails_to(ANNA, by=system("goodbye"), now=NOW) == 2
    work(lasting=DAY)
    for mail in (sent, waiting):
        mail.refresh_from_db()
        assert (mail.to, mail.text) == ("", "")
    other.refresh_from_db()
    assert other.state == MailState.SENT
    assert len(files(home)) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_mail")
        assert "anna" not in str(cursor.fetchall()).lower()


def test_an_address_withdrawn_while_its_mail_is_under_way_stays_withdrawn(monkeypatch):
    mail = post()

    def withdraw(*_args, **_kwargs):
        erase_mails_to(ANNA, by=system("goodbye"), now=NOW)

    monkeypatch.setattr("dorfplatz.mail.actions.hand_over", withdraw)
    work()
    mail.refresh_from_db()
    assert (mail.state, mail.to) == (MailState.REFUSED, "")


# The state of things


def test_the_outbox_tells_how_it_stands():
    assert outbox_state(NOW).waiting_count == 0
    post()
    state = outbox_state(NOW + timedelta(hours=3))
    assert (state.waiting_count, state.oldest_waiting) == (1, timedelta(hours=3))


def test_a_probe_is_posted_each_time_and_not_by_everybody():
    with pytest.raises(Refused):
        post_probe(to=ANNA, name="Kranenburg", language="de", by=VISITOR, now=NOW)
    post_probe(to=ANNA, name="Kranenburg", language="de", by=system("check"), now=NOW)
    post_probe(to=ANNA, name="Kranenburg", language="de", by=system("check"), now=NOW + timedelta(seconds=1))
    assert Mail.objects.count() == 2
