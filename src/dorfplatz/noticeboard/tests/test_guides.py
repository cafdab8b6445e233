"""The guide, made from the social map and as another program reads it."""

import json
import math
import os
import random
import resource
import time
from pathlib import Path

import pytest
from PIL import ImageChops, ImageStat

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.geo import Point
from dorfplatz.noticeboard.actions import print_guide
from dorfplatz.noticeboard.guides import GUIDES, guide_of
from dorfplatz.noticeboard.guides.index import index_of
from dorfplatz.noticeboard.guides.maps import maps_of
from dorfplatz.noticeboard.guides.setting import set_out
from dorfplatz.noticeboard.tests.factories import (
    beyond,
    boxes,
    codes,
    guide_asked,
    overlapping,
    page_pictures,
    page_sizes,
    some_chapters,
    some_words,
    words_of,
)
from dorfplatz.places.tests.factories import place
from dorfplatz.press.engine import typeset
from dorfplatz.press.models import Printing
from tests.fixtures.kranenburg import INSTALLER, NOW

BY = {"by": INSTALLER, "now": NOW}
BASE = "https://kranenburg.example"
GUIDES_COUNT = int(os.environ.get("GUIDE_COUNT", "2"))
FIRST = int(os.environ.get("GUIDE_FIRST", "1"))
LANGUAGES = [("de",), ("de", "nl"), ("nl",)]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + GUIDES_COUNT))
def test_a_guide_of_whatever_people_write_stays_on_its_pages_and_nothing_lies_on_anything(kranenburg, seed):
    chance = random.Random(seed)
    size = chance.choice([size for size in GUIDES.values() if not size.folds])
    asked = guide_asked(kranenburg, *chance.choice(LANGUAGES), area=chance.choice(["", "niel"]))
    job, _things = set_out(asked, some_chapters(seed, asked, most=25), size, base=BASE)
    document = typeset(job, at=NOW)
    found = boxes(document.content)
    assert page_sizes(document.content) == [pytest.approx((size.width, size.height), abs=0.1)] * document.page_count
    assert beyond(found, size.width - size.side, document.content) == []
    for box in found:
        assert box.left >= size.side - 0.3, box
        assert box.foot >= 6, box
        assert box.head <= size.height - 6, box
    assert overlapping(found, slack=max(0.6, size.size * 0.06)) == []


def test_it_holds_what_strangers_may_read_by_category_with_pins_an_index_and_a_code(kranenburg):
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    choir = place(niel, title="Nieler Stimmen", opening_hours="We[2,4] 19:00-21:00", phone="02826 000-1").entry
    place(niel, title="Öffentliches Backhaus", point=Point(51.8300, 6.0300), categories=["village-hall"])
    place(niel, title="Nur unter uns", audience=Audience.MEMBERS)
    place(zyfflich, title="Heimathaus Zyfflich")
    job, things = guide_of(guide_asked(kranenburg, area="niel"), GUIDES["booklet"], base=BASE)
    document = typeset(job, at=NOW)
    said = "\n".join(words_of(document.content))
    for words in (
        "Dorfwegweiser",
        "Nieler Stimmen",
        "2. und 4. Mittwoch im Monat 19–",
        "02826 000-1",
        "bestätigt im",
        "Von A bis Z",
    ):
        assert words in said
    assert "Nur unter uns" not in said
    assert "Heimathaus Zyfflich" not in said
    assert f"entry:{choir.pk}" in things
    assert [pin["number"] for pin in job.data["maps"][0]["pins"]] == [1, 2]
    assert codes(document.content) == [f"{BASE}/de/karte/?village=niel"]
    assert b"pdfuaid" in document.content


