"""Two people who could help each other, and the connector who looks after their villages."""

from dataclasses import dataclass
from typing import Any

import pytest
import time_machine

from dorfplatz.exchange.enums import Direction, Sort
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.matching.queries import suggestions_for
from dorfplatz.members.models import Identity
from dorfplatz.villages.queries import site_of
from tests.fixtures.kranenburg import NOW


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass
class Two:
    """Anna asks for a ride, Nele offers one. `key` is the pair they are suggested as."""

    anna: Identity
    nele: Identity
    ask: Exchange
    offer: Exchange
    cast: Any
    municipality: Any

    @property
    def key(self) -> str:
        return f"ask:{self.ask.pk}-offer:{self.offer.pk}"

    def suggested(self, who="ben", **limits):
        site = site_of(self.municipality)
        return [one.key for one in suggestions_for(site, self.cast.actor(who), now=NOW, **limits)]


@pytest.fixture
def two(kranenburg, cast, person):
    nele = person("Nele", home="zyfflich", language="nl", email="nele@example.org")
    ask = exchange(kranenburg.village("niel"), author=cast.anna, title="Wer fährt mich dienstags nach Kleve zum Arzt?")
    offer = exchange(
        kranenburg.village("zyfflich"), author=nele, direction=Direction.OFFER, sort=Sort.RIDE, language="nl",
        title="Elke dinsdag rijd ik naar Kleef, plek in de auto",
    )  # fmt: skip
    return Two(cast.anna, nele, ask, offer, cast, kranenburg.municipality)


@pytest.fixture
def ben(cast):
    return cast.at_the_square("ben")
