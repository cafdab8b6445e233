"""Phone and paper intake through the front door, the call list, who sees it, and that all of it goes."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, JSONField, TextField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorfplatz.events.actions import say_coming
from dorfplatz.events.tests.factories import event, span
from dorfplatz.exchange.actions import accept_answer, give_answer, set_out
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.tests.factories import draft
from dorfplatz.intake.actions import note_told
from dorfplatz.intake.models import Told
from dorfplatz.intake.queries import call_list
from dorfplatz.intake.tasks import forget_what_was_told
from dorfplatz.intake.tests.conftest import PHONE
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import end_grant, end_mandate, erase_forgotten, hand_over_mandate
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Identity, Mandate, RoleGrant
from dorfplatz.members.queries import acting_for
from dorfplatz.wishes.actions import say_me_too, write_wish
from dorfplatz.wishes.tests.factories import wish_draft
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of

START = {"de": "/de/telefon-und-papier/", "nl": "/nl/telefoon-en-papier/"}
CALLS = {"de": "telefon-und-papier/anrufe/", "nl": "telefoon-en-papier/bellen/"}
TICK = "/de/telefon-und-papier/anrufe/erledigt/"
SAID = {
    "person": "new", "name": "Gerda Jansen", "phone": PHONE, "village": "niel", "language": "de",
    "consent_by": "phone", "days": "90", "purpose": "", "form_key": "k" * 32, "about": "ask",
}  # fmt: skip
ASK = {"title": "Wer fährt mit zum Arzt?", "when_words": "am Montag", "audience": "public", "form_key": "f" * 32}


def ask_of(mandate, helper=None, title="Mitfahrt"):
    """An ask of hers by whoever acts for her, and an answer to it."""
    hand = acting_for(mandate.person_id, actor(mandate.helper), now=NOW)
    row = set_out(draft(mandate.person.home_area, title=title), by=hand, now=NOW)
    if helper is not None:
        give_answer(row, text="Ich fahre ohnehin.", form_key=f"{row.pk}", by=actor(helper), now=NOW)
    return row


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("suche-biete/neu/", "/de/wieder-ich/", "für jemanden in Niel", "hat auf „Wer fährt mit zum Arzt?“")),
        ("nl", ("vraag-aanbod/nieuw/", "/nl/weer-ik/", "voor iemand in Niel", "heeft op ‘Wer fährt mit zum Arzt?’")),
    ],
)
def test_mrs_j_phones_and_is_rung_back_and_all_of_it_is_deleted(cast, niel, language, said, time_machine):
    ways, words = said[:2], said[2:]
    his = cast.at_the_square("ben", language)
    # Who it is and what about, in one form; then straight on to the ask
    answer = his.post(START[language], SAID)
    assert answer.status_code == 302
    assert answer["Location"] == f"/{language}/{ways[0]}?direction=ask"
    mandate = Mandate.objects.get()
    assert (mandate.phone, mandate.consent_by, mandate.until) == (PHONE, "phone", NOW + timedelta(days=90))
    assert mandate.purpose, "what she agreed to is written down though nothing was typed"
    page = his.post(
        answer["Location"] + "&sort=ride",
        {**ASK, "from_words": "Niel", "to_words": "Kleve", "villages": [niel.pk]},
        follow=True,
    ).content.decode()
    ask = Exchange.objects.get()
    assert (ask.entry.author_id, ask.set_out_by) == (mandate.person_id, cast.ben)
    # Back, to the next one
    assert his.post(ways[1])["Location"] == START[language]
    # Whoever reads it sees who looks after it, and neither name nor number
    page = cast.at_the_square("anna", language).page(f"e/{ask.entry.code}/")
    assert words[0] in page
    assert "Ben" in page
    assert "Gerda" not in page
    assert PHONE not in page
    # A neighbour answers: it is on his list, with her number, and on his desk
    given = give_answer(ask, text="Ich fahre ohnehin.", form_key="h" * 20, by=cast.actor("anna"), now=NOW)
    calls = his.page(CALLS[language])
    for told in ("Gerda Jansen", PHONE, words[1], "Ich fahre ohnehin."):
        assert told in calls, told
    assert "Gerda Jansen" in his.page("schreibtisch/" if language == "de" else "bureau/")
    # She says yes; he enters it where it stands, and the list is empty
    accept_answer(given, by=cast.actor("ben"), now=NOW)
    assert "Ich fahre ohnehin." not in his.page(CALLS[language])
    # Her consent runs out: nothing is left
    time_machine.move_to(NOW + timedelta(days=90, minutes=1), tick=False)
    erase_forgotten(by=system("consent"), now=timezone.now())
    assert_nothing_of("Gerda Jansen", PHONE)
    assert not Exchange.objects.exists()


def assert_nothing_of(*canaries):
    for model in apps.get_models():
        fields = [f.name for f in model._meta.fields if isinstance(f, CharField | TextField | JSONField)]
        for row in model._base_manager.values_list(*fields) if fields else ():
            for canary in canaries:
                assert canary not in str(row), f"{model._meta.label}: {row}"


def test_somebody_known_is_one_tap_and_the_form_says_what_is_missing(cast, take_in):
    his = cast.at_the_square("ben")
    assert "Jemand ohne Internet ruft Sie an" in his.page("telefon-und-papier/")
    wrong = his.post(START["de"], {**SAID, "name": "", "consent_by": ""})
    assert wrong.status_code == 422
    assert "Bitte sagen Sie, wie sie zugestimmt hat." in wrong.content.decode()
    assert PHONE in wrong.content.decode(), "nothing typed is lost"
    assert not Mandate.objects.exists()
    mandate = take_in()
    assert "Gerda Jansen, Niel" in his.page("telefon-und-papier/")
    answer = his.post(START["de"], {"person": mandate.pk, "about": "wish"})
    assert answer["Location"] == "/de/wuensche/neu/"
    # The same form once more, by a double tap: one is in her name already, and goes the same way
    assert his.post(START["de"], {"person": mandate.pk, "about": "wish"})["Location"] == "/de/wuensche/neu/"
    assert Mandate.objects.count() == 1


@pytest.mark.parametrize("about", ["ask", "offer", "answer", "date", "wish", "gift", "other"])
def test_each_sort_leads_to_a_page_that_is_there_for_her(cast, take_in, about):
    his = cast.at_the_square("ben")
    answer = his.post(START["de"], {"person": take_in().pk, "about": about}, follow=True)
    assert answer.status_code == 200
    assert "Sie schreiben für Gerda Jansen." in answer.content.decode()


def test_told_is_one_step_with_what_she_said_and_can_be_taken_back(cast, take_in):
    mandate = take_in()
    ask = ask_of(mandate, cast.anna)
    key = f"answer:{Answer.objects.get(exchange=ask).pk}"
    his, tick = cast.at_the_square("ben"), {"person": mandate.person_id, "key": key}
    assert "1" in his.page("schreibtisch/")
    page = his.post(TICK, {**tick, "do": "told", "said": "Lieber um neun"}, follow=True).content.decode()
    assert "Lieber um neun" in page
    assert "Alle wissen Bescheid." in page
    assert "Gerda Jansen anrufen" not in his.page("schreibtisch/")
    his.post(TICK, {**tick, "do": "undo"})
    assert [line.call.key for one in call_list(cast.actor("ben"), now=NOW) for line in one.waiting] == [key]
    assert Told.objects.get().said == "Lieber um neun", "what she said stays noted"
    his.post("/de/schreibtisch/punkt/", {"key": f"call:{mandate.person_id}", "verb": "told"})
    assert not any(one.waiting for one in call_list(cast.actor("ben"), now=NOW))
    too_long = his.post(TICK, {**tick, "do": "told", "said": "x" * 501})
    assert too_long.status_code == 422
    assert "x" * 501 in too_long.content.decode() or "höchstens 500" in too_long.content.decode()


def test_what_comes_from_all_rooms_stands_on_the_list_and_grows_again(cast, take_in, niel, time_machine):
    mandate = take_in(days=30)
    hand = acting_for(mandate.person_id, cast.actor("ben"), now=NOW)
    ask_of(mandate, cast.anna)
    wish = write_wish(wish_draft(niel, title="Eine Bank"), by=hand, now=NOW)
    date = event(niel, by=hand, title="Kaffee", when=span(NOW.date() + timedelta(days=2)))
    say_me_too(wish, says=True, by=cast.actor("anna"), now=NOW)
    on = date.starts_on
    say_coming(date, on=on, persons=2, shows_name=False, by=cast.actor("anna"), now=NOW)
    keys = {line.call.key.partition(":")[0] for line in call_list(cast.actor("ben"), now=NOW)[0].waiting}
    assert keys == {"answer", "metoo", "coming"}
    note_told(mandate.person_id, key=f"metoo:{wish.pk}", said="", by=cast.actor("ben"), now=NOW)
    later = NOW + timedelta(days=25)
    time_machine.move_to(later, tick=False)
    say_me_too(wish, says=True, by=cast.actor("dirk"), now=later)
    keys = [line.call.key.partition(":")[0] for line in call_list(cast.actor("ben"), now=later)[0].waiting]
    assert "metoo" in keys, "another one joins in: that is new"
    assert "consent" in keys, "it ends in five days"
    assert Told.objects.get().told_at == NOW


def test_a_date_of_hers_says_who_looks_after_it(cast, take_in, niel):
    hand = acting_for(take_in().person_id, cast.actor("ben"), now=NOW)
    date = event(niel, by=hand, title="Kaffee", when=span(NOW.date() + timedelta(days=2)))
    page = cast.at_the_square("anna").page(f"e/{date.entry.code}/")
    assert "Buurtverbinder, für jemanden in Niel" in page
    assert "Gerda" not in page
    assert PHONE not in page


def test_a_helper_reaches_her_through_the_connector(cast, take_in):
    ask = ask_of(take_in(), cast.anna)
    given = Answer.objects.get(exchange=ask)
    accept_answer(given, by=cast.actor("ben"), now=NOW)
    page = cast.at_the_square("anna").page(f"suche-biete/{ask.entry.code}/antworten/{given.pk}/")
    assert "Ben kümmert sich darum" in page
    assert f"/{cast.ben.code}/" in page, "a letter goes to him"


def test_handed_over_her_calls_and_answers_are_the_colleagues_and_no_more_his(cast, person, take_in):
    mandate = take_in()
    frauke = person("Frauke", home="niel", roles=[(Role.CONNECTOR, "niel")])
    ask = ask_of(mandate, cast.anna)
    note_told(mandate.person_id, key=f"answer:{Answer.objects.get().pk}", said="Um neun", by=cast.actor("ben"), now=NOW)
    hand_over_mandate(mandate, to=frauke, by=cast.actor("ben"), now=NOW)
    assert call_list(cast.actor("ben"), now=NOW) == []
    assert not Answer.objects.all().visible_to(cast.actor("ben")).exists()
    theirs = call_list(actor(frauke), now=NOW)
    assert [line.told.said for line in theirs[0].done] == ["Um neun"]
    assert Exchange.objects.get(pk=ask.pk).set_out_by == frauke
    page = square_of(frauke).page("telefon-und-papier/anrufe/")
    assert PHONE in page
    assert PHONE not in cast.at_the_square("ben").page("telefon-und-papier/anrufe/")


def live(chance, team, take_in, helper, number):
    """One person of the village, and what becomes of the help she gets."""
    by = chance.choice(team)
    mandate = take_in(name=f"Person {number}", phone=f"0800 77{number}", by=actor(by))
    ask_of(mandate, helper, title=f"Bitte {number}")
    if chance.random() < 0.5:
        key = f"answer:{Answer.objects.get(exchange__entry__author=mandate.person).pk}"
        note_told(mandate.person_id, key=key, said=f"Antwort {number}", by=actor(by), now=NOW)
    times = chance.choice([0, 1, 2, 9])
    if times == 9:
        end_mandate(mandate, by=actor(by), now=NOW)
        return
    for _ in range(times):
        other = chance.choice([one for one in team if one.pk != mandate.helper_id])
        mandate = hand_over_mandate(mandate, to=other, by=actor(mandate.helper), now=NOW)


@pytest.mark.parametrize("seed", range(6))
def test_nobody_but_who_holds_the_mandate_sees_a_call_or_the_number(cast, person, take_in, seed):
    chance = random.Random(seed)
    team = [cast.ben, *(person(name, home="niel", roles=[(Role.CONNECTOR, "niel")]) for name in ("Frauke", "Fritz"))]
    for number in range(4):
        live(chance, team, take_in, cast.anna, number)
    if seed % 2:
        lost = team.pop()
        for grant in RoleGrant.objects.filter(identity=lost):
            end_grant(grant, by=INSTALLER, now=NOW)
    holding = {one.pk for one in team}
    for who in Identity.objects.order_by("pk"):
        held = Mandate.objects.filter(helper=who, ended_at=None) if who.pk in holding else Mandate.objects.none()
        assert_sees_only(who, set(held.values_list("person_id", flat=True)))
    assert call_list(VISITOR, now=NOW) == []


def assert_sees_only(who, hers):
    viewer = actor(who)
    assert {one.mandate.person_id for one in call_list(viewer, now=NOW)} == hers
    assert set(Told.objects.all().visible_to(viewer, now=NOW).values_list("person_id", flat=True)) <= hers
    asked = Answer.objects.all().visible_to(viewer).exclude(helper=who)
    assert set(asked.values_list("exchange__entry__author_id", flat=True)) <= hers | {who.pk}
    for person_id in set(Identity.objects.values_list("pk", flat=True)) - hers:
        with pytest.raises(Problem):
            note_told(person_id, key="answer:1", said="", by=viewer, now=NOW)
    if who.login_id and not who.is_blocked:
        page = square_of(who).get(f"/de/{CALLS['de']}").content.decode()
        assert {one.person_id for one in Mandate.objects.exclude(phone="") if one.phone in page} == hers


def test_the_list_asks_as_many_questions_for_many_as_for_one(cast, take_in):
    his = cast.at_the_square("ben")
    ask_of(take_in(), cast.anna)
    his.page("telefon-und-papier/anrufe/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        his.page("telefon-und-papier/anrufe/")
    for number in range(3):
        mandate = take_in(name=f"Person {number}")
        ask_of(mandate, cast.anna, title=f"Bitte {number}")
    with CaptureQueriesContext(connection) as many:
        his.page("telefon-und-papier/anrufe/")
    assert len(many) <= len(one)
    assert len(many) <= 30


def test_what_was_told_is_forgotten_by_the_clock_and_with_the_person(cast, take_in, time_machine):
    mandate = take_in(days=365)
    ask_of(mandate, cast.anna)
    key = f"answer:{Answer.objects.get().pk}"
    note_told(mandate.person_id, key=key, said="Um neun", by=cast.actor("ben"), now=NOW)
    time_machine.move_to(NOW + timedelta(days=89), tick=False)
    forget_what_was_told.call()
    assert Told.objects.exists()
    time_machine.move_to(NOW + timedelta(days=91), tick=False)
    forget_what_was_told.call()
    assert not Told.objects.exists()
    time_machine.move_to(NOW, tick=False)
    note_told(mandate.person_id, key=key, said="Um neun", by=cast.actor("ben"), now=NOW)
    end_mandate(Mandate.objects.get(), by=cast.actor("ben"), now=NOW)
    assert_nothing_of("Gerda", PHONE, "Um neun", "Ich fahre ohnehin.")


def test_the_page_of_keeping_times_says_how_long(cast):
    page = cast.at_the_square("anna").page("wie-lange/")
    assert "Ein Vierteljahr, und nicht länger als die Zustimmung gilt" in page
