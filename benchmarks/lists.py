"""Lists that somebody in charge opens, with 100,000 members and as many reports: the median of each under 40 ms.

`make bench-lists`, and a part of `make bench`. The rows are put straight into an empty database; the pages are asked of
the application itself. `COUNT=…` people; `JSON=1` for machines.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

HOME = tempfile.TemporaryDirectory(prefix="dorfplatz-lists-")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DORFPLATZ_HOME": HOME.name, "DJANGO_SETTINGS_MODULE": "dorfplatz.config.settings"}

import django  # noqa: E402  the home is named first

django.setup()

from django.core.management import call_command  # noqa: E402  needs Django ready
from django.db import connection  # noqa: E402  needs Django ready
from django.utils import timezone  # noqa: E402  needs Django ready

from benchmarks.asked import measured  # noqa: E402  needs Django ready
from dorfplatz.members.actions import create_identity  # noqa: E402  needs Django ready
from dorfplatz.members.enums import Role  # noqa: E402  needs Django ready
from dorfplatz.members.models import Identity, Login, RoleGrant  # noqa: E402  needs Django ready
from dorfplatz.moderation.models import Case, Report  # noqa: E402  needs Django ready
from dorfplatz.villages.actions import set_up_municipality  # noqa: E402  needs Django ready
from dorfplatz.villages.description import parse_description  # noqa: E402  needs Django ready
from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW, Square  # noqa: E402  needs Django ready
from tests.fixtures.people import PASSWORD, square_of  # noqa: E402  needs Django ready

COUNT = int(os.environ.get("COUNT") or 100_000)
GOAL_MS, BATCH = 40, 5_000
# One connector for three hundred people, as the largest municipalities may have them.
PEOPLE_OF_A_CONNECTOR = 300
# Who asks for which list.
LISTS = {
    "reports": ("moderator", "/de/moderation/"),
    "reports, page 2": ("moderator", "/de/moderation/?page=2"),
    "reports, page 30": ("moderator", "/de/moderation/?page=30"),
    "members": ("moderator", "/de/einstellungen/mitglieder/?village=niel"),
    "members, further on": ("moderator", "/de/einstellungen/mitglieder/?village=niel&name=Person+5&after=1"),
    "members by name": ("moderator", "/de/einstellungen/mitglieder/?village=niel&q=4711"),
    "newcomers": ("moderator", "/de/einstellungen/neue/"),
    "roles": ("admin", "/de/einstellungen/rollen/"),
}


def main() -> int:
    """Prints a line for each list; 1 where one is too slow."""
    call_command("migrate", verbosity=0)
    squares = seed()
    found = {name: measured(squares[who], path) for name, (who, path) in LISTS.items()}
    if os.environ.get("JSON"):
        print(json.dumps({"count": COUNT, "lists": found}))
        return 0
    print(f"{COUNT:,} members and reports; goal: the median under {GOAL_MS} ms")
    for name, row in found.items():
        print(f"{name:24} median {row['median']:6.1f} ms   processor {row['cpu']:6.1f} ms   {row['queries']} queries")
    return int(any(row["median"] > GOAL_MS for row in found.values()))


def seed() -> dict[str, Square]:
    """A hundred thousand people, as many cases with a report each, all of them open: the worst there is."""
    municipality = set_up_municipality(parse_description(DESCRIPTION, {}), by=INSTALLER, now=NOW)[0]
    villages = list(municipality.area.children.all())
    logins = Login.objects.bulk_create(
        [Login(email=f"p{n}@example.org", password="!", created_at=NOW) for n in range(COUNT)],  # noqa: S106  none
        BATCH,
    )
    people = Identity.objects.bulk_create(
        [
            Identity(login=login, name=f"Person {n}", home_area=villages[n % 3], created_at=NOW)
            for n, login in enumerate(logins)
        ], BATCH,
    )  # fmt: skip
    RoleGrant.objects.bulk_create(
        RoleGrant(identity=people[n], role=Role.CONNECTOR, area=villages[n % 3], starts_at=NOW)
        for n in range(0, COUNT, PEOPLE_OF_A_CONNECTOR)
    )
    cases = Case.objects.bulk_create(
        [
            Case(municipality=municipality, area=villages[n % 3], thing=f"entry:{n}", author=people[n], cause="report",
                 why="rude", rank=1 + n % 3, title=f"Sache {n}", opened_at=timezone.now())
            for n in range(COUNT)
        ], BATCH,
    )  # fmt: skip
    Report.objects.bulk_create(
        [Report(case=case, form_key=f"{case.pk:032d}", ground="rude", language="de", made_at=NOW) for case in cases],
        BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = {}
    for role in (Role.MODERATOR, Role.ADMIN):
        who = create_identity(
            name=role.title(), language="de", email=f"{role}@example.org", password=PASSWORD, by=INSTALLER, now=NOW
        )
        RoleGrant.objects.create(identity=who, role=role, area=municipality.area, starts_at=NOW)
        found[str(role)] = square_of(who)
    return found


if __name__ == "__main__":
    code = main()
    connection.close()
    HOME.cleanup()
    sys.exit(code)
