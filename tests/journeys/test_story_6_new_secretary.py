"""Story 6: the marksmen's club has a new secretary: she takes over the page, copies last year's dates, and poster,
screen and paper come from the same entry. By requests, where every step is looked at; and whole, in a real browser.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from dorfplatz.events.models import Event
from dorfplatz.events.tests.factories import event, span
from dorfplatz.jobs.worker import run_due
from dorfplatz.mail.models import Mail
from dorfplatz.members.enums import Role
from dorfplatz.noticeboard.queries import first_day
from dorfplatz.noticeboard.tests.factories import words_of
from dorfplatz.places.actions import name_keeper
from dorfplatz.places.tests.factories import place
from dorfplatz.press.models import Printing
from dorfplatz.screens.addresses import code_of
from dorfplatz.screens.models import Screen
from tests.browser.hanging import BERLIN
from tests.fixtures.chromium import OpenWindow
from tests.fixtures.installation import Installation
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of

PDFS = re.compile(r"/(aushang/\w+|dorfblatt/\d+/pdf)/a4/")
CLUB = "Schützenbruderschaft St. Martinus Zyfflich"
BY: dict[str, Any] = {"by": INSTALLER, "now": NOW}


@pytest.fixture
def town(kranenburg, person, at_eleven):
    ben = person("Ben", roles=[(Role.CONNECTOR, "niel")])
    return kranenburg, person("Otto", home="niel"), person("Sonja", home="niel"), ben


def test_one_entry_becomes_poster_screen_and_paper(town, square):
    kranenburg, otto, sonja, ben = town
    niel = kranenburg.village("niel")
    club = place(niel, title="Schützenverein Niel", kind="organization")
    name_keeper(club, identity=otto, **BY)
    last_year = event(niel, title="Königsball", when=span(date(2025, 11, 24)), organiser_id=club.pk)

    # Otto hands the page over; Sonja takes it.
    handed = square_of(otto).post(f"/de/eintrag/{club.entry.code}/uebergeben/", {"email": "sonja@example.org"})
    assert handed.status_code == 302
    link = re.search(r"http://localhost(/\w\w/mitmachen/[\w-]+/)", Mail.objects.get(to="sonja@example.org").text)
    assert link is not None
    secretary = square_of(sonja)
    secretary.post(link[1])

    # She copies last year's ball: the form proposes the same weekday of this year.
    again = f"termine/{last_year.entry.code}/noch-einmal/"
    assert 'value="2026-11-23"' in secretary.page(again)
    said = {"title": "Königsball", "language": "de", "form_key": "k" * 32, "villages": [niel.pk], "repeats": "",
            "starts_on": "2026-11-23", "starts_time": "19:00", "ends_time": "23:00", "interval": "1",
            "audience": "public", "step_free": "unknown", "organiser": str(club.pk)}  # fmt: skip
    assert secretary.post(f"/de/{again}", said).status_code == 302
    ball = Event.objects.get(starts_on=date(2026, 11, 23))
    assert ball.organiser_id == club.pk

    _poster(secretary, ball)
    _screen(square_of(ben), square, niel.pk, club.pk)
    _paper(square_of(ben), ball)


def _poster(secretary: Square, ball: Event) -> None:
    assert "Aushang machen" in secretary.page(f"e/{ball.entry.code}/koenigsball/")
    made = secretary.post(f"/de/aushang/{ball.entry.code}/", {"size": "a4", "language": "de", "slips": "on"})
    run_due()
    assert secretary.get(made["Location"])["Content-Type"] == "application/pdf"


def _screen(connector: Square, square: Square, area: int, club: int) -> None:
    wanted = {"name": "Schützenhaus", "area": area, "organization": club, "languages": "de"}
    assert connector.post("/de/schaukaesten/neu/", wanted).status_code == 302
    page = square.page(f"schaukasten/{code_of(Screen.objects.get().pk)}/")
    assert page.index("Schützenverein Niel") < page.index("Königsball")
    assert "Heute" in page


def _paper(connector: Square, ball: Event) -> None:
    made = connector.post("/de/niel/dorfblatt/machen/", {"period": "week", "form": "a4", "languages": "de"})
    run_due()
    file = connector.get(made["Location"])
    assert file["Content-Type"] == "application/pdf"
    assert f"e{ball.pk}" in Printing.objects.get(sheet="paper").told["keys"]


@pytest.mark.browser
def test_in_a_browser_from_the_mail_to_the_wall(window: OpenWindow, installation: Installation) -> None:
    ben, anna = window("ben@example.org"), window("anna@example.org")
    _hand_over(ben.page, ben.origin)
    _take_over(anna.page, ben.origin + _link_in_the_mail(installation.home))
    _open_club(anna.page, ben.origin)
    address = _say_it_again(anna.page, _next_day_in_a_paper())
    anna.page.get_by_role("link", name="Aushang machen").click()
    assert _names(_printed(anna.page), address)
    _hang_a_screen(ben.page, ben.origin)
    expect(ben.page.locator("main")).to_contain_text("Königsball")
    ben.page.goto(f"{ben.origin}/de/zyfflich/dorfblatt/")
    assert _names(_printed(ben.page), address)


def _hand_over(page: Page, origin: str) -> None:
    """The old board lets go: whoever looks after the village asks the new secretary."""
    _open_club(page, origin)
    page.get_by_role("link", name="Übergeben").click()
    page.get_by_label("E-Mail-Adresse der Person").fill("anna@example.org")
    page.get_by_role("button", name="Diese Person fragen").click()


def _open_club(page: Page, origin: str) -> None:
    page.goto(f"{origin}/de/karte/marksmen/?village=zyfflich")
    page.get_by_role("link", name=CLUB).first.click()


def _link_in_the_mail(home: Path) -> str:
    for _time in range(300):
        for mail in (home / "mail").glob("*"):
            letter = message_from_bytes(mail.read_bytes(), policy=policy.default)
            body = letter.get_body(("plain",))
            said = body.get_content() if body else ""
            found = re.search(r"http://localhost:\d+(/\w\w/mitmachen/[\w-]+/)", said)
            if found and CLUB in said and letter["To"] == "anna@example.org":
                return found[1]
        time.sleep(0.2)
    raise AssertionError("no mail came")


def _take_over(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Ja, gern").click()
    expect(page.get_by_role("button", name="Ja, gern")).to_have_count(0)


def _next_day_in_a_paper() -> date:
    """Tomorrow; at the weekend a day of the week for which a paper is made then."""
    today = datetime.now(UTC).astimezone(BERLIN).date()
    return max(today + timedelta(days=1), first_day("week", today))


def _say_it_again(page: Page, day: date) -> str:
    """Last year's date once more, as a ball on one evening; answers with its short address."""
    page.get_by_role("link", name="Monatstreffen der Schützen").first.click()
    page.get_by_role("link", name="Nächstes Jahr wieder").click()
    assert page.get_by_label("An welchem Tag?").input_value() > datetime.now(UTC).date().isoformat()
    page.get_by_label("Was ist los?").fill("Königsball")
    page.get_by_label("An welchem Tag?").fill(day.isoformat())
    page.get_by_label("einmal", exact=True).check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", name="Königsball")).to_be_visible()
    return page.url.partition("/e/")[2][:7]


