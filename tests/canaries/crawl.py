"""Reads the square as one person: every address there is, every link that anybody was given, what was sent to her."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pypdfium2
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from tests.canaries.planting import ANY, Canary, heard
from tests.permissions.test_matrix import CASES
from tests.permissions.world import ACTORS, OWN, World

HOSTS = ("localhost", "weeze.test")
LINK = re.compile(r"""(?:href|src|action|hx-get|data-[a-z-]+)="(/[^"#]*)""")
# What a slip opens: its code is the key, whoever holds it.
SLIPS = ("moderation:status", "moderation:reasons")
ASKED_WITH = (
    f"/de/suche/?q={ANY}", f"/nl/zoeken/?q={ANY}", f"/de/suche/vorschlaege/?q={ANY}", f"/de/karte/?q={ANY}",
    f"/api/v1/entries?q={ANY}", "/de/termine/?ab=2026-11-01", "/de/platz/?art=alle",
)  # fmt: skip
# Of one route, with however many questions behind it, so many links are followed.
LINKS_OF_A_ROUTE = 6


def addresses(world: World, language: str = "de") -> list[tuple[str, str]]:
    """Every address of the URL table about every thing of the world, with its route; of one's own, a resident's."""
    found: dict[str, str] = {}
    with translation.override(language):
        for route, thing in CASES:
            for letter in "rA" if thing in OWN else "r":
                values = world.values(route, thing, letter)
                found.setdefault(reverse(route, kwargs=values or {}), route)
    return [(route, path) for path, route in found.items()] + [("", path) for path in ASKED_WITH]


def route_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def words_of(answer: Any) -> str:
    """All that an answer says: its headers, and what is in it, also in a PDF or an archive."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return headers + "".join(_texts(content))


def _texts(content: bytes) -> Iterator[str]:
    if content.startswith(b"%PDF-1."):
        yield _text_of_pdf(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
    yield content.decode("utf-8", "replace")


def _text_of_pdf(content: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return ""
    return "".join(page.get_textpage().get_text_range() for page in document)


class Crawl:
    """One person's reading. What she asks leaves nothing behind."""

    def __init__(self, world: World, planted: Mapping[int, Canary], letter: str, host: str = "localhost") -> None:
        self.world, self.planted, self.letter, self.host = world, planted, letter, host
        self.links: dict[str, list[str]] = {}
        self.asked = 0

    def read(self, path: str) -> tuple[int, str]:
        client = Client(headers={"host": self.host}, raise_request_exception=True)
        for name, value in self.world.cookies.get(self.letter, {}).items():
            client.cookies[name] = value
        self.asked += 1
        with transaction.atomic():
            answer = client.get(path)
            words = words_of(answer)
            transaction.set_rollback(True)
        for link in LINK.findall(words):
            path_found = link.replace("&amp;", "&")
            kept = self.links.setdefault(route_of(path_found), [])
            if path_found not in kept and len(kept) < LINKS_OF_A_ROUTE:
                kept.append(path_found)
        return answer.status_code, words

    def met(self, pages: Iterable[tuple[str, str]]) -> Iterator[tuple[Canary, str]]:
        """Canaries that are met, and where."""
        for route, path in pages:
            for number in heard(self.read(path)[1]) - heard(path):
                canary = self.planted[number]
                if not (route in SLIPS and canary.about.startswith("moderation.")):
                    yield canary, path

    def leaks(self, pages: Iterable[tuple[str, str]]) -> list[str]:
        return [
            f"{ACTORS[self.letter]} reads {canary.about} at {path}"
            for canary, path in self.met(pages)
            if self.letter not in canary.readers
        ]
