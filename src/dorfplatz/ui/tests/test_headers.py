from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.ui import views
from dorfplatz.ui.middleware import security_headers
from dorfplatz.ui.storage import HashedStaticFiles


def answered(response, viewer=VISITOR):
    def view(request):
        request.viewer = viewer
        return response

    return security_headers(view)(RequestFactory().get("/"))


@pytest.mark.parametrize("status", [200, 302, 404, 500])
def test_every_answer_carries_the_headers(status):
    headers = answered(HttpResponse(status=status)).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_members_pages_are_stored_nowhere():
    assert answered(HttpResponse(), Actor(identity_id=7))["Cache-Control"] == "no-store"
    assert answered(HttpResponse())["Cache-Control"] == "private, no-cache"


def test_what_an_answer_says_itself_stays():
    response = HttpResponse(
        headers={"Cache-Control": "public, max-age=60", "Cross-Origin-Resource-Policy": "cross-origin"}
    )

    assert answered(response, Actor(identity_id=7))["Cache-Control"] == "public, max-age=60"
    assert answered(response)["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_answers_made_before_anybody_is_known_count_as_public():
    assert security_headers(lambda r: HttpResponse())(RequestFactory().get("/"))["Cache-Control"] == "private, no-cache"


def large_print(address):
    request = RequestFactory().get(address)
    request.municipality = SimpleNamespace(area=None, languages=["de"])
    return views.large_print(request)


def test_large_print_is_remembered_and_leads_back():
    response = large_print("/de/grossdruck/?on=1&next=/de/karte/%3Fvillage%3Dniel")

    assert response["Location"] == "/de/karte/?village=niel"
    assert response.cookies["large-print"].value == "1"
    assert response.cookies["large-print"]["httponly"]


def test_large_print_can_be_switched_off():
    assert large_print("/de/grossdruck/?on=0&next=/de/").cookies["large-print"]["max-age"] == 0


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil.example"]
)
def test_the_switch_leads_nowhere_else(evil):
    location = large_print(f"/de/grossdruck/?on=1&next={evil}")["Location"]

    assert location.startswith("/")
    assert "evil" not in location


def test_static_files_have_plain_names_before_they_are_collected(tmp_path):
    storage = HashedStaticFiles(location=tmp_path, base_url="/static/")

    assert storage.stored_name("ui/build/site.css") == "ui/build/site.css"


def test_collected_static_files_carry_their_hash(tmp_path):
    storage = HashedStaticFiles(location=tmp_path, base_url="/static/")
    (tmp_path / "a.css").write_text("p{}")
    storage.hashed_files[storage.hash_key("a.css")] = "a.123.css"

    assert storage.stored_name("a.css") == "a.123.css"
