"""The municipality's stylesheet and the villages' outlines for maps."""

from __future__ import annotations

from dorfplatz.villages.colours import look_version
from dorfplatz.villages.models import Area, Municipality


def address(municipality: Municipality, version: str = "") -> str:
    return f"/look/{municipality.pk}/{version or look_version(municipality.accent)}.css"


def test_every_page_links_the_look_of_its_municipality(square, kranenburg):
    assert f'href="{address(kranenburg.municipality)}"' in square.page("anmelden/")


def test_the_look_may_be_kept_for_ever_under_its_version(square, kranenburg):
    answer = square.get(address(kranenburg.municipality))
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert b"--accent:#a63d2f" in answer.content


def test_an_outdated_version_is_answered_and_not_kept(square, kranenburg):
    answer = square.get(address(kranenburg.municipality, "0123456789ab"))
    assert answer.status_code == 200
    assert "immutable" not in answer["Cache-Control"]


def test_another_colour_is_another_address(square, kranenburg):
    before = address(kranenburg.municipality)
    Municipality.objects.update(accent="#1F5673")
    page = square.page("anmelden/")
    assert before not in page
    assert address(Municipality.objects.get(pk=kranenburg.municipality.pk)) in page


def test_the_look_of_others_is_not_there(square, kranenburg):
    assert square.get(f"/look/{kranenburg.municipality.pk + 1}/x.css").status_code == 404


def test_outlines_are_geojson_in_the_readers_language(square, kranenburg):
    Area.objects.filter(slug="niel").update(name={"de": "Niel", "nl": "Niel NL"})
    url = f"/look/{kranenburg.municipality.pk}/outlines.geojson"
    answer = square.get(url, headers={"accept-language": "nl"})
    found = answer.json()
    assert answer["Content-Type"] == "application/geo+json"
    assert [f["properties"]["name"] for f in found["features"]] == ["Nütterden", "Zyfflich", "Niel NL"]
    assert all(f["properties"]["approximate"] and f["geometry"]["coordinates"] for f in found["features"])
    again = square.get(url, headers={"accept-language": "nl", "if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
