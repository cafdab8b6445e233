"""How well two things fit, and the reasons that are given. Without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.matching.acts import act_of
from dorfplatz.matching.concepts import name_of, vocabulary
from dorfplatz.matching.days import days_in, times_in
from dorfplatz.matching.ranking import GOOD, ranked, rarity_among, read
from dorfplatz.matching.sides import Ground, Reason, Rhythm, Sense, Side, Way
from dorfplatz.matching.sources import ANSWERED_BY

NIEL, MEHR = 1, 2
GROUND = Ground(((NIEL, 51.826, 6.020), (MEHR, 51.817, 6.050)), frozenset({(NIEL, MEHR)}))
ASK = Side(
    "ask:1", "Wer fährt mich dienstags zum Arzt?", "Vormittags, nach Kleve.", villages=frozenset({NIEL}),
    rhythm=Rhythm.REGULARLY, people=frozenset({7}),
)  # fmt: skip
RIDE = Side(
    "gift:2", "Elke dinsdag rij ik naar Kleef", "Plek in de auto, ’s ochtends.", "nl", villages=frozenset({MEHR}),
    rhythm=Rhythm.REGULARLY, people=frozenset({8}),
)  # fmt: skip
OTHERS = [
    Side("offer:3", "Waschmaschine zu verkaufen", "Fünf Jahre alt.", villages=frozenset({NIEL})),
    Side("gift:4", "Ik brei graag", "Sokken en mutsen.", "nl", villages=frozenset({NIEL})),
]


def order(need, *pool, ground=GROUND):
    sides = [read(side) for side in pool]
    needs = read(need)
    return ranked(needs, sides, rarity_among([needs, *sides]), ground)


def test_a_german_ask_finds_a_dutch_gift_and_says_why():
    found = order(ASK, RIDE, *OTHERS)
    assert found[0].has == "gift:2"
    assert found[0].score >= GOOD
    senses = {reason.sense: reason.value for reason in found[0].reasons}
    assert senses[Sense.THEME] == "drive"
    assert senses[Sense.DAYS] == (1,)
    assert senses[Sense.DAYTIME] == ("morning",)


def test_nobody_is_suggested_to_herself_nor_a_thing_to_itself():
    own = Side("gift:5", "Fahrten zum Arzt", villages=frozenset({NIEL}), people=frozenset({7}))
    assert order(ASK, own, ASK) == []


def test_who_lends_a_mower_does_not_mow():
    need = Side("ask:1", "Wer mäht unseren Rasen?", "Ich schaffe es nicht mehr.")
    mows = Side("offer:2", "Ich mähe Rasen", "Auch Hecken.")
    lends = Side("offer:3", "Rasenmäher zu verleihen")
    assert order(need, lends, mows)[0].has == "offer:2"


def test_who_wants_to_learn_is_not_taught_by_who_wants_to_learn():
    need = Side("ask:1", "Gitarre lernen")
    learns = Side("gift:2", "Gitarre", "Ich möchte es lernen.", way=Way.LEARN)
    teaches = Side("gift:3", "Gitarre für Anfänger", "Ich zeige die Griffe.", way=Way.OFFER)
    assert order(need, learns, teaches)[0].has == "gift:3"


def test_the_nearer_and_the_same_day_stand_before_what_is_else_alike():
    near, far = RIDE, Side("gift:9", RIDE.title, RIDE.text, "nl", villages=frozenset({99}), rhythm=Rhythm.REGULARLY)
    other_day = Side("gift:8", "Elke vrijdag rij ik naar Kleef", RIDE.text, "nl", villages=RIDE.villages)
    assert order(ASK, other_day, far, near)[0].has == "gift:2"
    assert order(ASK, other_day)[0].score < order(ASK, near)[0].score


@pytest.mark.parametrize(
    ("text", "days"),
    [("dienstags und donnerstags", {1, 3}), ("am Wochenende", {5, 6}), ("zaterdagochtend", {5}), ("morgen", set())],
)
def test_days_are_read_in_both_languages(text, days):
    assert days_in(text) == days


def test_times_are_read_also_at_the_end_of_a_day():
    assert times_in("Dienstagabend, zaterdagochtend") == {"evening", "morning"}


@pytest.mark.parametrize(
    ("side", "act"),
    [
        (Side("ask:1", "Leiter gesucht"), "lend"),
        (Side("ask:1", "Klavierunterricht"), "learn"),
        (Side("ask:1", "Raum für ein Fest"), "rent"),
        (Side("ask:1", "Irgendwas", topics=frozenset({"sort-lend"})), "lend"),
        (Side("offer:1", "Kommode"), "give"),
        (Side("offer:1", "Ich helfe im Garten"), "do"),
        (Side("wish:1", "Eine Bank am Deich"), "wish"),
    ],
)
def test_what_is_wanted_is_read_from_the_words_or_told_by_the_room(side, act):
    assert act_of(side) == act


def test_every_theme_has_a_name_in_both_languages_and_words_in_both():
    for concept in vocabulary().concepts.values():
        assert {name_of(concept.key, code) for code in ("de", "nl", "en")}, concept.key
        assert all(concept.words[code] for code in ("de", "nl")), concept.key


words = st.text(max_size=60) | st.sampled_from(["Fahrt zum Arzt", "tuin", "Schach", "dinsdag", "\x00", "ẞß", "’s-"])
sides = st.builds(
    Side, key=st.sampled_from(["ask:1", "wish:2", "gift:3", "offer:4", "place:5"]), title=words, text=words,
    language=st.sampled_from(["de", "nl", "en", "xx"]), villages=st.frozensets(st.integers(1, 3), max_size=2),
    people=st.frozensets(st.integers(1, 3), max_size=1),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(need=sides.filter(lambda side: side.sort in ANSWERED_BY), pool=st.lists(sides, max_size=5))
def test_whatever_is_written_the_order_stands_and_nobody_meets_herself(need, pool):
    found = order(need, *pool)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.score > 0 and all(isinstance(reason, Reason) for reason in one.reasons) for one in found)
    theirs = {side.key: side.people for side in pool if side.people & need.people}
    assert not [one for one in found if one.has in theirs and all(
        side.people & need.people for side in pool if side.key == one.has
    )]  # fmt: skip
