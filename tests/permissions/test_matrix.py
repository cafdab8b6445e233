"""Who may do what: every address, every kind of thing it can be about, every sort of person, every method.

`rules.csv` was read line by line by a person. On each line an address, what it is about (tests/permissions/world.py),
and for whom it is open; who is sent to the login; who may see the thing but not do this (403); and for whom there is
nothing (404, or 410 for codes). A letter is a person: see `world.ACTORS`. A new address without a line fails.

Here everybody reads everything, and each run asks another share of the rest, chosen by its seed; all of it is asked by
`make drill permissions`.
"""

from __future__ import annotations

import csv
import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dorfplatz.operations.routes import routes
from dorfplatz.villages.kept.alike import BLOCKS, CUT
from tests.permissions.told import CONVERSATIONS, GIFTS
from tests.permissions.world import ACTORS, ASKS, ENTRIES, OWN, PARAMETERS, WISHES, World

RULES = Path(__file__).parent / "rules.csv"
COLUMNS = ("open", "login", "403", "404")
OFTEN = ("get", "post", "hx")
METHODS = (*OFTEN, "head", "put", "patch", "delete", "options")
# Of what is not a person's plain reading, how much one run asks.
SHARE = float(os.environ.get("MATRIX_SHARE", "0.2"))
# Of the many states of an entry these stand for the others where methods are asked that no page uses.
SAMPLES = ("public", "members", "hidden", "unknown")
# Whose own answer is the login page: all devices were signed out; a passkey was not shown.
LEADS_TO_LOGIN = ("members:everywhere", "members:show_passkey")

for _route in routes():
    PARAMETERS[_route.name] = tuple(re.findall(r"<(?:\w+:)?(\w+)>", _route.pattern))


# What an address can be about: the first line that fits its name or one of the values in it.
POSTS = ("post", "members post", "weeze post", "removed post", "unknown")
HERE_OR_THERE = ("here", "weeze", "unknown")
ABOUT: list[tuple[str, tuple[str, ...]]] = [
    (r"members:(withdraw_cards|cards_pdf|withdraw|join)", ("here", "elsewhere", "weeze", "unknown")),
    (r"moderation:report", (*ENTRIES, *OWN, *POSTS)),
    (r"<key>", (*ENTRIES, *OWN, "unknown")),
    (r"letters:write", ("here", "minor", "weeze", "unknown")),
    (r"letters:write_to", ("club", "unknown")),
    (r"letters:(thread|throw_away|enclosure)", ("letter", "unknown")),
    (r"exchange:(edit|steer|answer|talk)", (*ASKS, "unknown")),
    (r"members:(block|of_age)", ("here", "minor", "weeze", "unknown")),
    (r"members:member", ("here", "minor", "newcomer", "weeze", "unknown")),
    (r"members:vouch", ("here", "newcomer", "weeze", "unknown")),
    (r"moderation:(case|crowd|second|appeal)|<slip>", HERE_OR_THERE),
    (r"square:write", ("news", "unknown")),
    (r"wishes:(edit|remove|me_too|answer|sort)", (*WISHES, "unknown")),
    (r"wishes:(theme|theme_remove|chart)", HERE_OR_THERE),
    (r"(square|comments):(edit|history|say_again|remove|restore|settle|write|hide)|comments:improve", POSTS),
    (r"screens:(show|worker|alive)", HERE_OR_THERE),
    (r"<code>", (*ENTRIES, *OWN, "unknown")),
    (r"places:category_\w+", ("standard", *HERE_OR_THERE)),
    (r"members:end_role|imports:(reading|subscription|read_now|end)|languages:(edit|remove)", HERE_OR_THERE),
    (r"places:category", ("category", "unknown")),
    (r"villages:(page|settings_page|settings_page_move|settings_page_remove)", ("page", "unknown")),
    (r"members:bundle", ("here", "unknown")),
    (r"noticeboard:(paper|print|pdf|item|greet|publish)", ("published paper", "draft paper", "weeze paper", "unknown")),
    (r"screens:(edit|revoke)|desk:note_remove|matching:(steer|answer)", HERE_OR_THERE),
    (r"gifts:(edit|take_back)", (*GIFTS, *(f"told in {name}" for name in CONVERSATIONS), "unknown")),
    (r"gifts:(conversation|withdraw)", (*CONVERSATIONS, "unknown")),
    (r"embeds:(frame|fragment|colours)", ("here", "unknown")),
    (r"<slug>", HERE_OR_THERE),
    (r"<kind>", ("here", "unknown")),
    (r"<municipality_id>", ("here", "weeze")),
    (r"<\w+>", ("unknown",)),
]


def things_of(route: str) -> tuple[str, ...]:
    """What an address can be about; ("",) when it is about nothing in particular."""
    said = [route, *(f"<{name}>" for name in PARAMETERS[route])]
    for pattern, things in ABOUT:
        if any(re.fullmatch(pattern, word) for word in said):
            return things
    return ("",)


CASES = [(route.name, thing) for route in routes() for thing in things_of(route.name)]


def read_rules() -> dict[tuple[str, str], dict[str, str]]:
    with RULES.open(newline="") as file:
        return {(row["address"], row["about"]): row for row in csv.DictReader(file)}


