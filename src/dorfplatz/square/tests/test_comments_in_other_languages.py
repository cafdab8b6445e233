"""What is said below a post, in the reader's language: written in one's own, read in the other's."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorfplatz.comments.actions import change_comment, hide_comment, remove_comment, write_comment
from dorfplatz.comments.models import Comment
from dorfplatz.entries.actions import erase_entries
from dorfplatz.entries.models import Entry
from dorfplatz.entries.translating import TASK, await_missing
from dorfplatz.jobs import worker
from dorfplatz.jobs.queue import enqueue
from dorfplatz.search.actions import drop_lost_words
from dorfplatz.square.tests.factories import post
from dorfplatz.translation.models import Sentence, Text, Use
from dorfplatz.translation.tests.shouting import shouting_engine
from tests.fixtures.kranenburg import INSTALLER, Square
from tests.fixtures.people import actor, square_of

DUTCH = "Wij komen graag met de hele familie naar Zyfflich!"


@pytest.fixture
def engine(monkeypatch):
    return shouting_engine(monkeypatch)


@pytest.fixture
def berta(person):
    return person("Berta", home="zyfflich")


@pytest.fixture
def entry(kranenburg, person):
    anna = actor(person("Anna", home="niel"))
    return post(kranenburg.village("niel"), by=anna, title="Sommerfest", body="Am Samstag feiern wir.").entry


def said(entry, by, text=DUTCH, language="nl"):
    key = f"key-{Comment.objects.count():06}"
    return write_comment(entry, text=text, form_key=key, language=language, by=by, now=timezone.now())


def work():
    worker.run_due(timezone.now() + timedelta(minutes=1))


def page(entry, language):
    return Square(language).get(f"/{language}/e/{entry.code}/", follow=True).text


def words():
    return [text.words for model in (Text, Sentence) for text in model.objects.all()]


def test_an_answer_in_dutch_is_read_in_german_with_the_original_beside_it(engine, entry, berta):
    comment = said(entry, actor(berta))
    assert f'lang="nl" dir="auto"><p>{DUTCH}' in page(entry, "de"), "until it is translated, the words as they are"
    work()
    german, dutch = page(entry, "de"), page(entry, "nl")
    assert "WIJ KOMEN GRAAG MET DE HELE FAMILIE NAAR Zyfflich!" in german
    assert "Automatisch übersetzt aus dem Niederländischen" in german
    assert f'<div class="prose" lang="nl" dir="auto"><p>{DUTCH}' in german
    assert "WIJ KOMEN" not in dutch
    assert comment.body in dutch


@pytest.mark.parametrize("count", [1, 12])
def test_comments_in_other_languages_cost_one_query_for_one_and_for_many(engine, entry, berta, count):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            page(entry, "de")
        return len(asked)

    for number in range(count):
        said(entry, actor(berta), f"{DUTCH} {number}")
    work()
    with_dutch = queries()
    Comment.objects.update(language="de")
    assert with_dutch == queries() + 1


def test_no_word_stays_of_a_comment_that_is_gone_or_says_something_else(engine, entry, berta):
    by = actor(berta)
    comments = [said(entry, by, f"Geheim nummer {number} van Berta.") for number in range(4)]
    work()
    assert any("GEHEIM NUMMER 3" in one for one in words())
    change_comment(comments[0], text="Wij komen.", by=by, now=timezone.now())
    remove_comment(comments[1], by=by, now=timezone.now())
    hide_comment(comments[2], by=INSTALLER, now=timezone.now())
    assert not [one for one in words() if "NUMMER 0" in one or "NUMMER 1" in one or "NUMMER 2" in one]
    work()
    assert "WIJ KOMEN." in page(entry, "de")
    erase_entries([entry.pk], by=INSTALLER, now=timezone.now())
    assert (Text.objects.count(), Sentence.objects.count(), Use.objects.count()) == (0, 0, 0)


def test_once_erased_no_table_holds_a_word_in_any_language(engine, entry, berta, kranenburg, person):
    canary = "Papageientaucher"
    post(kranenburg.village("niel"), by=actor(berta), title=f"Der {canary} ist da", body=f"Ein {canary} am Deich.")
    said(entry, actor(berta), f"Een {canary} op de dijk!")
    work()
    assert found(canary) >= {"translation.Text", "translation.Sentence", "entries.EntryText", "comments.Comment"}
    erase_entries(list(Entry.objects.values_list("pk", flat=True)), by=INSTALLER, now=timezone.now())
    drop_lost_words()
    assert found(canary) == set()


def found(word):
    """The tables in which a word stands, in any field."""
    there = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            says = isinstance(field, (models.CharField, models.TextField, models.JSONField))
            if says and model.objects.filter(**{f"{field.name}__icontains": word}).exists():
                there.add(model._meta.label)
    return there


def test_an_engine_that_is_away_loses_no_comment(engine, entry, berta):
    engine.is_away = True
    said(entry, actor(berta))
    work()
    assert DUTCH in page(entry, "de")
    engine.is_away = False
    enqueue(TASK, turn=1)  # as the clock does
    worker.run_due(timezone.now() + timedelta(minutes=30))
    assert "WIJ KOMEN" in page(entry, "de")


def test_what_is_written_on_a_german_page_in_dutch_is_dutch(entry, berta, at_eleven):
    hers = square_of(berta)
    hers.post(f"/de/kommentare/{entry.code}/", {"form_key": "k" * 20, "text": DUTCH})
    hers.post(f"/de/kommentare/{entry.code}/", {"form_key": "l" * 20, "text": "Ok!"})
    assert [*Comment.objects.order_by("pk").values_list("language", flat=True)] == ["nl", "de"]


def test_a_post_is_in_the_language_of_its_words_unless_its_author_says_otherwise(kranenburg, berta, at_eleven):
    hers = square_of(berta)
    sent = {"body": "Wij zoeken nog vrijwilligers voor het grote dorpsfeest.", "reach": "all", "action": "publish"}
    sent |= {"title": "Wie helpt er mee?", "villages": [kranenburg.village("zyfflich").pk]}
    for number, language in enumerate(["", "en"]):
        sent |= {"form_key": f"{number}" * 20, "language": language}
        assert hers.post("/de/beitraege/schreiben/notice/", sent).status_code == 302
    assert [*Entry.objects.filter(kind="post").order_by("pk").values_list("language", flat=True)] == ["nl", "en"]


def test_a_newer_model_says_comments_again_too(engine, entry, berta):
    said(entry, actor(berta))
    work()
    engine.model = "second"
    await_missing()
    worker.run_due(timezone.now() + timedelta(minutes=30))
    used = Text.objects.filter(uses__owner="comments")
    assert {(text.target, text.model) for text in used} == {("de", "second"), ("en", "second")}
