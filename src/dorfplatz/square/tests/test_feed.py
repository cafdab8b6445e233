"""The list of posts, page after page; cards everywhere; the feed for machines."""

import re
from collections import Counter
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.entries.actions import choose_picture, hang_chosen
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.square.enums import Sort
from dorfplatz.square.tests.factories import post
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import actor, square_of


def titles(page):
    return re.findall(r'class="card-title"><a [^>]*>([^<]+)</a>', page)


def test_newest_first_and_every_post_on_exactly_one_page(kranenburg, square, at_eleven):
    niel = kranenburg.village("niel")
    for number in range(45):  # some at the very same moment
        post(niel, title=f"Nr. {number:02}", now=NOW - timedelta(hours=number // 3 + 1))
    address, seen = "/de/beitraege/", []
    for _page in range(3):
        page = square.get(address).content.decode()
        seen += titles(page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert not address
    assert len(seen) == len(set(seen)) == 45
    assert [int(t[4:]) // 3 for t in seen] == sorted(int(t[4:]) // 3 for t in seen)


def test_what_comes_in_between_moves_no_page(kranenburg, square, at_eleven):
    niel = kranenburg.village("niel")
    for number in range(30):
        post(niel, title=f"Nr. {number:02}", now=NOW - timedelta(hours=number + 1))
    first = square.page("beitraege/")
    older = re.search(r'rel="next" href="([^"]+)"', first)[1]
    post(niel, title="Ganz neu", now=NOW)
    assert titles(square.get(older).content.decode())[0] == "Nr. 20"


@pytest.mark.parametrize(
    "after", ["x", "-", "zz-1", "1-", "-1-1", "f" * 60, "ffffffffffffffff-1", "1-99999999999999999999"]
)
def test_a_place_nobody_has_named_begins_at_the_beginning_or_ends(kranenburg, square, after):
    post(kranenburg.village("niel"))
    assert square.get("/de/beitraege/", {"after": after}).status_code == 200


def test_villages_and_sorts_narrow_the_list_and_are_kept_together(kranenburg, square, at_eleven):
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    post(niel, title="Niel neu"), post(zyfflich, title="Zyfflich neu"), post(zyfflich, title="Dank", sort=Sort.THANKS)
    post(kranenburg.municipality.area, title="Für alle")
    assert set(titles(square.page("beitraege/", village="niel"))) == {"Niel neu", "Für alle"}
    both = square.page("beitraege/", village="zyfflich", sort="thanks")
    assert titles(both) == ["Dank"]
    assert "village=zyfflich&amp;sort=story" in both
    assert len(titles(square.page("beitraege/", sort="nonsense", villages=""))) == 4


def test_no_page_is_ever_empty(kranenburg, square, at_eleven):
    assert "Hier steht noch nichts." in square.page("beitraege/")
    post(kranenburg.village("zyfflich"), title="Von nebenan")
    page = square.page("beitraege/", village="niel")
    assert "Aus allen Dörfern" in page
    assert titles(page) == ["Von nebenan"]


def test_what_is_over_leaves_the_list_by_itself(kranenburg, square, time_machine, unkept):
    time_machine.move_to(NOW, tick=False)
    post(kranenburg.village("niel"), title="Sturm", sort=Sort.WARNING)
    assert titles(square.page("beitraege/")) == ["Sturm"]
    time_machine.move_to(NOW + timedelta(hours=25), tick=False)
    assert titles(square.page("beitraege/")) == []


def test_a_page_full_costs_as_many_queries_as_one_post(kranenburg, square, at_eleven, unkept, person):
    niel = kranenburg.village("niel")

    def add(number):
        for _number in range(number):
            one = post(niel, by=actor(person(f"P{Entry.objects.count()}", home="niel")))
            choose_picture(ready(file_of(flag())), form_key="a-form-key", by=INSTALLER, now=NOW)
            hang_chosen(one.entry, form_key="a-form-key", by=INSTALLER, now=NOW)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            square.page("beitraege/")
        return len(captured)

    add(1)
    few = queries()
    add(6)
    assert queries() == few <= 20


def test_posts_are_found_by_search_and_come_as_cards(kranenburg, square, at_eleven, django_capture_on_commit_callbacks):
    post(kranenburg.village("niel"), title="Weihnachtsmarkt am Brink", body="Mit Waffeln.")
    page = square.page("suche/", q="Weihnachtsmarkt")
    assert "Weihnachtsmarkt am Brink" in page


def test_whoever_is_blocked_from_another_finds_nothing_of_her(kranenburg, person, at_eleven):
    anna, berta = person("Anna", home="niel"), person("Berta", home="niel")
    post(kranenburg.village("niel"), by=actor(anna), title="Von Anna")
    assert titles(square_of(berta).page("beitraege/")) == ["Von Anna"]


# The feed


def feed(square, **query):
    answer = square.get("/feed.atom", query)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return answer.content


def test_the_feed_is_atom_that_readers_read(kranenburg, square, person, at_eleven):
    anna = person("Anna", home="niel")
    one = post(kranenburg.village("niel"), by=actor(anna), title="Der Weg <ist> offen & frei", body="Seit **heute**.")
    text = feed(square, village="niel", lang="de")
    read = feedparser.parse(text)
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.title == "Beiträge aus Niel"
    entry = read.entries[0]
    assert entry.id == f"http://localhost/e/{one.entry.code}"
    assert entry.author == "Anna, Niel"
    assert "<strong>heute</strong>" in entry.content[0].value
    assert entry.link.startswith("http://localhost/de/e/")
    assert (
        feedparser.parse(feed(square, village="niel", lang="nl")).entries[0].link.startswith("http://localhost/nl/e/")
    )
    required = {"{http://www.w3.org/2005/Atom}" + name for name in ("id", "title", "updated", "author", "content")}
    item = ET.fromstring(text).find("{http://www.w3.org/2005/Atom}entry")  # noqa: S314  our own
    assert required <= {child.tag for child in item}


A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# RFC 4287, 4.1: how often what may stand there, for what we say at all.
OF_A_FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "link": (2, 2), "generator": (0, 1), "entry": (0, 50)}
OF_AN_ENTRY = {
    "id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1), "author": (1, 9), "link": (1, 1),
    "category": (0, 9), "content": (0, 1),
}  # fmt: skip


def as_the_standard_says(element, allowed):
    found = Counter(child.tag.removeprefix(A) for child in element)
    assert set(found) <= set(allowed)
    assert all(least <= found[name] <= most for name, (least, most) in allowed.items()), found
    assert element.find(f"{A}id").text.startswith("http://localhost/")
    assert element.get(LANG) in {"de", "nl"}
    for name in ("updated", "published"):
        assert all(MOMENT.fullmatch(at.text) for at in element.findall(f"{A}{name}"))
    for link in element.findall(f"{A}link"):
        assert link.get("href").startswith("http://localhost/")
        assert link.get("type") in {"text/html", "application/atom+xml"}


@pytest.mark.parametrize("count", [0, 1, 60])
def test_every_feed_is_what_the_standard_asks_for(kranenburg, square, person, at_eleven, count):
    anna = person("Anna", home="niel")
    for number in range(count):
        by = actor(anna) if number == 0 else INSTALLER
        post(kranenburg.village("niel"), by=by, title=f"Nr. {number}", now=NOW - timedelta(hours=number))
    root = ET.fromstring(feed(square, village="niel", lang="nl"))  # noqa: S314  our own
    assert root.tag == f"{A}feed"
    as_the_standard_says(root, OF_A_FEED)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{A}link")}
    assert links["self"] == root.find(f"{A}id").text == "http://localhost/feed.atom?lang=nl&village=niel"
    items = root.findall(f"{A}entry")
    for item in items:
        as_the_standard_says(item, OF_AN_ENTRY)
        assert item.find(f"{A}link").get("rel") == "alternate"
        assert item.find(f"{A}author/{A}name").text.strip()
        assert item.find(f"{A}content").get("type") == "html"
        assert item.get(LANG) == "de"
    assert len({item.find(f"{A}id").text for item in items}) == len(items) == min(count, 50)
    newest = max((item.find(f"{A}updated").text for item in items), default="")
    assert root.find(f"{A}updated").text >= newest


def test_the_feed_is_narrowed_by_villages_and_holds_only_what_everybody_may_read(kranenburg, person, square, at_eleven):
    anna = person("Anna", home="niel")
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    post(niel, title="Nielisch"), post(zyfflich, title="Zyfflichsch")
    post(niel, title="Unter uns", audience=Audience.MEMBERS, by=actor(anna))
    hers = square_of(anna)
    assert [e.title for e in feedparser.parse(feed(hers, village="niel")).entries] == ["Nielisch"]
    assert len(feedparser.parse(feed(hers)).entries) == 2
    assert feedparser.parse(feed(square, lang="xx", sort="'", village="gibtesnicht")).version == "atom10"


def test_no_letter_breaks_the_feed(kranenburg, square, at_eleven):
    post(kranenburg.village("niel"), title="\x0b\x1b ]]> \ufffe 🌾 مرحبا", body="\x08<script>alert(1)</script>\u202e")
    text = feed(square)
    read = feedparser.parse(text)
    assert not read.bozo
    assert "🌾 مرحبا" in read.entries[0].title
    assert b"<script" not in text


def test_a_square_without_the_room_has_no_posts(kranenburg, at_eleven):
    kranenburg.municipality.rooms_off = ["square"]
    kranenburg.municipality.save()
    visitor = Square()
    for path in ("/de/beitraege/", "/feed.atom"):
        assert visitor.get(path).status_code == 404
