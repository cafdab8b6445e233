"""Who may use which address: declared at the view, listed in docs/access.csv, reviewed by a person."""

import csv
import re

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from dorfplatz.operations.routes import routes, said_access
from tests.architecture.rules.source import ROOT

LIST = ROOT / "docs" / "access.csv"


def declared() -> dict[str, str]:
    return {route.name: said_access(route.access) if route.access else "undeclared" for route in routes()}


def reviewed() -> dict[str, str]:
    with LIST.open(newline="") as file:
        return {row["address"]: row["access"] for row in csv.DictReader(file)}


def test_every_address_is_in_the_reviewed_list_with_the_access_its_view_declares():
    found, listed = declared(), reviewed()
    new = [f"{name},{access}" for name, access in sorted(found.items()) if listed.get(name) != access]
    gone = sorted(set(listed) - set(found))
    assert not new, "To be reviewed and then written into docs/access.csv:\n" + "\n".join(new)
    assert not gone, f"To be taken out of docs/access.csv: {gone}"


def test_the_list_is_in_order_and_names_each_address_once():
    with LIST.open(newline="") as file:
        names = [row["address"] for row in csv.DictReader(file)]
    assert names == sorted(set(names))


def test_no_address_is_left_undeclared():
    assert "undeclared" not in declared().values()
    assert "" not in declared()


SAMPLES = {"int": "1", "slug": "niel", "str": "x", "uuid": "00000000-0000-4000-8000-000000000000"}


def address_of(pattern: str) -> str:
    """An address that fits the pattern, whatever it leads to."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "x"), pattern)


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
def test_what_is_not_for_everybody_is_closed_to_a_visitor_whatever_the_method(client, kranenburg, method):
    """She is sent to the login, or told that there is nothing; a right view would answer, a wrong one too."""
    asked, login = 0, resolve_url(settings.LOGIN_URL)
    for route in routes():
        if route.access and route.access.who != "anyone":
            asked += 1
            response = getattr(client, method)(address_of(route.pattern))
            closed = response.status_code in {403, 404} or response.headers.get("Location", "").startswith(login)
            assert closed, f"{method} {route.name}: {response.status_code}"
    assert asked >= 10
