from dorfplatz.imports.placing import Ground
from dorfplatz.kernel.geo import Point

SQUARE = {"type": "Polygon", "coordinates": [[[6, 51], [6.1, 51], [6.1, 51.1], [6, 51.1], [6, 51]]]}
RING = [[5.9, 50.9], [6.5, 50.9], [6.5, 51.2], [5.9, 51.2]]
NIEL, WYLER = Point(51.05, 6.05), Point(51.05, 6.4)


def test_a_thing_belongs_to_the_village_whose_outline_holds_it() -> None:
    assert Ground({1: SQUARE}, {1: NIEL, 2: WYLER}, RING).village_at(Point(51.09, 6.09)) == 1


def test_outside_every_outline_the_nearest_village_in_the_ring_takes_it() -> None:
    assert Ground({1: SQUARE}, {1: NIEL, 2: WYLER}, RING).village_at(Point(51.05, 6.3)) == 2


def test_outside_the_ring_is_outside() -> None:
    assert Ground({1: SQUARE}, {1: NIEL, 2: WYLER}, RING).village_at(Point(51.05, 6.6)) is None


def test_without_a_ring_only_villages_without_an_outline_reach_around_themselves() -> None:
    ground = Ground({1: SQUARE}, {1: NIEL, 2: WYLER})
    assert ground.village_at(Point(51.05, 6.41)) == 2
    assert ground.village_at(Point(51.05, 6.11)) is None
