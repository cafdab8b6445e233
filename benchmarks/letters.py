"""What the letters of a morning cost, and what a page takes meanwhile: COUNT=100000 make bench-letters.

People by the thousand get the letter of the week, batch by batch, as the worker writes them; beside it, in a process of
its own, a member asks for her village's page again and again. A letter may cost 30 ms of a processor, and the page may
take three times as long at most as it takes alone: on a small machine both share one.
"""

from __future__ import annotations

import json
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

COUNT = int(os.environ.get("COUNT") or 1_000)
ROOT = Path(__file__).resolve().parent.parent
MOST_MS, MOST_TIMES = 30.0, 3.0
ALONE = 60  # pages before the first letter
PORTION = 2_000
READER, UNUSABLE = "reader", "!"


def main() -> int:
    """Prints the figures as JSON; 1 where one misses its goal."""
    if sys.argv[1:] == [READER]:
        _django()
        return _read()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DORFPLATZ_HOME": home, "DORFPLATZ_BACKUPS": "off"}
        _django()
        result = _measured()
    print(json.dumps(result, indent=1))
    is_quick = result["cpu_ms_a_letter"] <= MOST_MS
    return 0 if is_quick and result["page_ms_beside"] <= MOST_TIMES * result["page_ms_alone"] else 1


def _django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "dorfplatz.config.settings"
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415  after the environment is set

    django.setup()


def _measured() -> dict[str, Any]:
    from dorfplatz.channels.actions import begin_letters, write_letters  # noqa: PLC0415  after Django
    from dorfplatz.channels.models import Letter, LetterRun  # noqa: PLC0415  after Django
    from dorfplatz.kernel.actor import system  # noqa: PLC0415  after Django

    now = _seed()
    by = system("channels")
    reader = subprocess.Popen(
        [sys.executable, __file__, READER], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    alone = _told(reader)
    begin_letters(by=by, now=now)
    began, cpu, after = time.monotonic(), time.process_time(), 0
    run = LetterRun.objects.get(slot__startswith="weekly")
    batches: list[float] = []
    while run.ended_at is None:
        at = time.monotonic()
        write_letters(run.pk, after=after, by=by, now=now)
        batches.append(time.monotonic() - at)
        after = Letter.objects.order_by("-identity_id").values_list("identity_id", flat=True).first() or 0
        run.refresh_from_db()
    seconds, cpu = time.monotonic() - began, time.process_time() - cpu
    beside = _told(reader)
    reader.terminate()
    written = Letter.objects.filter(is_sent=True).count()
    return {
        "letters": written,
        "letters_a_second": round(written / seconds, 1),
        "cpu_ms_a_letter": round(cpu * 1000 / max(written, 1), 2),
        "longest_batch_s": round(max(batches), 2),
        "page_ms_alone": alone["median"],
        "page_ms_beside": beside["median"],
        "page_p99_ms_beside": beside["p99"],
        "pages_beside": beside["count"],
        "load": round(os.getloadavg()[0], 1),
    }


def _told(reader: subprocess.Popen[str]) -> dict[str, Any]:
    """What the reader has measured until now; it begins anew."""
    if reader.stdin is None or reader.stdout is None:
        raise SystemExit("Nobody reads pages.")
    reader.stdin.write("\n")
    reader.stdin.flush()
    told: dict[str, Any] = json.loads(reader.stdout.readline())
    return told


def _seed() -> datetime:
    """A village in an ordinary week, and so many people who said nothing about letters; the morning of one."""
    from django.core.management import call_command  # noqa: PLC0415  after Django

    from dorfplatz.events.tests.factories import event  # noqa: PLC0415  after Django
    from dorfplatz.members.models import Identity, Login  # noqa: PLC0415  after Django
    from dorfplatz.square.tests.factories import post  # noqa: PLC0415  after Django
    from dorfplatz.villages.actions import set_up_municipality  # noqa: PLC0415  after Django
    from dorfplatz.villages.description import parse_description  # noqa: PLC0415  after Django
    from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW  # noqa: PLC0415  after Django
    from tests.fixtures.people import square_of  # noqa: PLC0415  after Django

    call_command("migrate", verbosity=0)
    municipality = set_up_municipality(parse_description(DESCRIPTION, {}), by=INSTALLER, now=NOW)[0]
    villages = list(municipality.area.children.order_by("pk"))
    for number in range(30):
        post(villages[number % len(villages)], title=f"Neues vom Deich, Teil {number}")
        event(villages[number % len(villages)], title=f"Probe {number}")
    for start in range(0, COUNT, PORTION):
        numbers = range(start, min(start + PORTION, COUNT))
        logins = Login.objects.bulk_create(
            Login(email=f"p{n}@example.org", password=UNUSABLE, created_at=NOW) for n in numbers
        )
        Identity.objects.bulk_create(
            Identity(
                login=login, name=f"Person {n}", home_area=villages[n % len(villages)], created_at=NOW,
                language=("de", "nl")[n % 2],
            )
            for n, login in zip(numbers, logins, strict=True)
        )  # fmt: skip
    person = Identity.objects.get(name="Person 0")
    os.environ["READER_SESSION"] = square_of(person).session.session_key or ""
    return NOW + timedelta(days=3)


def _read() -> int:
    """Asks for a village's page until the other side is gone; for each line that comes, says how long the last took."""
    from django.conf import settings  # noqa: PLC0415  after Django

    from tests.fixtures.kranenburg import Square  # noqa: PLC0415  after Django

    square, taken = Square(), list[float]()
    square.cookies[settings.SESSION_COOKIE_NAME] = os.environ["READER_SESSION"]
    while True:
        began = time.perf_counter()
        square.page("niel/")
        taken.append((time.perf_counter() - began) * 1000)
        if len(taken) >= ALONE and select.select([sys.stdin], [], [], 0)[0]:
            if not sys.stdin.readline():
                return 0
            ordered, taken = sorted(taken), []
            told = {
                "median": statistics.median(ordered),
                "p99": ordered[int(len(ordered) * 0.99)],
                "count": len(ordered),
            }
            print(json.dumps({name: round(value, 1) for name, value in told.items()}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
