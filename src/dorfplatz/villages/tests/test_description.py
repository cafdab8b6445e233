"""A municipality's description file: what is understood, and the one sentence for each thing that is not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.description import parse_description, read_description
from tests.fixtures.kranenburg import DESCRIPTION

TOML = """
[municipality]
slug = "kranenburg"
name = {de = "Kranenburg", nl = "Kranenburg aan de Rijn"}
country = "de"
hosts = ["Kranenburg.Example."]
outlines = "villages.geojson"

[[village]]
slug = "niel"
name = "Niel"
lat = 51.82639
lon = 6.02028
"""
SQUARE = {"type": "Polygon", "coordinates": [[[6.0, 51.8], [6.1, 51.8], [6.1, 51.9], [6.0, 51.9], [6.0, 51.8]]]}


@pytest.fixture
def described(tmp_path: Path) -> Path:
    path = tmp_path / "kranenburg.toml"
    path.write_text(TOML, "utf-8")
    features = [{"type": "Feature", "properties": {"slug": "niel"}, "geometry": SQUARE}]
    (tmp_path / "villages.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def changed(*path: Any, to: Any) -> dict[str, Any]:
    """The small Kranenburg with one value replaced; `...` removes it."""
    raw = copy.deepcopy(DESCRIPTION)
    part = raw
    for key in path[:-1]:
        part = part[key]
    if to is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = to
    return raw


def test_a_file_is_read_with_the_outlines_beside_it(described):
    found = read_description(described)
    assert found.name == {"de": "Kranenburg", "nl": "Kranenburg aan de Rijn"}
    assert (found.country, found.hosts, found.languages) == ("DE", ("kranenburg.example",), ("de", "nl", "en"))
    [niel] = found.villages
    assert (niel.name, niel.point) == ({"und": "Niel"}, Point(51.82639, 6.02028))
    assert niel.outline is not None
    assert niel.outline["type"] == "Polygon"


def test_what_is_left_open_is_none():
    niel = parse_description(changed("village", 1, "inhabitants", to=...), {}).villages[1]
    assert (niel.inhabitants, niel.neighbours, niel.outline) == (None, None, None)


def test_no_neighbours_is_another_word_than_none_said():
    assert parse_description(changed("village", 1, "neighbours", to=[]), {}).villages[1].neighbours == ()


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        (("municipality",), ..., "municipality"),
        (("municipality",), "Kranenburg", "municipality"),
        (("municipality", "slug"), "Kranenburg am Rhein", "slug"),
        (("municipality", "slug"), "a" * 61, "slug"),
        (("municipality", "name"), " ", "name"),
        (("municipality", "name"), {"fr": "Cranenbourg"}, "name"),
        (("municipality", "country"), "Germany", "country"),
        (("municipality", "languages"), [], "languages"),
        (("municipality", "languages"), ["de", "fr"], "languages"),
        (("municipality", "languages"), ["de", "de"], "languages"),
        (("municipality", "languages"), "de", "languages"),
        (("municipality", "timezone"), "Europe/Kranenburg", "time zone"),
        (("municipality", "hosts"), "kranenburg.example", "hosts"),
        (("municipality", "hosts"), ["krane burg.example"], "host name"),
        (("municipality", "ring"), [[6, 51.8], [6.1, 51.8]], "ring"),
        (("municipality", "ring"), "around", "ring"),
        (("village",), [], "village"),
        (("village",), {"slug": "niel"}, "village"),
        (("village", 0, "slug"), "niel", "twice"),
        (("village", 0, "lat"), "north", "lat"),
        (("village", 0, "lat"), float("nan"), "lat"),
        (("village", 0, "lon"), 200, "lat"),
        (("village", 0, "inhabitants"), -1, "whole number"),
        (("village", 0, "inhabitants"), True, "whole number"),
        (("village", 0, "neighbours"), "niel", "neighbours"),
        (("village", 0, "neighbours"), ["atlantis"], "atlantis"),
        (("village", 0, "neighbours"), ["nuetterden"], "nuetterden"),
        (("foreign_area", 0, "country"), "", "country"),
        (("foreign_area", 0, "slug"), "niel", "twice"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(path, value, word, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(Problem, match=word) as said:
        parse_description(changed(*path, to=value), {})
    assert "\n" not in str(said.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"[municipality", b"\xff\xfe\x00", b"a = " + b"[" * 5000, b"x = 1"],
    ids=["empty", "cut", "not text", "nested", "another"],
)
def test_a_file_that_is_no_description_is_a_problem(tmp_path, content):
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(Problem):
        read_description(path)


def test_a_file_that_is_not_there_or_a_folder_is_a_problem(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(Problem):
            read_description(path)


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"features": [{}]}', '{"features": [{"properties": {"slug": "niel"}, "geometry": {"type": "Point"}}]}'],
)
def test_outlines_that_are_none_are_a_problem(described, content):
    (described.parent / "villages.geojson").write_text(content)
    with pytest.raises(Problem, match=r"villages\.geojson"):
        read_description(described)
