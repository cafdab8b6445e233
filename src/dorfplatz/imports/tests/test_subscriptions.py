"""Calendars and news of clubs that are read by themselves: from the settings to the square."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.events.models import Event
from dorfplatz.imports import sources, subscriptions
from dorfplatz.imports.faults import SourceProblem
from dorfplatz.imports.models import NewsRecord, Source
from dorfplatz.imports.sources import REFUSED
from dorfplatz.imports.subscriptions import read_source, source_at
from dorfplatz.imports.tasks import read_subscription
from dorfplatz.imports.tests.test_calendars import CHOIR, FAIR, calendar
from dorfplatz.imports.tests.test_page import page as imports_page
from dorfplatz.imports.tests.test_page import work_off
from dorfplatz.kernel.net import Fetched
from dorfplatz.square.actions import PostDraft, write_post
from dorfplatz.square.enums import Sort
from dorfplatz.square.models import Post
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import square_of

ADDRESS = "https://sv-niel.example.org/termine.ics"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>SV Niel</title>{items}</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>SV Niel</title>{items}</feed>"""


def item(number, title, text="Wir haben gewonnen.", day="24 Nov 2026"):
    return (
        f"<item><guid>n{number}</guid><title>{title}</title><link>https://sv-niel.example.org/{number}</link>"
        f"<pubDate>{day} 10:00:00 GMT</pubDate><description>{text}</description></item>"
    )


def page(name, language="de", **about):
    with override(language):
        return reverse(f"imports:{name}", kwargs=about)


@pytest.fixture
def feed(kranenburg, tmp_path):
    """A file that can be written anew, and a way to read it."""
    path = tmp_path / "news.xml"

    def read(*items, shell=RSS, now=NOW):
        path.write_text(shell.format(items="".join(items)), "utf-8")
        source = source_at(
            kranenburg.municipality, kind="feed", address=str(path), village="niel", organiser=None, now=now
        )
        return read_source(source, by=INSTALLER, now=now)

    return read


@pytest.fixture
def server(monkeypatch, tmp_path):
    """What stands at every address."""
    file = tmp_path / "there"

    @contextmanager
    def there(_address, _marks=None):
        yield file

    monkeypatch.setattr(subscriptions, "file_at", there)
    return file


def named(square, **more):
    """Name an address in the settings; the answer, with what the worker has made of it."""
    answer = square.post(
        page("subscribe"), {"kind": "ics", "address": ADDRESS, "label": "SV Niel, Termine", **more}, follow=True
    )
    for source in Source.objects.all():
        read_subscription.func(source_id=source.pk)
    return answer.content.decode()


def test_news_become_posts_that_name_their_source(feed, square):
    outcome = feed(item(1, "Sieg im Derby", "&lt;p&gt;Zwei &lt;b&gt;Tore&lt;/b&gt;.&lt;/p&gt;"), item(2, ""))
    assert (outcome.added, [r.text for r in outcome.rejected]) == (1, ["It has no title."])
    post = Post.objects.select_related("entry").get()
    assert (post.sort, post.entry.title, post.entry.body.strip()) == (Sort.NEWS, "Sieg im Derby", "Zwei Tore.")
    told = square.page(f"e/{post.entry.code}/")
    assert "Von einer anderen Website übernommen" in told
    assert "https://sv-niel.example.org/1" in told
    assert "Jemand, der nicht mehr da ist" not in told
    assert "Von einer anderen Website" in square.page("beitraege/")


def test_a_second_reading_of_news_changes_nothing_and_old_news_is_no_news(feed):
    news = [item(1, "Sieg im Derby"), item(2, "Neue Trikots"), item(3, "Von früher", day="1 Jan 2026")]
    assert feed(*news).added == 2
    again = feed(*reversed(news), now=NOW + timedelta(hours=6))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_a_new_wording_follows_unless_people_wrote_their_own(feed):
    feed(item(1, "Sieg im Derby"), item(2, "Neue Trikots"))
    theirs = Entry.objects.get(title="Neue Trikots")
    Entry.objects.filter(pk=theirs.pk).update(title="Blaue Trikots")
    feed(item(1, "Hoher Sieg im Derby"), item(2, "Rote Trikots"))
    assert set(Entry.objects.filter(kind="post").values_list("title", flat=True)) == {
        "Hoher Sieg im Derby", "Blaue Trikots",
    }  # fmt: skip


def test_news_stand_where_their_own_day_puts_them_and_never_in_the_future(feed):
    feed(
        item(1, "Vorgestern gesagt", day="21 Nov 2026"),
        item(2, "Morgen gesagt", day=f"{NOW + timedelta(days=1):%d %b %Y}"),
    )
    at = dict(Entry.objects.filter(kind="post").values_list("title", "published_at"))
    assert at == {"Vorgestern gesagt": datetime(2026, 11, 21, 10, tzinfo=UTC), "Morgen gesagt": NOW}


