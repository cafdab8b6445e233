"""The store: the same words are translated once, and are gone with their last use."""

import pytest
from django.utils import timezone

from dorfplatz.translation.actions import let_go, make_text, sweep_translations, use_texts
from dorfplatz.translation.engines.protocol import EngineAway
from dorfplatz.translation.enums import TextState
from dorfplatz.translation.glossary import Term
from dorfplatz.translation.models import Sentence, Text, Use
from dorfplatz.translation.pipeline import Wish
from dorfplatz.translation.queries import texts_used_by
from dorfplatz.translation.tests.shouting import shouting_engine

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def engine(monkeypatch):
    return shouting_engine(monkeypatch)


def kept(thing, text, **more):
    made = make_text(Wish(text, "de", "nl", **more), now=NOW)
    use_texts("entries", texts={thing: made})
    return made


def test_the_same_words_are_translated_once(engine):
    first = kept("1:body", "Wir suchen Fahrer. Bitte melden.")
    second = kept("2:body", "Wir suchen Fahrer. Bitte melden.")
    assert first == second
    assert first.words == "WIR SUCHEN FAHRER. BITTE MELDEN."
    assert (first.path, first.engine, first.state) == ("de-en-nl", "shouting", TextState.DONE)
    assert engine.asked == ["Wir suchen Fahrer.", "Bitte melden."]
    kept("3:body", "Wir suchen Fahrer. Kuchen gibt es.")
    assert engine.asked[2:] == ["Kuchen gibt es."], "an edit asks for what is different only"


def test_erasure_takes_what_nobody_else_uses(engine):
    kept("1:body", "Geheimnis von Anna. Bitte melden.")
    kept("2:body", "Kuchen. Bitte melden.")
    let_go("entries", things=["1:body"])
    words = [*Text.objects.values_list("words", flat=True), *Sentence.objects.values_list("words", flat=True)]
    assert not [said for said in words if "ANNA" in said]
    assert sorted(Sentence.objects.values_list("words", flat=True)) == ["BITTE MELDEN.", "KUCHEN."]
    let_go("entries", things=["2:body"])
    assert (Text.objects.count(), Sentence.objects.count(), Use.objects.count()) == (0, 0, 0)


def test_an_edit_takes_the_old_words_away(engine):
    kept("1:body", "Treffen bei Anna. Bitte melden.")
    kept("1:body", "Treffen im Dorfhaus. Bitte melden.")
    assert Text.objects.count() == 1
    assert sorted(Sentence.objects.values_list("words", flat=True)) == ["BITTE MELDEN.", "TREFFEN IM DORFHAUS."]
    assert texts_used_by("entries", ["1:body"], "nl")["1:body"].words.startswith("TREFFEN IM")


def test_a_new_model_and_a_new_word_of_the_glossary_translate_anew(engine):
    kept("1:body", "Der Bürgerbus fährt.")
    engine.model = "second"
    again = kept("1:body", "Der Bürgerbus fährt.")
    assert again.model == "second"
    assert engine.asked == ["Der Bürgerbus fährt."] * 2
    assert "buurtbus" in kept("1:body", "Der Bürgerbus fährt.", terms=[Term("Bürgerbus", "buurtbus")]).words
    assert Text.objects.count() == 1


def test_an_engine_that_is_away_leaves_nothing_half_done(engine):
    engine.is_away = True
    with pytest.raises(EngineAway):
        make_text(Wish("Hallo Leute.", "de", "nl"), now=NOW)
    assert (Text.objects.count(), Sentence.objects.count()) == (0, 0)


def test_what_a_job_left_behind_is_swept_away(engine):
    make_text(Wish("Nie gebraucht.", "de", "nl"), now=NOW)
    kept("1:body", "Gebraucht wird dies.")
    assert sweep_translations() == 1
    assert [*Text.objects.values_list("words", flat=True)] == ["GEBRAUCHT WIRD DIES."]
    assert Sentence.objects.count() == 1
