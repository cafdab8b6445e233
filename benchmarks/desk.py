"""A connector's desk in a big installation: 450 villages, 100,000 members, 100,000 entries; she looks after three.

`make bench-desk`, and a part of `make bench`. The rows are put straight into an empty database; the pages are asked of
the application itself. `TOWNS=…` municipalities of nine villages, `EACH=…` members and entries in each; `JSON=1` for
machines; `DESK_HOME=…` keeps what was seeded and uses it again.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

TEMPORARY = tempfile.TemporaryDirectory(prefix="dorfplatz-desk-")
HOME = Path(os.environ.get("DESK_HOME") or TEMPORARY.name)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DORFPLATZ_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "dorfplatz.config.settings"}

import django  # noqa: E402  the home is named first

django.setup()

from django.core.management import call_command  # noqa: E402  needs Django ready
from django.db import connection, transaction  # noqa: E402  needs Django ready
from django.utils import timezone  # noqa: E402  needs Django ready

from benchmarks.asked import measured  # noqa: E402  needs Django ready
from benchmarks.seeding.entries import BATCH, Town, own_code, write_entries  # noqa: E402  needs Django ready
from benchmarks.seeding.life import Life, write_life  # noqa: E402  needs Django ready
from benchmarks.seeding.towns import describe, link_across  # noqa: E402  needs Django ready
from dorfplatz.entries.enums import Audience, State  # noqa: E402  needs Django ready
from dorfplatz.entries.models import Entry, EntryArea  # noqa: E402  needs Django ready
from dorfplatz.exchange.enums import Step  # noqa: E402  needs Django ready
from dorfplatz.exchange.models import Exchange  # noqa: E402  needs Django ready
from dorfplatz.kernel.actor import system  # noqa: E402  needs Django ready
from dorfplatz.matching.enums import State as Stage  # noqa: E402  needs Django ready
from dorfplatz.matching.models import AskedPerson, Introduction, Standing  # noqa: E402  needs Django ready
from dorfplatz.members.actions import create_identity, grant_role  # noqa: E402  needs Django ready
from dorfplatz.members.enums import Role, WayIn  # noqa: E402  needs Django ready
from dorfplatz.members.models import Identity, Joining, Login  # noqa: E402  needs Django ready
from dorfplatz.moderation.models import Case, Report  # noqa: E402  needs Django ready
from dorfplatz.operations.serving import warm_up  # noqa: E402  needs Django ready
from dorfplatz.places.actions import write_standard_taxonomy  # noqa: E402  needs Django ready
from dorfplatz.places.models import Claim, Correction, Listing  # noqa: E402  needs Django ready
from dorfplatz.villages.actions import set_up_municipality  # noqa: E402  needs Django ready
from dorfplatz.villages.models import Area, Municipality  # noqa: E402  needs Django ready
from dorfplatz.wishes.enums import Mood, Status  # noqa: E402  needs Django ready
from dorfplatz.wishes.models import Wish  # noqa: E402  needs Django ready
from tests.fixtures.kranenburg import Square  # noqa: E402  needs Django ready
from tests.fixtures.people import PASSWORD, just_come_in  # noqa: E402  needs Django ready

TOWNS, EACH = int(os.environ.get("TOWNS") or 50), int(os.environ.get("EACH") or 2_000)
VILLAGES, LOOKED_AFTER, GOAL_MS = 9, 3, 50
STANDING = 8  # pairs that might fit
RARE = 20  # of so many wishes one waits for an answer
SEEDER = system("benchmarks")
BEN = "ben@example.org"
DAY = timedelta(days=1)
PAGES = {
    "desk": "/de/schreibtisch/",
    "desk in Dutch": "/nl/bureau/",
    "what has happened since Monday": "/de/schreibtisch/woche/",
    "coverage": "/de/schreibtisch/lage/",
}


def main() -> int:
    """Prints a line for each page; 1 where one is too slow."""
    call_command("migrate", verbosity=0)
    if not Identity.objects.filter(login__email=BEN).exists():
        seed(timezone.now())
    square = _square()
    warm_up()  # as the web server does before it serves
    found = {name: measured(square, path) for name, path in PAGES.items()}
    counts = {
        "villages": Area.objects.filter(kind="village").count(),
        "members": Identity.objects.count(),
        "entries": Entry.objects.count(),
    }
    if os.environ.get("JSON"):
        print(json.dumps({"counts": counts, "pages": found}))
        return 0
    print(", ".join(f"{number:,} {name}" for name, number in counts.items()) + f"; goal: under {GOAL_MS} ms")
    for name, row in found.items():
        print(f"{name:32} median {row['median']:6.1f} ms   processor {row['cpu']:6.1f} ms   {row['queries']} queries")
    return int(any(row["median"] > GOAL_MS for row in found.values()))


def _square() -> Square:
    login = Login.objects.get(email=BEN)
    town = Municipality.objects.get(area__in=Identity.objects.filter(login=login).values("home_area__parent"))
    square = Square("de", town.hosts.get().name)
    square.force_login(login)
    just_come_in(square)
    return square


def seed(now: datetime) -> None:
    """As many of each sort as a desk meets, everywhere, and Ben in the first municipality."""
    write_standard_taxonomy(by=SEEDER, now=now)
    towns = [set_up_municipality(describe(number, VILLAGES), by=SEEDER, now=now)[0] for number in range(TOWNS)]
    link_across(towns)
    life = Life(people=EACH, posts=EACH * 15 // 100, dates=EACH // 20, asks=EACH // 10, comments=0)
    for number, town in enumerate(towns):
        with transaction.atomic():
            written = Town.of(town, number)
            write_entries(written, EACH * 60 // 100, now=now)
            write_life(written, life, now=now)
            _write_duties(town, written, EACH // 10, now)
    ben = create_identity(
        name="Ben", language="de", email=BEN, password=PASSWORD, home_area=_villages(towns[0])[0], by=SEEDER, now=now
    )
    areas = _villages(towns[0])[:LOOKED_AFTER]
    for area in areas:
        grant_role(ben, role=Role.CONNECTOR, area=area, by=SEEDER, now=now)
    write_suggestions(ben, areas, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_suggestions(connector: Identity, areas: Sequence[Area], now: datetime) -> None:
    """What was counted for her last: of what is asked and offered in her villages, some that is open now."""
    here = Entry.objects.filter(placements__area__in=areas, state=State.PUBLISHED).order_by("pk").distinct()
    pairs = list(zip(here.filter(kind="ask"), here.filter(kind="offer"), strict=False))[:STANDING]
    ids = [entry.pk for pair in pairs for entry in pair]
    Entry.objects.filter(pk__in=ids).update(expires_at=now + 28 * DAY)
    Exchange.objects.filter(pk__in=ids).update(step=Step.OPEN)
    Standing.objects.bulk_create(
        Standing(connector=connector, area=areas[number % len(areas)], pair=f"ask:{needs.pk}-offer:{has.pk}",
                 needs=needs, has=has, score=1 / (1 + number), reasons=[["same_village", None]], since=now)
        for number, (needs, has) in enumerate(pairs)
    )  # fmt: skip


def _villages(town: Municipality) -> list[Area]:
    return list(town.area.children.order_by("pk"))


def _write_duties(town: Municipality, written: Town, wishes: int, now: datetime) -> None:
    """Wishes, and of every sort of thing that waits some in each village."""
    people = list(Identity.objects.filter(home_area__parent=town.area).order_by("pk")[: 20 * VILLAGES])
    entries = Entry.objects.bulk_create(list(_wishes(written, wishes, people, now)), BATCH)
    Wish.objects.bulk_create(
        [
            Wish(entry=entry, mood=Mood.WISH)
            if number % RARE == 0
            else Wish(entry=entry, mood=Mood.WISH, status=Status.HEARD, answered_at=now)
            for number, entry in enumerate(entries)
        ],
        BATCH,
    )
    areas = _villages(town)
    EntryArea.objects.bulk_create(
        [EntryArea(entry=entry, area=areas[number % VILLAGES]) for number, entry in enumerate(entries)], BATCH
    )
    Joining.objects.bulk_create(
        Joining(identity=person, way=WayIn.CARD, is_minor=False, joined_at=now - 5 * number * DAY)
        for number, person in enumerate(people)
    )
    listings = list(
        Listing.objects.filter(entry__placements__area__parent=town.area).order_by("pk").distinct()[: 2 * VILLAGES]
    )
    Correction.objects.bulk_create(
        Correction(listing=listing, text="Montags zu.", said_at=now - number * DAY, form_key=f"bench-{listing.pk}")
        for number, listing in enumerate(listings)
    )
    Claim.objects.bulk_create(
        Claim(listing=listing, identity=person, words="Das sind wir.", asked_at=now - DAY, keepers_until=now)
        for listing, person in zip(listings[::2], people, strict=False)
    )
    _write_cases(town, areas, people, now)
    _write_introductions(areas, people, entries, now)


def _wishes(written: Town, count: int, people: Sequence[Identity], now: datetime) -> Iterator[Entry]:
    for number in range(count):
        at = now - number % 700 * DAY - timedelta(hours=1)
        yield Entry(
            code=own_code(), kind="wish", title=f"Eine Bank, die {number}.", language=written.language,
            author=people[number % len(people)], state=State.PUBLISHED, audience=Audience.PUBLIC, published_at=at,
            created_at=at, changed_at=at,
        )  # fmt: skip


def _write_cases(town: Municipality, areas: Sequence[Area], people: Sequence[Identity], now: datetime) -> None:
    cases = Case.objects.bulk_create(
        Case(municipality=town, area=areas[number % VILLAGES], thing=f"entry:{town.pk}{number:03}", author=person,
             cause="report", why="rude", rank=1 + number % 3, title=f"Sache {number}", opened_at=now - number % 9 * DAY)
        for number, person in enumerate(people[:VILLAGES])
    )  # fmt: skip
    Report.objects.bulk_create(
        Report(case=case, form_key=f"{case.pk:032d}", ground="rude", language="de", made_at=now) for case in cases
    )


def _write_introductions(
    areas: Sequence[Area], people: Sequence[Identity], needs: Sequence[Entry], now: datetime
) -> None:
    """Each waits for two who are to be rung."""
    made = Introduction.objects.bulk_create(
        Introduction(area=areas[number % VILLAGES], pair=f"wish:{entry.pk}-offer:{entry.pk}", state=Stage.PROPOSED,
                     proposed_at=now - 7 * DAY, needs=entry, has=entry)
        for number, entry in enumerate(needs[:VILLAGES])
    )  # fmt: skip
    asked: list[Any] = [
        AskedPerson(introduction=one, thing=f"wish:{one.needs_id}-{side}", identity=people[2 * number + side])
        for number, one in enumerate(made)
        for side in (0, 1)
    ]
    AskedPerson.objects.bulk_create(asked)


if __name__ == "__main__":
    code = main()
    connection.close()
    TEMPORARY.cleanup()
    sys.exit(code)
