"""Devices: seen, signed out, told of when new, known again; and nobody is locked out at home."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dorfplatz.kernel.actor import system
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import forget_devices
from dorfplatz.members.devices import browser_name, network_of
from dorfplatz.members.models import Device, Identity
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import PASSWORD

PAGE = "/de/meine-seite/geraete/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


def log_in(square: Square | None = None, *, said: str = COMPUTER, password: str = PASSWORD) -> Square:
    square = square or Square()
    form = {"email": "anna@example.org", "password": password}
    square.answer = square.post("/de/anmelden/", form, headers={"User-Agent": said})
    return square


def is_in(square: Square) -> bool:
    return square.get("/de/meine-seite/").status_code == 200


@pytest.fixture
def anna(person, at_eleven) -> Identity:
    return person("Anna", home="niel", language="nl")


def test_the_list_says_where_and_since_when_and_nothing_exact(anna):
    log_in(said=PHONE)
    page = log_in().page("meine-seite/geraete/")
    assert page.index("Firefox, Windows") < page.index("Chrome, Android")
    assert "Dieses Gerät" in page
    assert "127.0.0.0/24" in page
    assert "132.0" not in page


def test_one_device_is_logged_out_and_the_other_stays(anna):
    phone, computer = log_in(said=PHONE), log_in()
    device = Device.objects.get(name="Chrome, Android")
    assert computer.post(f"{PAGE}{device.pk}/abmelden/")["Location"] == PAGE
    assert (is_in(phone), is_in(computer)) == (False, True)
    assert "Chrome" not in computer.page("meine-seite/geraete/")
    assert computer.post(f"{PAGE}{device.pk}/abmelden/").status_code == 404


def test_nobody_logs_out_anothers_device(anna, person):
    person("Ben", home="niel")
    phone = log_in(said=PHONE)
    ben = Square()
    ben.post("/de/anmelden/", {"email": "ben@example.org", "password": PASSWORD})
    assert ben.post(f"{PAGE}{Device.objects.get(login=anna.login).pk}/abmelden/").status_code == 404
    assert is_in(phone)


def test_logging_out_here_ends_this_session(anna):
    square = log_in()
    assert square.post(f"{PAGE}{Device.objects.get().pk}/abmelden/")["Location"] == "/de/anmelden/"
    assert not is_in(square)


def test_the_list_follows_a_session_whose_key_changes(anna):
    other, square = log_in(said=PHONE), log_in()
    square.post("/de/meine-seite/passwort/", {"old": PASSWORD, "new": "nine villages one square"})
    page = square.page("meine-seite/geraete/")
    assert "Firefox, Windows" in page
    assert "Chrome" not in page
    assert not is_in(other)


def test_a_new_device_is_told_of_in_her_language_and_a_known_one_is_not(anna):
    square = log_in()
    assert not Mail.objects.exists()
    square.post("/de/abmelden/")
    log_in(square)
    assert not Mail.objects.exists()
    log_in(said=PHONE)
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("anna@example.org", "nl")
    assert "Chrome, Android" in mail.text
    assert "/nl/mijn-pagina/apparaten/" in mail.text


def test_what_knows_a_browser_again_cannot_be_read_from_the_table(anna):
    square = log_in()
    key = square.cookies["device"].value
    assert len(key) == 43
    assert square.cookies["device"]["httponly"]
    assert key not in Device.objects.get().key_hash


def test_who_guesses_elsewhere_locks_nobody_out_at_home(anna):
    home = log_in()
    home.post("/de/abmelden/")
    for _ in range(10):
        log_in(password="wrong")
    assert log_in().answer.status_code == 429
    assert log_in(home).answer.status_code == 302


def test_a_browser_that_is_at_home_has_its_limit_too(anna):
    home = log_in()
    home.post("/de/abmelden/")
    for _ in range(10):
        log_in(home, password="wrong")
    assert log_in(home).answer.status_code == 429


def test_a_made_up_browser_key_opens_no_second_count(anna):
    square = Square()
    for number in range(10):
        square.cookies["device"] = f"{number:043d}"
        log_in(square, password="wrong")
    assert log_in(square).answer.status_code == 429


def test_the_day_of_use_is_kept_and_all_of_it_forgotten_in_time(anna, at_eleven, time_machine):
    square = log_in()
    time_machine.move_to(at_eleven + timedelta(days=3), tick=False)
    assert is_in(square)
    device = Device.objects.get()
    assert device.seen_on == (at_eleven + timedelta(days=3)).date()
    assert device.network
    by = system("clock")
    forget_devices(by=by, now=at_eleven + timedelta(days=11))
    assert Device.objects.get().network == ""
    assert forget_devices(by=by, now=at_eleven + timedelta(days=184)) == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [(PHONE, "Chrome, Android"), (COMPUTER, "Firefox, Windows"), ("", ""), ("curl/8", ""), ("\u202e" * 900, ""),
     ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone")],
)  # fmt: skip
def test_a_browser_is_called_by_its_plain_name(said, name):
    assert browser_name(said) == name


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::/64", "2001:db8:1::/48"), ("unknown", "")],
)
def test_of_an_address_only_the_neighbourhood_is_kept(address, network):
    assert network_of(address) == network
