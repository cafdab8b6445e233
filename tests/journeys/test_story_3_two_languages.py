"""Story 3: a Dutch family in Zyfflich reads a German club in Dutch; the club's secretary never leaves German.

With words by people, and with the real engine and a model that says nonsense: what must not change comes through.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dorfplatz.jobs import worker
from dorfplatz.places.tests.factories import place
from dorfplatz.search.tasks import catch_up
from dorfplatz.translation.engines.choosing import models_folder, the_engine
from dorfplatz.translation.models import Text
from dorfplatz.translation.tests import tiny_model
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import square_of

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


@pytest.fixture
def club(kranenburg):
    body = "Wir singen am 3. Mai um 19.30 Uhr in Zyfflich. Kommt alle vorbei, wir freuen uns auf euch!"
    return place(kranenburg.village("zyfflich"), title="Offener Chor am Dorfplatz", body=body).entry


@pytest.fixture
def tiny_engine(settings, tmp_path):
    settings.HOME = tmp_path
    tiny_model.put(models_folder(), "de-en", "en-de", "nl-en", "en-nl")
    yield the_engine()
    the_engine().close()


def test_with_the_words_of_a_neighbour(club, cast):
    family, secretary = square_of(cast.dirk, "nl"), Square("de")
    address = f"e/{club.code}/offener-chor-am-dorfplatz/"
    assert "Geschreven in het Duits, nog niet vertaald." in family.page(address)
    said = {"title": "Open koor op het plein", "body": "Wij zingen op 3 mei om 19.30 uur in Zyfflich."}
    family.post(f"/nl/e/{club.code}/in/nl/verbeteren/", said)
    page = Square("nl").page(address)
    assert "<h1>Open koor op het plein</h1>" in page
    assert "Door buren vertaald uit het Duits" in page
    assert 'lang="de"><p><strong>Offener Chor am Dorfplatz' in page, "the original is one click away, on the same page"
    assert "Open koor" not in secretary.page(address), "the secretary never leaves German"
    catch_up.call()
    assert "Open koor op het plein" in Square("nl").page("zoeken/", q="koor")


def test_with_the_real_engine_what_must_not_change_comes_through(tiny_engine, club):
    worker.run_due(timezone.now() + timedelta(minutes=1))
    page = Square("nl").page(f"e/{club.code}/offener-chor-am-dorfplatz/")
    assert "Automatisch vertaald uit het Duits" in page
    assert "Wir singen am 3. Mai um 19.30 Uhr in Zyfflich." in page, "a sentence whose numbers got lost stays as it was"
    made = club.texts.get(language="nl")
    assert Text.objects.get(uses__thing=f"{club.pk}:title", target="nl").path == "de-en-nl"
    assert "Kommt alle vorbei" not in made.body
    assert "Offener Chor" in Square("de").page(f"e/{club.code}/offener-chor-am-dorfplatz/")
    word = made.body.split()[-1].strip(".!")
    assert "Offener Chor" in Square("de").page("suche/", q=f"{word} chor")
