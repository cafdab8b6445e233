"""From asking to thanks: who may do what, who hears of it, and what others see."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from dorfplatz.entries.models import Entry, EntryText
from dorfplatz.exchange.actions import (
    accept_answer,
    ask_about_renewals,
    change_exchange,
    decline_answer,
    end_exchange,
    erase_bygone,
    give_answer,
    renew_by_link,
    reopen_exchange,
    set_out,
    set_out_once,
    show_thanks,
    solve_exchange,
    tell_unanswered,
    thank_helper,
    withdraw_answer,
)
from dorfplatz.exchange.enums import AnswerState, Direction, Step
from dorfplatz.exchange.facts import AskUnanswered
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.policies import can_read_answer
from dorfplatz.exchange.post import renewal_token
from dorfplatz.exchange.queries import answers_seen, calls_of, exchange_of, public_thanks
from dorfplatz.exchange.tasks import ask_for_renewals
from dorfplatz.exchange.tests.factories import draft, exchange
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import Agreed, take_in_person
from dorfplatz.members.enums import ConsentBy
from dorfplatz.members.queries import acting_for
from tests.fixtures.kranenburg import INSTALLER, NOW

CLOCK = system("clock")


@pytest.fixture
def niel(kranenburg):
    return kranenburg.village("niel")


def again(row):
    """The row as it is in the database now, with its entry as pages have it."""
    return exchange_of(Entry.objects.select_related("author").get(pk=row.pk))


def answered(row, helper, text="Ich fahre.", key="k1", now=NOW):
    return give_answer(again(row), text=text, form_key=key, by=helper, now=now)


def mails(to):
    return list(Mail.objects.filter(to=to).order_by("pk"))


def test_an_ask_stands_for_thirty_days_and_an_offer_for_half_a_year(cast, niel):
    anna = cast.actor("anna")
    ask = set_out(draft(niel), by=anna, now=NOW)
    offer = set_out(draft(niel, direction=Direction.OFFER), by=anna, now=NOW)
    assert ask.entry.expires_at == NOW + timedelta(days=30)
    assert offer.entry.expires_at == NOW + timedelta(days=180)
    assert not Entry.objects.visible_to(VISITOR, now=NOW + timedelta(days=31)).filter(pk=ask.pk).exists()


def test_the_same_form_sent_twice_sets_out_one(cast, niel):
    anna = cast.actor("anna")
    first = set_out_once(draft(niel), form_key="key", by=anna, now=NOW)
    second = set_out_once(draft(niel), form_key="key", by=anna, now=NOW)
    assert first.pk == second.pk
    assert Exchange.objects.count() == 1


def test_from_asking_to_thanks(cast, niel):
    ask = exchange(niel, author=cast.anna, title="Fahrt nach Kleve")
    EntryText.objects.create(entry=ask.entry, language="nl", title="Rit naar Kleef", body="")
    answer = answered(ask, cast.actor("dirk"))
    assert "Fahrt nach Kleve" in mails("anna@example.org")[0].text
    assert [mail.subject for mail in mails("anna@example.org")] == ["Jemand hat Ihnen geantwortet"]
    assert "Ich fahre" not in mails("anna@example.org")[0].text, "what was said stays on the square"
    anna, dirk = cast.actor("anna"), cast.actor("dirk")
    accept_answer(answer, by=anna, now=NOW)
    assert again(ask).step == Step.TALK
    assert mails("dirk@example.org")[0].subject == "Ja, graag!", "in the helper's language"
    assert "Rit naar Kleef" in mails("dirk@example.org")[0].text, "what it is about, too"
    solve_exchange(again(ask), by=anna, now=NOW)
    answer.refresh_from_db()
    answer.exchange = again(ask)
    thank_helper(answer, text="Danke, Dirk!", by=anna, now=NOW)
    assert again(ask).step == Step.THANKED
    assert public_thanks(again(ask), VISITOR) == []
    show_thanks(answer, shows=True, by=dirk, now=NOW)
    assert [shown.thanks for shown in public_thanks(again(ask), VISITOR)] == ["Danke, Dirk!"]
    with pytest.raises(Refused):
        show_thanks(answer, shows=False, by=anna, now=NOW)


def test_an_answer_is_read_by_the_two_and_by_nobody_else(cast, niel):
    ask = exchange(niel, author=cast.anna)
    answered(ask, cast.actor("dirk"))
    seen = {name: len(answers_seen(again(ask), cast.actor(name))) for name in ("anna", "dirk", "ben", "admin", "carla")}
    assert seen == {"anna": 1, "dirk": 1, "ben": 0, "admin": 0, "carla": 0}
    assert answers_seen(again(ask), VISITOR) == []


def test_several_may_help_and_one_gets_the_yes(cast, person, niel):
    ask = exchange(niel, author=cast.anna)
    first, second = answered(ask, cast.actor("dirk")), answered(ask, cast.actor("ben"), key="k2")
    anna = cast.actor("anna")
    accept_answer(first, by=anna, now=NOW)
    decline_answer(first, by=anna, now=NOW)
    assert again(ask).step == Step.OPEN, "nobody has a yes any more"
    accept_answer(second, by=anna, now=NOW)
    with pytest.raises(Refused):
        accept_answer(second, by=cast.actor("dirk"), now=NOW)
    solve_exchange(again(ask), by=anna, now=NOW)
    with pytest.raises(Refused):
        answered(ask, cast.actor("dirk"), key="k3")
    reopen_exchange(again(ask), by=anna, now=NOW)
    assert again(ask).step == Step.TALK


def test_whoever_waited_hears_that_it_is_settled(cast, niel):
    ask = exchange(niel, author=cast.anna)
    answer = answered(ask, cast.actor("ben"))
    solve_exchange(again(ask), by=cast.actor("anna"), now=NOW)
    answer.refresh_from_db()
    assert answer.state == AnswerState.DECLINED
    assert [mail.subject for mail in mails("ben@example.org")] == ["Es ist geklärt"]


def test_an_answer_sent_twice_or_from_two_tabs_counts_once(cast, niel):
    ask = exchange(niel, author=cast.anna)
    dirk = cast.actor("dirk")
    assert answered(ask, dirk).pk == answered(ask, dirk).pk == answered(ask, dirk, key="other tab").pk
    assert len(mails("anna@example.org")) == 1


def test_an_answer_taken_back_loses_its_words(cast, niel):
    answer = answered(exchange(niel, author=cast.anna), cast.actor("dirk"))
    withdraw_answer(answer, by=cast.actor("dirk"), now=NOW)
    assert Answer.objects.get().text == ""


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("dirk", {"is_minor": True}),
        ("dirk", {"curbs": frozenset({"letters"})}),
        ("dirk", {"curbs": frozenset({"write"})}),
        ("anna", {}),
        ("visitor", {}),
    ],
)
def test_who_may_not_answer(cast, niel, who, change):
    ask = exchange(niel, author=cast.anna)
    with pytest.raises(Refused):
        answered(ask, replace(cast.actor(who), **change))
    assert not Answer.objects.exists()


def test_a_block_parts_both_ways(cast, niel):
    ask = exchange(niel, author=cast.anna)
    answered(ask, cast.actor("dirk"))
    apart = replace(cast.actor("anna"), apart_from=frozenset({cast.dirk.pk}))
    helper = replace(cast.actor("dirk"), apart_from=frozenset({cast.anna.pk}))
    for one in (apart, helper):
        assert answers_seen(again(ask), one) == []
        assert not can_read_answer(one, Answer.objects.get())
    with pytest.raises(Refused):
        answered(ask, replace(cast.actor("ben"), apart_from=frozenset({cast.anna.pk})), key="k2")


def test_somebody_under_16_sets_nothing_out(cast, niel):
    with pytest.raises(Refused):
        set_out(draft(niel), by=replace(cast.actor("anna"), is_minor=True), now=NOW)


def test_floods_are_stopped(cast, niel):
    newcomer = replace(cast.actor("anna"), is_known=False)
    for _number in range(5):
        set_out(draft(niel), by=newcomer, now=NOW)
    with pytest.raises(Problem):
        set_out(draft(niel), by=newcomer, now=NOW)
    set_out(draft(niel), by=newcomer, now=NOW + timedelta(days=2))


def test_for_somebody_without_internet_the_connector_is_rung(cast, niel):
    ben = cast.actor("ben")
    consent = Agreed(ConsentBy.PHONE, "sucht eine Mitfahrt", 90)
    jansen = take_in_person(name="Frau Jansen", home=niel, language="de", consent=consent, by=ben, now=NOW).person
    ask = set_out(draft(niel), by=acting_for(jansen.pk, ben, now=NOW), now=NOW)
    assert ask.entry.author_id == jansen.pk
    answer = answered(ask, cast.actor("dirk"))
    assert "rufen Sie dort an" in mails("ben@example.org")[0].text
    assert [call.pk for call in calls_of(ben)] == [answer.pk]
    accept_answer(answer, by=ben, now=NOW)
    assert calls_of(ben) == []
    assert calls_of(cast.actor("admin")) == []
    assert acting_for(jansen.pk, cast.actor("anna"), now=NOW) is None


def test_nobody_but_the_machine_sets_out_in_anothers_name(cast, niel):
    said = draft(niel)
    said = replace(said, words=replace(said.words, author_id=cast.dirk.pk))
    assert set_out(said, by=cast.actor("anna"), now=NOW).entry.author_id == cast.anna.pk


def test_all_that_ends_soon_is_asked_about_once_however_much_it_is(cast, niel, monkeypatch):
    monkeypatch.setattr("dorfplatz.exchange.actions.clocks.MAILS_AT_A_TIME", 2)
    for number in range(5):
        exchange(niel, author=cast.anna, title=f"Leiter {number}")
    with time_machine.travel(NOW + timedelta(days=27), tick=False):
        for _night in range(2):
            ask_for_renewals.call()
    assert len(mails("anna@example.org")) == 5


def test_the_link_of_the_mail_renews_once(cast, niel):
    ask = exchange(niel, author=cast.anna)
    later = NOW + timedelta(days=27)
    assert ask_about_renewals(by=CLOCK, now=NOW + timedelta(days=20)) is None
    ask_about_renewals(by=CLOCK, now=later)
    ask_about_renewals(by=CLOCK, now=later)
    sent = mails("anna@example.org")
    assert [mail.subject for mail in sent] == ["Gilt das noch?"]
    found = re.search(r"/verlaengern/([^/\s]+)/", sent[0].text)
    assert found
    token = found[1]
    renew_by_link(token, by=VISITOR, now=later)
    assert again(ask).entry.expires_at == later + timedelta(days=30)
    with pytest.raises(Problem):
        renew_by_link(token, by=VISITOR, now=later)


def test_the_link_is_good_for_this_entry_as_it_is(cast, niel):
    ask, other = exchange(niel, author=cast.anna), exchange(niel, author=cast.anna)
    token = renewal_token(again(ask))
    change_exchange(again(ask), draft=draft(niel, title="Anders"), by=cast.actor("anna"), now=NOW)
    for wrong in (token, token[:-2] + "xx", "", "x" * 5000):
        with pytest.raises(Problem):
            renew_by_link(wrong, by=VISITOR, now=NOW)
    assert renew_by_link(renewal_token(other), by=VISITOR, now=NOW).pk == other.pk


def test_unanswered_asks_are_told_once_after_24_and_once_after_72_hours(cast, niel):
    told = []
    subscribe(AskUnanswered, told.append)
    lonely, helped = exchange(niel, author=cast.anna), exchange(niel, author=cast.anna)
    exchange(niel, author=cast.anna, direction=Direction.OFFER)
    answered(helped, cast.actor("dirk"))
    for hours in (1, 23, 25, 30, 71, 73, 80, 200):
        tell_unanswered(by=CLOCK, now=NOW + timedelta(hours=hours))
    assert told == [AskUnanswered(lonely.pk, 24), AskUnanswered(lonely.pk, 72)]


def test_what_is_ended_is_gone_for_others_and_erased_after_a_quarter(cast, niel):
    ask = exchange(niel, author=cast.anna)
    answered(ask, cast.actor("dirk"))
    end_exchange(again(ask), by=cast.actor("anna"), now=NOW)
    assert not Entry.objects.visible_to(cast.actor("dirk"), now=NOW).filter(pk=ask.pk).exists()
    assert Entry.objects.visible_to(cast.actor("anna"), now=NOW).filter(pk=ask.pk).exists()
    assert erase_bygone(by=CLOCK, now=NOW + timedelta(days=80)) == 0
    assert erase_bygone(by=CLOCK, now=NOW + timedelta(days=91)) == 1
    assert not Answer.objects.exists()


def test_the_connector_in_charge_steers_and_others_do_not(cast, niel):
    ask = exchange(niel, author=cast.anna)
    with pytest.raises(Refused):
        solve_exchange(again(ask), by=cast.actor("dirk"), now=NOW)
    with pytest.raises(Refused):
        change_exchange(again(ask), draft=draft(niel), by=cast.actor("ben"), now=NOW)
    solve_exchange(again(ask), by=cast.actor("ben"), now=NOW)
    assert again(ask).step == Step.SOLVED


def test_nothing_is_set_out_without_a_village(cast):
    with pytest.raises(Problem):
        set_out(draft(), by=INSTALLER, now=NOW)