class Server:
    """One that knows again which state of its file somebody has."""

    def __init__(self):
        self.text, self.etag, self.asked = calendar(FAIR), '"v1"', []

    def download(self, _url, *, into, headers, **_limits):
        self.asked.append(headers)
        is_known = headers.get("If-None-Match") == self.etag
        into.write_text("" if is_known else self.text)
        said = {"etag": self.etag, "last-modified": "Tue, 24 Nov 2026 10:00:00 GMT"}
        return Fetched("", 304 if is_known else 200, said, b"")


def test_a_server_is_asked_for_what_is_newer_and_believed_when_there_is_nothing(kranenburg, monkeypatch):
    server = Server()
    monkeypatch.setattr(sources, "download", server.download)
    source = source_at(kranenburg.municipality, kind="ics", address=ADDRESS, village=None, organiser=None, now=NOW)
    outcomes = [read_source(source, by=INSTALLER, now=NOW + timedelta(hours=n)) for n in (0, 6)]
    assert [(o.added, o.unchanged) for o in outcomes] == [(1, 0), (0, 1)]
    marks = {"If-None-Match": '"v1"', "If-Modified-Since": "Tue, 24 Nov 2026 10:00:00 GMT"}
    assert server.asked == [{}, marks]
    server.text, server.etag = calendar(FAIR, CHOIR), '"v2"\r\nX: y'
    assert read_source(source, by=INSTALLER, now=NOW + timedelta(hours=12)).added == 1
    assert Source.objects.get().etag == ""  # what could mean more than a mark is none
    assert Source.objects.get().due_at == NOW + timedelta(hours=18)


def test_what_nobody_asked_for_is_no_answer(kranenburg, monkeypatch):
    monkeypatch.setattr(sources, "download", lambda *_a, **_k: Fetched("", 304, {}, b""))
    source = source_at(kranenburg.municipality, kind="ics", address=ADDRESS, village=None, organiser=None, now=NOW)
    with pytest.raises(SourceProblem, match="304"):
        read_source(source, by=INSTALLER, now=NOW)


def test_what_somebody_removed_does_not_come_back(feed):
    feed(item(1, "Sieg im Derby"))
    Entry.objects.filter(kind="post").update(state=State.REMOVED)
    assert feed(item(1, "Sieg im Derby, neu")).added == 0
    assert Entry.objects.get(kind="post").state == State.REMOVED


def test_what_stands_on_the_square_already_is_not_told_twice(feed, kranenburg, person):
    words = Draft(title="Sieg im Derby!", body="Toll.", language="de", areas=[kranenburg.village("niel")])
    write_post(PostDraft(Sort.NEWS, words), by=INSTALLER, now=NOW - timedelta(days=1))
    outcome = feed(item(1, "Sieg im Derby"))
    assert (outcome.added, outcome.rejected[0].values) == (0, {"name": "Sieg im Derby!"})


def test_a_feed_read_for_the_first_time_does_not_flood_the_square(feed):
    assert feed(*[item(n, f"Bericht vom Spieltag {n * 7919}") for n in range(1, 40)]).added <= 10


def test_atom_is_read_like_rss(feed):
    entry = (
        "<entry><id>a1</id><title>Fest am Deich</title><link href='https://x.example.org/1'/>"
        "<updated>2026-11-24T10:00:00Z</updated><summary>Kommt alle.</summary></entry>"
    )
    assert feed(entry, shell=ATOM).added == 1
    assert NewsRecord.objects.get().post.entry.uri == "https://x.example.org/1"


