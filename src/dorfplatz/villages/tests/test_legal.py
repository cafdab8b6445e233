"""House rules, privacy, imprint, accessibility: always there, in the municipality's words once it has some."""

from __future__ import annotations

import pytest

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.villages.actions import PageText, publish_legal_text
from dorfplatz.villages.enums import LegalKind
from dorfplatz.villages.legal import LANGUAGES, shipped
from dorfplatz.villages.models import LegalText
from dorfplatz.villages.versions import Stale
from tests.fixtures.kranenburg import INSTALLER, NOW, Square

GERMAN = ("hausordnung", "datenschutz", "impressum", "barrierefreiheit")
DUTCH = ("huisregels", "privacy", "colofon", "toegankelijkheid")


@pytest.fixture
def publish(kranenburg):
    def make(body: str, *, version: int = 0, by=INSTALLER) -> bool:
        text = PageText({"de": "Hausordnung", "nl": "Huisregels"}, {"de": body, "nl": body} if body else {})
        return publish_legal_text(
            kranenburg.municipality, kind=LegalKind.RULES, text=text, version=version, by=by, now=NOW
        )

    return make


def form(**changes):
    empty = {f"{key}_{code}": "" for key in ("title", "body") for code in ("de", "nl", "en")}
    return {"version": 0, **empty, "title_de": "Hausordnung", "body_de": "# Eins\n\nFreundlich *sein*.", **changes}


@pytest.mark.parametrize(("language", "words"), [("de", GERMAN), ("nl", DUTCH)])
def test_every_page_leads_to_all_four_and_each_is_written_in_the_readers_language(kranenburg, language, words):
    reader = Square(language)
    foot = reader.page("").split("<footer")[1]
    for word in words:
        assert f'href="/{language}/{word}/"' in foot
        page = reader.page(f"{word}/")
        assert "Kranenburg" in page.split("<main")[1].split("</main")[0] or word == "privacy"
        assert 'class="stack" lang=' not in page


@pytest.mark.parametrize("kind", LegalKind)
def test_what_comes_with_the_release_is_whole_in_all_languages(kind):
    wording = shipped(kind, {"und": "Musterdorf"})
    for code in LANGUAGES:
        assert wording.title[code]
        assert len(wording.body[code]) > 100
        assert "{" not in wording.body[code]
    assert len({body.count("\n\n") for body in wording.body.values()}) == 1


def test_house_rules_have_numbers_that_decisions_can_name():
    for body in shipped(LegalKind.RULES, {"und": "x"}).body.values():
        assert [line[:3] for line in body.splitlines() if line[:1].isdigit()] == [f"{n}. " for n in range(1, 9)]


def test_an_admin_publishes_a_version_and_the_one_before_stays_readable(admin_square, square):
    page = admin_square.post("/de/einstellungen/rechtliches/rules/", form(), follow=True).content.decode()
    assert "<h2>Eins</h2>" in page
    assert "Fassung 1" in page
    admin_square.post("/de/einstellungen/rechtliches/rules/", form(version=1, body_de="Zwei."), follow=True)
    now, first, came = (square.page(f"hausordnung/{query}") for query in ("", "?version=1", "?version=0"))
    assert "Zwei." in now
    assert "<em>sein</em>" in first
    assert "gilt nicht mehr" in first
    assert "gilt nicht mehr" not in now
    assert "an der Haustür" in came
    assert [text.version for text in LegalText.objects.order_by("version")] == [1, 2]
    assert Act.objects.filter(verb="legal.published").count() == 2


@pytest.mark.parametrize("asked", ["3", "-1", "x", "", "99999999999999999999"])
def test_a_version_that_never_was_is_not_there(square, asked):
    assert square.get(f"/de/hausordnung/?version={asked}").status_code == 404


def test_the_same_words_make_no_version(publish):
    assert publish("Freundlich sein.")
    assert not publish("Freundlich sein.", version=1)
    assert LegalText.objects.count() == 1


def test_who_publishes_second_is_told(publish, admin_square):
    publish("Von jemand anderem.")
    with pytest.raises(Stale):
        publish("Meine.")
    page = admin_square.post("/de/einstellungen/rechtliches/rules/", form()).content.decode()
    assert "Jemand anders" in page
    assert LegalText.objects.count() == 1


@pytest.mark.parametrize("body", ["", "x" * 40_001])
def test_a_text_has_words_and_an_end(publish, body):
    with pytest.raises(Problem):
        publish(body)
    assert not LegalText.objects.exists()


def test_only_admins_publish(publish, square):
    with pytest.raises(Refused):
        publish("Meine.", by=VISITOR)
    assert square.get("/de/einstellungen/rechtliches/").status_code in {302, 404}
    assert not LegalText.objects.exists()


def test_the_settings_say_that_the_imprint_is_still_to_be_written(admin_square):
    page = admin_square.page("einstellungen/rechtliches/")
    assert page.count("das Gesetz verlangt es") == 1
    assert admin_square.get("/de/einstellungen/rechtliches/nichts/").status_code == 404


def test_the_text_is_never_markup_of_its_own(publish, square):
    publish("<script>alert(1)</script>[x](javascript:alert(2))")
    page = square.page("hausordnung/")
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
