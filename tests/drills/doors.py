"""Drill: the doors tell nothing about who is a member, and four processes at once count every attempt.

    python tests/drills/doors.py --pairs 500 --attempts 300 --seed 1

Pairs of requests that differ in the address only, one of a member and one of nobody, in turn and in random order, at
logging in, at a forgotten password, at a code by mail and at joining by mail: the pages are compared letter by letter,
and the medians of processor time, as this machine has other work too. Then four processes log in so many times each, at
one account, from one address, in one moment. Prints figures as JSON; exit code 0 when everything is as promised.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
DOORS = {
    "login": ("/de/anmelden/", {"password": "not her password"}),
    "forgotten": ("/de/passwort-vergessen/", {}),
    "code": ("/de/anmelden/code/", {}),
    "joining": ("/de/mitmachen-per-mail/", {}),
}
MEMBER, NOBODY = "anna@example.org", "nora@example.org"
MOST_APART_MS, PROCESSES, LET_THROUGH = 5.0, 4, 10
CHANGING = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|[\w.]+@example\.org')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--attempts", type=int, default=300, help="of each of four processes")
    parser.add_argument("--apart", type=float, default=MOST_APART_MS, help="milliseconds between the medians")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", help="count only, in this home")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if arguments.home:
        begin(arguments.home)
        sys.stdout.write(str(attempts(arguments.attempts)))
        return 0
    with tempfile.TemporaryDirectory() as home:
        begin(home)
        migrate()
        set_up()
        figures = {name: pairs(name, arguments.pairs, arguments.seed) for name in DOORS}
        counted = at_once(home, arguments.attempts)
    told = {name: {key: round(value, 2) for key, value in row.items()} for name, row in figures.items()}
    sys.stdout.write(f"{json.dumps({**told, 'four_processes': counted})}\n")
    alike = all(row["differing_pages"] == 0 and row["apart_ms"] < arguments.apart for row in figures.values())
    exact = counted["counted"] == counted["sent"] and counted["passwords_looked_at"] <= LET_THROUGH
    return 0 if alike and exact else 1


def begin(home: str) -> None:
    os.environ.update(DORFPLATZ_HOME=home, DJANGO_SETTINGS_MODULE="dorfplatz.config.settings")
    import django  # noqa: PLC0415  after the home is chosen

    django.setup()
    logging.disable(logging.WARNING)  # each refusal is one


def migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415  after Django

    call_command("migrate", verbosity=0)


def set_up() -> None:
    from dorfplatz.members.actions import create_identity  # noqa: PLC0415  after Django
    from dorfplatz.members.models import JoiningRule  # noqa: PLC0415  after Django
    from dorfplatz.villages.actions import set_up_municipality  # noqa: PLC0415  after Django
    from dorfplatz.villages.description import parse_description  # noqa: PLC0415  after Django
    from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW  # noqa: PLC0415  after Django

    here = set_up_municipality(parse_description(DESCRIPTION, {}), by=INSTALLER, now=NOW)[0]
    JoiningRule.objects.create(municipality=here, by_mail=True)
    create_identity(name="Anna", language="de", email=MEMBER, password="four tall poplars", by=INSTALLER, now=NOW)


def pairs(name: str, count: int, seed: int) -> dict[str, float]:
    """How far apart the medians of both sorts are, and how many pairs of pages differ."""
    from dorfplatz.members.models import AttemptCount  # noqa: PLC0415  after Django
    from tests.fixtures.kranenburg import Square  # noqa: PLC0415  after Django

    address, more = DOORS[name]
    chance, spent, waited = Random(seed), ([], []), ([], [])  # type: ignore[var-annotated]  # nosec B311
    differing = 0
    for number in range(-5, count):  # the first ones warm up
        AttemptCount.objects.all().delete()
        pages = ["", ""]
        for sort in chance.sample([0, 1], 2):
            square = Square()
            began, clock = time.process_time(), time.perf_counter()
            answer = square.post(address, {"email": (MEMBER, NOBODY)[sort], **more})
            if number >= 0:
                spent[sort].append(1000 * (time.process_time() - began))
                waited[sort].append(1000 * (time.perf_counter() - clock))
            body = answer.content.decode() or square.get(answer["Location"]).content.decode()
            pages[sort] = f"{answer.status_code} {answer.headers.get('Location', '')} {CHANGING.sub('', body)}"
        differing += pages[0] != pages[1]
    member, nobody = map(statistics.median, spent)
    on_the_clock = abs(statistics.median(waited[0]) - statistics.median(waited[1]))
    return {
        "pairs": count, "differing_pages": differing, "member_ms": member, "nobody_ms": nobody,
        "apart_ms": abs(member - nobody), "apart_on_the_clock_ms": on_the_clock,
    }  # fmt: skip


def at_once(home: str, count: int) -> dict[str, int]:
    """Four processes; what the counter of the account says in the end."""
    from dorfplatz.members.limits import LOGIN_PER_ACCOUNT, key_of  # noqa: PLC0415  after Django
    from dorfplatz.members.models import AttemptCount  # noqa: PLC0415  after Django
    from dorfplatz.members.turnstiles import LOGIN  # noqa: PLC0415  after Django

    AttemptCount.objects.all().delete()
    words = [sys.executable, __file__, "--home", home, "--attempts", str(count)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(PROCESSES)]
    looked_at = sum(int(process.communicate()[0]) for process in running)
    counts = dict(AttemptCount.objects.values_list("key", "count"))
    return {
        "sent": PROCESSES * count,
        "counted": counts.get(key_of(LOGIN.limit("person", LOGIN.person), MEMBER), 0),
        "passwords_looked_at": looked_at,
        "of_the_account_counted": counts.get(key_of(LOGIN_PER_ACCOUNT, MEMBER), 0),
    }


def attempts(count: int) -> int:
    """So many at one account; at how many the password was looked at."""
    import time_machine  # noqa: PLC0415  after Django

    from tests.fixtures.kranenburg import NOW, Square  # noqa: PLC0415  after Django

    said = {"email": MEMBER, "password": "not her password"}
    with time_machine.travel(NOW, tick=False):
        answers = [Square().post("/de/anmelden/", said, REMOTE_ADDR="198.18.0.9").status_code for _ in range(count)]
    return answers.count(200)


if __name__ == "__main__":
    sys.exit(main())
