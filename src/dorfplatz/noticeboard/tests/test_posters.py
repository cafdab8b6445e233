import pytest

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import with_words
from dorfplatz.events.tests.factories import event
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.jobs.worker import run_due
from dorfplatz.noticeboard.actions import print_poster
from dorfplatz.noticeboard.posters import SIZES, Wanted, poster_of
from dorfplatz.noticeboard.tests.factories import beyond, boxes, codes, letters, overlapping, page_sizes
from dorfplatz.places.tests.factories import place
from dorfplatz.press.engine import typeset
from dorfplatz.press.models import Printing
from dorfplatz.square.tests.factories import post
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import INSTALLER, NOW

BY = {"by": INSTALLER, "now": NOW}
LONG = "Sehr langer Titel mit " + "x" * 80 + " und noch mehr Worten, damit es zweihundert Zeichen werden, ganz bestimmt"


def made(kranenburg, entry, size="a4", *, language="de", **wanted):
    found = with_words(Entry.objects.filter(pk=entry.pk)).get()
    job, things = poster_of(found, kranenburg.municipality, Wanted(size, language, **wanted), now=NOW)
    return job, things, typeset(job, at=NOW)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("title", ["Chor", LONG])
def test_a_poster_is_one_page_with_everything_on_it_and_a_code_that_is_read(kranenburg, size, title):
    entry = event(kranenburg.village("niel"), title=title, body="Wir singen. " * 60).entry
    _job, things, document = made(kranenburg, entry, size)
    form = SIZES[size]
    assert page_sizes(document.content) == [pytest.approx((form["width"], form["height"]), abs=0.1)]
    assert codes(document.content)[0].endswith(f"/e/{entry.code}")
    found = boxes(document.content)
    flat = [box for box in found if box.foot > form["slips"]]
    assert overlapping(flat) == []
    above = [box for box in letters(document.content) if box.foot > form["slips"]]
    assert len(above) > 100
    assert beyond(above, form["width"] - form["side"], document.content) == []
    assert all(box.foot >= 1 for box in found)
    assert things == {f"entry:{entry.pk}"}


def test_every_kind_of_entry_has_a_poster(kranenburg):
    niel = kranenburg.village("niel")
    for entry in (event(niel).entry, exchange(niel).entry, post(niel).entry, place(niel).entry, wish(niel).entry):
        job, _things, document = made(kranenburg, entry, with_slips=False)
        assert job.data["said"]["kicker"]
        assert document.page_count == 1


def test_a_member_makes_one_from_the_page_of_the_entry(kranenburg, cast, square):
    entry = event(kranenburg.village("niel"), title="Probe").entry
    assert "Aushang machen" not in square.page(f"e/{entry.code}/probe/")
    square.force_login(cast.anna.login)
    assert "Aushang machen" in square.page(f"e/{entry.code}/probe/")
    answer = square.post(f"/de/aushang/{entry.code}/", {"size": "a3", "language": "nl", "slips": "on"})
    assert answer["Location"] == f"/de/aushang/{entry.code}/a3/nl/s/"
    assert "wird hergestellt" in square.page(f"aushang/{entry.code}/a3/nl/s/")
    run_due()
    file = square.get(answer["Location"])
    assert file["Content-Type"] == "application/pdf"
    assert b"".join(file.streaming_content)[:5] == b"%PDF-"


def test_there_is_no_poster_of_what_strangers_may_not_read_and_none_any_more_of_what_was_hidden(kranenburg, cast):
    niel = kranenburg.village("niel")
    with pytest.raises(ValueError, match="öffentlich"):
        print_poster(event(niel, audience=Audience.MEMBERS).entry, wanted=Wanted("a4", "de"), **BY)
    entry = event(niel).entry
    print_poster(entry, wanted=Wanted("a4", "de"), **BY)
    run_due()
    assert Printing.objects.get().is_ready
    hide_entry(entry, **BY)
    assert not Printing.objects.exists()
