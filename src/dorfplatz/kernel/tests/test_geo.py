import math
from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.kernel.geo import (
    GRID_M,
    OutlineIndex,
    Point,
    cells,
    distance_m,
    on_grid,
    outline_of,
    ring_outline,
    rounded,
)

NIEL, ZYFFLICH, WYLER = Point(51.82639, 6.02028), Point(51.82389, 5.97389), Point(51.80, 5.98)
RING = [[5.90, 51.75], [6.10, 51.75], [6.10, 51.85], [5.90, 51.85]]
PLACES = st.builds(Point, st.floats(51.76, 51.84), st.floats(5.92, 6.08))


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (-91, 0), (0, 181), (0, -181), (math.nan, 0), (0, math.inf)])
def test_what_is_not_on_earth_is_no_point(lat, lon):
    with pytest.raises(ValueError, match="not a point on earth"):
        Point(lat, lon)


def test_distances_are_those_of_the_map():
    assert distance_m(NIEL, ZYFFLICH) == pytest.approx(3_203, abs=15)
    assert distance_m(NIEL, NIEL) == 0
    assert distance_m(Point(0, 0), Point(0, 180)) == pytest.approx(math.pi * 6_371_008.8)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=5), PLACES, min_size=1, max_size=9))
def test_each_centre_lies_in_its_own_cell_and_the_cells_fill_the_ring(centres):
    ring = ring_outline(RING)
    found = {name: outline_of(cell) for name, cell in cells(centres, ring).items()}
    assert set(found) == set(centres)
    for name, cell in found.items():
        assert cell.distance(shapely.Point(centres[name].lon, centres[name].lat)) < 1e-4
    assert shapely.union_all(list(found.values())).area == pytest.approx(ring.area, rel=1e-3)


def test_without_a_ring_the_cells_reach_a_walk_beyond_the_centres():
    found = cells({"niel": NIEL, "zyfflich": ZYFFLICH}, None)
    index = OutlineIndex({1: found["niel"], 2: found["zyfflich"]})
    assert index.at(Point(51.83, 6.03)) == 1
    assert index.at(Point(51.83, 5.96)) == 2
    assert index.at(Point(52.5, 6.0)) is None


def test_one_centre_has_everything_and_none_has_nothing():
    assert set(cells({"niel": NIEL}, ring_outline(RING))) == {"niel"}
    assert cells({}, ring_outline(RING)) == {}


def test_centres_on_one_spot_share_the_whole():
    found = cells({"a": NIEL, "b": NIEL}, ring_outline(RING))
    assert found["a"] == found["b"]


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [6, 51]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [0, 95], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": "nonsense"},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
    ],
)
def test_what_is_no_outline_is_refused(geometry):
    with pytest.raises(ValueError, match=r"."):
        outline_of(geometry)


def test_a_ring_needs_three_points_and_may_be_open_or_closed():
    with pytest.raises(ValueError, match="three points"):
        ring_outline(RING[:2])
    assert ring_outline(RING).equals(ring_outline([*RING, RING[0]]))


def test_an_outline_that_crosses_itself_is_mended():
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    assert outline_of(bow).is_valid


def test_coordinates_are_cut_to_a_metre():
    cut = rounded({"type": "Polygon", "coordinates": [[[6.123456789, 51.987654321]]]})
    assert cut == {"type": "Polygon", "coordinates": [[[6.12346, 51.98765]]]}


@given(PLACES, st.floats(0, 1), st.floats(0, 360))
def test_a_point_on_the_grid_is_the_same_at_each_look_and_for_all_homes_of_its_cell(home, share, degrees):
    told = on_grid(home)
    assert {on_grid(home) for _look in range(3)} == {told}
    assert on_grid(told) == told
    assert distance_m(home, told) <= GRID_M * 0.71
    lat_m, lon_m = (share * 74 * f(math.radians(degrees)) for f in (math.sin, math.cos))
    near = Point(told.lat + lat_m / 111_195, told.lon + lon_m / 111_195 / math.cos(math.radians(told.lat)))
    assert on_grid(near) == told


def test_neighbouring_points_of_the_grid_lie_150_m_apart():
    lats = sorted({on_grid(Point(51.82 + step / 20_000, 6.02)).lat for step in range(200)})
    lons = sorted({on_grid(Point(51.82, 6.02 + step / 20_000)).lon for step in range(200)})
    up = {round(distance_m(Point(a, 6), Point(b, 6))) for a, b in pairwise(lats)}
    along = {round(distance_m(Point(51.82, a), Point(51.82, b))) for a, b in pairwise(lons)}
    assert up == {GRID_M}
    assert along <= {GRID_M - 1, GRID_M, GRID_M + 1}


@pytest.mark.parametrize(("lat", "lon"), [(90, 180), (-90, -180), (0, 180), (89.9999, 12)])
def test_the_grid_ends_where_the_earth_does(lat, lon):
    on_grid(Point(lat, lon))
