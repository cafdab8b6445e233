"""The read API of Open Referral HSDS 3.0, held against the facts of the specification."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.api.hsds.ids import hsds_id
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.geo import Point
from dorfplatz.places.drafts import KindFacts
from dorfplatz.places.enums import PlaceKind, Status, StepFree
from dorfplatz.places.models import Listing
from dorfplatz.places.tests.factories import place
from tests.contracts.hsds_facts import PAGE, TABLES, schema_of
from tests.fixtures.kranenburg import NOW

LISTS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def checked(content: Any, table: str) -> Any:
    validator = jsonschema_rs.Draft202012Validator(schema_of(table), validate_formats=True)
    assert not [f"{list(e.instance_path)}: {e.message}" for e in validator.iter_errors(content)]
    return content


def rows(square, name: str, **query: Any) -> list[Any]:
    """All rows of a list, page by page, each held against the specification."""
    found: list[Any] = []
    for number in range(1, 20):
        answer = square.get(f"/hsds/{name}", {"page": number, **query})
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert {key: type(page[key]) for key in PAGE} == PAGE
        assert page["size"] == len(page["contents"])
        assert page["empty"] is (not page["contents"])
        found += [checked(row, LISTS[name]) for row in page["contents"]]
        if page["last_page"]:
            assert page["total_items"] == len(found)
            return found
    raise AssertionError("a list without an end")


def one(square, name: str, pk: str, **query: Any) -> Any:
    answer = square.get(f"/hsds/{name}/{pk}", query)
    assert answer.status_code == 200, answer.content
    return checked(answer.json(), LISTS[name])


def named(some: list[Any], name: str) -> Any:
    return next(row for row in some if row["name"] == name)


@pytest.fixture
def entries(kranenburg, at_eleven):
    """A club with a written service in two places, a club alone, a place alone, a baker in a house, an OSM shop."""
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    parish = place(
        niel, title="Pfarre", body="**Offen** für alle.", phone="+49 2826 1", email="pfarre@example.org",
        website="https://pfarre.example/größe x", street="Dorfstr. 1", postcode="47559", town="Kranenburg",
        own=KindFacts(founded_in=1450, legal_status="Körperschaft"),
    )  # fmt: skip
    hall = place(
        niel, title="Pfarrheim", kind=PlaceKind.LOCATION, categories=("village-hall",), step_free=StepFree.YES,
        access_note={"de": "Rampe hinten"}, street="Dorfstr. 3", opening_hours="Mo-Fr 09:00-18:00; PH off",
        own=KindFacts(organization_id=parish.pk, capacity=80), postcode="47559", point=Point(51.8265, 6.0204),
    )  # fmt: skip
    barn = place(zyfflich, title="Scheune", kind=PlaceKind.LOCATION, categories=("village-hall",))
    place(
        niel, zyfflich, title="Mittagstisch", kind=PlaceKind.SERVICE, categories=("meeting-point",), is_free=False,
        cost_note={"de": "5 Euro"}, generations=16, minimum_age=60, spoken_languages=("de", "nl"),
        opening_hours="We 12:00-13:30", alert={"de": "Im August Pause"}, texts={"nl": ("Lunchtafel", "")},
        own=KindFacts(
            organization_id=parish.pk, location_ids=(hall.pk, barn.pk), how_to_apply={"de": "Einfach kommen"}
        ),
    )  # fmt: skip
    place(niel, title="Kegelclub", opening_hours="Mo[1] 19:00-21:00", is_free=True, status=Status.PAUSED)
    place(zyfflich, title="Spielplatz", kind=PlaceKind.LOCATION, categories=("playground",), opening_hours="24/7")
    shop = place(niel, title="Laden", kind=PlaceKind.ORGANIZATION, categories=("cafe",), origin="osm")
    shop.entry.uri = "https://www.openstreetmap.org/node/7"
    shop.entry.save()
    place(niel, title="Geheim", audience="members")
    place(niel, title="Ende", status=Status.CLOSED)
    return kranenburg


def test_every_list_and_every_row_by_its_address_is_as_the_specification_says(entries, square):
    for name in LISTS:
        some = rows(square, name)
        assert some, name
        assert len({row["id"] for row in some}) == len(some)
        for row in some:
            full = one(square, name, row["id"])
            assert full["id"] == row["id"]
            assert UUID(row["id"]).version == 5
    for name in ("services", "organizations", "service_at_locations"):
        assert rows(square, name, full="true")
    assert rows(square, "organizations", full_service="true")
    assert rows(square, "services", minimal="true")


def test_the_start_page_tells_version_profile_and_description(entries, square):
    about = square.get("/hsds/").json()
    assert about["version"] == "3.0"
    assert about["openapi_url"] == "http://localhost/hsds/openapi.json"
    assert about["profile"].startswith("https://")
    assert {source["licence"] for source in about["sources"]} == {"CC-BY-4.0", "ODbL-1.0"}
    assert square.get("/hsds/openapi.json").json()["openapi"] == "3.1.0"


def test_our_own_description_promises_nothing_the_specification_does_not_have(square):
    described = square.get("/hsds/openapi.json").json()["components"]["schemas"]
    for table, (required, optional, nested) in TABLES.items():
        allowed = {*required.split(), *optional.split(), *(pair.split(":")[0] for pair in nested.split())}
        for name in {table, f"{table}_row"} & described.keys():
            assert set(described[name]["properties"]) <= allowed, name
            assert set(described[name]["required"]) == set(required.split()), name
            assert described[name]["additionalProperties"] is False


def test_what_people_have_written_as_a_service_has_its_organisation_its_places_and_all_facts(entries, square):
    lunch = one(square, "services", named(rows(square, "services"), "Mittagstisch")["id"])
    assert lunch["organization"]["name"] == "Pfarre"
    assert lunch["organization"]["description"] == "Offen für alle."
    assert lunch["organization"]["year_incorporated"] == 1450
    assert lunch["organization"]["website"] == "https://pfarre.example/gr%C3%B6%C3%9Fe%20x"
    assert {at["location"]["name"] for at in lunch["service_at_locations"]} == {"Pfarrheim", "Scheune"}
    hall = next(at["location"] for at in lunch["service_at_locations"] if at["location"]["name"] == "Pfarrheim")
    assert hall["addresses"][0] | {"id": ""} == {
        "id": "", "address_1": "Dorfstr. 3", "city": "Niel", "state_province": "DE-NW", "postal_code": "47559",
        "country": "DE", "address_type": "physical",
    }  # fmt: skip
    assert hall["accessibility"][0]["details"] == "Rampe hinten"
    assert hall["latitude"] == 51.8265
    assert lunch["eligibility_description"] == "Ältere Menschen"
    assert lunch["minimum_age"] == 60
    assert [language["code"] for language in lunch["languages"]] == ["de", "nl"]
    assert lunch["cost_options"][0]["amount_description"] == lunch["fees_description"] == "5 Euro"
    assert lunch["alert"] == "Im August Pause"
    assert lunch["application_process"] == "Einfach kommen"
    assert lunch["assured_date"] == "2026-11-23"
    assert lunch["last_modified"] == "2026-11-23T10:00:00.000Z"
    assert {a["taxonomy_term"]["code"] for a in lunch["attributes"]} == {"meeting-point", "square"}
    parish = one(square, "organizations", lunch["organization_id"])
    assert [service["name"] for service in parish["services"]] == ["Mittagstisch"]
    assert [phone["number"] for phone in parish["phones"]] == ["+49 2826 1"]


def test_opening_hours_become_recurrence_rules(entries, square):
    schedule = lambda name: one(square, "services", named(rows(square, "services"), name)["id"])["schedules"][0]  # noqa: E731  thrice below
    lunch, club, playground = schedule("Mittagstisch"), schedule("Kegelclub"), schedule("Spielplatz")
    assert (lunch["freq"], lunch["byday"], lunch["opens_at"], lunch["closes_at"]) == (
        "WEEKLY", "WE", "12:00:00", "13:30:00",
    )  # fmt: skip
    assert (club["freq"], club["byday"], club["opens_at"]) == ("MONTHLY", "1MO", "19:00:00")
    assert (playground["byday"], playground["closes_at"]) == ("MO,TU,WE,TH,FR,SA,SU", "23:59:59")
    assert lunch["timezone"] == 1


def test_clubs_and_places_without_a_written_service_stand_for_one(entries, square):
    names = {row["name"] for row in rows(square, "services")}
    assert names == {"Mittagstisch", "Kegelclub", "Spielplatz", "Laden", "Ende"}
    playground = one(square, "services", named(rows(square, "services"), "Spielplatz")["id"])
    assert [at["location"]["name"] for at in playground["service_at_locations"]] == ["Spielplatz"]
    assert "organization" not in playground


def test_the_state_of_things_is_said_in_the_words_of_the_specification(entries, square):
    by_name = {row["name"]: row["status"] for row in rows(square, "services")}
    assert by_name["Kegelclub"] == "temporarily closed"
    assert by_name["Ende"] == "defunct"
    assert by_name["Laden"] == "active"
    Listing.objects.filter(entry__title="Laden").update(missing_since=NOW)
    assert {row["name"]: row["status"] for row in rows(square, "services")}["Laden"] == "inactive"


def test_openstreetmap_is_named_where_its_data_are(entries, square):
    shop = named(rows(square, "services"), "Laden")
    answer = square.get(f"/hsds/services/{shop['id']}")
    assert 'opendatacommons.org/licenses/odbl/1-0/>; rel="license"' in answer["Link"]
    sources = [a["taxonomy_term"] for a in answer.json()["attributes"] if a["link_type"] == "source"]
    assert "OpenStreetMap" in sources[0]["description"]
    of_osm = rows(square, "services", taxonomy_term_id=sources[0]["id"])
    assert [row["name"] for row in of_osm] == ["Laden"]
    lunch = named(rows(square, "services"), "Mittagstisch")
    assert "odbl" not in square.get(f"/hsds/services/{lunch['id']}")["Link"]
    assert "OpenStreetMap" in square.get("/hsds/services").json()["attribution"]


def test_what_the_demonstration_has_invented_says_so_in_every_format(entries, square):
    entries.municipality.is_demonstration = True
    entries.municipality.save()
    place(entries.village("niel"), title="Erfunden", origin="demo")
    invented = one(square, "services", named(rows(square, "services"), "Erfunden")["id"])
    term = next(a["taxonomy_term"] for a in invented["attributes"] if a["link_type"] == "source")
    assert term["name"] == "Kranenburg (erfundenes Beispiel)"
    assert term["id"] in {other["id"] for other in rows(square, "taxonomy_terms")}
    assert [row["name"] for row in rows(square, "services", taxonomy_term_id=term["id"])] == ["Erfunden"]
    entry = next(e for e in square.get("/api/v1/entries").json()["entries"] if e["title"] == "Erfunden")
    assert entry["source"] == "demo"
    assert "erfundenes Beispiel" in square.get("/api/v1/places.csv").content.decode()
    assert "erfundenes Beispiel" in square.get("/api/v1/map.geojson").json()["attribution"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"search": "lunchtafel"}, {"Mittagstisch"}),
        ({"search": "Spielplatz"}, {"Spielplatz"}),
        ({"search": "gibtesnicht"}, set()),
        ({"modified_after": "2026-11-24"}, set()),
        ({"modified_after": "2026-11-23T10:00:00Z"}, {"Mittagstisch", "Kegelclub", "Spielplatz", "Laden", "Ende"}),
        ({"taxonomy_id": "00000000-0000-4000-8000-000000000000"}, set()),
        ({"taxonomy_term_id": "nonsense"}, set()),
        ({"organization_id": "nonsense"}, set()),
    ],
)
def test_lists_answer_the_questions_of_the_specification(entries, square, query, expected):
    assert {row["name"] for row in rows(square, "services", **query)} == expected


def test_a_term_a_taxonomy_and_an_organisation_narrow_the_lists(entries, square):
    terms = rows(square, "taxonomy_terms")
    playground = next(term for term in terms if term["code"] == "playground")
    assert {row["name"] for row in rows(square, "services", taxonomy_term_id=playground["id"])} == {"Spielplatz"}
    assert {row["name"] for row in rows(square, "services", taxonomy_term_id=playground["parent_id"])} == {"Spielplatz"}
    assert len(rows(square, "services", taxonomy_id=playground["taxonomy_id"])) == 5
    below = rows(square, "taxonomy_terms", parent_id=playground["parent_id"])
    assert playground["id"] in {term["id"] for term in below}
    assert all("parent_id" not in term for term in rows(square, "taxonomy_terms", top_only="true"))
    parish = named(rows(square, "organizations"), "Pfarre")
    assert {row["name"] for row in rows(square, "services", organization_id=parish["id"])} == {"Mittagstisch"}


def test_a_postcode_and_a_distance_around_it(entries, square):
    at = lambda **query: {row["service"]["name"] for row in rows(square, "service_at_locations", **query)}  # noqa: E731  short, used twice
    assert at(postcode="47559") == {"Mittagstisch"}
    assert at(postcode="99999", proximity="1000") == set()
    assert {"Mittagstisch", "Kegelclub"} <= at(postcode="47559", proximity="1000")
    assert "Spielplatz" not in at(postcode="47559", proximity="1000")


def test_pages_are_bounded_and_what_is_beyond_them_is_empty(entries, square):
    first = square.get("/hsds/services", {"per_page": 2}).json()
    assert (first["total_items"], first["total_pages"], first["size"]) == (5, 3, 2)
    assert (first["first_page"], first["last_page"]) == (True, False)
    beyond = square.get("/hsds/services", {"per_page": 2, "page": 9}).json()
    assert (beyond["empty"], beyond["contents"]) == (True, [])
    for query in (
        {"per_page": 101},
        {"page": 0},
        {"page": "x"},
        {"per_page": "٣"},
        {"full": "perhaps"},
        {"format": "xml"},
    ):
        answer = square.get("/hsds/services", query)
        assert answer.status_code == 400, query
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].endswith("."), query


def test_identifiers_stay_the_same_when_words_and_rows_change(entries, square):
    before = named(rows(square, "services"), "Spielplatz")["id"]
    code = Entry.objects.get(title="Spielplatz").code
    assert before == hsds_id("service", code)
    assert hsds_id("service", "abc1234") == "21ef174b-6db9-5e72-adff-af087d1e0b96"


def test_it_is_told_in_the_readers_language(entries, square):
    assert "Lunchtafel" in {row["name"] for row in rows(square, "services", lang="nl")}
    lunch = named(rows(square, "services", lang="nl"), "Lunchtafel")
    assert one(square, "services", lunch["id"], lang="nl")["eligibility_description"] == "Ouderen"


def test_what_is_not_there_is_a_problem_in_one_sentence(entries, square):
    for name in LISTS:
        for pk in ("nonsense", "00000000-0000-4000-8000-000000000000"):
            answer = square.get(f"/hsds/{name}/{pk}")
            assert answer.status_code == 404
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == 404
    assert square.post("/hsds/services").status_code == 405
    assert square.post("/hsds/services")["Allow"] == "GET, HEAD, OPTIONS"


def test_a_copy_is_kept_fresh_cheaply(entries, square):
    answer = square.get("/hsds/services")
    assert square.get("/hsds/services", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert answer["Access-Control-Allow-Origin"] == "*"
    lunch = named(answer.json()["contents"], "Mittagstisch")
    assert square.get(f"/hsds/services/{lunch['id']}")["Last-Modified"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    minimal = square.get("/hsds/services", {"minimal": "true"}).json()["contents"]
    assert set(minimal[0]) == {"id", "name", "status", "last_modified", "modified_date"}


@pytest.mark.parametrize(
    "path", ["services?full=true", "organizations?full_service=true", "service_at_locations?full=true"]
)
def test_fifty_entries_cost_as_many_queries_as_five(kranenburg, square, at_eleven, path):
    niel = kranenburg.village("niel")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert square.get(f"/hsds/{path}").status_code == 200
        return len(captured)

    def some(count: int) -> None:
        for _number in range(count):
            club = place(niel)
            where = place(niel, kind=PlaceKind.LOCATION)
            own = KindFacts(organization_id=club.pk, location_ids=(where.pk,))
            place(niel, kind=PlaceKind.SERVICE, own=own)

    some(3)
    few = queries()
    some(15)
    assert queries() == few <= 18
