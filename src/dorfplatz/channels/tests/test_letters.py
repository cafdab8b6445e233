"""The letter of the week: full for a small village, for each person once, whatever happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.channels import sockets
from dorfplatz.channels.actions import begin_letters, write_letters
from dorfplatz.channels.actions import letters as letters_module
from dorfplatz.channels.enums import Rhythm, Way
from dorfplatz.channels.models import Letter, LetterRun, Note, Preferences
from dorfplatz.channels.slots import slots_due
from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.jobs.models import Job
from dorfplatz.jobs.worker import run_due
from dorfplatz.mail.models import Mail
from dorfplatz.mail.tests.server import running_server
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = datetime(2026, 11, 26, 7, 30, tzinfo=BERLIN)
BY = {"by": INSTALLER, "now": THURSDAY}


@pytest.fixture
def thursday(time_machine):
    time_machine.move_to(THURSDAY, tick=False)


@pytest.fixture
def news(kranenburg, thursday):
    def make(slug: str, title: str, **values):
        return place(kranenburg.village(slug), title=title, now=THURSDAY - timedelta(days=2), **values).entry

    return make


def write() -> None:
    begin_letters(**BY)
    run_due()


def letter_to(name: str) -> Mail:
    return Mail.objects.get(to=f"{name}@example.org", key__startswith="letter:")


@pytest.mark.parametrize(
    ("moment", "rhythms"),
    [
        (datetime(2026, 11, 26, 6, 59, tzinfo=BERLIN), []),
        (datetime(2026, 11, 26, 7, 0, tzinfo=BERLIN), ["weekly", "daily"]),
        (datetime(2026, 11, 27, 18, 0, tzinfo=BERLIN), ["weekly", "daily"]),
        (datetime(2026, 11, 28, 8, 0, tzinfo=BERLIN), ["daily"]),
        (datetime(2026, 10, 25, 6, 30, tzinfo=UTC), ["daily"]),
    ],
)
def test_a_letter_is_due_on_its_morning_by_the_clocks_of_the_village(moment, rhythms):
    assert [str(slot.rhythm) for slot in slots_due(moment, "Europe/Berlin")] == rhythms


def test_the_letter_has_ones_own_village_first_and_then_the_neighbours_with_their_names(cast, news):
    news("zyfflich", "Posaunenchor", body="Wir proben **dienstags**.")
    news("niel", "Nieler Bücherschrank")
    write()
    mail = letter_to("anna")
    assert mail.text.index("Nieler Bücherschrank") < mail.text.index("Posaunenchor (aus Zyfflich)")
    assert "Wir proben dienstags." in mail.text
    assert "Guten Tag, Anna!" in mail.text
    assert "<html" in mail.html
    assert "Ben" in mail.text  # the connector to talk to
    for word in ("<link", "<img", "<script", "url(", "ben@", "@@"):
        assert word not in mail.html
    assert 'style="' in mail.html
    assert "prefers-color-scheme: dark" in mail.html
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["List-Unsubscribe"].strip("<>") in mail.text


def test_everybody_reads_in_her_own_language(cast, news):
    news("groesbeek", "Fanfare", texts={"nl": ("Fanfare", "Wij spelen.")})
    write()
    assert "Goedendag, Dirk!" in letter_to("dirk").text
    assert "Wat er speelt in Groesbeek" in letter_to("dirk").text


def test_what_is_for_members_or_hidden_reaches_only_whom_it_may(cast, news):
    hide_entry(news("niel", "Verstecktes"), by=INSTALLER, now=THURSDAY)
    news("niel", "Nur unter uns", audience=Audience.MEMBERS)
    news("niel", "Für alle")
    write()
    assert "Nur unter uns" in letter_to("anna").text
    assert "Nur unter uns" not in letter_to("carla").text  # an officer is a guest
    assert not Mail.objects.filter(text__contains="Verstecktes").exists()
    assert not Mail.objects.filter(to="eve@example.org").exists()  # she is blocked


def test_nobody_gets_an_empty_letter_and_nobody_a_letter_she_does_not_want(cast, news):
    write()
    assert not Mail.objects.exists()
    assert Letter.objects.filter(is_sent=False).count() == 5
    Letter.objects.all().delete()
    LetterRun.objects.all().delete()
    news("niel", "Für alle")
    Preferences.objects.create(identity=cast.anna, rhythm=Rhythm.NONE, changed_at=NOW)
    Preferences.objects.create(identity=cast.ben, left_out=["map"], changed_at=NOW)
    write()
    assert set(Mail.objects.values_list("to", flat=True)).isdisjoint({"anna@example.org", "ben@example.org"})


def test_notes_that_were_to_come_with_the_letter_do_and_only_once(cast, news):
    entry = news("niel", "Fahrradladen")
    said = {"sort": "watch", "entry": entry, "way": Way.LETTER, "made_at": NOW}
    note = Note.objects.create(identity=cast.anna, key="x", **said)
    write()
    assert "WAS SIE BETRIFFT" in letter_to("anna").text
    assert "WAS SIE BETRIFFT" not in letter_to("ben").text
    note.refresh_from_db()
    assert note.carried_at == THURSDAY


def test_people_with_the_same_taste_share_what_is_the_same(cast, person, news):
    news("niel", "Für alle")
    begin_letters(**BY)
    run = LetterRun.objects.get(slot__startswith="weekly")
    costs = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            write_letters(run.pk, after=0, **BY)
        costs.append(len(asked))
        if number == 0:
            Letter.objects.all().delete()
            Mail.objects.all().delete()
            Job.objects.all().delete()
            for neighbour in range(12):
                person(f"Nachbar{neighbour}", home="niel")
    assert Mail.objects.count() == 17
    assert costs[1] - costs[0] <= 12 * 7  # what each of them may see, and her own notes; the letter costs no more


def test_a_batch_that_dies_is_written_again_and_everybody_has_one_letter(cast, person, news, monkeypatch):
    news("niel", "Für alle")
    for number in range(5):
        person(f"Nachbar{number}", home="niel")
    monkeypatch.setattr(letters_module, "AT_A_TIME", 3)
    deaths = iter([True, False, True, False, False, True])

    def lines(section, asked, viewer):
        if next(deaths, False):
            raise SystemError("killed")
        return []

    sockets.sections.plug("mortal", sockets.Section("Sterblich", "x", frozenset({"places"}), lines), rank=1)
    try:
        begin_letters(**BY)
        for minutes in range(0, 60, 10):
            run_due(THURSDAY + timedelta(minutes=minutes))
    finally:
        sockets.sections._things.pop("mortal")
    run = LetterRun.objects.get(slot__startswith="weekly")
    assert run.ended_at
    assert Letter.objects.filter(slot=run.slot).count() == 10
    assert Mail.objects.filter(key__startswith="letter:weekly").count() == 10
    assert write_letters(run.pk, after=0, **BY) == 0
    LetterRun.objects.filter(pk=run.pk).update(ended_at=None)
    assert write_letters(run.pk, after=0, **BY) == 0  # as if the mark “done” had been lost
    assert begin_letters(**BY) == 0


def test_a_mail_server_that_is_away_for_a_day_delays_letters_and_loses_none(cast, news, settings):
    news("niel", "Für alle")
    with running_server() as server:
        settings.MAIL_URL = server.url
        server.mood = "hangs up"
        write()
        for hours in (1, 6, 12):
            run_due(THURSDAY + timedelta(hours=hours))
        assert not server.mails
        assert "Neues für mich" in cast.at_the_square("anna").page("neues-fuer-mich/")
        server.mood = ""
        run_due(THURSDAY + timedelta(hours=24))
        run_due(THURSDAY + timedelta(hours=25))
        received = sorted(mail["To"] for mail in server.mails)
    assert received == sorted(Mail.objects.filter(state="sent").values_list("to", flat=True))
    assert len(set(received)) == len(received) == 5


def test_one_sees_ones_own_letter_before_it_comes(cast, news):
    news("zyfflich", "Posaunenchor")
    page = cast.at_the_square("anna").page("meine-seite/brief/")
    assert "Posaunenchor" in page
    assert "aus Zyfflich" in page
    assert not Mail.objects.exists()


def test_a_letter_that_has_nothing_says_so(cast, kranenburg, thursday):
    assert "nichts Neues" in cast.at_the_square("anna").page("meine-seite/brief/")
