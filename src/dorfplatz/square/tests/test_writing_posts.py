"""Writing posts by form: once, kept as drafts, with pictures, changed, said again, removed and brought back."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dorfplatz.comments.queries import takes_comments
from dorfplatz.entries.actions import publish_due_entries
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryPicture
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.tests.photos import file_of, flag
from dorfplatz.members.enums import Role
from dorfplatz.square.actions import settle_post
from dorfplatz.square.enums import Sort
from dorfplatz.square.models import Post
from dorfplatz.square.tests.factories import post
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of


@pytest.fixture
def anna(person):
    return person("Anna", home="niel")


@pytest.fixture
def at_home(anna, at_eleven):
    return square_of(anna)


def key_in(page):
    return re.search(r'name="form_key" value="(\w+)"', page)[1]


def values(square, kranenburg, sort="news", **changes):
    page = square.page(f"beitraege/schreiben/{sort}/")
    niel = kranenburg.village("niel").pk
    said = {"title": "Der Weg ist offen", "body": "Seit heute.", "villages": [niel], "reach": "all", "language": "de"}
    return {"form_key": key_in(page), **said, **changes}


def test_a_post_stands_on_the_square_with_name_and_village(kranenburg, at_home, square):
    answer = at_home.post("/de/beitraege/schreiben/news/", values(at_home, kranenburg), follow=True)
    page = answer.content.decode()
    assert "Es steht auf dem Platz. Danke!" in page
    assert "Das können alle lesen, auch die Gemeinde." in page
    seen = square.page("beitraege/")
    assert "Der Weg ist offen" in seen
    assert "Anna, Niel" in seen


def test_her_own_village_and_what_the_sort_proposes_are_ticked_already(kranenburg, at_home):
    page = at_home.page("beitraege/schreiben/bereavement/")
    niel = kranenburg.village("niel").pk
    assert re.search(rf'value="{niel}"[^>]* checked', page)
    assert not re.search(r'name="has_comments"[^>]* checked', page), "words of sympathy by choice only"
    assert re.search(r'name="has_comments"[^>]* checked', at_home.page("beitraege/schreiben/news/"))


def test_double_taps_the_back_button_and_two_tabs_write_one_post(kranenburg, at_home):
    sent = values(at_home, kranenburg)
    addresses = {at_home.post("/de/beitraege/schreiben/news/", sent).url for _time in range(3)}
    assert len(addresses) == Post.objects.count() == 1


def test_a_mistake_loses_neither_words_nor_pictures(kranenburg, at_home):
    photo = SimpleUploadedFile("foto.jpg", file_of(flag()).read())
    sent = values(at_home, kranenburg, title="", new_picture_1=photo, new_picture_1_alt="Eine Fahne am Deich")
    answer = at_home.post("/de/beitraege/schreiben/news/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Seit heute." in page
    assert 'value="Eine Fahne am Deich"' in page
    again = {**values(at_home, kranenburg), "form_key": key_in(page)}
    at_home.post("/de/beitraege/schreiben/news/", again)
    assert EntryPicture.objects.get().entry == Entry.objects.get()


@pytest.mark.parametrize(
    ("sort", "changes", "sentence"),
    [
        ("news", {"title": ""}, "Bitte füllen Sie das noch aus."),
        ("news", {"body": ""}, "Bitte füllen Sie das noch aus."),
        ("news", {"villages": []}, "Bitte füllen Sie das noch aus."),
        ("news", {"villages": ["999999"]}, "auswahl"),
        ("news", {"reach": "nobody"}, "auswahl"),
        ("news", {"publish_at": "2020-01-01T10:00"}, "Bitte wählen Sie einen Zeitpunkt, der noch kommt."),
        ("notice", {"until": "2020-01-01"}, "Bitte wählen Sie einen Tag, der noch kommt."),
        ("news", {"body": "x" * 50_001}, "50"),
    ],
)
def test_what_is_not_right_yet_is_said_in_a_sentence(kranenburg, at_home, sort, changes, sentence):
    answer = at_home.post(f"/de/beitraege/schreiben/{sort}/", values(at_home, kranenburg, sort, **changes))
    assert answer.status_code == 422
    assert sentence.lower() in answer.content.decode().lower()
    assert not Post.objects.exists()


def test_thanks_need_no_title(kranenburg, at_home):
    sent = values(at_home, kranenburg, "thanks", title="", body="Danke, **Hein**, für den Schnee! Ohne dich …")
    at_home.post("/de/beitraege/schreiben/thanks/", sent)
    assert Entry.objects.get().title == "Danke, Hein, für den Schnee! Ohne dich …"


def test_a_draft_is_seen_by_its_author_alone_and_published_later(kranenburg, at_home, square):
    answer = at_home.post("/de/beitraege/schreiben/news/", values(at_home, kranenburg, keep="draft"))
    assert "Das ist ein Entwurf." in at_home.get(answer.url).content.decode()
    assert square.get(answer.url).status_code == 404
    code = Entry.objects.get().code
    assert f"/de/beitrag/{code}/aendern/" in at_home.page("beitraege/meine/")
    at_home.post(f"/de/beitrag/{code}/aendern/", values(at_home, kranenburg))
    assert square.get(answer.url).status_code == 200


def test_it_appears_later_when_she_says_so(kranenburg, at_home, square):
    sent = values(at_home, kranenburg, publish_at="2026-11-24T18:00")
    answer = at_home.post("/de/beitraege/schreiben/news/", sent, follow=True)
    assert "erscheint von selbst" in answer.content.decode()
    entry = Entry.objects.get()
    assert entry.publish_at.isoformat() == "2026-11-24T17:00:00+00:00"
    publish_due_entries(by=INSTALLER, now=entry.publish_at)
    assert square.get(f"/de/e/{entry.code}/", follow=True).status_code == 200


def test_only_members_read_what_is_for_members_and_the_municipality_where_its_author_says_so(
    kranenburg, at_home, square, person
):
    for reach, title in (("members", "Unter uns"), ("municipality", "Auch für die Gemeinde")):
        at_home.post("/de/beitraege/schreiben/news/", values(at_home, kranenburg, reach=reach, title=title))
    neighbour, officer = (
        square_of(person("Berta", home="zyfflich")),
        square_of(person("Otto", roles=[(Role.OFFICER, "")])),
    )
    seen = {name: who.page("beitraege/") for name, who in (("v", square), ("n", neighbour), ("o", officer))}
    assert {name: ("Unter uns" in page, "Auch für die Gemeinde" in page) for name, page in seen.items()} == {
        "v": (False, False), "n": (True, True), "o": (False, True),
    }  # fmt: skip
    assert Entry.objects.get(title="Unter uns").audience == Audience.MEMBERS


def test_changing_keeps_what_it_said_before_and_it_can_say_it_again(kranenburg, at_home, square, time_machine):
    answer = at_home.post("/de/beitraege/schreiben/news/", values(at_home, kranenburg))
    code = Entry.objects.get().code
    time_machine.move_to(NOW + timedelta(hours=2), tick=False)
    at_home.post(f"/de/beitrag/{code}/aendern/", values(at_home, kranenburg, body="Seit gestern."))
    seen = square.get(answer.url).content.decode()
    assert "Seit gestern." in seen
    assert "geändert heute, 13 Uhr" in seen
    history = at_home.page(f"beitrag/{code}/frueher/")
    assert "Seit heute." in history
    version = Entry.objects.get().versions.get().pk
    at_home.post(f"/de/beitrag/{code}/frueher/wieder/", {"version": version})
    assert Entry.objects.get().body == "Seit heute."
    assert square.get(f"/de/beitrag/{code}/frueher/").status_code == 302
    for garbage in ("", "x", "-1", "9" * 40, "987654"):
        again = at_home.post(f"/de/beitrag/{code}/frueher/wieder/", {"version": garbage}, follow=True)
        assert "Was damals dort stand, ist nicht mehr aufgehoben." in again.content.decode()
    assert Entry.objects.get().body == "Seit heute."


def test_opening_the_form_and_saving_it_changes_nothing(kranenburg, anna, at_home):
    one = post(kranenburg.village("niel"), by=actor(anna), sort=Sort.WARNING, tips="Festbinden\nNicht parken",
               audience=Audience.MEMBERS, is_for_municipality=True, title="Sturm", has_comments=False)  # fmt: skip
    before = Entry.objects.values().get()
    page = at_home.page(f"beitrag/{one.entry.code}/aendern/")
    assert 'value="municipality"' in page
    assert re.search(r'value="municipality"[^>]* checked', page)
    sent = {"form_key": key_in(page), "title": "Sturm", "body": one.entry.body, "tips": one.tips, "hours": "",
            "villages": [kranenburg.village("niel").pk], "reach": "municipality", "language": "de"}  # fmt: skip
    at_home.post(f"/de/beitrag/{one.entry.code}/aendern/", sent)
    assert Entry.objects.values().get() == before
    assert not takes_comments(one.entry)


def test_removed_by_oneself_it_can_be_brought_back_from_ones_own_page(kranenburg, at_home, square):
    answer = at_home.post("/de/beitraege/schreiben/news/", values(at_home, kranenburg))
    code = Entry.objects.get().code
    gone = at_home.post(f"/de/beitrag/{code}/entfernen/", follow=True).content.decode()
    assert f"/de/beitrag/{code}/zurueckholen/" in gone
    assert square.get(answer.url).status_code == 404
    at_home.post(f"/de/beitrag/{code}/zurueckholen/")
    assert square.get(answer.url).status_code == 200
    assert at_home.post(f"/de/beitrag/{code}/zurueckholen/").status_code == 404


def test_nobody_changes_or_removes_what_somebody_else_wrote_and_those_in_charge_decide_with_a_reason(
    kranenburg, anna, person, at_eleven
):
    one = post(kranenburg.village("niel"), by=actor(anna))
    berta, ben = square_of(person("Berta", home="niel")), square_of(person("Ben", roles=[(Role.CONNECTOR, "niel")]))
    code = one.entry.code
    for who in (berta, ben):
        assert who.get(f"/de/beitrag/{code}/aendern/").status_code == 403
    assert berta.post(f"/de/beitrag/{code}/entfernen/").status_code == 403
    assert berta.get(f"/de/beitrag/{code}/frueher/").status_code == 403
    assert ben.get(f"/de/beitrag/{code}/frueher/").status_code == 200
    refused = ben.post(f"/de/beitrag/{code}/entfernen/")
    assert refused.status_code == 403
    assert "soll erfahren, warum es geht" in refused.content.decode()
    assert Entry.objects.get().state == State.PUBLISHED


def test_who_lives_elsewhere_writes_nothing_here(kranenburg, person, at_eleven):
    stranger = square_of(person("Sam"))
    assert stranger.get("/de/beitraege/schreiben/").status_code == 403
    assert stranger.post("/de/beitraege/schreiben/news/", {}).status_code == 403


def test_found_with_one_click_and_gone_by_itself(kranenburg, anna, at_home, square):
    cat = post(kranenburg.village("niel"), by=actor(anna), sort=Sort.MISSING, title="Graue Katze Minka")
    path = f"/de/e/{cat.entry.code}/graue-katze-minka/"
    assert cat.entry.expires_at == NOW + timedelta(days=7)
    assert 'name="robots" content="noindex"' in square.get(path).content.decode()
    at_home.post(f"/de/beitrag/{cat.entry.code}/erledigt/")
    assert "Gefunden! Danke an alle, die gesucht haben." in square.get(path).content.decode()
    assert Entry.objects.get().expires_at == NOW + timedelta(days=3)


def test_care_formats_have_rules_of_their_own(kranenburg, anna):
    niel = kranenburg.village("niel")
    storm = post(niel, sort=Sort.WARNING, expires_at=NOW + timedelta(days=300))
    assert storm.entry.expires_at == NOW + timedelta(days=7), "a warning that never ends warns nobody"
    with pytest.raises(Problem):
        settle_post(post(niel, sort=Sort.NEWS), by=INSTALLER, now=NOW)
    farewell = post(niel, sort=Sort.BEREAVEMENT, has_comments=False)
    assert farewell.entry.expires_at is None
    assert not takes_comments(farewell.entry)


def test_a_farewell_is_quiet_and_a_warning_says_what_helps(kranenburg, square, at_eleven):
    niel = kranenburg.village("niel")
    farewell = post(niel, sort=Sort.BEREAVEMENT, title="Maria Peters", has_comments=False)
    storm = post(niel, sort=Sort.WARNING, title="Sturm heute Nacht", tips="- Festbinden, was fliegt\n\n* Nicht parken")
    quiet = square.get(f"/de/e/{farewell.entry.code}/", follow=True).content.decode()
    assert "post-quiet" in quiet
    assert "Kommentare" not in quiet
    urgent = square.get(f"/de/e/{storm.entry.code}/", follow=True).content.decode()
    assert "Festbinden, was fliegt" in urgent