@pytest.mark.parametrize(
    "said",
    [
        "<html><body>Hallo</body></html>", "", "\x00\x01", "BEGIN:VCALENDAR",
        "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]><r>&b;</r>",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_in_one_sentence(server, admin_square, said):
    server.write_text(said)
    named(admin_square, kind="feed", label="Falsch")
    assert "kein Nachrichten-Feed" in admin_square.page("einstellungen/kalender-und-neuigkeiten/") or not said
    assert Post.objects.count() == 0
    assert Source.objects.get().fault


def test_scripts_of_a_feed_never_reach_a_page(feed, square):
    bad = "&lt;script&gt;window.x=1&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;Text [k](javascript:alert(1))"
    feed(item(1, "&lt;b&gt;Fett&lt;/b&gt; &amp;amp; mehr", bad))
    entry = Entry.objects.get(kind="post")
    told = square.page(f"e/{entry.code}/")
    assert "onerror" not in told
    assert "window.x" not in told
    assert 'href="javascript' not in told


def test_an_admin_names_a_calendar_and_its_dates_are_there(admin_square, server, kranenburg):
    server.write_text(calendar(CHOIR, FAIR))
    niel = kranenburg.village("niel")
    assert "wird gerade gelesen" in named(admin_square, village=niel.pk)
    assert set(Event.objects.values_list("uid", flat=True)) == {"choir", "fair"}
    assert list(Event.objects.get(uid="fair").entry.areas.all()) == [niel]
    told = admin_square.page("einstellungen/kalender-und-neuigkeiten/")
    assert "SV Niel, Termine" in told
    assert "<strong>2</strong> Einträge neu" in told
    assert "Aus: SV Niel, Termine" in admin_square.page(f"e/{Event.objects.get(uid='fair').entry.code}/")


def test_an_address_is_named_once_and_so_is_a_name(admin_square, server):
    server.write_text(calendar(FAIR))
    named(admin_square)
    assert "schon gelesen" in named(admin_square, label="Noch einmal")
    assert "Namen gibt es schon" in named(admin_square, address="https://sv-niel.example.org/2.ics")
    assert Source.objects.count() == 1


@pytest.mark.parametrize("address", ["", "niel", "ftp://x.example.org/a.ics", "javascript:alert(1)", "x" * 600])
def test_what_is_no_address_is_sent_back(admin_square, address):
    answer = admin_square.post(page("subscribe"), {"kind": "ics", "address": address, "label": "X"})
    assert answer.status_code == 422
    assert Source.objects.count() == 0


def test_an_address_as_phones_have_it_is_understood(admin_square, server):
    server.write_text(calendar(FAIR))
    named(admin_square, address=ADDRESS.replace("https", "webcal"))
    assert Source.objects.get().address == ADDRESS


def test_a_server_that_cannot_be_had_is_told_in_the_readers_language(admin_square, monkeypatch):
    def refuse(_address, _marks=None):
        raise SourceProblem(REFUSED)

    monkeypatch.setattr(subscriptions, "file_at", refuse)
    named(admin_square)
    assert "wird von hier aus nicht aufgerufen" in admin_square.page("einstellungen/kalender-und-neuigkeiten/")
    assert Source.objects.get().due_at > NOW


@pytest.mark.parametrize(("rest", "left"), [("stay", 2), ("go", 0)])
def test_it_is_read_no_more_and_its_dates_stay_or_go(admin_square, server, rest, left):
    server.write_text(calendar(CHOIR, FAIR))
    named(admin_square)
    source = Source.objects.get()
    said = admin_square.post(page("end", pk=source.pk), {"rest": rest}, follow=True).content.decode()
    assert "wird nicht mehr gelesen" in said
    assert Entry.objects.filter(kind="event", state=State.PUBLISHED).count() == left
    server.write_text(calendar(CHOIR))
    read_subscription.func(source_id=source.pk)
    admin_square.post(page("read_now", pk=source.pk))
    assert Source.objects.get().due_at is None


def test_name_and_village_can_be_changed_for_what_comes(admin_square, server, kranenburg):
    server.write_text(calendar(FAIR))
    named(admin_square)
    source = Source.objects.get()
    told = admin_square.page(f"einstellungen/kalender-und-neuigkeiten/{source.pk}/")
    assert 'value="SV Niel, Termine"' in told
    admin_square.post(
        page("subscription", pk=source.pk), {"label": "SV Niel", "village": kranenburg.village("niel").pk}
    )
    assert (Source.objects.get().label, Source.objects.get().area.slug) == ("SV Niel", "niel")


def test_a_calendar_handed_in_as_a_file_is_read(admin_square):
    file = SimpleUploadedFile("verein.ics", calendar(FAIR).encode())
    admin_square.post(imports_page(), {"file": file})
    work_off()
    assert Event.objects.get().uid == "fair"
    assert "<strong>1</strong> Eintrag neu" in admin_square.get(imports_page()).content.decode()


def test_the_list_costs_the_same_for_one_and_for_twenty(admin_square, kranenburg, django_assert_max_num_queries):
    common = {"municipality": kranenburg.municipality, "kind": "ics", "read_at": NOW}
    Source.objects.create(**common, label="1", address=ADDRESS)
    admin_square.page("einstellungen/kalender-und-neuigkeiten/")
    Source.objects.bulk_create(Source(**common, label=f"n{n}", address=f"{ADDRESS}?{n}") for n in range(20))
    with django_assert_max_num_queries(14):
        admin_square.page("einstellungen/kalender-und-neuigkeiten/")


def test_nobody_else_gets_there(kranenburg, person):
    there = square_of(person("Uwe"))
    for name in ("subscriptions", "subscribe"):
        assert there.get(page(name)).status_code in {302, 404}


# The library that reads feeds stumbles over a name space with tabulators in it.
STUMBLING = RSS.replace("<rss", '<rss xmlns:a="x&#9;y&#9;z"').replace("<channel>", "<channel><a:b/>")


@pytest.mark.parametrize(
    ("shell", "items"), [(STUMBLING, [item(1, "Sieg")]), ("{items}", ["Kein Feed"]), ("<html>{items}</html>", [])]
)
def test_what_is_no_feed_is_refused_in_one_sentence_and_keeps_nothing(feed, shell, items):
    with pytest.raises(SourceProblem, match="RSS"):
        feed(*items, shell=shell)
    assert not Post.objects.exists()
