"""The open interface: GeoJSON as RFC 7946 has it, under the filters of the page."""

import gzip
import json
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.kernel.geo import Point
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import Square

PROMISED = {"id", "kind", "name", "category", "villages", "url", "open", "confirmed_on"}


@pytest.fixture
def entries(kranenburg, at_eleven):
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    place(niel, title="Chor", categories=("music-choir",), texts={"nl": ("Koor", "")}, point=Point(51.8264, 6.0203))
    place(zyfflich, title="Café", categories=("cafe",), opening_hours="Mo-Fr 09:00-18:00", origin="osm")
    return kranenburg


def collection(square, path="map.geojson", **query):
    answer = square.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/geo+json"
    return json.loads(answer.content)


def test_every_feature_is_a_point_with_the_promised_properties(entries, square):
    found = collection(square)
    assert found["type"] == "FeatureCollection"
    assert "crs" not in found
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        lon, lat = feature["geometry"]["coordinates"]
        assert 5 < lon < 7
        assert 51 < lat < 53
        assert set(feature["properties"]) >= PROMISED
    choir = next(f["properties"] for f in found["features"] if f["properties"]["name"] == "Chor")
    assert choir["villages"] == ["Niel"]
    assert choir["category"] == "Musik & Chor"
    assert choir["confirmed_on"] == "2026-11-23"
    assert choir["open"] is None
    assert choir["url"].startswith("http://localhost/de/e/")
    assert square.get(choir["url"].removeprefix("http://localhost")).status_code == 200


def test_language_comes_from_the_address_else_from_the_browser(entries, square):
    names = lambda found: {f["properties"]["name"] for f in found["features"]}  # noqa: E731  twice below
    assert names(collection(square, lang="nl")) == {"Koor", "Café"}
    assert names(collection(Square("nl"))) == {"Koor", "Café"}
    assert names(collection(square, lang="xx")) == {"Chor", "Café"}


def test_it_answers_the_filters_of_the_page(entries, square):
    for query, expected in [
        ({"village": "niel"}, {"Chor"}),
        ({"category": "cafe"}, {"Café"}),
        ({"open": "now"}, {"Café"}),
        ({"bbox": "6.0,51.8,6.1,51.9"}, {"Chor"}),
        ({"bbox": "nonsense", "village": "nowhere"}, {"Chor", "Café"}),
    ]:
        assert {f["properties"]["name"] for f in collection(square, **query)["features"]} == expected, query


def test_openstreetmap_is_named_where_its_data_are(entries, square):
    assert "OpenStreetMap" in collection(square)["attribution"]
    assert "OpenStreetMap" not in collection(square, village="niel")["attribution"]


def test_who_has_it_already_gets_304_and_who_can_unpack_gets_it_packed(entries, square):
    answer = square.get("/api/v1/map.geojson")
    assert square.get("/api/v1/map.geojson", headers={"if-none-match": answer["ETag"]}).status_code == 304
    packed = square.get("/api/v1/map.geojson", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == json.loads(answer.content)


def test_members_only_entries_stay_inside(entries, square, person):
    place(entries.village("niel"), title="Nur für uns", audience="members")
    assert "Nur für uns" not in str(collection(square))
    inside = Square()
    inside.force_login(person("Anna", home="niel").login)
    answer = inside.get("/api/v1/map.geojson")
    assert "Nur für uns" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_areas_say_whether_their_outline_is_approximate(entries, square):
    found = collection(square, "areas.geojson")
    by_slug = {f["properties"]["slug"]: f for f in found["features"]}
    assert by_slug["niel"]["geometry"]["type"] == "Polygon"
    assert by_slug["niel"]["properties"]["approximate"] is True
    assert by_slug["groesbeek"]["geometry"]["type"] == "Point", "a neighbour without an outline still has its name"
    assert by_slug["groesbeek"]["properties"]["country"] == "NL"


def test_a_closed_room_has_no_data(entries, square):
    entries.municipality.rooms_off = ["places"]
    entries.municipality.save()
    assert square.get("/api/v1/map.geojson").status_code == 404


def test_other_methods_are_refused(entries, square):
    assert square.post("/api/v1/map.geojson").status_code == 405


def test_fifty_pins_cost_as_many_queries_as_five(kranenburg, square, at_eleven):
    niel = kranenburg.village("niel")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            collection(square)
        return len(captured)

    for _number in range(5):
        place(niel)
    few = queries()
    for _number in range(45):
        place(niel)
    assert queries() == few <= 15


def rings(geometry):
    """All rings of an outline, the outer one of each polygon first."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return polygons if geometry["type"] != "Point" else []


def turns_left(ring):
    """Counterclockwise: twice the area within is above zero."""
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) < 0


def test_outlines_are_valid_and_wound_as_the_standard_asks(entries, square):
    niel = entries.village("niel")
    hole = [[6.01, 51.81], [6.01, 51.82], [6.02, 51.82], [6.02, 51.81], [6.01, 51.81]]
    outer = [[6.0, 51.8], [6.0, 51.83], [6.03, 51.83], [6.03, 51.8], [6.0, 51.8]]  # clockwise, as shapefiles have it
    niel.outline = {"type": "MultiPolygon", "coordinates": [[outer, hole[::-1]]]}
    niel.save()
    outlined = [f for f in collection(square, "areas.geojson")["features"] if f["geometry"]["type"] != "Point"]
    assert len(outlined) == 3
    for feature in outlined:
        for polygon in rings(feature["geometry"]):
            for number, ring in enumerate(polygon):
                assert len(ring) >= 4
                assert ring[0] == ring[-1]
                assert turns_left(ring) is (number == 0), "section 3.1.6: outer rings counterclockwise, holes clockwise"
                assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
