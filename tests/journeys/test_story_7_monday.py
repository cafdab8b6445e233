"""Story 7, as far as the square can: on Monday a connector sees to twelve things, and counts how often she taps.

Every tap is on something that stands on the page she is looking at; she searches for nothing. The two introductions of
the story come with their room.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

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

    def follow(self, pattern: str) -> None:
        """Tap a link whose address looks like this."""
        found = re.search(rf'href="({pattern})"', self.page)
        assert found, f"no way to {pattern} on this page"
        self.taps += 1
        self.look(self.square.get(found[1], follow=True))

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

    case = Case.objects.get()
    hand.follow(f"/de/moderation/{case.pk}/")
    hand.send(f"/de/moderation/{case.pk}/", {"step": "leave", "reason": "Es ist der Preis des Brotes."}, taps=2)
    hand.follow("/de/schreibtisch/")

    claim = there["claim"]
    address = reverse("places:decide_claim", args=[claim.listing.entry.code, claim.pk])
    hand.follow(address)
    hand.send(address, {"yes": "1"}, taps=1)
    hand.follow("/de/schreibtisch/")

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
