"""What is on paper, as another program reads it."""

import os
import random

import pytest

from dorfplatz.noticeboard.composing import Greeting, filled
from dorfplatz.noticeboard.formats import FORMATS
from dorfplatz.noticeboard.tests.factories import SPACE, a_week, asked, boxes, codes, overlapping, page_sizes
from dorfplatz.press.engine import typeset
from tests.fixtures.kranenburg import NOW

BASE = "https://kranenburg.example"
WEEKS = int(os.environ.get("PAPER_WEEKS", "3"))
FIRST = int(os.environ.get("PAPER_FIRST", "1"))


def printed(kranenburg, week, form="a4", languages=("de",), greeting=None):
    made = filled(
        asked(kranenburg, *languages), week, greeting or Greeting(), FORMATS[form], base=BASE, wanted=frozenset()
    )
    return made, typeset(made.job, at=NOW)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + WEEKS))
def test_a_week_of_any_size_stays_within_its_margins_and_nothing_lies_on_anything(kranenburg, seed):
    form = FORMATS[random.Random(seed).choice(sorted(form.key for form in FORMATS.values() if not form.folds))]
    languages = [("de",), ("nl",), ("de", "nl")][seed % 3]
    greeting = Greeting("Liebe Nieler, " + "x" * 80 + " bis morgen!" * (seed % 5), "de")
    made, document = printed(kranenburg, a_week(seed, languages), form.key, languages, greeting)
    assert page_sizes(document.content) == [pytest.approx((form.width, form.height), abs=0.1)] * form.pages
    found = boxes(document.content)
    for box in found:
        assert box.left >= form.side - 0.3, box
        unseen = SPACE if box.text[-1:].isspace() else 0  # at the end of a line
        assert box.right <= form.width - form.side + 0.3 + unseen, box
        assert box.foot >= form.bottom - 0.3, box
        # The first line's capitals stand at the margin; an l or a bracket is a little higher.
        assert box.head <= form.height - form.top + 0.04 * form.size, box
    assert overlapping(found) == []
    assert len(made.keys) + len(made.left_out) == len(a_week(seed, languages))


def test_every_code_is_read_by_another_program_and_leads_where_its_address_says(kranenburg):
    made, document = printed(kranenburg, a_week(41))
    full = {part["address"] for page in made.job.data["pages"] for column in page["columns"] for part in column["parts"]
            if part["kind"] == "item"}  # fmt: skip
    assert len(full) > 3
    assert codes(document.content) == sorted(f"https://{address}" for address in {*full, "kranenburg.example/de/niel/"})


def test_an_empty_week_is_a_sheet_to_write_on(kranenburg):
    made, document = printed(kranenburg, [])
    assert made.keys == []
    assert [part["kind"] for column in made.job.data["pages"][0]["columns"] for part in column["parts"]] == [
        "lines"
    ] * 2
    assert codes(document.content) == [f"{BASE}/de/niel/"]


def test_what_there_was_no_room_for_is_said_at_the_foot(kranenburg):
    made, _document = printed(kranenburg, a_week(41))
    assert made.left_out
    assert "Nicht mehr aufs Blatt gepasst" in made.job.data["foot"]["said"][0]["left_out"]


def test_what_people_write_is_never_markup(kranenburg):
    week = a_week(1001) or a_week(41)
    nasty = '#panic("x") $1/0$ `raw` <label> @ref \\ // /* #import "@preview/x:1.0.0"'
    week = [type(c)(**{**c.__dict__, "said": {"de": type(c.said["de"])(title=nasty, text=nasty)}}) for c in week[:3]]
    _made, document = printed(kranenburg, week)
    assert document.page_count == 1


def test_the_booklet_comes_on_one_sheet_to_fold(kranenburg):
    _made, flat = printed(kranenburg, a_week(41), "booklet")
    _made, folded = printed(kranenburg, a_week(41), "folded")
    assert (flat.page_count, folded.page_count) == (4, 2)
    assert page_sizes(folded.content) == [pytest.approx((296, 210), abs=0.1)] * 2
    assert codes(flat.content) == codes(folded.content)
