"""Our own interface: what it tells, under which filters, and what it never tells."""

from __future__ import annotations

import csv
import io
from typing import Any

import jsonschema_rs
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.api.telling import cell
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.geo import Point
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Correction, Keeper
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import NOW
from tests.fixtures.people import square_of

LISTS = ("entries", "categories", "villages", "map.geojson", "areas.geojson", "places.csv")


@pytest.fixture
def entries(kranenburg, at_eleven):
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    place(
        niel, title="Chor", body="Wir **singen**.", categories=("music-choir",), phone="+49 2826 1", is_free=True,
        texts={"nl": ("Koor", "Wij zingen.")}, generations=16, spoken_languages=("de",), street="=HYPERLINK(1)",
    )  # fmt: skip
    place(
        zyfflich, title="Café", kind=PlaceKind.LOCATION, categories=("cafe",), opening_hours="Mo-Fr 09:00-18:00",
        origin="osm", point=Point(51.8239, 5.9739),
    )  # fmt: skip
    Entry.objects.filter(title="Café").update(uri="https://www.openstreetmap.org/node/7")
    place(zyfflich, title="Nur für uns", audience="members")
    return kranenburg


def told(square, path: str, **query: Any) -> Any:
    """The answer, held against the interface's own description."""
    answer = square.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def titles(square, **query: Any) -> list[str]:
    return [entry["title"] for entry in told(square, "entries", **query)["entries"]]


def table(square, **query: Any) -> list[dict[str, str]]:
    content = square.get("/api/v1/places.csv", query).content
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark"
    separator = ";" if query.get("separator") == "semicolon" else ","
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_an_entry_tells_what_its_page_tells(entries, square):
    choir = told(square, "entries", village="niel")["entries"][0]
    alone = told(square, f"entries/{choir['code']}")
    assert {name: alone[name] for name in choir} == choir
    assert (choir["title"], choir["text"], choir["kind"]) == ("Chor", "Wir **singen**.", "organization")
    assert choir["categories"] == [{"slug": "music-choir", "name": "Musik & Chor"}]
    assert choir["villages"] == [{"slug": "niel", "name": "Niel"}]
    assert (choir["phone"], choir["free"], choir["generations"], choir["open"]) == ("+49 2826 1", True, ["older"], None)
    assert choir["confirmed_on"] == "2026-11-23"
    assert square.get(choir["url"].removeprefix("http://localhost")).status_code == 200
    cafe = told(square, "entries", category="cafe")["entries"][0]
    assert (cafe["open"], cafe["lat"], cafe["source"]) == (True, 51.8239, "osm")
    assert (choir["original"], cafe["original"]) == ("", "https://www.openstreetmap.org/node/7")


def test_entries_answer_the_filters_of_the_page_in_its_order(entries, square):
    assert titles(square) == ["Café", "Chor"]
    for query, expected in [
        ({"village": "niel"}, ["Chor"]),
        ({"category": "cafe"}, ["Café"]),
        ({"open": "now"}, ["Café"]),
        ({"free": "1"}, ["Chor"]),
        ({"q": "zingen"}, ["Chor"]),
        ({"bbox": "5.96,51.82,5.98,51.83"}, ["Café"]),
        ({"language": "de", "generation": "older"}, ["Chor"]),
        ({"side": "nl"}, []),
        ({"bbox": "nonsense", "village": "nowhere"}, ["Café", "Chor"]),
    ]:
        assert titles(square, **query) == expected, query
        assert [row["title"] for row in table(square, **query)] == expected, query
    assert titles(square, lang="nl") == ["Café", "Koor"]


def test_pages_of_entries_are_bounded(entries, square):
    page = told(square, "entries", per_page=1, page=2)
    assert (page["total"], page["pages"], page["page"], [e["title"] for e in page["entries"]]) == (2, 2, 2, ["Chor"])
    assert told(square, "entries", page=9)["entries"] == []
    for query in ({"per_page": 101}, {"per_page": 0}, {"page": "x"}, {"page": "-1"}, {"page": "9" * 400}):
        answer = square.get("/api/v1/entries", query)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["detail"].count(".") == 1, query


def test_categories_and_villages_are_told_as_the_filters_take_them(entries, square):
    categories = told(square, "categories")["categories"]
    slugs = [category["slug"] for category in categories]
    assert "music-choir" in slugs
    assert all(category["parent"] is None or category["parent"] in slugs for category in categories)
    villages = {village["slug"]: village for village in told(square, "villages")["villages"]}
    assert villages["zyfflich"]["neighbours"] == ["niel", "groesbeek"]
    assert (villages["groesbeek"]["outside"], villages["groesbeek"]["country"]) == (True, "NL")
    assert villages["niel"]["inhabitants"] == 222


def test_the_table_has_everything_and_runs_nothing(entries, square):
    rows = table(square)
    assert rows == table(square, separator="semicolon")
    choir = next(row for row in rows if row["title"] == "Chor")
    assert choir["text"] == "Wir singen."
    assert choir["street"] == "'=HYPERLINK(1)"
    assert choir["phone"] == "'+49 2826 1"
    assert (choir["categories"], choir["free"], choir["licence"]) == ("Musik & Chor", "yes", "CC-BY-4.0")
    assert {row["licence"] for row in rows} == {"CC-BY-4.0", "ODbL-1.0"}
    assert float(choir["lat"]) > 51
    assert "kranenburg.csv" in square.get("/api/v1/places.csv")["Content-Disposition"]
    assert square.get("/api/v1/places.csv", {"separator": "|"}).status_code == 400


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠x"])
def test_no_text_begins_a_formula(text):
    assert cell(text) == f"'{text}"


