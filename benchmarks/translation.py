"""What translation costs: a page of translated items beside the same untranslated, and the queue.

`make bench-translation`. A page of 30 translated items may add 3 ms of a processor and two questions to the database;
the queue, from what was written to what is stored, by way of English, must come to three sentences for each second of a
processor that it gets. Models are by chance, of the shape of the real ones; as they say what they happen to say, words
are counted, too.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SENTENCES = int(os.environ.get("SENTENCES") or 120)
ITEMS, ROUNDS = 30, int(os.environ.get("ROUNDS") or 40)
MOST_MS, MOST_QUERIES, LEAST_A_SECOND = 3.0, 2, 3.0
PATHS = ("/nl/kaart/", "/nl/berichten/")


def main() -> int:
    """Prints the figures as JSON; 1 where one misses its goal."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DORFPLATZ_HOME": home, "DJANGO_SETTINGS_MODULE": "dorfplatz.config.settings"}
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        import django  # noqa: PLC0415  after the environment is set

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415  after Django

        call_command("migrate", verbosity=0)
        client = _seed()
        result = {"pages": {path: _page(client, path) for path in PATHS}, "queue": _queue(Path(home))}
        result["load"] = round(os.getloadavg()[0], 1)
    print(json.dumps(result, indent=1))
    rows = result["pages"].values()
    is_quick = all(row["added_ms"] <= MOST_MS and row["added_queries"] <= MOST_QUERIES for row in rows)
    return 0 if is_quick and result["queue"]["sentences_a_core_second"] >= LEAST_A_SECOND else 1


def _seed() -> Any:
    """A member who reads Dutch, 30 entries and 30 posts in German."""
    from dorfplatz.members.actions import create_identity  # noqa: PLC0415  after Django
    from dorfplatz.members.queries import actor_of_identity  # noqa: PLC0415  after Django
    from dorfplatz.places.actions import write_standard_taxonomy  # noqa: PLC0415  after Django
    from dorfplatz.places.tests.factories import place  # noqa: PLC0415  after Django
    from dorfplatz.square.tests.factories import post  # noqa: PLC0415  after Django
    from dorfplatz.villages.actions import set_up_municipality  # noqa: PLC0415  after Django
    from dorfplatz.villages.description import parse_description  # noqa: PLC0415  after Django
    from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW  # noqa: PLC0415  after Django
    from tests.fixtures.people import PASSWORD, square_of  # noqa: PLC0415  after Django

    by = {"by": INSTALLER, "now": NOW}
    municipality = set_up_municipality(parse_description(DESCRIPTION, {}), **by)[0]
    write_standard_taxonomy(**by)
    village = next(iter(municipality.area.children.all()))
    dirk = create_identity(
        name="Dirk", language="nl", email="dirk@example.org", password=PASSWORD, home_area=village, **by
    )
    for number, line in enumerate(_lines()[:ITEMS]):
        place(village, title=f"Verein Nummer {number}", body=line)
        post(village, by=actor_of_identity(dirk), title=f"Beitrag Nummer {number}", body=line)
    return square_of(dirk, "nl")


def _lines() -> list[str]:
    file = Path(__file__).resolve().parent.parent / "tests" / "evaluation" / "translation" / "notice-board.tsv"
    return [line.split("\t")[0] for line in file.read_text("utf-8").splitlines()]


def _page(client: Any, path: str) -> dict[str, float]:
    """The same page with its items translated and not, in turn."""
    from django.db import connection, transaction  # noqa: PLC0415  after Django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  after Django

    from dorfplatz.entries.models import Entry, EntryText  # noqa: PLC0415  after Django

    rows = [
        EntryText(entry=entry, language="nl", title=f"{entry.title} NL", body=entry.body[::-1], made_with="bench")
        for entry in Entry.objects.all()
    ]
    took: dict[bool, list[float]] = {True: [], False: []}
    queries = {}
    for number in range(ROUNDS * 2):
        is_translated = bool(number % 2)
        with transaction.atomic():
            if is_translated:
                EntryText.objects.bulk_create([EntryText(**_values(row)) for row in rows])
            with CaptureQueriesContext(connection) as asked:
                before = time.process_time()  # the machine may have other things to do
                page = client.get(path)
                took[is_translated].append((time.process_time() - before) * 1000)
            queries[is_translated] = len(asked)
            if page.status_code != 200 or (" NL" in page.text) != is_translated:
                raise SystemExit(f"{path} does not show what it should")
            transaction.set_rollback(True)
    untranslated, translated = (statistics.median(took[is_it][3:]) for is_it in (False, True))
    return {
        "untranslated_ms": round(untranslated, 1),
        "translated_ms": round(translated, 1),
        "added_ms": round(translated - untranslated, 2),
        "added_queries": queries[True] - queries[False],
    }


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("entry", "language", "title", "body", "made_with")}


def _queue(home: Path) -> dict[str, float]:
    """From awaited to stored, through the jobs' own function, with one process."""
    from django.utils import timezone  # noqa: PLC0415  after Django

    from dorfplatz.entries.models import AwaitedText, EntryText  # noqa: PLC0415  after Django
    from dorfplatz.entries.translating import await_texts, translate_awaited  # noqa: PLC0415  after Django
    from dorfplatz.kernel.actor import system  # noqa: PLC0415  after Django
    from dorfplatz.places.tests.factories import place  # noqa: PLC0415  after Django
    from dorfplatz.translation.engines.choosing import the_engine  # noqa: PLC0415  after Django
    from dorfplatz.translation.models import Sentence  # noqa: PLC0415  after Django
    from dorfplatz.translation.tests import tiny_model  # noqa: PLC0415  after Django
    from dorfplatz.villages.models import Area  # noqa: PLC0415  after Django

    tiny_model.put(home / "translation", "de-en", "en-nl", seed=1, ends=105.0, **tiny_model.REAL_SHAPE)
    village = Area.objects.filter(slug="niel").get()
    plain = [line for line in _lines() if not any(sign.isdigit() for sign in line)]
    lines = [line for line in plain if len(line.split()) > 6][:SENTENCES]
    ids = [place(village, title=" ".join(lines[at : at + 1]), body=" ".join(lines[at + 1 : at + 4])).pk
           for at in range(0, len(lines), 4)]  # fmt: skip
    AwaitedText.objects.all().delete()
    await_texts(ids)
    AwaitedText.objects.exclude(language="nl").delete()
    before, own_before = time.perf_counter(), time.process_time()
    while translate_awaited(is_asked=False, by=system("bench"), now=timezone.now()):
        pass
    seconds = time.perf_counter() - before
    the_engine().close()
    used, own = (resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    cpu = used.ru_utime + used.ru_stime + own.ru_utime + own.ru_stime - own_before
    made = list(Sentence.objects.filter(target="nl").values_list("words", flat=True))
    if EntryText.objects.filter(language="nl", entry__in=ids).count() != len(ids):
        raise SystemExit("not everything was translated")
    return {
        "sentences": len(made),
        "words_a_sentence": round(sum(len(words.split()) for words in made) / max(1, len(made)), 1),
        "seconds": round(seconds, 1),
        "core_seconds": round(cpu, 1),
        "sentences_a_core_second": round(len(made) / cpu, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
