"""Wild questions to the open interfaces: what their descriptions allow, what they do not, and what nobody would ask."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote_from_bytes

import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)

from dorfplatz.kernel.geo import Point
from dorfplatz.places.drafts import KindFacts
from dorfplatz.places.enums import PlaceKind, StepFree
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.models import Area

DESCRIPTIONS = {"api": "/api/v1/openapi.json", "hsds": "/hsds/openapi.json"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    positive_data_acceptance,
]
NAMES = (
    "village", "neighbours", "category", "open", "language", "free", "generation", "by", "side", "q", "bbox", "page",
    "per_page", "lang", "search", "full", "minimal", "format", "modified_after", "taxonomy_term_id", "taxonomy_id",
    "organization_id", "postcode", "proximity", "parent_id", "top_only", "full_service", "separator",
)  # fmt: skip
ADDRESSES = (
    "api/v1/entries", "api/v1/map.geojson", "api/v1/places.csv", "api/v1/villages", "hsds/services",
    "hsds/organizations", "hsds/service_at_locations", "hsds/taxonomy_terms", "hsds/services/x", "api/v1/entries/x",
)  # fmt: skip


def furnish() -> None:
    """Entries of every kind on a square that is there, with every odd thing that may stand in one."""
    niel, zyfflich = (Area.objects.get(slug=slug, kind="village") for slug in ("niel", "zyfflich"))
    club = place(
        niel, title="Verein „Ä & ß“ \u202e", body="# Titel\n\n<b>fett</b> \U0001f33e", email="a@example.org",
        website="https://müller.example/ä?x=1 2", own=KindFacts(founded_in=1900), phone="+49 (0) 2826 / 1",
    )  # fmt: skip
    hall = place(
        zyfflich, title="Halle", kind=PlaceKind.LOCATION, categories=("village-hall",), step_free=StepFree.LIMITED,
        opening_hours="Mo-Fr 09:00-12:00,14:00-02:00; PH off", town="Zyfflich", origin="osm",
        own=KindFacts(organization_id=club.pk, capacity=5), point=Point(51.82, 5.97),
    )  # fmt: skip
    place(
        niel, title="Hilfe", kind=PlaceKind.SERVICE, categories=("meeting-point",), minimum_age=0, generations=31,
        opening_hours="sunrise-sunset", hours_note={"de": "nach Absprache"}, is_free=True, alert={"nl": "Let op"},
        spoken_languages=("de", "nl", "uk"), own=KindFacts(organization_id=club.pk, location_ids=(hall.pk,)),
    )  # fmt: skip
    place(niel, zyfflich, title="=1+1", opening_hours="Mo[1] 19:00-21:00; Fr[-1] 15:00-18:00", street="Weg 1")
    place(zyfflich, title="Spielplatz", kind=PlaceKind.LOCATION, categories=("playground",), opening_hours="24/7")


def by_description(name: str, application: Any, *, examples: int, number: int) -> Counter[str]:
    """Each operation is asked what it allows and what it does not; each answer is as described."""
    asked: Counter[str] = Counter()
    schema = schemathesis.openapi.from_wsgi(DESCRIPTIONS[name], application)
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

            @_many(examples, number)
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case) -> None:
                answer = case.call(headers={"Accept-Encoding": "identity"})  # its own client does not unpack
                asked[str(answer.status_code)] += 1
                case.validate_response(answer, checks=CHECKS)

            ask()
    return asked


def by_chance(client: Client, *, examples: int, number: int) -> Counter[str]:
    """Any bytes under any name, in any order and number: nothing breaks, and each fault is told as a problem."""
    asked: Counter[str] = Counter()
    values = st.one_of(st.binary(max_size=40), st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")))
    pairs = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=6)
    headers = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)

    @_many(examples, number)
    @given(address=st.sampled_from(ADDRESSES), query=pairs, words=headers, rest=st.binary(max_size=20))
    def ask(address: str, query: list[tuple[str, bytes]], words: str, rest: bytes) -> None:
        said = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query)
        path = f"{address[:-1]}{quote_from_bytes(rest)}" if address.endswith("/x") else address
        answer = client.get(f"/{path}?{said}", headers={"accept-language": words, "if-none-match": words})
        asked[str(answer.status_code)] += 1
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json", f"{path}?{said}"

    ask()
    return asked


def _many(examples: int, number: int) -> Any:
    quiet = settings(
        max_examples=examples, database=None, deadline=None, phases=[Phase.generate], derandomize=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    return lambda function: seed(number)(quiet(function))
