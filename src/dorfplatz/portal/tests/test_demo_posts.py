"""The demonstration's posts: lively, in both languages, in every village, and all of them on the square."""

from collections import Counter

from dorfplatz.comments.models import Comment
from dorfplatz.entries.enums import State, WrittenBy
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading
from dorfplatz.kernel.actor import system
from dorfplatz.portal.demo.people import put_people
from dorfplatz.portal.demo.posts import put_posts, read_posts
from dorfplatz.portal.demo.square import areas_of, put_municipality
from dorfplatz.portal.demo.translations import put_local_words, put_translations
from dorfplatz.square.enums import KIND, Sort
from tests.fixtures.kranenburg import NOW, Square


def test_there_are_posts_of_every_sort_from_every_village_in_both_languages():
    posts = read_posts()
    assert len(posts) >= 25
    assert {post.sort for post in posts} == set(Sort)
    villages = {"kranenburg", "nuetterden", "schottheide", "wyler", "mehr", "frasselt", "zyfflich", "niel", "grafwegen"}
    assert villages <= {slug for post in posts for slug in post.villages}
    assert Counter(post.language for post in posts)["nl"] >= 5
    assert sum(bool(post.picture) for post in posts) >= 8


def test_they_stand_on_the_square_with_what_was_said_about_them_and_a_second_run_adds_nothing(db, at_eleven):
    municipality, _is_new = put_municipality(by=system("demo"), now=NOW)
    areas = areas_of(municipality)
    put_people(areas, by=system("demo"), now=NOW)
    assert put_posts(areas, now=NOW) == len(read_posts())
    entries = Entry.objects.filter(kind=KIND)
    assert {entry.state for entry in entries} == {State.PUBLISHED}
    assert entries.count() == len(read_posts())
    assert Comment.objects.count() == sum(len(post.comments) for post in read_posts())
    assert put_posts(areas, now=NOW) == 0
    assert put_translations(now=NOW) >= 24
    assert put_translations(now=NOW) == 0
    assert put_local_words(municipality, by=system("demo"), now=NOW) >= 5
    assert put_local_words(municipality, by=system("demo"), now=NOW) == 0
    bike = reading(entries.get(uri="demo:post/bike-nl"), "de")
    assert (bike.title, bike.by) == ("Kinderrad am Grenzübergang gefunden", WrittenBy.PERSON)
    page = Square().page("beitraege/", village="niel")
    assert "Die Bank am Brink ist wieder heil" in page
    assert "Der Schlüssel zum Küsterhaus" not in page, "for members"
