"""Nothing that somebody wrote comes out where it should not.

In every text of every row of two municipalities sits a word of its own; then fifteen sorts of people read the square.
Who may read what is said by hand in `readers.py`. Here each run reads another share, chosen by its seed; all of it,
and every link that anybody finds, is read by `make drill canaries`.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.jobs.worker import run_due
from dorfplatz.letters.actions import write_letter
from dorfplatz.letters.enclosing import put_away
from dorfplatz.letters.taking import Inside
from dorfplatz.members.actions import block_member, erase_identity
from dorfplatz.members.card_sheets import cards_job
from dorfplatz.members.models import CardBatch, Identity
from dorfplatz.noticeboard.blanks import blank_of
from dorfplatz.noticeboard.guides import GUIDES, guide_of
from dorfplatz.noticeboard.models import Paper
from dorfplatz.noticeboard.phone_list import phone_list_of
from dorfplatz.noticeboard.queries import filled_paper, guide_asked
from dorfplatz.operations.actions import erase_again, rewrite_database
from dorfplatz.operations.backup.restoring import restore_backup
from dorfplatz.operations.backup.saving import save_backup
from dorfplatz.operations.backup.tombstones import LIST
from dorfplatz.press.engine import Job
from dorfplatz.search.actions import index_entries
from dorfplatz.search.tasks import drop_words
from tests.canaries.aviary import Aviary, made, post_letters
from tests.canaries.crawl import ASKED_WITH, HOSTS, Crawl, addresses, route_of, words_of
from tests.canaries.planting import Canary, heard, tables, texts_of, write_into
from tests.canaries.readers import SAID
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor
from tests.permissions.test_matrix import CASES
from tests.permissions.world import ACTORS, PARAMETERS, World
from tests.privacy.keeping import at_home, files_with, rows_with

# How many of the 886 addresses one person reads here, and of the links she finds.
PAGES = int(os.environ.get("CANARY_PAGES", "6"))
IS_WHOLE = PAGES > 100
# Where much comes together; read by these in each run.
GATHERED = [("", path) for path in ASKED_WITH[:4]]
STRANGERS = "vom"
# Between these two a block is set: she has answered, commented and written to the other.
ONE, OTHER = "r", "e"
OWN_DATA = "/de/meine-seite/meine-daten/"
SAME_FOR_ALL = {"/feed.atom", "/sitemap.xml"}
NOBODYS = {"screens:show", "embeds:frame", "embeds:fragment"}  # made for a wall or another website, whoever asks
# Marked for the database, too: only then is it there for the world.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("canaries")]


@pytest.fixture(scope="module")
def aviary(django_db_setup, django_db_blocker) -> Iterator[Aviary]:
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        yield made()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(aviary) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        yield
        transaction.set_rollback(True)


def some(pages: list[tuple[str, str]], count: int = PAGES) -> list[tuple[str, str]]:
    return random.sample(pages, min(count, len(pages)))


def told(wrong: list[str]) -> str:
    return f"{len(wrong)} leaks:\n" + "\n".join(sorted(set(wrong))[:60])


def test_every_text_there_is_has_its_canary_and_its_readers(aviary):
    wanted = {f"{table._meta.label}.{field.name}" for table in tables() for field in texts_of(table)}
    there = {canary.about.partition(" of ")[0] for canary in aviary.planted.values()}
    assert {table._meta.label for table in tables()} == set(SAID)
    assert wanted - there == set()


def test_nobody_reads_what_is_not_meant_for_her(aviary, record_property):
    pages = addresses(aviary.world)
    crawls = [Crawl(aviary.world, aviary.planted, letter) for letter in ACTORS]
    wrong = [leak for crawl in crawls for leak in crawl.leaks(some(pages))]
    wrong += [leak for crawl in crawls if crawl.letter in STRANGERS for leak in crawl.leaks(GATHERED)]
    links = {path: route for crawl in crawls for route, paths in crawl.links.items() for path in paths}
    found = sorted((route, path) for path, route in links.items() if ("", path) not in pages)
    wrong += [leak for crawl in crawls for leak in crawl.leaks(some(found, PAGES if IS_WHOLE else 2))]
    elsewhere = [Crawl(aviary.world, aviary.planted, letter, HOSTS[1]) for letter in ACTORS]
    plain = [(route, path) for route, path in pages if not PARAMETERS.get(route)]
    wrong += [leak for crawl in elsewhere for leak in crawl.leaks(some(plain, PAGES if IS_WHOLE else 1))]
    asked = sum(crawl.asked for crawl in (*crawls, *elsewhere))
    record_property("canaries", len(aviary.planted))
    record_property("requests", asked)
    assert not wrong, told(wrong)
    assert asked > len(ACTORS) * PAGES


def test_no_mail_says_what_is_not_meant_for_its_reader(aviary, record_property):
    post_letters()
    count, wrong = aviary.mails_with_what_is_not_meant()
    record_property("mails", count)
    assert not wrong, told(wrong)
    assert count > 5


def printed(world: World) -> Iterator[tuple[str, Job]]:
    """Each kind of sheet, as it would be set now, about a village in which there is something of everything."""
    niel, languages = world.area("niel"), ["de", "nl"]
    asked = guide_asked(niel, languages, now=NOW)
    assert asked
    guide = guide_of(asked, GUIDES["a4"], base="https://localhost")
    paper = filled_paper(Paper.objects.filter(state="published", area=niel)[0], "a4", languages, now=NOW)
    assert guide
    assert paper
    yield "guide", guide[0]
    yield "paper", paper.job
    yield "phone list", phone_list_of(niel, world.here, "de", now=NOW + timedelta(days=900))[0]
    yield "sheet to fill in", blank_of("gift", languages, world.here)
    batch = CardBatch.objects.filter(area=niel)[0]
    yield "cards", cards_job(batch, ["0000-0000-0000"], world.here)


def test_what_is_printed_says_only_what_strangers_may_read(aviary):
    met = {sheet: heard(json.dumps(job.data, ensure_ascii=False)) for sheet, job in printed(aviary.world)}
    assert met["guide"]
    assert met["paper"]
    wrong = [
        f"{sheet}: {aviary.planted[number].about}"
        for sheet, numbers in met.items()
        for number in numbers
        if not {"v", "o"} <= aviary.planted[number].readers
    ]
    assert not wrong, told(wrong)


def test_an_archive_of_ones_own_data_has_nothing_of_what_one_may_not_read(aviary, record_property):
    letters = [letter for letter in ACTORS if letter not in "vs"]
    chosen = letters if IS_WHOLE else random.sample(letters, 2)
    wrong = []
    for letter in chosen:
        client = client_of(aviary, letter)
        words = words_of(client.post(OWN_DATA, {"password": "four tall poplars"}))
        assert "application/zip" in words
        met = [aviary.planted[number] for number in heard(words)]
        assert any(canary.owner == letter for canary in met)
        wrong += [f"{ACTORS[letter]} takes out {c.about}" for c in met if letter not in c.readers]
    record_property("archives", len(chosen))
    assert not wrong, told(wrong)


def client_of(aviary: Aviary, letter: str) -> Client:
    client = Client(headers={"host": "localhost"})
    for name, value in aviary.world.cookies.get(letter, {}).items():
        client.cookies[name] = value
    return client


@pytest.fixture
def blocked(aviary) -> Aviary:
    people = aviary.world.people
    block_member(people[OTHER], by=actor(people[ONE]), now=NOW)
    return aviary


def test_across_a_block_neither_meets_what_the_other_wrote(blocked, record_property):
    pages, wrong, asked = addresses(blocked.world), [], 0
    for reader in (OTHER, ONE):
        crawl = Crawl(blocked.world, blocked.planted, reader)
        met = crawl.met([*GATHERED, *some(pages, PAGES if IS_WHOLE else 20)])
        wrong += [f"{ACTORS[reader]} reads {c.about} at {path}" for c, path in met if is_across(c, reader, path)]
        links = [(route, path) for route, paths in crawl.links.items() for path in paths]
        met = crawl.met(some(links, PAGES if IS_WHOLE else 10))
        wrong += [f"{ACTORS[reader]} reads {c.about} at {path}" for c, path in met if is_across(c, reader, path)]
        answer = client_of(blocked, reader).post(OWN_DATA, {"password": "four tall poplars"})
        taken = [blocked.planted[number] for number in heard(words_of(answer))]
        wrong += [f"{ACTORS[reader]} takes out {c.about}" for c in taken if is_across(c, reader, OWN_DATA)]
        asked += crawl.asked
    record_property("requests_across_a_block", asked)
    assert not wrong, told(wrong)


def is_across(canary: Canary, reader: str, path: str) -> bool:
    """What the other wrote. Whoever set the block reads, where she can lift it, whom it is against.

    What is the same for everybody, and for programs, knows no readers: see docs/decisions/0023.
    """
    is_name = canary.about.startswith("members.Identity.name")
    if reader == ONE and is_name and route_of(path) in ("members:blocked", "members:own_data"):
        return False
    same = path.partition("?")[0] in SAME_FOR_ALL or route_of(path) in NOBODYS
    if same and "v" in canary.readers:
        return False
    return canary.owner == (ONE if reader == OTHER else OTHER)


def test_who_is_blocked_gets_the_answer_of_an_account_that_is_gone(blocked, record_property):
    """Of the other's page and things, each address answers as one of which there never was anything."""
    crawl, otherwise, pairs = Crawl(blocked.world, blocked.planted, OTHER), [], about_one(blocked)
    for hers, gone in pairs if IS_WHOLE else random.sample(pairs, 25):
        first, second = crawl.read(hers), crawl.read(gone)
        if (first[0], without_codes(first[1], hers, gone)) != (second[0], without_codes(second[1], gone, hers)):
            otherwise.append(f"{hers} answers {first[0]}, {gone} {second[0]}")
    record_property("answers_compared", len(pairs))
    assert not otherwise, told(otherwise)
    assert len(pairs) > 40