def computed():
    """Seconds of computing so far, ours and the typesetting process’s: how busy the machine is does not count."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def test_a_guide_is_made_in_time_and_in_little_memory(kranenburg):
    count = int(os.environ.get("GUIDE_ENTRIES", "25"))
    villages = [kranenburg.village(slug) for slug in ("niel", "zyfflich", "nuetterden")]
    chance = random.Random(count)
    for number in range(count):
        village = chance.choice(villages)
        near = Point(village.lat + chance.gauss(0, 0.006), village.lon + chance.gauss(0, 0.008))
        kind = chance.choice(["sports-club", "bakery", "village-hall", "doctor"])
        title = f"Verein {number} {some_words(chance, 40)}"
        place(
            village, title=title, body=some_words(chance, 300), point=near, categories=[kind], phone="02826 000-1",
            opening_hours="Mo-Fr 08:00-18:00", street="Dorfstraße 1",
        )  # fmt: skip
    # Of all processes that were waited for, the largest is told: what was larger before says nothing of this one.
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    began = computed()
    made = guide_of(guide_asked(kranenburg, "de", "nl"), GUIDES["folded"], base=BASE)
    document = typeset(made[0], at=NOW)
    seconds, most = computed() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if where := os.environ.get("GUIDE_FIGURES"):
        figures = {"guide_s": round(seconds, 1), "guide_mb": most, "guide_pages": document.page_count}
        Path(where).write_text(json.dumps(figures), "utf-8")
    assert len(made[1]) == count
    assert seconds < 20
    assert most < 400 or most == before


def test_an_empty_village_has_no_guide_and_the_page_says_so(kranenburg, square):
    assert guide_of(guide_asked(kranenburg, area="niel"), GUIDES["a4"], base=BASE) is None
    square.post("/de/niel/dorfwegweiser/", {"form": "a4", "languages": "de"})
    run_due()
    assert "nichts zu drucken" in square.page("niel/dorfwegweiser/pdf/a4/de/")


def test_in_two_languages_what_is_the_same_is_said_once(kranenburg):
    place(kranenburg.village("niel"), title="Heimathaus", body="Ein Haus.", texts={"nl": ("Heemhuis", "Een huis.")})
    place(kranenburg.village("niel"), title="Chor", body="Wir singen.")
    job, _things = guide_of(guide_asked(kranenburg, "de", "nl"), GUIDES["a4"], base=BASE)
    said = [entry["said"] for chapter in job.data["chapters"] for entry in chapter["entries"]]
    assert [[(one["title"], one["text"]) for one in both] for both in said] == [
        [("Chor", "Wir singen."), ("", "")], [("Heimathaus", "Ein Haus."), ("Heemhuis", "Een huis.")]
    ]  # fmt: skip


def test_a_booklet_is_printed_in_the_order_in_which_it_is_folded(kranenburg):
    for number in range(9):
        place(kranenburg.village("niel"), title=f"Verein {number}", body="Worte. " * 30)
    pages, sides = (
        page_pictures(typeset(guide_of(guide_asked(kranenburg), GUIDES[name], base=BASE)[0], at=NOW).content, 40)
        for name in ("booklet", "folded")
    )
    whole = math.ceil(len(pages) / 4) * 4
    assert len(pages) > 4
    assert len(sides) == whole // 2
    for number, page in enumerate(pages, start=1):
        side = sides[min(number, whole + 1 - number) - 1].convert("L")
        # Odd pages are right when the booklet lies open.
        left = side.width // 2 if number % 2 else 0
        half = side.crop((left, 0, left + side.width // 2, side.height)).resize(page.size)
        away = ImageStat.Stat(ImageChops.difference(half, page.convert("L"))).mean[0]
        assert away < 4, f"page {number} is not where it belongs"


def test_pins_stand_apart_and_each_thing_with_a_place_has_one(kranenburg):
    asked = guide_asked(kranenburg)
    entries = [entry for chapter in some_chapters(3, asked, most=60) for entry in chapter.entries]
    size = GUIDES["a4"]
    for one in maps_of(asked, entries, size):
        for at, pin in enumerate(one.pins):
            assert one.frame.holds(pin.x, pin.y, size.pin / 2)
            for other in one.pins[at + 1 :]:
                assert math.hypot(pin.x - other.x, pin.y - other.y) > size.pin


def test_the_index_is_in_the_order_of_the_alphabet_with_umlauts_among_their_letters():
    made = index_of([("Ärzte", 3), ("Apotheke", 1), ("Zoo", 2), ("„Brücke“", 4), ("علي", 5)], [("Apotheke", 1)])
    assert [(letter, [line.word for line in lines]) for letter, lines in made] == [
        ("A", ["Ärzte", "Apotheke", "Apotheke"]), ("B", ["„Brücke“"]), ("Z", ["Zoo"]), ("#", ["علي"]),
    ]  # fmt: skip


def test_anybody_has_it_made_and_a_fresh_one_is_not_made_again(kranenburg, square, time_machine):
    time_machine.move_to(NOW, tick=False)
    entry = place(kranenburg.village("niel"), title="Chor").entry
    assert "Dorfwegweiser für Niel" in square.page("niel/dorfwegweiser/")
    asked = {"form": "booklet", "languages": "de+nl"}
    answer = square.post("/de/niel/dorfwegweiser/", asked)
    assert answer["Location"] == "/de/niel/dorfwegweiser/pdf/booklet/de+nl/"
    assert "wird hergestellt" in square.page("niel/dorfwegweiser/pdf/booklet/de+nl/")
    run_due()
    file = square.get(answer["Location"])
    assert file["Content-Type"] == "application/pdf"
    square.post("/de/niel/dorfwegweiser/", asked)
    assert Printing.objects.get().is_ready
    hide_entry(entry, **BY)
    run_due()
    assert not Printing.objects.exists()


@pytest.mark.parametrize(
    ("form", "languages"), [("a5", ["de"]), ("a4", []), ("a4", ["fr"]), ("a4", ["de", "nl", "en"])]
)
def test_a_guide_nobody_offers_is_not_made(kranenburg, form, languages):
    with pytest.raises(ValueError, match="Dorfwegweiser"):
        print_guide(kranenburg.village("niel"), form=form, languages=languages, **BY)


def test_the_map_and_the_menu_lead_there(kranenburg, square):
    assert "/de/alle/dorfwegweiser/" in square.page("karte/")
    assert "/de/niel/dorfwegweiser/" in square.page("karte/", village="niel")
    assert "/de/niel/dorfwegweiser/" in square.page("auf-papier/")
