"""A full disk and a database that is away, told to people in their language and to programs as a problem."""

import errno
import json

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError, connection
from django.test import RequestFactory

from dorfplatz.journal.models import Act
from dorfplatz.operations.outage import Lack, Lookout, lack_of
from dorfplatz.operations.trouble import answer_bad_request, answer_of, answer_trouble
from dorfplatz.places.models import Correction
from dorfplatz.places.tests.factories import place
from tests.fixtures.people import square_of

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de", "HTTP_ACCEPT": "text/html"}
LONG = "Die Tür ist zu. " * 110


@pytest.fixture
def full_disk(transactional_db):
    """No more pages than there are; `full_disk()` makes room again. Only SQLite has such a switch."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told that it is full")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that other tests have used and left would be room
    limit_pages(1)  # as few as can be, which is as many as there are
    yield lambda: limit_pages(1_000_000)
    limit_pages(1_000_000)


def limit_pages(most: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count={most}")


def say(square, entry, number: int):
    path = f"/de/eintrag/{entry.code}/stimmt-nicht/"
    return square.post(path, {"form_key": f"{number:032d}", "what": "other", "text": LONG}, **GERMAN)


@pytest.mark.parametrize(
    ("path", "lack", "says"),
    [
        ("/de/karte/", Lack.ROOM, "Dafür ist gerade kein Platz mehr."),
        ("/nl/kaart/", Lack.ROOM, "geen plaats meer"),
        ("/de/karte/", Lack.DATABASE, "Der Dorfplatz macht eine kurze Pause."),
        ("/nl/kaart/", Lack.DATABASE, "Het dorpsplein houdt even pauze."),
        ("/en/map/", Lack.DATABASE, "taking a short break"),
    ],
)
def test_people_are_told_in_the_language_of_their_page_without_the_database(path, lack, says):
    response = answer_of(RequestFactory().get(path), lack)
    assert response.status_code == lack.value
    assert says in response.content.decode()
    assert f'<html lang="{path[1:3]}">' in response.content.decode()
    assert response["Retry-After"]


def test_where_the_address_has_no_language_the_reader_s_own_counts():
    request = RequestFactory().get("/", HTTP_ACCEPT="text/html", HTTP_ACCEPT_LANGUAGE="nl-BE, de;q=0.5")
    assert "Het dorpsplein houdt even pauze." in answer_of(request, Lack.DATABASE).content.decode()


def test_who_has_sent_something_hears_what_to_do_with_it_and_who_has_not_can_try_again():
    sent = answer_of(RequestFactory().post("/de/x/"), Lack.DATABASE).content.decode()
    asked = answer_of(RequestFactory().get("/de/x/?q=<a>"), Lack.DATABASE).content.decode()
    assert "schauen Sie in einer Minute nach" in sent
    assert "Noch einmal versuchen" not in sent
    assert "schauen Sie in einer Minute nach" not in asked
    assert 'href="/de/x/?q=%3Ca%3E"' in asked


def test_programs_are_told_a_problem():
    response = answer_of(RequestFactory().get("/api/v1/places", HTTP_ACCEPT="application/json"), Lack.DATABASE)
    told = json.loads(response.content)
    assert (response.status_code, told["status"]) == (503, 503)
    assert response["Content-Type"] == "application/problem+json"


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as caught:
        return caught


@pytest.mark.parametrize(
    ("error", "lack"),
    [
        (OperationalError("server closed the connection"), Lack.DATABASE),
        (InterfaceError("connection already closed"), Lack.DATABASE),
        (OSError(errno.ENOSPC, "No space left on device"), Lack.ROOM),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), Lack.ROOM),
        (raised(OperationalError("full"), OSError(errno.ENOSPC, "")), Lack.ROOM),
        (raised(RuntimeError("a wrapper"), OperationalError("gone")), Lack.DATABASE),
        (OSError(errno.EACCES, "Permission denied"), None),
        (ValueError("a fault of ours"), None),
        (None, None),
    ],
)
def test_what_is_lacking_is_known_by_the_error(error, lack):
    assert lack_of(error) is lack


def test_a_fault_of_ours_is_none_of_these(client):
    try:
        raise ValueError("a fault of ours")
    except ValueError:
        response = answer_trouble(RequestFactory().get("/de/"))
    assert response.status_code == 500
    assert "Das hat nicht geklappt." in response.content.decode()


def test_with_a_full_disk_writing_is_refused_kindly_and_whole_and_reading_goes_on(kranenburg, person, full_disk):
    entry = place(kranenburg.village("niel"), title="Dorfladen").entry
    square = square_of(person("Anna"))
    square.raise_request_exception = False
    limit_pages(1)
    refused_at = next(number for number in range(300) if say(square, entry, number).status_code == 507)
    before, acts = Correction.objects.count(), Act.objects.count()
    assert before == refused_at
    refused = say(square, entry, refused_at)
    assert refused.status_code == 507
    assert "Was Sie gerade abgeschickt haben, wurde nicht aufbewahrt." in refused.content.decode()
    assert (Correction.objects.count(), Act.objects.count()) == (before, acts)
    assert "Dorfladen" in square.page(f"e/{entry.code}/{entry.title_words}/")
    full_disk()
    assert say(square, entry, refused_at).status_code == 302
    assert Correction.objects.count() == before + 1


def test_a_session_that_does_not_fit_any_more_is_no_fault_of_the_reader(kranenburg, person, full_disk):
    square = square_of(person("Anna"))
    square.raise_request_exception = False
    session = square.session
    session["much"] = "x" * 2000
    session.save()
    limit_pages(1)
    session["much"] = "x" * 3_000_000
    with pytest.raises(UpdateError) as refused:
        session.save()
    interrupted = raised(SessionInterrupted("gone"), refused.value)
    assert answer_bad_request(RequestFactory().post("/de/x/"), interrupted).status_code == 507
    assert answer_bad_request(RequestFactory().post("/de/x/"), SessionInterrupted("gone")).status_code == 400


def test_a_database_in_a_file_is_never_taken_for_away():
    lookout = Lookout()
    lookout.report_away()
    assert (connection.vendor != "sqlite") or not lookout.is_away()