def about_one(aviary: Aviary) -> list[tuple[str, str]]:
    """Addresses of what the one has written, beside the same address of nothing."""
    found = []
    with translation.override("de"):
        for route, thing in CASES:
            if thing in ("post", "members post", "ask", "ask members") or (
                thing == "here" and route in ("members:member", "members:block", "letters:write")
            ):
                values = aviary.world.values(route, thing, ONE) or {}
                nothing = aviary.world.values(route, "unknown", ONE) or {}
                found.append((reverse(route, kwargs=values), reverse(route, kwargs=nothing)))
        code = aviary.world.numbers["square:edit", "post"]["code"]
        for route, thing in CASES:
            if thing == "unknown" and {"code", "key"} & set(PARAMETERS[route]) and not route.startswith("members:"):
                nothing = aviary.world.values(route, thing, ONE) or {}
                hers = {**nothing, ("code" if "code" in nothing else "key"): code}
                found.append((reverse(route, kwargs=hers), reverse(route, kwargs=nothing)))
    return found


def without_codes(words: str, path: str, other: str) -> str:
    """A page without what differs from one request to the next, and from one address to the other."""
    words = words.replace("%2F", "/")
    for parts in zip(path.split("/"), other.split("/"), strict=True):
        for part in set(parts) if len(set(parts)) == 2 else ():
            words = re.sub(rf"(?<![A-Za-z0-9]){part}(?![A-Za-z0-9])", "", words)
    said = r'(?i)(value|nonce|csrftoken|content)="[^"]{16,}"|[A-Za-z0-9]{32,64}|ETag: \S+|Content-Length: \d+'
    return re.sub(said, "", words)


