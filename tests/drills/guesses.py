"""Drill: codes of joining cards are guessed, from one address and from many.

    python tests/drills/guesses.py --guesses 10000 --addresses 250 --seed 1

Sets up a small square with cards in a folder of its own. The clock stands still for a minute's guesses of all, then
goes on by a minute. Prints how the guesses were answered as JSON; exit code 0 when none opened anything, a guesser
was let look up no more than the limit says, and a neighbour with a real card came in all the while.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import re
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PER_MINUTE = 40  # of each address; ten more than are looked up


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=10_000, help="from one address, and again from many")
    parser.add_argument("--addresses", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(DORFPLATZ_HOME=home, DJANGO_SETTINGS_MODULE="dorfplatz.config.settings")
        import django  # noqa: PLC0415  after the home is chosen

        django.setup()
        logging.disable(logging.WARNING)  # each refusal is one
        figures = {
            name: guess(arguments.guesses, addresses, arguments.seed)
            for name, addresses in (("one", 1), ("many", arguments.addresses))
        }
    told = {f"from_{name}": row for name, row in figures.items()}
    sys.stdout.write(f"{json.dumps(told)}\n")
    return 0 if all(kept(row, of) for row, of in zip(figures.values(), (1, arguments.addresses), strict=True)) else 1


def kept(figures: dict[str, int], addresses: int) -> bool:
    """Nothing was opened, no address looked up more than thirty a minute, and the neighbours came in."""
    most = 30 * addresses * figures["minutes"]
    let_in = figures["neighbours_with_a_card"] == figures["neighbours_let_in"] > 0
    return not figures["opened"] and figures["looked_up"] <= most and let_in


def guess(count: int, addresses: int, seed: int) -> dict[str, int]:
    """So many guesses, shared out among so many addresses; every five minutes a neighbour comes with a card."""
    import time_machine  # noqa: PLC0415  after Django

    from dorfplatz.members.card_code import LENGTH, LETTERS  # noqa: PLC0415  after Django
    from tests.fixtures.kranenburg import NOW, Square  # noqa: PLC0415  after Django

    random, found, minute = Random(seed), Counter[str](), 0  # nosec B311
    code, offset = card(addresses), timedelta(hours=addresses)
    while found["guesses"] < count:
        with time_machine.travel(NOW + offset + timedelta(minutes=minute), tick=False):
            for number in range(addresses * PER_MINUTE):
                if found["guesses"] == count:
                    break
                found["guesses"] += 1
                tried = "".join(random.choices(LETTERS, k=LENGTH))
                answer = Square().get(f"/de/mitmachen/{tried}/", REMOTE_ADDR=f"198.18.{number % addresses}.9")
                found[said(answer.status_code, answer.content)] += 1
            if minute % 5 == 0:
                found["neighbours_with_a_card"] += 1
                found["neighbours_let_in"] += comes_in(Square(), f"/de/mitmachen/{code}/", f"192.0.2.{minute % 200}")
        minute += 1
    return {"minutes": minute, "opened": 0, "looked_up": 0, **found}


def said(status: int, page: bytes) -> str:
    if status == 410:
        return "looked_up"
    if status == 429:
        return "asked_for_a_sum" if b"turnstile-token" in page else "refused"
    return "opened"


def comes_in(square: Any, address: str, where: str) -> bool:
    """Whether somebody with a real card gets to the form; the sum her browser works out is worked out here."""
    answer = square.get(address, REMOTE_ADDR=where)
    page = answer.content.decode()
    if answer.status_code == 429 and "turnstile-token" in page:
        sent = dict(re.findall(r'name="(turnstile-[a-z]+)" value="([^"]*)"', page))
        salt, challenge = re.findall(r'data-salt="([^"]+)" data-challenge="([^"]+)"', page)[0]
        numbers = (n for n in range(10**7) if hashlib.sha256(f"{salt}{n}".encode()).hexdigest() == challenge)
        answer = square.post(address, {**sent, "turnstile-number": str(next(numbers))}, REMOTE_ADDR=where)
    return bool(answer.status_code == 200)


def card(run: int) -> str:
    """A card that works, on a square that is set up at the first call."""
    from django.core.management import call_command  # noqa: PLC0415  after Django

    from dorfplatz.members.actions import make_cards  # noqa: PLC0415  after Django
    from dorfplatz.villages.actions import set_up_municipality  # noqa: PLC0415  after Django
    from dorfplatz.villages.description import parse_description  # noqa: PLC0415  after Django
    from dorfplatz.villages.models import Area  # noqa: PLC0415  after Django
    from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW  # noqa: PLC0415  after Django

    if run == 1:
        call_command("migrate", verbosity=0)
        set_up_municipality(parse_description(DESCRIPTION, {}), by=INSTALLER, now=NOW)
    niel = Area.objects.get(slug="niel", kind="village")
    _batch, codes = make_cards(niel, count=100, uses=4, lasts_days=90, by=INSTALLER, now=NOW)
    return codes[0].replace("-", "")


if __name__ == "__main__":
    sys.exit(main())
