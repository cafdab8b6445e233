"""Every form of the square, found by looking at each page as somebody who may open it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

from tests.permissions.test_matrix import CASES, read_rules
from tests.permissions.world import ACTORS, World

# Who is asked first to open a page: those with the least rights.
ASKED = "vrCA" + "".join(letter for letter in ACTORS if letter not in "vrCA")
# What has no form, or only such as stand on other pages too.
READ_ONLY = ("api:", "hsds:", "feeds:", "calendars:", "short:", "look:", "pwa:", "media:", "basemap_files:", "front:",
             "ui:", "operations:", "operating:", "search:", "opendata:", "jobs:")  # fmt: skip
CHOSEN = {"checkbox", "radio", "select"}


@dataclass
class Form:
    """Where it is sent to, by whom, and its fields: name -> (type, what stands in it)."""

    address: str
    letter: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def route(self) -> str:
        return str(resolve(urlsplit(self.address).path).view_name)

    @property
    def written(self) -> list[str]:
        """The fields that somebody writes in."""
        return [name for name, (kind, _value) in self.fields.items() if kind not in {*CHOSEN, "hidden", "file"}]

    @property
    def files(self) -> list[str]:
        return [name for name, (kind, _value) in self.fields.items() if kind == "file"]

    @property
    def values(self) -> dict[str, str]:
        """As the page shows it, without files."""
        return {name: value for name, (kind, value) in self.fields.items() if kind != "file"}

    def filled(self) -> dict[str, str]:
        """As somebody in a hurry would: something in each field."""
        usual = {"email": "nobody@example.org", "number": "1", "date": "2026-12-01", "time": "10:00",
                 "url": "https://example.org/", "password": "four tall poplars"}  # fmt: skip
        said = {name: usual.get(kind, "Wort") for name, (kind, _value) in self.fields.items() if name in self.written}
        return {name: value or said.get(name, "") for name, value in self.values.items()}


class Forms(HTMLParser):
    """The forms of one page that are sent by POST."""

    def __init__(self, address: str, letter: str) -> None:
        super().__init__()
        self.address, self.letter = address, letter
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_post = has.get("method", "").lower() == "post"
            leads_to = urljoin(self.address, has.get("action", ""))
            self._form = Form(leads_to, self.letter) if is_post else None
            self.found += [self._form] if self._form else []
        elif self._form is not None and tag == "option" and self._select:
            kind, value = self._form.fields[self._select]
            if "selected" in has or not value:
                self._form.fields[self._select] = (kind, has.get("value", ""))
        elif self._form is not None and tag in {"input", "textarea", "select", "button"} and has.get("name"):
            self._take(self._form, tag, has)

    def _take(self, form: Form, tag: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text") if tag == "input" else tag
        self._select = has["name"] if tag == "select" else ""
        if kind in {"radio", "checkbox"} and has["name"] in form.fields and "checked" not in has:
            return
        form.fields[has["name"]] = (kind if kind != "button" else "hidden", has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def client_of(world: World, letter: str, **options: Any) -> Client:
    client = Client(headers={"host": "localhost", "accept-language": "de"}, **options)
    for name, value in world.cookies.get(letter, {}).items():
        client.cookies[name] = value
    return client


def pages(world: World, share: float) -> Iterator[tuple[str, str]]:
    """The address of each page, or of a share of them, about the first thing that somebody may open; and who may."""
    rules, done = read_rules(), set()
    for route, thing in CASES:
        is_open = rules[route, thing]["open"]
        letter = next((letter for letter in ASKED if letter in is_open), None)
        if route in done or letter is None or route.startswith(READ_ONLY):
            continue
        done.add(route)
        values = world.values(route, thing, letter)
        if values is not None and random.random() < share:
            with translation.override("de"):
                yield reverse(route, kwargs=values), letter


def every_form(world: World, share: float) -> list[Form]:
    """Each once: by where it leads and what its fields are called."""
    found: dict[tuple[str, frozenset[str]], Form] = {}
    for address, letter in pages(world, share):
        answer = client_of(world, letter).get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            reader = Forms(address, letter)
            reader.feed(answer.content.decode())
            for form in reader.found:
                found.setdefault((form.route, frozenset(form.fields)), form)
    return list(found.values())
