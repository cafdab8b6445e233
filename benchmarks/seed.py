"""Fills an installation in bulk: `python benchmarks/seed.py NUMBERS`, in DORFPLATZ_HOME: how many municipalities, and
of each how many villages, entries of the map, people, posts, dates, asks and comments.

Municipalities, villages and people are made by the product's own actions; entries are written past them, many at once,
since a hundred thousand acts in the journal are not what is measured. Prints as JSON how to get in and what to ask for.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorfplatz.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  needs Django ready
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402  needs Django ready
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402  needs Django ready
from django.core.management import call_command  # noqa: E402  needs Django ready
from django.db import connection, transaction  # noqa: E402  needs Django ready
from django.db.models import Count, QuerySet  # noqa: E402  needs Django ready
from django.utils import timezone  # noqa: E402  needs Django ready

from benchmarks.seeding.entries import Town, write_entries  # noqa: E402  needs Django ready
from benchmarks.seeding.life import Life, write_life, write_notes  # noqa: E402  needs Django ready
from benchmarks.seeding.postings import index_all  # noqa: E402  needs Django ready
from benchmarks.seeding.towns import describe, link_across  # noqa: E402  needs Django ready
from dorfplatz.comments.models import Comment  # noqa: E402  needs Django ready
from dorfplatz.entries.models import Entry, EntryArea  # noqa: E402  needs Django ready
from dorfplatz.kernel.actor import system  # noqa: E402  needs Django ready
from dorfplatz.members.actions import create_identity, grant_role  # noqa: E402  needs Django ready
from dorfplatz.members.enums import Role  # noqa: E402  needs Django ready
from dorfplatz.members.models import Identity, Login  # noqa: E402  needs Django ready
from dorfplatz.places.actions import write_standard_taxonomy  # noqa: E402  needs Django ready
from dorfplatz.places.enums import PlaceKind  # noqa: E402  needs Django ready
from dorfplatz.places.models import Listing  # noqa: E402  needs Django ready
from dorfplatz.square.queries import PAGE_SIZE, Place  # noqa: E402  needs Django ready
from dorfplatz.villages.actions import set_up_municipality  # noqa: E402  needs Django ready
from dorfplatz.villages.models import Area, Municipality  # noqa: E402  needs Django ready

SEEDER = system("benchmarks")
A_YEAR = timedelta(days=365)
PAGES_ON, NOTES = 200, 500


def seed(municipalities: int, villages: int, entries: int, life: Life) -> dict[str, object]:
    call_command("migrate", verbosity=0)
    now = timezone.now()
    write_standard_taxonomy(by=SEEDER, now=now)
    towns = [set_up_municipality(describe(number, villages), by=SEEDER, now=now)[0] for number in range(municipalities)]
    link_across(towns)
    with transaction.atomic():
        for number, town in enumerate(towns):
            write_entries(Town.of(town, number), entries, now=now)
            write_life(Town.of(town, 1000 + number), life, now=now)
    began = time.monotonic()
    postings = index_all()
    indexed_s = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "hosts": [town.hosts.get().name for town in towns],
        "sessions": dict(_sessions(towns[0], now)),
        "threads": [_threads(town) for town in towns],
        "places": [_place(town) for town in towns],
        "codes": [_codes(town) for town in towns],
        "villages": [[area.slug for area in town.area.children.order_by("pk")] for town in towns],
        "entries": Listing.objects.count(),
        "life": Entry.objects.count() - Listing.objects.count() + Comment.objects.count(),
        "postings": postings,
        "indexed_s": round(indexed_s, 1),
    }


def _codes(town: Municipality) -> list[str]:
    """Addresses of some of the map's entries that everybody may see, with and without hours and others beside them."""
    of_the_map = Entry.objects.filter(kind__in=PlaceKind.values, state="published", audience="public")
    found = of_the_map.filter(placements__area__parent=town.pk)
    return [f"{entry.code}/{entry.title_words}" for entry in found.distinct().order_by("pk")[:200:5]]


def _threads(town: Municipality) -> list[str]:
    """Addresses of the posts that were spoken of most."""
    open_to_all = Entry.objects.filter(kind="post", placements__area__parent=town.pk, audience="public").distinct()
    found = open_to_all.annotate(n=Count("comments", distinct=True)).order_by("-n", "pk")[:5]
    return [f"{entry.code}/{entry.title_words}" for entry in found]


def _place(town: Municipality) -> str:
    """Where page PAGES_ON of its posts begins, or the last page where there are fewer."""
    public = Entry.objects.filter(kind="post", audience="public", pk__in=_within(town)).order_by("-published_at", "-pk")
    at = min((PAGES_ON - 1) * PAGE_SIZE, max(0, public.count() - 2)) - 1
    last = public[max(0, at)]
    return str(Place(last.published_at or last.created_at, last.pk))


def _within(town: Municipality) -> QuerySet[EntryArea, int]:
    areas = [town.pk, *town.area.children.values_list("pk", flat=True)]
    return EntryArea.objects.filter(area__in=areas).values_list("entry_id", flat=True)


def _sessions(town: Municipality, now: datetime) -> list[tuple[str, str]]:
    """Of somebody who lives in the first municipality, and of a connector of one of its villages."""
    home = town.area.children.earliest("pk")
    anna = _person("Anna", home, now)
    ben = _person("Ben", home, now)
    # Neighbours know both: who is new or unknown is looked at more closely, and waits.
    Identity.objects.filter(pk__in=[anna.pk, ben.pk]).update(is_known=True)
    grant_role(ben, role=Role.CONNECTOR, area=home, by=SEEDER, now=now)
    write_notes(anna, NOTES, now=now)
    return [("member", _session(anna)), ("connector", _session(ben))]


def _person(name: str, home: Area, now: datetime) -> Identity:
    return create_identity(
        name=name,
        language="de",
        email=f"{name.lower()}@example.org",
        password=secrets.token_urlsafe(20),
        home_area=home,
        by=SEEDER,
        now=now - A_YEAR,
    )


def _session(identity: Identity) -> str:
    login = Login.objects.get(identity=identity)
    session = SessionStore()
    session[SESSION_KEY] = str(login.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = login.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    municipalities, villages, entries, *numbers = (int(word) for word in sys.argv[1:])
    print(json.dumps(seed(municipalities, villages, entries, Life(*numbers))))
