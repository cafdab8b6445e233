"""Joining with a printed card: no ID, no street, one code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.journal.models import Act
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import make_cards, withdraw_cards
from dorfplatz.members.card_code import LENGTH, LETTERS, read_code, shown
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Card, CardBatch, Consent, Identity, Joining, Login
from dorfplatz.villages.actions import PageText, publish_legal_text
from dorfplatz.villages.enums import LegalKind
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor, square_of

NELE = {"name": "Nele Neu", "email": "nele@example.org", "password": "nine villages one square", "age": "older",
        "agreed": "on"}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def card(kranenburg):
    def make(village: str = "niel", uses: int = 1, count: int = 1, lasts_days: int = 90, by=INSTALLER) -> str:
        area = kranenburg.village(village)
        return make_cards(area, count=count, uses=uses, lasts_days=lasts_days, by=by, now=NOW)[1][0]

    return make


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def join(code: str, reader: Square | None = None, **changes):
    reader = reader or Square()
    address = f"/de/mitmachen/{code}/"
    answer = reader.get(address)
    if answer.status_code != 200:
        return answer
    return reader.post(address, {**NELE, "seen": seen_in(answer.content.decode()), **changes})


def test_a_neighbour_joins_with_a_card_and_is_at_home_in_its_village(card):
    reader = Square()
    answer = join(card(), reader)
    assert answer["Location"] == "/de/niel/"
    assert "Guten Tag, Nele Neu!" in reader.page("niel/")
    nele = Identity.objects.get()
    assert (nele.home_area.slug, nele.language, nele.grants.count()) == ("niel", "de", 0)
    assert (nele.joining.is_minor, nele.joining.guardian) == (False, "")
    assert {consent.text.kind for consent in nele.consents.all()} == {"rules", "privacy"}


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}!"])
def test_the_code_may_be_typed_as_it_is_read_from_paper(card, typed):
    code = card().upper()
    answer = Square().post("/de/mitmachen/", {"code": typed.format(code)}, follow=True)
    assert "Niel" in answer.content.decode()
    assert 'name="age"' in answer.content.decode()


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_code_or_none(typed):
    assert read_code(typed) == "" or (len(read_code(typed)) == LENGTH and set(read_code(typed)) <= set(LETTERS))


@given(st.text(alphabet=LETTERS, min_size=LENGTH, max_size=LENGTH))
def test_every_code_is_read_back_from_paper(code):
    assert read_code(shown(code).upper().replace("0", "O").replace("1", "l")) == code


def test_a_code_has_more_than_fifty_bits_and_is_kept_as_a_keyed_hash_only(card, settings):
    code = card().replace("-", "")
    assert len(set(LETTERS)) ** LENGTH > 2**50
    assert code not in str(list(Card.objects.values())) + str(list(Act.objects.values()))
    settings.SECRET_KEY = "another"
    assert Square().get(f"/de/mitmachen/{code}/").status_code == 410


def test_used_late_withdrawn_and_guessed_codes_get_the_same_page(card, time_machine):
    used, withdrawn = card(), card()
    join(used)
    withdraw_cards(CardBatch.objects.latest("pk"), by=INSTALLER, now=NOW)
    late = card(lasts_days=1)
    time_machine.move_to(NOW + timedelta(days=2), tick=False)
    pages = set()
    for code in (used, withdrawn, late, "abcd-efgh-jkmn", "0000-0000-000", "x" * 300):
        answer = Square().get(f"/de/mitmachen/{code}/")
        assert answer.status_code == 410
        pages.add(answer.content.decode().replace(code, ""))
    assert len(pages) == 1


def test_guesses_get_nowhere_and_lock_out_nobody_else(card):
    code, guesser = card(), Square()
    answers = [guesser.get(f"/de/mitmachen/{n:012d}/").status_code for n in range(40)]
    assert answers == [410] * 30 + [429] * 10
    assert guesser.get(f"/de/mitmachen/{code}/").status_code == 429
    assert Square().get(f"/de/mitmachen/{code}/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_household_joins_with_one_card_and_no_one_more(card):
    code = card(uses=2)
    for number in range(3):
        join(code, email=f"p{number}@example.org")
    assert Identity.objects.count() == 2
    assert Card.objects.get().left == 0


def test_two_who_hold_the_same_page_cannot_both_use_the_last_place(card):
    code = card()
    one, other = Square(), Square()
    address = f"/de/mitmachen/{code}/"
    pages = [reader.get(address).content.decode() for reader in (one, other)]
    one.post(address, {**NELE, "seen": seen_in(pages[0])})
    answer = other.post(address, {**NELE, "email": "otto@example.org", "seen": seen_in(pages[1])})
    assert answer.status_code == 410
    assert Identity.objects.count() == 1


def test_under_sixteen_needs_a_guardians_word(card):
    code = card()
    answer = join(code, age="younger")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Wer sagt für dich Ja?" in page
    assert not Identity.objects.exists()
    assert join(code, age="younger", guardian="Mutter Neu").status_code == 302
    joining = Joining.objects.get()
    assert (joining.is_minor, joining.guardian) == (True, "Mutter Neu")


def test_nobody_older_is_asked_for_a_guardian(card):
    assert 'name="guardian"' not in Square().get(f"/de/mitmachen/{card()}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "x" * 81}, {"name": "\u0410nna Neu"}, {"name": "Nele\u202eueN"}, {"name": "12"},
     {"password": "short"}, {"email": "nobody"}, {"age": ""}, {"age": "x"}, {"agreed": ""}, {"seen": "x"}],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_leaves_the_card_as_it_was(card, wrong):
    code = card()
    answer = join(code, **wrong)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Identity.objects.exists()
    assert not Login.objects.exists()
    assert Card.objects.get().left == 1


def test_an_address_that_has_a_login_is_refused_and_the_card_stays(card, person):
    person("Nele")
    assert 'role="alert"' in join(card()).content.decode()
    assert Card.objects.get().left == 1


def test_what_was_agreed_to_stays_readable_word_for_word(card, kranenburg):
    join(card())
    consent = Consent.objects.get(text__kind="rules")
    assert "an der Haustür" in consent.text.body["de"]
    assert (consent.text.version, consent.language, consent.given_at) == (1, "de", NOW)


def test_my_page_tells_what_i_agreed_to_and_leads_to_those_very_words(card, kranenburg):
    reader = Square()
    join(card(), reader)
    text = PageText({"de": "Hausordnung"}, {"de": "Ganz anders."})
    publish_legal_text(kranenburg.municipality, kind=LegalKind.RULES, text=text, version=1, by=INSTALLER, now=NOW)
    page = reader.page("meine-seite/")
    assert "Womit Sie einverstanden sind" in page
    assert 'href="/de/hausordnung/?version=1"' in page
    assert "an der Haustür" in reader.page("hausordnung/", version="1")


def test_who_joined_otherwise_sees_no_empty_list(person):
    assert "Womit Sie einverstanden sind" not in square_of(person("Uwe")).page("meine-seite/")


def test_who_read_other_house_rules_reads_again(card, kranenburg):
    code, reader = card(), Square()
    address = f"/de/mitmachen/{code}/"
    before = seen_in(reader.get(address).content.decode())
    text = PageText({"de": "Hausordnung"}, {"de": "Freundlich sein."})
    publish_legal_text(kranenburg.municipality, kind=LegalKind.RULES, text=text, version=0, by=INSTALLER, now=NOW)
    page = reader.post(address, {**NELE, "seen": before}).content.decode()
    assert "eben geändert" in page
    assert not Identity.objects.exists()
    assert reader.post(address, {**NELE, "seen": seen_in(page)}).status_code == 302


def test_a_card_counts_on_its_own_square_only(card, kranenburg):
    code = card()
    Area.objects.filter(slug="niel").update(path="/999/1/")
    assert Square().get(f"/de/mitmachen/{code}/").status_code == 410


def test_a_connector_makes_cards_for_her_own_village_and_sees_the_codes_once(person):
    ben = square_of(person("Ben", roles=[(Role.CONNECTOR, "niel")]))
    form = ben.page("einstellungen/einladungskarten/")
    assert '<option value="niel">' in form
    assert '<option value="zyfflich">' not in form
    sent = {"village": "niel", "count": "3", "uses": "4", "lasts": "90"}
    sheet = ben.post("/de/einstellungen/einladungskarten/", sent).content.decode()
    codes = re.findall(r">([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})<", sheet)
    assert len(set(codes)) == 3
    assert sheet.count("<svg") >= 3
    assert "Welkom op het dorpsplein van Niel" in sheet
    after = ben.page("einstellungen/einladungskarten/")
    assert "3 Karten" in after
    assert not any(code in after for code in codes)
    join(codes[0])
    assert "1 Person ist dabei" in ben.page("einstellungen/einladungskarten/")


def test_withdrawing_makes_all_cards_of_the_batch_worthless(person, card):
    code = card()
    ben = square_of(person("Ben", roles=[(Role.CONNECTOR, "niel")]))
    ben.post(f"/de/einstellungen/einladungskarten/{CardBatch.objects.get().pk}/zurueckziehen/")
    assert Square().get(f"/de/mitmachen/{code}/").status_code == 410


def test_other_villages_cards_are_not_there(person, card):
    card("zyfflich")
    ben = square_of(person("Ben", roles=[(Role.CONNECTOR, "niel")]))
    pk = CardBatch.objects.get().pk
    assert ben.post(f"/de/einstellungen/einladungskarten/{pk}/zurueckziehen/").status_code == 404
    assert CardBatch.objects.get().withdrawn_at is None
    sent = {"village": "zyfflich", "count": "3", "uses": "4", "lasts": "90"}
    assert 'role="alert"' in ben.post("/de/einstellungen/einladungskarten/", sent).content.decode()
    assert CardBatch.objects.count() == 1


def test_members_and_neighbours_over_the_border_make_none(person, card, kranenburg):
    with pytest.raises(Refused):
        card(by=actor(person("Otto", home="niel")))
    with pytest.raises(Refused):
        card("groesbeek", by=actor(person("Ada", roles=[(Role.ADMIN, "")])))
    assert square_of(person("Uwe")).get("/de/einstellungen/einladungskarten/").status_code == 404


@pytest.mark.parametrize("wrong", [{"count": 0}, {"count": 101}, {"uses": 0}, {"uses": 9}, {"lasts_days": 0}])
def test_numbers_out_of_bounds_make_none(card, wrong):
    with pytest.raises(Problem):
        card(**wrong)
    assert not CardBatch.objects.exists()


def test_the_list_costs_the_same_for_one_batch_and_for_many(person, card, django_assert_max_num_queries):
    ben = square_of(person("Ben", roles=[(Role.CONNECTOR, "niel")]))
    for _number in range(20):
        card()
    with django_assert_max_num_queries(14):
        ben.page("einstellungen/einladungskarten/")


def test_the_command_prints_addresses_that_work(kranenburg, capsys):
    call_command("cards", "niel", "--count", "2")
    first, _second = capsys.readouterr().out.split()
    assert Square().get(first.partition("localhost")[2]).status_code == 200
    with pytest.raises(SystemExit):
        call_command("cards", "atlantis")