def test_a_leak_would_be_met(aviary):
    """What is for members is shown to everybody by mistake; and a canary is heard in any spelling."""
    members = aviary.world.entries["members"].entry
    crawl = Crawl(aviary.world, aviary.planted, "v")
    assert not crawl.leaks(GATHERED)
    Entry.objects.filter(pk=members.pk).update(audience=Audience.PUBLIC)
    assert crawl.leaks(GATHERED)
    assert heard("<b>QXaaaab</b>xq qxAAAABxq qxaaaacxq") == {1, 2}
    assert route_of("/de/suche/?q=x") == "search:page"


HER_NAME, WORD = "Zwanette Quittenbaum", "quittenbaum"


def named_everywhere(aviary: Aviary) -> list[Canary]:
    """Her name in every text of hers that the square has, in all rooms."""
    written = [canary for canary in aviary.planted.values() if canary.owner == ONE]
    for canary in written:
        write_into(canary, HER_NAME)
    Identity.objects.filter(pk=aviary.world.people[ONE].pk).update(name=HER_NAME)
    index_entries(list(Entry.objects.values_list("pk", flat=True)))
    assert len(rows_with(WORD)) > 60
    return written


def forgotten() -> None:
    """What the night brings after a farewell."""
    drop_words.call()
    run_due(NOW + timedelta(seconds=1))
    rewrite_database(now=NOW + timedelta(hours=4))


def test_whoever_has_left_is_named_by_nothing_she_wrote(aviary, record_property):
    """After the farewell her name stands nowhere."""
    written = named_everywhere(aviary)
    erase_identity(Identity.objects.get(pk=aviary.world.people[ONE].pk), by=INSTALLER, now=NOW)
    drop_words.call()
    record_property("texts_with_her_name", len(written))
    assert len({canary.about.partition(" of ")[0] for canary in written}) > 30
    assert rows_with(WORD) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into SQLite's files")
def test_no_byte_of_any_file_names_whoever_has_left_and_none_of_a_restored_backup(aviary, settings, tmp_path):
    """Neither free pages of the database nor its log; and a backup from before is erased again as it is restored."""
    people, archive = aviary.world.people, tmp_path / "before.tar"
    named_everywhere(aviary)
    with at_home(settings, tmp_path / "here") as here:
        paper = put_away(ContentFile(f"%PDF-1.4 {HER_NAME} %%EOF".encode()), f"{HER_NAME}.pdf")
        write_letter(people[OTHER], text=HER_NAME, form_key="z", inside=[Inside(document=paper)],
                     by=actor(people[ONE]), now=NOW)  # fmt: skip
        save_backup(archive, now=NOW)
        kept = {name.partition(" at ")[0].partition("/")[0] for name in files_with(here, WORD)}
        assert kept == {"dorfplatz.sqlite3", "dorfplatz.sqlite3-wal", "media"}
        erase_identity(Identity.objects.get(pk=people[ONE].pk), by=INSTALLER, now=NOW)
        forgotten()
        assert rows_with(WORD) == []
        assert files_with(here, WORD) == []
    with at_home(settings, tmp_path / "there", is_empty=True) as there, archive.open("rb") as stream:
        restore_backup(stream, erased=[here / "backups" / LIST])
        assert rows_with(WORD) != []
        erase_again()
        forgotten()
        assert rows_with(WORD) == []
        assert files_with(there, WORD) == []
