"""Drill: a million guesses of joining codes from a hundred addresses, against the limits, by a clock that is moved.

    python tests/drills/codes.py --guesses 1000000 --addresses 100 --seed 1

Each guess is counted and looked up as the page of joining does; the small sums it asks for before are taken as solved.
Prints figures as JSON; exit code 0 when no guess opened anything, no address had more looked up than the limit says,
the admin had a mail within a minute, and withdrawing a sheet of cards asked again for all whom it had let in.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
A_MINUTE = 200  # guesses of each address
CARDS, NEIGHBOURS = 100, 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=1_000_000)
    parser.add_argument("--addresses", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(DORFPLATZ_HOME=home, DJANGO_SETTINGS_MODULE="dorfplatz.config.settings")
        import django  # noqa: PLC0415  after the home is chosen
        from django.conf import settings  # noqa: PLC0415  after the home is chosen
        from django.core.management import call_command  # noqa: PLC0415  after the home is chosen

        django.setup()
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # not what is measured
        logging.disable(logging.WARNING)
        call_command("migrate", verbosity=0)
        figures = Siege(arguments.addresses, arguments.seed).run(arguments.guesses)
    sys.stdout.write(f"{json.dumps(figures)}\n")
    is_kept = (
        not figures["opened"]
        and figures["most_looked_up_of_an_address_a_minute"] <= 30
        and 0 <= figures["told_after_s"] <= 60
        and figures["mails_to_the_admin"] == 1
        and figures["known_before_withdrawing"] == NEIGHBOURS
        and not figures["known_after_withdrawing"]
        and not figures["cards_that_still_work"]
    )
    return 0 if is_kept else 1


class Siege:
    """A square with a sheet of real cards, some neighbours who came by it, and a hundred who guess."""

    def __init__(self, addresses: int, seed: int) -> None:
        from dorfplatz.members.actions import create_identity, grant_role, make_cards  # noqa: PLC0415  after Django
        from dorfplatz.members.enums import Role  # noqa: PLC0415  after Django
        from dorfplatz.villages.actions import set_up_municipality  # noqa: PLC0415  after Django
        from dorfplatz.villages.description import parse_description  # noqa: PLC0415  after Django
        from dorfplatz.villages.models import Area  # noqa: PLC0415  after Django
        from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW  # noqa: PLC0415  after Django

        self.addresses, self.chance, self.began = addresses, Random(seed), NOW  # nosec B311
        self.here = set_up_municipality(parse_description(DESCRIPTION, {}), by=INSTALLER, now=NOW)[0]
        self.by, niel = INSTALLER, Area.objects.get(slug="niel", kind="village")
        admin = create_identity(
            name="Ada", language="de", email="ada@example.org", password="four tall poplars", by=INSTALLER, now=NOW
        )
        grant_role(admin, role=Role.ADMIN, area=self.here.area, by=INSTALLER, now=NOW)
        self.batch, self.codes = make_cards(niel, count=CARDS, uses=4, lasts_days=90, by=INSTALLER, now=NOW)

    def run(self, count: int) -> dict[str, Any]:
        from django.db import transaction  # noqa: PLC0415  after Django

        told: dict[str, Any] = {"guesses": 0, "looked_up": 0, "refused": 0, "opened": 0, "minutes": 0}
        told |= {"told_after_s": -1, "most_looked_up_of_an_address_a_minute": 0, "mails_to_the_admin": 0}
        while told["guesses"] < count:
            with transaction.atomic():  # of a minute, so that the disk is not what is measured
                self._minute(told, count)
            told["minutes"] += 1
        return {**told, **self._withdrawn()}

    def _minute(self, told: dict[str, Any], count: int) -> None:
        from dorfplatz.members import limits  # noqa: PLC0415  after Django
        from dorfplatz.members.guessing import count_wrong_code  # noqa: PLC0415  after Django

        looked_up = [0] * self.addresses
        for number in range(min(A_MINUTE * self.addresses, count - told["guesses"])):
            who, told["guesses"] = number % self.addresses, told["guesses"] + 1
            at_s = told["minutes"] * 60 + 60 * number / (A_MINUTE * self.addresses)
            now = self.began + timedelta(seconds=at_s)
            if not limits.count_attempt(limits.CODE_PER_ADDRESS, f"198.18.{who}.9", now=now):
                told["refused"] += 1
                continue
            looked_up[who] += 1
            told["looked_up"] += 1
            if self._opens(now):
                told["opened"] += 1
            elif count_wrong_code(self.here, now=now) and told["told_after_s"] < 0:
                told["told_after_s"], told["mails_to_the_admin"] = round(at_s, 1), self._mails()
        told["most_looked_up_of_an_address_a_minute"] = max(told["most_looked_up_of_an_address_a_minute"], *looked_up)

    def _opens(self, now: Any) -> bool:
        from dorfplatz.members.card_code import LENGTH, LETTERS  # noqa: PLC0415  after Django
        from dorfplatz.members.queries import open_card, open_invitation  # noqa: PLC0415  after Django

        code = "".join(self.chance.choices(LETTERS, k=LENGTH))
        return bool(open_invitation(code, now=now) or open_card(code, self.here, now=now))

    def _mails(self) -> int:
        """What the worker makes of it, which is asked at once."""
        from dorfplatz.jobs.worker import run_due  # noqa: PLC0415  after Django
        from dorfplatz.mail.models import Mail  # noqa: PLC0415  after Django

        run_due()
        return Mail.objects.filter(to="ada@example.org").count()

    def _withdrawn(self) -> dict[str, int]:
        """Neighbours come with the sheet; then it is withdrawn, in one action."""
        from dorfplatz.members.actions import Newcomer, ask_again, join_with_card  # noqa: PLC0415  after Django
        from dorfplatz.members.models import Identity  # noqa: PLC0415  after Django
        from dorfplatz.members.queries import agreed_wordings, open_card  # noqa: PLC0415  after Django
        from dorfplatz.villages.legal import digest_of  # noqa: PLC0415  after Django

        how: dict[str, Any] = {"municipality": self.here, "by": self.by, "now": self.began}
        for number in range(NEIGHBOURS):
            who = Newcomer(f"Nachbar{number}", f"n{number}@example.org", "nine villages one square", "de")
            seen = digest_of(agreed_wordings(self.here))
            join_with_card(self.codes[number].replace("-", ""), newcomer=who, seen=seen, **how)
        theirs = Identity.objects.filter(joining__card__batch=self.batch, is_known=True)
        before = theirs.count()
        ask_again(self.batch, by=self.by, now=self.began)
        work = sum(bool(open_card(code.replace("-", ""), self.here, now=self.began)) for code in self.codes)
        return {"known_before_withdrawing": before, "known_after_withdrawing": theirs.count(),
                "cards_that_still_work": work}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
