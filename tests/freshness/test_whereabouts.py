"""Where a thing shows is asked whenever it is touched: the answer may not cost more the larger the square is."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.villages.sockets import whereabouts

# `tuple` stands for nowhere, and asks nothing.
KNOWN = {name: place for name, place in whereabouts.items() if place.areas_of not in (None, tuple)}
# A few rows in any installation, or in the table of one row that SQLite makes of a list.
SMALL = {"villages_area", "villages_municipality", "CONSTANT", "json_each"}


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is read in the words of SQLite")
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_where_a_thing_shows_is_found_without_looking_through_a_table(name):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(KNOWN[name].areas_of([1, 2, 3]))
    scans = [scan for query in asked.captured_queries for scan in _scans(query["sql"])]
    assert asked.captured_queries
    assert scans == []


def _scans(sql: str) -> list[str]:
    """Tables a question goes through from one end to the other."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [row[3] for row in cursor.fetchall()]
    found = [match[1] for step in steps if (match := re.match(r"SCAN (?:TABLE )?(\S+)", step))]
    aliases = {alias: table for table, alias in re.findall(r'"(\w+)" (?:AS )?"?(\w+)"?', sql)}
    return [table for alias in found if (table := aliases.get(alias, alias)) not in SMALL]
