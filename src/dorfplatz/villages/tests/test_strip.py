"""The little map drawn on the server."""

from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.kernel.geo import Point
from dorfplatz.ui.parts import Strip
from dorfplatz.villages.models import Area
from dorfplatz.villages.strip import MARGIN, MOST_DOTS, NAME_GAP, Dot, Frame, draw_strip, frame_of

SQUARE = {"type": "Polygon", "coordinates": [[[6.0, 51.7], [6.1, 51.7], [6.1, 51.8], [6.0, 51.8], [6.0, 51.7]]]}


def area(name: str, lat: float | None = 51.75, lon: float | None = 6.05, outline: object = None) -> Area:
    return Area(pk=len(name), name={"und": name}, lat=lat, lon=lon, outline=outline, tint=3)


def drawn(*areas: Area, dots: tuple[Dot, ...] = (), frame: Frame | None = None) -> Strip:
    chosen = frame or frame_of(areas)
    assert chosen is not None
    return draw_strip(chosen, areas, dots, language="de", label="Karte")


def test_areas_of_which_nothing_is_known_make_no_frame() -> None:
    assert frame_of([]) is None
    assert frame_of([area("Niel", None, None)]) is None


def test_the_outline_fills_the_frame_inside_its_margin() -> None:
    strip = drawn(area("Niel", outline=SQUARE))
    numbers = [float(n) for n in strip.cells[0].path.strip("MZ").replace("L", " ").split()]
    assert min(numbers) >= MARGIN - 0.1
    assert max(numbers[::2]) <= strip.width - MARGIN + 0.1
    assert max(numbers[1::2]) <= strip.height - MARGIN + 0.1


def test_north_is_up_and_east_is_right() -> None:
    strip = drawn(area("Niel", outline=SQUARE), dots=((51.79, 6.01, "brick"), (51.71, 6.09, "meadow")))
    (west_x, north_y, _), (east_x, south_y, _) = strip.dots
    assert west_x < east_x
    assert north_y < south_y


def test_a_close_up_has_its_point_in_the_middle() -> None:
    frame = Frame.close_up(Point(51.75, 6.05))
    strip = drawn(area("Niel", outline=SQUARE), dots=((51.75, 6.05, "brick"),), frame=frame)
    assert strip.dots == [(strip.width / 2, strip.height / 2, "brick")]


def test_dots_outside_the_frame_are_left_out() -> None:
    assert drawn(area("Niel", outline=SQUARE), dots=((52.5, 13.4, "brick"),)).dots == []


def test_a_name_makes_way_for_the_dots_below_it() -> None:
    niel = area("Niel", outline=SQUARE)
    strip = drawn(niel, dots=((51.75, 6.05, "brick"), (51.7505, 6.052, "meadow")))
    assert strip.cells[0].y <= min(y for _, y, _ in strip.dots) - NAME_GAP + 0.1
    assert drawn(niel).cells[0].y > strip.cells[0].y


def test_a_village_without_an_outline_still_has_its_name() -> None:
    strip = drawn(area("Niel", outline=SQUARE), area("Groesbeek", 51.76, 6.02))
    assert [(cell.name, bool(cell.path)) for cell in strip.cells] == [("Niel", True), ("Groesbeek", False)]


def test_a_holed_outline_of_several_parts_keeps_every_ring() -> None:
    ring = SQUARE["coordinates"][0]
    hole = [[6.04, 51.74], [6.06, 51.74], [6.06, 51.76], [6.04, 51.74]]
    part = [[6.2, 51.7], [6.3, 51.7], [6.3, 51.8], [6.2, 51.7]]
    strip = drawn(area("Niel", outline={"type": "MultiPolygon", "coordinates": [[ring, hole], [part]]}))
    assert strip.cells[0].path.count("M") == 3


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-179, 179)), min_size=1, max_size=30))
def test_any_centres_on_earth_can_be_drawn(centres: list[tuple[float, float]]) -> None:
    areas = [area("x" * (n + 1), *centre) for n, centre in enumerate(centres)]
    strip = drawn(*areas, dots=tuple((*centre, "brick") for centre in centres) * 20)
    assert len(strip.dots) <= MOST_DOTS
    assert all(0 <= x <= strip.width and 0 <= y <= strip.height for x, y, _ in strip.dots)
