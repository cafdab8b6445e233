"""Anybody reports anything: two clicks, a receipt at once, and a page that tells what became of it."""

import re
from datetime import timedelta

import pytest

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.jobs.models import Job
from dorfplatz.journal.models import Act
from dorfplatz.mail.models import Mail
from dorfplatz.moderation.enums import Rank
from dorfplatz.moderation.models import Case, Report
from dorfplatz.moderation.tasks import raise_alarm
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import NOW, Square
from tests.fixtures.people import square_of

pytestmark = pytest.mark.usefixtures("at_eleven")


@pytest.fixture
def entry(kranenburg, cast):
    found = place(kranenburg.village("niel"), title="Dorfladen", body="Alles billig.").entry
    Entry.objects.filter(pk=found.pk).update(author=cast.anna)
    return found


def report(square, entry, status=302, **values):
    """Fills in the form and sends it; returns what comes back."""
    path = f"/de/melden/entry/{entry.code}/"
    key = re.search(r'name="form_key" value="(\w+)"', square.get(path).content.decode())[1]
    said = {"form_key": key, "homepage": "", "ground": "advertising", "text": "Das ist Werbung.", "in_good_faith": "on"}
    answer = square.post(path, {**said, **values})
    assert answer.status_code == status
    return answer


def test_the_form_is_one_click_away_from_every_entry(square, entry):
    page = square.page(f"e/{entry.code}/")
    assert f'href="/de/melden/entry/{entry.code}/"' in page


def test_a_visitor_gets_a_receipt_at_once_and_without_an_address_only_on_the_page(square, entry):
    page = square.get(report(square, entry).url).content.decode()
    assert "Danke. Sie ist angekommen" in page
    assert "Das ist Werbung." in page
    assert not Mail.objects.exists()
    case = Case.objects.get()
    assert (case.thing, case.rank, case.title, case.area.slug) == (
        f"entry:{entry.pk}", Rank.RULE, "Dorfladen", "niel",
    )  # fmt: skip


def test_who_leaves_an_address_gets_the_receipt_by_mail_in_her_language(kranenburg, entry):
    square = Square("nl")
    path = f"/nl/melden/entry/{entry.code}/"
    said = {"form_key": "a" * 32, "homepage": "", "ground": "hate", "text": "Haat.", "in_good_faith": "on",
            "name": "Piet", "email": "piet@example.org"}  # fmt: skip
    answer = square.post(path, said)
    mail = Mail.objects.get()
    assert mail.to == "piet@example.org"
    assert mail.subject == "Uw melding over ‘Dorfladen’ is aangekomen"
    assert answer.url in mail.text


def test_what_is_against_the_law_needs_a_name_unless_children_are_abused(square, entry):
    page = report(square, entry, status=422, ground="fraud").content.decode()
    assert page.count("Bei Verstößen gegen das Gesetz brauchen wir das.") == 4
    assert "Das ist Werbung." in page, "nothing that was typed is lost"
    report(square, entry, ground="children")
    assert Case.objects.get().rank == Rank.LIFE


def test_without_good_faith_ground_or_words_nothing_is_taken_down(square, entry):
    for missing in ("in_good_faith", "ground", "text"):
        report(square, entry, status=422, **{missing: ""})
    assert not Report.objects.exists()


def test_the_same_form_sent_twice_counts_once(square, entry):
    urls = {report(square, entry, form_key="b" * 32).url for _number in range(2)}
    assert len(urls) == 1
    assert Report.objects.count() == Act.objects.filter(verb="moderation.reported").count() == 1


def test_several_reports_of_one_thing_are_one_case_and_a_graver_one_moves_it_up(square, entry, cast):
    report(square, entry)
    report(square_of(cast.ben), entry, ground="life")
    assert Case.objects.get().rank == Rank.LIFE
    assert Report.objects.count() == 2


def test_a_machine_that_fills_in_the_unseen_field_reports_nothing(square, entry):
    report(square, entry, homepage="https://buy.example")
    assert not Report.objects.exists()


def test_strangers_in_a_crowd_are_asked_to_wait_but_never_when_life_is_in_danger(square, entry, cast, time_machine):
    for _number in range(5):
        report(square, entry)
    assert "Viertelstunde" in report(square, entry, status=422).content.decode()
    report(square, entry, ground="life", name="Uwe", email="uwe@example.org")
    report(square_of(cast.anna), entry)
    time_machine.move_to(NOW + timedelta(minutes=16), tick=False)
    report(square, entry)


def test_what_one_may_not_see_cannot_be_reported_and_is_not_told_from_what_is_not_there(square, kranenburg, cast):
    secret = place(kranenburg.village("niel"), audience=Audience.MEMBERS).entry
    assert square.get(f"/de/melden/entry/{secret.code}/").status_code == 404
    assert square_of(cast.anna).get(f"/de/melden/entry/{secret.code}/").status_code == 200
    for path in ("melden/entry/zzzzzzz/", "melden/letter/1/", "gemeldet/abcdefgh/"):
        assert square.get(f"/de/{path}").status_code == 404


def test_the_author_never_learns_who_reported(square, entry, cast):
    report(square, entry, name="Petra Petze", email="petra@example.org", ground="insult")
    anna = square_of(cast.anna)
    for path in (f"e/{entry.code}/", "meine-seite/meine-daten/"):
        assert "Petra" not in anna.page(path)


def test_a_member_finds_her_reports_among_her_data_and_they_lose_her_name(square, entry, cast):
    report(square_of(cast.dirk), entry, text="Zu teuer.")
    assert "Zu teuer." in square_of(cast.dirk, "nl").page("mijn-pagina/mijn-gegevens/")


def test_life_in_danger_reaches_everybody_who_decides_at_once_but_whom_it_is_about(square, entry, cast):
    Entry.objects.filter(pk=entry.pk).update(author=cast.ben)
    report(square, entry, ground="life", text="Er hat ein Messer.", name="Piet", email="piet@example.org")
    for job in Job.objects.filter(result__task_path__endswith="raise_alarm"):
        for _twice in range(2):  # a worker may have died in between
            raise_alarm.func(**job.result.args_kwargs["kwargs"])
    alarms = Mail.objects.filter(subject__startswith="Bitte sofort")
    assert [mail.to for mail in alarms] == ["admin@example.org"]
    assert "Messer" not in alarms[0].text
    assert f"/de/moderation/{Case.objects.get().pk}/" in alarms[0].text


def test_what_is_less_than_that_raises_no_alarm(square, entry):
    report(square, entry)
    assert not Job.objects.filter(result__task_path__endswith="raise_alarm").exists()