def _names(sheet: str, address: str) -> bool:
    """The ball, with its short address, wherever the line was broken."""
    return "Königsball" in sheet and f"/e/{address}" in re.sub(r"\s|\u200b", "", sheet)


def _printed(page: Page) -> str:
    """Has the sheet made that the page offers, waits as a reader does, and reads it: without the browser's own viewer,
    which would load more than is ours.
    """
    made: list[bytes] = []

    def take(route: Route) -> None:
        answer = route.fetch()
        if answer.headers["content-type"] != "application/pdf":
            return route.fulfill(response=answer)
        made.append(answer.body())
        return route.fulfill(status=204)

    page.route(PDFS, take)
    page.get_by_role("button", name="PDF herstellen").click(no_wait_after=True)
    for _time in range(300):
        if made:
            return " ".join(words_of(made[0]))
        page.wait_for_timeout(200)
    raise AssertionError("no PDF was made")


def _hang_a_screen(page: Page, origin: str) -> None:
    page.goto(f"{origin}/de/schaukaesten/neu/")
    page.get_by_label("Wo hängt er?").fill("Schützenhaus")
    page.get_by_label("Termine und Neues woher?").select_option("Zyfflich")
    page.get_by_label("Mit den Terminen einer Organisation beginnen").select_option(CLUB)
    page.get_by_role("button", name="Einrichten").click()
    page.locator("article", has_text="Schützenhaus").locator(".screen-address a").click()
    expect(page.locator("main section:not([hidden])")).to_contain_text(CLUB)