def expected(rule: dict[str, str], letter: str) -> str:
    return next(column for column in COLUMNS if letter in rule[column])


def _is_preflight(route: str, method: str) -> bool:
    """Open data tell every website that they may be asked, whatever is asked for."""
    return method == "options" and route.startswith(("api:", "hsds:"))


class Asking:
    """Requests of one person; whatever they change is undone at once."""

    def __init__(self, world: World, letter: str) -> None:
        self.world, self.letter = world, letter
        self.login = resolve_url(settings.LOGIN_URL)

    def ask(self, route: str, thing: str, method: str) -> str:
        """How the square answers: one of the columns, or “405”."""
        values = self.world.values(route, thing, self.letter)
        assert values is not None
        client = Client(headers={"host": "localhost"}, raise_request_exception=True)
        for name, value in self.world.cookies.get(self.letter, {}).items():
            client.cookies[name] = value
        with translation.override("de"):
            address = reverse(route, kwargs=values)
        headers: dict[str, Any] = {"HTTP_HX_REQUEST": "true"} if method == "hx" else {}
        with transaction.atomic():
            answer = getattr(client, "get" if method == "hx" else method)(address, **headers)
            transaction.set_rollback(True)
        if answer.status_code == 302 and answer["Location"].startswith(self.login) and route not in LEADS_TO_LOGIN:
            return "login"
        return {403: "403", 404: "404", 405: "405", 410: "404"}.get(answer.status_code, "open")

    def column(self, route: str, thing: str) -> str:
        """By reading; where an address only takes what a form sends, by sending nothing."""
        said = self.ask(route, thing, "get")
        return self.ask(route, thing, "post") if said == "405" else said


@pytest.fixture
def world(kranenburg, at_eleven, monkeypatch, unkept):
    made = World(kranenburg)
    # Pages are looked at elsewhere: here only whether there would be one, in as many pieces as one that is kept has.
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: CUT * (len(BLOCKS) - 1))
    return made


def test_every_address_has_its_lines():
    rules = read_rules()
    missing = [f"{route},{thing}" for route, thing in CASES if (route, thing) not in rules]
    gone = sorted(set(rules) - set(CASES))
    assert not missing, "To be thought about and written into tests/permissions/rules.csv:\n" + "\n".join(missing)
    assert not gone, f"To be taken out of tests/permissions/rules.csv: {gone}"


def test_every_line_says_something_of_everybody_once():
    for (route, thing), rule in read_rules().items():
        said = "".join(rule[column] for column in COLUMNS)
        wanted = set(ACTORS) - ({"v"} if thing in OWN else set())
        assert len(said) == len(set(said)), (route, thing)
        assert set(said) == wanted, (route, thing)


@pytest.mark.parametrize("letter", ACTORS)
def test_the_square_answers_as_the_rules_say(world, letter, record_property):
    """Other methods than reading and sending answer alike, or not at all: nothing opens by another word."""
    rules, wrong, cells = read_rules(), [], 0
    chance = random.Random(random.getrandbits(32))
    asking = Asking(world, letter)
    for route, thing in CASES:
        if thing in OWN and letter == "v":
            continue
        wanted = expected(rules[route, thing], letter)
        is_sample = thing in SAMPLES or thing not in (*ENTRIES, *OWN)
        for method in METHODS if is_sample else OFTEN:
            if method != "get" and chance.random() >= SHARE:
                continue
            said, cells = asking.ask(route, thing, method), cells + 1
            if said not in {wanted, "405"} and not _is_preflight(route, method):
                wrong.append(f"{method} {route} ({thing}): {said} instead of {wanted}")
    assert not wrong, f"{ACTORS[letter]}:\n" + "\n".join(wrong)
    record_property("cells", cells)
    assert cells > 300 + 1100 * SHARE


def test_the_rules_keep_what_the_square_promises():
    """What must never be, said without the square."""
    rules = read_rules()
    for (route, thing), rule in rules.items():
        nothing = set(rule["404"]) | set(rule["login"]) | set(rule["403"])
        if thing == "members" and route in ("entries:entry", "entries:entry_without_words", "api:entry"):
            assert set("vsoaF") <= nothing, f"{route}: not for visitors, for other municipalities, for officers"
        if thing in ("weeze members", "weeze hidden", "weeze draft"):
            assert set(rule["open"]) <= {"o", "a"}, f"{route} ({thing})"
        if thing == "unknown":
            absent = set(rule["404"])
            for other in ("draft", "removed", "weeze draft"):
                if (route, other) in rules:
                    assert absent <= set(rules[route, other]["404"]), f"{route}: {other} answers like nothing at all"


def test_the_rules_open_nobody_under_sixteen_to_adults_who_are_not_trusted_with_her():
    rules = {route: rule for (route, thing), rule in read_rules().items() if thing == "minor"}
    assert {"letters:write", "members:member", "members:block"} <= set(rules)
    for route, rule in rules.items():
        assert set(rule["open"]) <= set("mCMP"), route
    assert set(rules["letters:write"]["open"]) == set("CP"), "connectors of her village, and who runs the installation"