def test_numbers_and_plain_words_stay_as_they_are():
    assert [cell(value) for value in (-5.1, 0, None, True, False, "Chor - alt", "1-2")] == [
        "-5.1", "0", "", "yes", "no", "Chor - alt", "1-2",
    ]  # fmt: skip


def test_licence_and_source_stand_in_every_answer(entries, square):
    for path in LISTS:
        answer = square.get(f"/api/v1/{path}")
        assert 'creativecommons.org/licenses/by/4.0/>; rel="license"' in answer["Link"], path
        assert ("odbl" in answer["Link"]) is (path in {"entries", "map.geojson", "places.csv"}), path
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert square.get(f"/api/v1/{path}", headers={"if-none-match": answer["ETag"]}).status_code == 304, path
    sources = {source["key"]: source["licence"] for source in told(square, "entries")["sources"]}
    assert sources == {"square": "CC-BY-4.0", "osm": "ODbL-1.0"}
    assert [source["key"] for source in told(square, "entries", village="niel")["sources"]] == ["square"]


def test_what_cannot_be_answered_is_a_problem_in_the_readers_language(entries, square):
    for path in ("entries/zzzzzzz", "nothing/here", "entries/Nur%20für%20uns", "entries/a/%0Ab", "entries/%0A"):
        answer = square.get(f"/api/v1/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), path
    assert square.get("/api/v1/x").json()["detail"] == "Hier ist nichts, oder nichts, was alle sehen dürfen."
    assert square.get("/api/v1/x", {"lang": "nl"}).json()["detail"].startswith("Hier is niets")
    refused = square.delete("/api/v1/entries")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert square.options("/api/v1/entries").status_code == 204


def test_a_question_leaves_no_cookie(entries, square):
    assert not square.get("/api/v1/entries", {"village": "niel"}).cookies
    assert square.get("/de/karte/", {"village": "niel"}).cookies, "where people choose, it is remembered"


def test_a_closed_room_has_no_data_in_any_format(entries, square):
    entries.municipality.rooms_off = ["places"]
    entries.municipality.save()
    for path in ("api/v1/entries", "api/v1/places.csv", "api/v1/categories", "hsds/", "hsds/services"):
        assert square.get(f"/{path}").status_code == 404, path


def test_answers_are_as_the_description_says(entries, square):
    document = told(square, "openapi.json")
    assert document["openapi"] == "3.1.0"
    for path in ("/entries", "/categories", "/villages", "/map.geojson", "/areas.geojson"):
        schema = next(iter(document["paths"][path]["get"]["responses"]["200"]["content"].values()))["schema"]
        checker = jsonschema_rs.Draft202012Validator(
            {**schema, "components": document["components"]}, validate_formats=True
        )
        assert not [str(error) for error in checker.iter_errors(told(square, path[1:]))], path


def everything(square) -> str:
    """All that the interfaces tell somebody, list by list and thing by thing."""
    addresses = [f"/api/v1/{path}" for path in LISTS]
    addresses += [f"/api/v1/entries/{code}" for code in Entry.objects.values_list("code", flat=True)]
    names = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
    addresses += ["/hsds/", "/hsds/organizations?full_service=true", "/hsds/services?minimal=true"]
    for name in names:
        addresses.append(f"/hsds/{name}?full=true&per_page=100")
        found = square.get(f"/hsds/{name}?per_page=100").json()["contents"]
        addresses += [f"/hsds/{name}/{row['id']}" for row in found]
    answers = [square.get(address) for address in addresses]
    return "\n".join(f"{answer.content.decode()} {dict(answer.headers)}" for answer in answers)


def test_nobody_stands_in_any_answer(entries, square, person):
    """Who wrote, keeps, corrects or confirms an entry has a name and an address; neither is ever told."""
    somebody = person("Kanarienvogel", email="kanarienvogel@example.org", home="niel")
    choir = Entry.objects.get(title="Chor")
    Entry.objects.update(author=somebody)
    for entry in Entry.objects.all():
        Keeper.objects.create(listing=entry.listing, identity=somebody, since=NOW)
    Correction.objects.create(
        listing=choir.listing, text="Kanarienvogel sagt: stimmt nicht", said_by=somebody, said_at=NOW, form_key="1"
    )
    niel = entries.village("niel")
    for state in ("draft", "waiting", "hidden", "removed"):
        hidden = place(niel, title=f"Kanarienvogel {state}")
        Entry.objects.filter(pk=hidden.pk).update(state=state)
    expired = place(niel, title="Kanarienvogel vorbei")
    Entry.objects.filter(pk=expired.pk).update(expires_at=NOW)
    place(niel, title="Kanarienvogel intern", audience="members")
    for browser in (square, square_of(person("Berta", home="niel"))):
        said = everything(browser)
        if browser is not square:
            said = said.replace("Kanarienvogel intern", "", 1).replace("kanarienvogel-intern", "", 1)
        assert "Chor" in said
        assert "kanarienvogel" not in said.casefold()


@pytest.mark.parametrize("path", ["entries?per_page=100", "places.csv", "map.geojson", "categories", "villages"])
def test_fifty_entries_cost_as_many_queries_as_five(kranenburg, square, at_eleven, path):
    niel = kranenburg.village("niel")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert square.get(f"/api/v1/{path}").status_code == 200
        return len(captured)

    for kind in (*PlaceKind, PlaceKind.SERVICE, PlaceKind.LOCATION):
        place(niel, kind=kind)
    few = queries()
    for _number in range(15):
        for kind in PlaceKind:
            place(niel, kind=kind)
    assert queries() == few <= 16
