"""Story 7: on Monday a connector sees to twelve things, and counts how often she taps. By requests, where every result
is looked at; and on a telephone in a real browser, with two introductions.

Every tap is on something that stands on the page she is looking at; she searches for nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from dorfplatz.entries.models import Entry
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.letters.models import Letter
from dorfplatz.members.enums import Role, WayIn
from dorfplatz.members.models import Joining
from dorfplatz.moderation.actions import Said, receive_report
from dorfplatz.moderation.models import Case
from dorfplatz.places.actions import claim_place
from dorfplatz.places.models import Claim, Correction, Listing
from dorfplatz.places.tests.factories import place
from tests.fixtures import monday as mondays
from tests.fixtures.chromium import OpenWindow, Window
from tests.fixtures.installation import Installation
from tests.fixtures.kranenburg import NOW, Kranenburg
from tests.fixtures.people import actor, square_of

DAY = timedelta(days=1)
MOST_TAPS = 30


class Hand:
    """Somebody who taps what she sees."""

    def __init__(self, square: Any) -> None:
        self.square, self.page, self.taps = square, "", 0

    def look(self, answer: Any) -> None:
        assert answer.status_code == 200
        self.page = answer.content.decode()

    def follow(self, pattern: str) -> str:
        """Tap a link whose address looks like this; which it is."""
        found = re.search(rf'href="({pattern})"', self.page)
        assert found, f"no way to {pattern} on this page"
        self.taps += 1
        self.look(self.square.get(found[1], follow=True))
        return found[1]

    def press(self, key: str, verb: str) -> None:
        """Tap a button of an item."""
        form = next(part for part in self.page.split("<form") if f'value="{key}"' in part and f'value="{verb}"' in part)
        action = re.search(r'action="([^"]+)"', form)
        assert action
        self.taps += 1
        self.look(self.square.post(action[1], {"key": key, "verb": verb}, follow=True))

    def write(self, key: str) -> None:
        """Open the letter that is begun already, and send it as it is."""
        form = next(part for part in self.page.split("<form") if f'value="{key}"' in part and "<textarea" in part)
        words = re.search(r"<textarea[^>]*>([^<]+)</textarea>", form)
        assert words
        self.taps += 2
        said = {"key": key, "verb": "letter", "words": words[1]}
        self.look(self.square.post("/de/schreibtisch/punkt/", said, follow=True))

    def send(self, address: str, said: dict[str, str], *, taps: int) -> None:
        self.taps += taps
        self.look(self.square.post(address, said, follow=True))


@pytest.fixture
def monday(kranenburg: Kranenburg, person, at_eleven):
    ben = person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel"), (Role.CONNECTOR, "zyfflich")])
    return kranenburg, ben, person("Anna", home="niel"), person


def things(kranenburg: Kranenburg, anna, person) -> dict[str, Any]:
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    asks = [exchange(niel, author=anna, title=title) for title in ("Wer mäht?", "Wer fährt mit?")]
    for days, ask in enumerate(asks, 2):
        Entry.objects.filter(pk=ask.pk).update(published_at=NOW - days * DAY)
    new = [person(name, home="zyfflich") for name in ("Nele", "Jurre")]
    joined = [Joining.objects.create(identity=one, way=WayIn.CARD, is_minor=False, joined_at=NOW - DAY) for one in new]
    wrong = [place(zyfflich, title=title) for title in ("Bücherzelle", "Käserei")]
    notes = [
        Correction.objects.create(listing=one, text="Montags zu.", said_at=NOW - DAY, form_key=f"{one.pk}")
        for one in wrong
    ]
    old = [place(niel, title=f"Hof {number}") for number in range(4)]
    for listing in old:
        Entry.objects.filter(pk=listing.pk).update(check_due_at=NOW - 3 * DAY)
    soon = place(niel, title="Mühle", phone="02826 000-1")
    Entry.objects.filter(pk=soon.pk).update(check_due_at=NOW + 30 * DAY)
    said = Said("advertising", "Das ist Werbung.", "de")
    receive_report(
        f"entry:{wrong[0].pk}", said=said, municipality=kranenburg.municipality, form_key="r" * 32, by=VISITOR,
        now=NOW - DAY,
    )  # fmt: skip
    claim = claim_place(wrong[1], words="Das ist unser Laden.", by=actor(anna), now=NOW - DAY)
    return {"asks": asks, "joined": joined, "notes": notes, "old": old, "soon": soon, "claim": claim}


def test_twelve_things_and_one_from_the_phone_list_take_at_most_thirty_taps(monday):
    kranenburg, ben, anna, person = monday
    there = things(kranenburg, anna, person)
    hand = Hand(square_of(ben))
    hand.look(hand.square.get("/de/"))
    hand.follow("/de/schreibtisch/")

    hand.press(f"ask:{there['asks'][1].pk}", "care")
    hand.press(f"ask:{there['asks'][0].pk}", "solved")
    hand.write(f"newcomer:{there['joined'][0].pk}")
    hand.press(f"newcomer:{there['joined'][1].pk}", "spoken")
    for note, verb in zip(there["notes"], ("done", "keep"), strict=True):
        hand.press(f"correction:{note.pk}", verb)
    for listing in there["old"][:3]:
        hand.press(f"place:{listing.pk}", "right")
    hand.press(f"place:{there['old'][3].pk}", "gone")

    address = hand.follow(f'/de/moderation/{Case.objects.get().pk}/[^"]*')
    hand.send(address, {"step": "leave", "reason": "Es ist der Preis des Brotes."}, taps=3)
    assert "Was auf Sie wartet" in hand.page, "from the decision she is back at her desk"
    hand.press(f"claim:{there['claim'].pk}", "yes")

    hand.follow("/de/schreibtisch/telefonliste/niel/")
    hand.send("/de/schreibtisch/telefonliste/niel/", {f"answer-{there['soon'].pk}": "right"}, taps=2)

    assert Exchange.objects.get(pk=there["asks"][0].pk).step == "solved"
    assert Letter.objects.get().text.startswith("Hallo Nele")
    assert not Correction.objects.filter(state="open").exists()
    assert Listing.objects.filter(assured_on=NOW.date(), pk__in=[one.pk for one in there["old"][:3]]).count() == 3
    assert Case.objects.get().closed_at
    assert Claim.objects.get().state == "given"
    assert Listing.objects.get(pk=there["soon"].pk).assured_on == NOW.date()
    assert hand.taps <= MOST_TAPS


class Finger:
    """Somebody at her desk with a telephone, whose taps are counted."""

    def __init__(self, window: Window) -> None:
        self.window, self.page, self.taps = window, window.page, []

    def tap(self, target: Locator) -> None:
        expect(target).to_be_visible()
        self.taps.append(target.inner_text())
        target.click()
        self.window.settle()

    def write(self, target: Locator, words: str) -> None:
        """Tap into a field, and write."""
        self.taps.append(words)
        target.fill(words)

    def item(self, title: str) -> Locator:
        """What the reader sees under this title."""
        return self.page.locator(".desk-item").filter(has=self.page.locator(".desk-title", has_text=title))

    def press(self, *names: str) -> Callable[[Locator], None]:
        """One button after the other; the item may stay until the last."""

        def press_all(item: Locator) -> None:
            for name in names:
                self.tap(item.get_by_role("button", name=name))

        return press_all

    def open_and_send(self, what: str, words: str = "") -> Callable[[Locator], None]:
        """Open the answer below the button; write, if it is not begun; send it."""

        def open_one(item: Locator) -> None:
            self.tap(item.locator("summary", has_text=what))
            if words:
                self.write(item.locator(".desk-ask[open] textarea"), words)
            self.tap(item.get_by_role("button", name="Abschicken"))

        return open_one

    def decide(self, item: Locator) -> None:
        """The only thing that is done on a page of its own; from there she is led back."""
        self.tap(item.get_by_role("link", name="Ansehen und entscheiden"))
        self.tap(self.page.locator("label", has=self.page.locator("input[value=leave]")))
        self.write(self.page.locator("[name=reason]"), "Sie sagt, wann es Blumen gibt.")
        self.tap(self.page.get_by_role("button", name="Entscheiden"))


@pytest.mark.browser
def test_on_a_telephone_twelve_things_with_two_introductions_take_at_most_thirty_taps(
    window: OpenWindow, installation: Installation
):
    subprocess.run(
        [sys.executable, "-c", mondays.PUT], check=True,
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "dorfplatz.config.settings"},
    )  # fmt: skip
    finger = Finger(window(mondays.MIA, width=390))
    page = finger.window.go("/de/")
    finger.tap(page.locator(".bottom").get_by_text("Menü"))
    finger.tap(page.get_by_role("link", name=re.compile("Mein Tisch")).locator("visible=true"))
    lies = mondays.AT_HOME[1]
    waits = {
        mondays.ASKS[0]: finger.press("Ich suche jemanden"),
        mondays.ASKS[1]: finger.press("Ich suche jemanden"),
        f"{mondays.AT_HOME[0]} &": finger.press(f"{mondays.AT_HOME[0]} sagt Ja"),
        f"{lies} &": finger.press(f"{lies} sagt Ja", f"{mondays.ONLINE[1]} sagt Ja"),
        mondays.WISH: finger.open_and_send("Gehört", "Der Heimatverein hat einen Schrank."),
        mondays.REPORTED: finger.decide,
        mondays.NEWCOMERS[0]: finger.open_and_send("Willkommen schreiben"),
        mondays.NEWCOMERS[1]: finger.press("Ich habe gegrüßt"),
        mondays.CLAIMED: finger.press("Ja, einverstanden"),
        mondays.WRONG[0]: finger.press("Berichtigt"),
        mondays.WRONG[1]: finger.press("Es bleibt, wie es ist"),
    }
    while title := _first_of(page.locator(".desk-title").all_inner_texts(), waits):
        item = finger.item(title)
        following = item.locator("xpath=following-sibling::li[1]//h2").inner_text()
        waits.pop(title)(item)
        expect(item).to_have_count(0)
        if title != mondays.REPORTED:
            expect(page.locator(".messages")).to_be_in_viewport()
            expect(page.locator(".desk-title", has_text=following)).to_be_in_viewport()
    assert not waits, "everything was on the desk"

    finger.tap(page.get_by_role("link", name="Telefonliste von Frasselt"))
    call = page.locator(".desk-call", has_text=mondays.STALE)
    finger.tap(call.locator("label", has_text="Stimmt noch"))
    finger.tap(page.get_by_role("button", name="Alles eintragen"))
    expect(page.locator(".messages")).to_contain_text("1 bestätigt")
    expect(page.locator(".page-head")).to_contain_text("diese Woche")

    page.goto(f"{finger.window.origin}/de/vermittlungen/")
    for names in zip(mondays.AT_HOME, mondays.ONLINE, strict=True):
        expect(page.locator(".matching-pair", has_text=names[0])).to_contain_text("beide haben Ja gesagt")
    assert len(finger.taps) <= MOST_TAPS, finger.taps


def _first_of(titles: list[str], waits: dict[str, Callable[[Locator], None]]) -> str:
    """The first on the desk of what is to be done today, by the words it is known by."""
    return next((words for title in titles for words in waits if words in title), "")
