"""Entries in the reader's language: by people first, then by machine, then as they were written."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dorfplatz.entries.actions import erase_entries, note_change
from dorfplatz.entries.enums import WrittenBy
from dorfplatz.entries.models import AwaitedText, Entry, EntryText
from dorfplatz.entries.queries import reading, text_history, with_words
from dorfplatz.entries.translating import TASK, ask_for_text, await_missing, improve_text, translate_awaited
from dorfplatz.jobs import worker
from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.places.tests.factories import place
from dorfplatz.translation.engines.protocol import EngineAway
from dorfplatz.translation.models import Sentence, Text, Use
from dorfplatz.translation.tests.shouting import shouting_engine
from dorfplatz.villages.queries import edition_of
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import actor, square_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(monkeypatch):
    return shouting_engine(monkeypatch)


@pytest.fixture
def choir(kranenburg):
    return lambda: place(kranenburg.village("niel"), title="Offener Chor", body="Wir singen am Montag in Niel.").entry


def read(entry, language="nl"):
    return reading(with_words(Entry.objects.filter(pk=entry.pk)).get(), language)


def work(minutes=1):
    worker.run_due(timezone.now() + timedelta(minutes=minutes))


def test_what_is_published_is_translated_in_the_background(engine, choir, now):
    entry = choir()
    assert read(entry).is_original
    work()
    words = read(entry)
    assert (words.title, words.body) == ("OFFENER CHOR", "WIR SINGEN AM MONTAG IN Niel.")
    assert (words.language, words.by) == ("nl", WrittenBy.MACHINE)
    assert not AwaitedText.objects.exists()


def test_without_an_engine_nothing_is_awaited(choir, now):
    entry = choir()
    work()
    assert not AwaitedText.objects.exists()
    assert read(entry).is_original


def test_a_person_s_words_win_until_the_original_changes(engine, choir, person, now):
    entry, anna = choir(), actor(person("Anna", home="niel"))
    work()
    improve_text(entry, "nl", title="Open koor", body="Wij zingen op maandag in Niel.", by=anna, now=now)
    assert (read(entry).title, read(entry).by) == ("Open koor", WrittenBy.PERSON)
    entry.body = "Wir singen am Dienstag in Niel."
    note_change(entry, by=anna, now=now, fields=["body"])
    words = read(entry)
    assert (words.title, words.is_outdated) == ("Open koor", True), "as long as there is nothing newer"
    engine.asked.clear()
    work(5)
    assert engine.asked
    assert not [text for text in engine.asked if "Chor" in text], "an edit asks for what is different only"
    assert read(entry).body == "WIR SINGEN AM DIENSTAG IN Niel."
    improve_text(entry, "nl", title="Open koor", body="Wij zingen op dinsdag in Niel.", by=anna, now=now)
    assert (read(entry).body, read(entry).is_outdated) == ("Wij zingen op dinsdag in Niel.", False)
    assert [old.body for old in text_history(entry, "nl", anna)] == ["Wij zingen op maandag in Niel."]


def test_whoever_translated_is_offered_to_look_again_when_the_original_changes(choir, cast, now):
    entry = choir()
    improve_text(entry, "nl", title="Open koor", body="Wij zingen op maandag.", by=actor(cast.dirk), now=now)
    entry.body = "Wir singen am Dienstag in Niel."
    note_change(entry, by=actor(cast.anna), now=now, fields=["body"])
    work()
    told = square_of(cast.dirk, "nl").page("nieuw-voor-mij/")
    assert "Past uw vertaling nog?" in told
    assert "Open koor" in told
    assert "Past uw vertaling nog?" not in square_of(cast.ben, "nl").page("nieuw-voor-mij/")


def test_who_may_improve(choir, person, now):
    entry, anna = choir(), actor(person("Anna", home="niel"))
    with pytest.raises(Refused):
        improve_text(entry, "nl", title="X", body="", by=replace(anna, curbs=frozenset({"write"})), now=now)
    with pytest.raises(Refused):
        improve_text(entry, "nl", title="X", body="", by=replace(anna, is_known=False), now=now)
    with pytest.raises(Problem):
        improve_text(entry, "de", title="X", body="", by=anna, now=now)


def test_what_a_reader_asks_for_comes_first(engine, kranenburg, choir, now):
    engine.is_away = True
    entries = [choir() for _ in range(3)]
    work()
    assert AwaitedText.objects.filter(language="nl").count() == 3, "an engine that is away loses nothing"
    engine.is_away = False
    ask_for_text(entries[0], "nl", by=Actor(), now=now)
    assert AwaitedText.objects.first().entry_id == entries[0].pk
    enqueue(TASK, turn=1)  # as the clock does
    work(30)
    assert {read(entry).by for entry in entries} == {WrittenBy.MACHINE}


def test_what_nobody_waits_for_shows_all_at_once_so_that_pages_are_made_anew_seldom(engine, choir, kranenburg, now):
    works, seen, entries = engine.translate, [], [choir() for _ in range(3)]

    def watched(texts, *pair, **address):
        seen.append(EntryText.objects.filter(language="nl").count())
        return works(texts, *pair, **address)

    engine.translate = watched
    before = edition_of(kranenburg.municipality.pk)
    translate_awaited(is_asked=False, by=Actor(), now=now)
    assert set(seen) == {0}, "until the turn is over nothing shows"
    assert {read(entry).by for entry in entries} == {WrittenBy.MACHINE}
    assert edition_of(kranenburg.municipality.pk) != before
    assert not AwaitedText.objects.exists()


def test_what_a_reader_waits_for_shows_at_once(engine, choir, kranenburg, now):
    works, seen = engine.translate, []
    others = place(kranenburg.village("niel"), title="Alter Chor", body="Wir sangen am Montag.").entry
    for entry in (choir(), others):
        ask_for_text(entry, "nl", by=Actor(), now=now)

    def watched(texts, *pair, **address):
        seen.append(EntryText.objects.filter(language="nl").count())
        return works(texts, *pair, **address)

    engine.translate = watched
    translate_awaited(is_asked=True, by=Actor(), now=now)
    assert max(seen) == 1


def test_what_is_changed_while_it_is_translated_goes_on_being_awaited(engine, choir, person, now):
    works, entry, anna = engine.translate, choir(), actor(person("Anna", home="niel"))

    def meanwhile(texts, *pair, **address):
        engine.translate = works
        entry.title = "Ganz anderer Chor"
        note_change(entry, by=anna, now=now, fields=["title"])
        return works(texts, *pair, **address)

    engine.translate = meanwhile
    translate_awaited(is_asked=False, by=Actor(), now=now)
    assert AwaitedText.objects.filter(entry=entry).exists()
    translate_awaited(is_asked=False, by=Actor(), now=now)
    assert read(entry).title == "GANZ ANDERER CHOR"


def test_what_the_engine_fails_at_stands_in_nobody_s_way(engine, choir, kranenburg, now):
    works = engine.translate

    def failing(texts, *pair, **address):
        if any("Gift" in text for text in texts):
            raise EngineAway("Dead.")
        return works(texts, *pair, **address)

    engine.translate = failing
    others = [choir() for _ in range(3)]
    place(kranenburg.village("niel"), title="Gift und Galle")
    for minute in range(4):
        enqueue(TASK, turn=minute % 2, key=f"clock:{minute}")
        work(10 + minute)
    assert {read(entry).by for entry in others} == {WrittenBy.MACHINE}
    assert AwaitedText.objects.filter(entry__title="Gift und Galle").exists(), "nor is it lost"


def test_erased_entries_leave_no_word_behind(engine, choir, person, now):
    entry = choir()
    work()
    assert Text.objects.exists()
    erase_entries([entry.pk], by=actor(person("Anna", home="niel")), now=now)
    assert [model.objects.count() for model in (Text, Sentence, Use, EntryText)] == [0, 0, 0, 0]


def test_a_newer_model_translates_again_by_and_by(engine, choir, now):
    entry = choir()
    work()
    assert await_missing() == 0
    engine.model = "second"
    assert await_missing() == 1
    work(30)
    assert EntryText.objects.get(entry=entry, language="nl").made_with == "second"


@pytest.mark.parametrize("count", [1, 30])
def test_machine_words_cost_no_query_more_for_one_or_for_many(engine, choir, now, count, django_assert_num_queries):
    entries = [choir() for _ in range(count)]
    work()
    with django_assert_num_queries(3):
        shown = [
            reading(entry, "nl").title for entry in with_words(Entry.objects.filter(pk__in=[e.pk for e in entries]))
        ]
    assert shown == ["OFFENER CHOR"] * count


def test_the_page_says_who_translated_and_has_the_original(engine, choir, square, now):
    entry = choir()
    page = square.get(f"/nl/e/{entry.code}/offener-chor/")
    assert "Geschreven in het Duits, nog niet vertaald." in page.text
    assert reverse("entries:ask", kwargs={"code": entry.code, "language": "nl"})[3:] in page.text
    assert "X-Robots-Tag" not in page
    work()
    page = square.get(f"/nl/e/{entry.code}/offener-chor/")
    assert "OFFENER CHOR" in page.text
    assert "Automatisch vertaald uit het Duits" in page.text
    assert '<div class="prose" lang="de"><p><strong>Offener Chor</strong>' in page.text
    assert page["X-Robots-Tag"] == "noindex", "searchers find the original"
    german = square.get(f"/de/e/{entry.code}/offener-chor/")
    assert "words-line" not in german.text
    assert "X-Robots-Tag" not in german


def test_a_member_improves_and_is_thanked(choir, square, cast, now):
    entry = choir()
    address = f"/nl/e/{entry.code}/in/nl/verbeteren/"
    assert square.get(address).status_code == 302
    square = square_of(cast.dirk, "nl")
    page = square.get(address)
    assert "Wir singen am Montag" in page.text
    assert square.post(address, {"title": "", "body": "Wij zingen."}).status_code == 422
    done = square.post(address, {"title": "Open koor", "body": "Wij zingen op maandag."}, follow=True)
    assert "Bedankt" in done.text
    assert "Open koor" in done.text
    assert "Uit het Duits vertaald door Dirk. Bedankt!" in done.text, "who helped is thanked by name among members"
    assert "Door buren vertaald uit het Duits" in Square("nl").page(f"e/{entry.code}/offener-chor/")
    assert square.get(f"/nl/e/{entry.code}/in/fr/verbeteren/").status_code == 404
    assert square.get(f"/nl/e/{entry.code}/in/de/verbeteren/").status_code == 404


def test_an_arabic_reader_reads_from_right_to_left(choir, square, cast, now):
    entry = choir()
    address = f"/de/e/{entry.code}/in/ar/"
    assert address not in square.get(f"/de/e/{entry.code}/offener-chor/").text
    assert "Eine Übersetzung auf العربية gibt es noch nicht" in square.get(address).text
    said = {"title": "جوقة مفتوحة", "body": "نغني يوم الاثنين في Niel."}
    done = square_of(cast.anna).post(f"{address}verbessern/", said, follow=True)
    assert '<article class="in-language" lang="ar" dir="rtl">' in done.text
    page = square.get(f"/de/e/{entry.code}/offener-chor/").text
    assert f'<a href="{address}" lang="ar" hreflang="ar">العربية</a>' in page
    assert "Offener Chor" in page, "the square itself stays as it is"
    assert 'name="robots" content="noindex"' in square.get(address).text
    assert square.get(f"/de/e/{entry.code}/in/fr/").status_code == 404


def test_other_languages_are_offered_where_the_engine_knows_them(engine, choir, square, now):
    entry = choir()
    page = square.get(f"/de/e/{entry.code}/offener-chor/").text
    assert "Українська" in page
    square.post(f"/de/e/{entry.code}/in/uk/bitten/")
    work()
    assert '<article class="in-language" lang="uk" dir="ltr">' in square.get(f"/de/e/{entry.code}/in/uk/").text
    assert "OFFENER CHOR" in square.get(f"/de/e/{entry.code}/in/uk/").text


def test_anybody_asks_for_a_translation_and_is_told_when_there_is_none(choir, square, now):
    entry = choir()
    address = f"/nl/e/{entry.code}/in/nl/vragen/"
    assert "Tussen deze twee talen" in square.get(address).text
    assert "Tussen deze twee talen" in square.post(address, follow=True).text


def test_asking_is_heard_and_makes_no_page_anew(engine, choir, kranenburg, square, now):
    entry = choir()
    before = edition_of(kranenburg.municipality.pk)
    assert "wordt vertaald" in square.post(f"/nl/e/{entry.code}/in/nl/vragen/", follow=True).text
    assert AwaitedText.objects.get(entry=entry, language="nl").is_asked
    assert edition_of(kranenburg.municipality.pk) == before
