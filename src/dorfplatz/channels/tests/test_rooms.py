"""What the rooms tell reaches those whom it concerns."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dorfplatz.channels.actions import begin_letters
from dorfplatz.channels.models import Note, Preferences
from dorfplatz.events.actions import call_off, say_coming
from dorfplatz.events.tests.factories import TODAY, event, span
from dorfplatz.exchange.actions import give_answer
from dorfplatz.exchange.facts import AskUnanswered
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.facts import announce
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import Newcomer, grant_role, join_with_card, make_cards
from dorfplatz.members.enums import Role
from dorfplatz.members.queries import agreed_wordings
from dorfplatz.places.actions import (
    claim_place,
    decide_claim,
    name_keeper,
    take_over_place,
    tell_of_waiting_claims,
    withdraw_claim,
)
from dorfplatz.places.models import Claim, HandOver
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.legal import digest_of
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor

SATURDAY = date(2026, 11, 28)
THURSDAY = datetime(2026, 11, 26, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def come(what, person, cast) -> None:
    say_coming(what, on=TODAY, persons=1, shows_name=False, by=cast.actor(person), now=NOW)


def test_who_comes_hears_when_a_date_is_off_in_the_list_and_by_one_mail(cast, kranenburg, at_eleven):
    choir = event(kranenburg.village("niel"), title="Chorprobe")
    come(choir, "anna", cast)
    call_off(choir, word="Die Orgel ist kaputt.", by=INSTALLER, now=NOW)
    run_due()
    note = Note.objects.get()
    assert (note.identity, note.sort) == (cast.anna, "date")
    assert "Chorprobe" in cast.at_the_square("anna").page("neues-fuer-mich/")
    mail = Mail.objects.get()
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_wants_no_mail_about_dates_gets_none(cast, kranenburg, at_eleven):
    Preferences.objects.create(identity=cast.anna, ways={"date": "list"}, changed_at=NOW)
    choir = event(kranenburg.village("niel"), title="Chorprobe")
    come(choir, "anna", cast)
    call_off(choir, word="", by=INSTALLER, now=NOW)
    run_due()
    assert Note.objects.exists()
    assert not Mail.objects.exclude(state="refused").exists()


def test_the_letter_says_what_takes_place_in_the_coming_days_here_first(cast, kranenburg, time_machine):
    time_machine.move_to(THURSDAY, tick=False)
    event(kranenburg.village("zyfflich"), title="Adventsmarkt", when=span(SATURDAY))
    event(kranenburg.village("niel"), title="Lesung", when=span(SATURDAY + timedelta(days=1)))
    event(kranenburg.village("niel"), title="Erst im Mai", when=span(date(2027, 5, 1)))
    begin_letters(by=INSTALLER, now=THURSDAY)
    run_due()
    text = Mail.objects.get(to="anna@example.org", key__startswith="letter:").text
    assert text.index("Lesung") < text.index("Adventsmarkt (aus Zyfflich)")
    assert "Samstag" in text
    assert "Erst im Mai" not in text


def test_who_asks_hears_of_an_answer_and_gets_to_it(cast, kranenburg, at_eleven):
    asked = exchange(kranenburg.village("niel"), author=cast.anna, title="Wer leiht eine Leiter?")
    answer = give_answer(asked, text="Ich!", form_key="k" * 32, by=cast.actor("ben"), now=NOW)
    note = Note.objects.get(sort="answer")
    assert (note.identity, note.told_by) == (cast.anna, cast.ben)
    square = cast.at_the_square("anna")
    assert "Ben antwortet Ihnen:" in square.page("neues-fuer-mich/")
    there = square.get(f"/de/neues-fuer-mich/{note.pk}/")["Location"]
    assert str(answer.pk) in there
    assert square.get(there).status_code == 200
    run_due()
    assert [mail.to for mail in Mail.objects.all()] == ["anna@example.org"]


def test_connectors_hear_of_an_ask_that_nobody_answers_once(cast, kranenburg, at_eleven):
    asked = exchange(kranenburg.village("zyfflich"), author=cast.anna, title="Wer fährt mich?")
    for hours in (24, 72):
        announce(AskUnanswered(asked.pk, hours))
    assert [note.identity for note in Note.objects.filter(sort="unanswered")] == [cast.ben]


def test_who_is_asked_whether_somebody_may_keep_an_entry_gets_there_and_is_done_once_another_has_decided(
    cast, kranenburg, person, at_eleven
):
    chapel = place(kranenburg.village("niel"), title="Kapelle")
    mia = person("Mia", home="niel", roles=[(Role.CONNECTOR, "niel")])
    asked = claim_place(chapel, words="Ich schließe sie auf.", by=cast.actor("anna"), now=NOW)
    assert {note.identity for note in Note.objects.filter(sort="claim", read_at=None)} == {cast.ben, mia}
    page = cast.at_the_square("ben")
    assert "Anna möchte diesen Eintrag pflegen:" in page.page("neues-fuer-mich/")
    note = Note.objects.get(sort="claim", identity=cast.ben)
    assert page.get(f"/de/neues-fuer-mich/{note.pk}/")["Location"].endswith(f"/{asked.pk}/")
    claim = Claim.objects.select_related("listing__entry").get()
    decide_claim(claim, is_given=False, reason="Das ist das Amt des Küsters.", by=actor(mia), now=NOW)
    assert not Note.objects.filter(sort="claim", read_at=None).exists()
    assert Note.objects.get(sort="claim_decided").identity == cast.anna
    assert "ist beantwortet" in cast.at_the_square("anna").page("neues-fuer-mich/")
    run_due()
    assert Mail.objects.filter(to="anna@example.org").count() == 2, "a receipt and the answer, nothing twice"


def test_connectors_hear_of_a_question_once_the_keepers_had_their_week(cast, kranenburg, time_machine):
    time_machine.move_to(NOW, tick=False)
    chapel = place(kranenburg.village("niel"), title="Kapelle")
    name_keeper(chapel, identity=cast.dirk, by=INSTALLER, now=NOW)
    claim_place(chapel, words="Ich schließe sie auf.", by=cast.actor("anna"), now=NOW)
    assert [note.identity for note in Note.objects.all()] == [cast.dirk]
    for days in (7, 8):
        time_machine.move_to(NOW + timedelta(days=days), tick=False)
        tell_of_waiting_claims(by=INSTALLER, now=NOW + timedelta(days=days))
    assert [note.identity for note in Note.objects.order_by("pk")] == [cast.dirk, cast.ben]


def test_a_question_taken_back_waits_for_nobody(cast, kranenburg, at_eleven):
    chapel = place(kranenburg.village("niel"), title="Kapelle")
    claim = claim_place(chapel, words="Ich schließe sie auf.", by=cast.actor("anna"), now=NOW)
    withdraw_claim(claim, by=cast.actor("anna"), now=NOW)
    assert not Note.objects.filter(read_at=None).exists()


def test_who_handed_an_entry_over_hears_who_keeps_it_now(cast, kranenburg, at_eleven):
    chapel = place(kranenburg.village("niel"), title="Kapelle")
    name_keeper(chapel, identity=cast.anna, by=INSTALLER, now=NOW)
    passed = HandOver.objects.create(listing=chapel, by=cast.anna, stays=False, asked_at=NOW)
    take_over_place(passed.pk, identity_id=cast.dirk.pk, by=INSTALLER, now=NOW)
    note = Note.objects.get()
    assert (note.identity, note.told_by) == (cast.anna, cast.dirk)
    assert "Dirk pflegt jetzt diesen Eintrag:" in cast.at_the_square("anna").page("neues-fuer-mich/")


def test_connectors_hear_of_new_neighbours_and_find_the_way_to_them(cast, kranenburg, at_eleven):
    code = make_cards(kranenburg.village("niel"), count=1, uses=1, lasts_days=9, by=INSTALLER, now=NOW)[1][0]
    newcomer = Newcomer("Frieda Neu", "frieda@example.org", "vier hohe Pappeln", "de")
    seen = digest_of(agreed_wordings(kranenburg.municipality))
    frieda = join_with_card(
        code, newcomer=newcomer, seen=seen, municipality=kranenburg.municipality, by=VISITOR, now=NOW
    )
    grant_role(cast.anna, role=Role.CONNECTOR, area=kranenburg.village("zyfflich"), by=INSTALLER, now=NOW)
    run_due()
    assert [(note.identity, note.told_by) for note in Note.objects.filter(sort="newcomer")] == [(cast.ben, frieda)]
    told = cast.at_the_square("ben").page("neues-fuer-mich/")
    assert "Frieda Neu ist neu in Ihrem Dorf. Sagen Sie Hallo!" in told
    there = cast.at_the_square("ben").get(f"/de/neues-fuer-mich/{Note.objects.get(sort='newcomer').pk}/")
    assert there.url.endswith(f"/{frieda.code}/")
    assert not Mail.objects.filter(to="ben@example.org").exists(), "a crowd must not be a crowd of mails"
