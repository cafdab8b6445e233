"""Words of the place, on their settings page, in translations and in the search; and what leaves the house."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import AwaitedText, Entry, EntryText
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.entries.translating import await_missing
from dorfplatz.jobs import worker
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.languages.actions import (
    WordDraft,
    add_local_word,
    change_local_word,
    decide_outside_translation,
    remove_local_word,
)
from dorfplatz.languages.alike import alike, terms_of
from dorfplatz.languages.enums import Treatment
from dorfplatz.languages.models import LocalWord
from dorfplatz.members.models import Identity
from dorfplatz.places.tests.factories import place
from dorfplatz.translation.tests.shouting import shouting_engine
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor

pytestmark = pytest.mark.django_db
BY = {"by": INSTALLER, "now": NOW}
BUS = WordDraft("Bürgerbus", "de", Treatment.REPLACED, {"nl": "buurtbus"})
CLUB = WordDraft("Schützenverein", "de", Treatment.EXPLAINED, {"nl": "schutterij"})
CONNECTOR = WordDraft("Buurtverbinder", "nl", Treatment.KEPT)


@pytest.fixture
def engine(monkeypatch):
    return shouting_engine(monkeypatch)


@pytest.fixture
def here(kranenburg):
    return kranenburg.municipality


@pytest.fixture
def bus(kranenburg):
    return place(kranenburg.village("niel"), title="Fahrt mit dem Bürgerbus", body="Der Bürgerbus hält hier.").entry


def work(minutes=1):
    worker.run_due(timezone.now() + timedelta(minutes=minutes))


def read(entry, language="nl"):
    return reading(with_words(Entry.objects.filter(pk=entry.pk)).get(), language)


def rows(*drafts):
    return [LocalWord(word=d.word, language=d.language, treatment=d.treatment, says=d.others) for d in drafts]


def test_each_word_has_its_say_in_each_direction():
    there = terms_of(rows(BUS, CLUB, CONNECTOR), "de", "nl")
    assert [(term.word, term.says, term.explains) for term in there] == [
        ("Bürgerbus", "buurtbus", False), ("Schützenverein", "schutterij", True), ("Buurtverbinder", "", False),
    ]  # fmt: skip
    back = terms_of(rows(BUS, CLUB, CONNECTOR), "nl", "de")
    assert [(term.word, term.says) for term in back] == [
        ("buurtbus", "Bürgerbus"), ("Schützenverein", ""), ("Buurtverbinder", ""),
    ]  # fmt: skip
    assert [*alike("Wer fährt den bürgerbus?", rows(BUS, CLUB))] == ["buurtbus"]
    assert [*alike("De buurtbus rijdt.", rows(BUS))] == ["Bürgerbus"]


def test_a_word_of_the_place_is_used_from_the_next_moment_on(engine, here, bus):
    work()
    assert "BÜRGERBUS" in read(bus).body
    engine.asked.clear()
    add_local_word(here, draft=BUS, **BY)
    work(5)
    assert read(bus).body == "DER buurtbus HÄLT HIER."
    remove_local_word(here.local_words.get(), **BY)
    work(10)
    assert read(bus).body == "DER BÜRGERBUS HÄLT HIER."


def test_a_word_of_another_municipality_has_no_say(engine, here, bus, kranenburg):
    work()
    other = place(kranenburg.village("zyfflich"), title="Chor", body="Wir singen.").entry
    add_local_word(here, draft=CLUB, **BY)
    work(5)
    assert not AwaitedText.objects.filter(entry=bus).exists()
    assert read(other).is_original is False


def test_the_search_finds_a_word_by_what_it_is_called_on_the_other_side(here, bus):
    assert "Fahrt mit dem" not in Square("nl").page("zoeken/", q="flierefluiter")
    word = add_local_word(here, draft=WordDraft("Bürgerbus", "de", Treatment.KEPT, {"nl": "flierefluiter"}), **BY)
    work()
    assert "Fahrt mit dem" in Square("nl").page("zoeken/", q="flierefluiter")
    change_local_word(word, draft=BUS, **BY)
    work(5)
    assert "Fahrt mit dem" not in Square("nl").page("zoeken/", q="flierefluiter")


def test_names_of_people_streets_and_clubs_come_through(engine, kranenburg, person):
    Identity.objects.filter(pk=person("Grietje", home="zyfflich").pk).update(name="Grietje van Dijk")
    place(kranenburg.village("zyfflich"), kind="organization", title="Heimatverein Düffel")
    text = "Grietje van Dijk vom Heimatverein Düffel lädt nach Zyfflich ein."
    entry = place(kranenburg.village("niel"), title="Einladung", body=text).entry
    work()
    assert read(entry).body == "Grietje van Dijk VOM Heimatverein Düffel LÄDT NACH Zyfflich EIN."


def test_who_may_keep_words_and_what_they_must_be(here, person):
    anna = actor(person("Anna", home="niel"))
    with pytest.raises(Refused):
        add_local_word(here, draft=BUS, by=anna, now=NOW)
    add_local_word(here, draft=BUS, **BY)
    with pytest.raises(Problem):
        add_local_word(here, draft=BUS, **BY)
    with pytest.raises(Refused):
        decide_outside_translation(here, is_allowed=True, by=anna, now=NOW)


def test_an_admin_keeps_words_on_their_page(cast, here):
    admin = cast.at_the_square("admin")
    assert "Noch kein Wort" in admin.page("einstellungen/sprachen/")
    said = {"word": "Kirmes", "language": "de", "treatment": "replaced", "says_nl": "", "says_de": "", "says_en": ""}
    wrong = admin.post("/de/einstellungen/sprachen/neu/", said)
    assert wrong.status_code == 422
    assert "wie es in einer anderen Sprache heißt" in wrong.text
    page = admin.post("/de/einstellungen/sprachen/neu/", said | {"says_nl": "kermis"}, follow=True).text
    assert '<span lang="nl">kermis</span>' in page
    word = here.local_words.get()
    admin.post(f"/de/einstellungen/sprachen/{word.pk}/", said | {"treatment": "kept"})
    word.refresh_from_db()
    assert (word.treatment, word.says) == (Treatment.KEPT, {})
    admin.post(f"/de/einstellungen/sprachen/{word.pk}/entfernen/")
    assert not here.local_words.exists()


def test_nothing_leaves_the_house_without_the_municipality_s_yes(engine, here, bus, cast, kranenburg):
    engine.leaves_the_house = True
    inside = place(kranenburg.village("niel"), title="Nur für uns", audience=Audience.MEMBERS).entry
    work()
    assert (engine.asked, EntryText.objects.count(), await_missing()) == ([], 0, 0)
    admin = cast.at_the_square("admin")
    assert "Nichts wird automatisch übersetzt" in admin.page("einstellungen/sprachen/")
    page = Square("nl").page(f"e/{bus.code}/{bus.title_words}/")
    assert "Nu laten vertalen" not in page
    assert "Nu vertalen" not in page
    admin.post("/de/einstellungen/sprachen/ausserhalb/", {"is_allowed": "yes"})
    assert await_missing() > 0
    work(5)
    assert read(bus).is_original is False
    assert read(inside).is_original, "what is for members only never leaves"
    assert "Dienst außerhalb" in cast.at_the_square("anna").page("neues-fuer-mich/")
    admin.post("/de/einstellungen/sprachen/ausserhalb/", {"is_allowed": "no"})
    engine.asked.clear()
    place(kranenburg.village("niel"), title="Noch ein Fest", body="Kommt alle.")
    work(30)
    assert engine.asked == []


def test_what_a_municipality_says_about_privacy_tells_of_it_as_long_as_it_is_so(engine, cast):
    assert "DeepL" not in Square().page("datenschutz/"), "the engine is in the house"
    engine.leaves_the_house = True
    assert "DeepL" not in Square().page("datenschutz/"), "nobody has said yes"
    admin = cast.at_the_square("admin")
    admin.post("/de/einstellungen/sprachen/ausserhalb/", {"is_allowed": "yes"})
    assert "DeepL SE in Köln" in Square().page("datenschutz/")
    assert "DeepL SE in Keulen" in Square("nl").page("privacy/")
    assert "DeepL" not in Square().page("hausordnung/")
    admin.post("/de/einstellungen/sprachen/ausserhalb/", {"is_allowed": "no"})
    assert "DeepL" not in Square().page("datenschutz/")


def test_where_the_engine_can_it_addresses_people_as_the_author_does(engine, kranenburg):
    engine.keeps_address, heard = True, []
    say = engine.translate
    engine.translate = lambda *asked, address="": heard.append(address) or say(*asked)
    place(kranenburg.village("niel"), title="Offener Garten", body="Wir freuen uns auf Ihren Besuch.")
    work()
    assert set(heard) == {"formal"}, "the title is part of what the author says"
