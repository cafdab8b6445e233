"""The little map drawn on the server."""

from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.portal.strip import MARGIN, MOST_DOTS, Piece, draw_strip

SQUARE = {"type": "Polygon", "coordinates": [[[6.0, 51.7], [6.1, 51.7], [6.1, 51.8], [6.0, 51.8], [6.0, 51.7]]]}
NIEL = Piece("Niel", 3, SQUARE, (51.75, 6.05), "/de/niel/", is_approximate=True)
FAR = Piece("Mehr", 4, None, (51.9, 6.3))


def test_nothing_to_draw_is_no_drawing() -> None:
    assert draw_strip([], [], label="") is None


def test_the_outline_fills_the_frame_inside_its_margin() -> None:
    strip = draw_strip([NIEL], [], label="Karte")
    assert strip is not None
    numbers = [float(n) for n in strip.cells[0].path.strip("MZ").replace("L", " ").split()]
    assert min(numbers) >= MARGIN - 0.1
    assert max(numbers[::2]) <= strip.width - MARGIN + 0.1
    assert max(numbers[1::2]) <= strip.height - MARGIN + 0.1


def test_north_is_up_and_east_is_right() -> None:
    strip = draw_strip([NIEL], [(51.79, 6.01, "brick"), (51.71, 6.09, "meadow")], label="Karte")
    assert strip is not None
    (west_x, north_y, _), (east_x, south_y, _) = strip.dots
    assert west_x < east_x
    assert north_y < south_y


def test_a_focused_strip_closes_in_on_the_village_that_is_here() -> None:
    here = Piece("Niel", 3, SQUARE, (51.75, 6.05), is_here=True)
    wide = draw_strip([here, FAR], [], label="Karte")
    close = draw_strip([here, FAR], [], label="Karte", focus=True)
    assert wide is not None
    assert close is not None
    assert len(close.cells[0].path) > 0
    assert close.cells[0].path != wide.cells[0].path


def test_dots_outside_the_frame_are_left_out() -> None:
    strip = draw_strip([NIEL], [(52.5, 13.4, "brick")], label="Karte")
    assert strip is not None
    assert strip.dots == []


def test_a_holed_outline_of_several_parts_keeps_every_ring() -> None:
    ring = SQUARE["coordinates"][0]
    hole = [[6.04, 51.74], [6.06, 51.74], [6.06, 51.76], [6.04, 51.74]]
    both = {"type": "MultiPolygon", "coordinates": [[ring, hole], [[[6.2, 51.7], [6.3, 51.7], [6.3, 51.8], [6.2, 51.7]]]]}
    strip = draw_strip([Piece("Niel", 1, both, None)], [], label="Karte")
    assert strip is not None
    assert strip.cells[0].path.count("M") == 3


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-179, 179)), min_size=1, max_size=30))
def test_any_centres_on_earth_can_be_drawn(centres: list[tuple[float, float]]) -> None:
    pieces = [Piece(f"Dorf {n}", 1, None, centre) for n, centre in enumerate(centres)]
    dots = [(*centre, "brick") for centre in centres] * 20
    strip = draw_strip(pieces, dots, label="Karte")
    assert strip is not None
    assert len(strip.dots) <= MOST_DOTS
    assert all(0 <= x <= strip.width and 0 <= y <= strip.height for x, y, _ in strip.dots)
