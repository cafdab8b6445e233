"""What every answer carries, whatever was asked, by whom and how it ended."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from dorfplatz.operations.routes import routes
from tests.architecture.test_access import address_of
from tests.fixtures.people import square_of

NEVER = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "*", "http:", "https:")


def assert_guarded(response) -> None:
    head = response.headers
    policy = {part.split()[0]: part.split()[1:] for part in head["Content-Security-Policy"].split(";") if part.strip()}
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] in (["'self'"], ["'none'"])
    assert not [source for sources in policy.values() for source in sources if any(bad in source for bad in NEVER)]
    assert head["X-Content-Type-Options"] == "nosniff"
    assert head["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "camera=()" in head["Permissions-Policy"]
    assert head["Cross-Origin-Opener-Policy"] == "same-origin"
    # Only what is given to everybody as data may be used by pages elsewhere.
    is_open = head.get("Access-Control-Allow-Origin") == "*"
    assert head["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_open else "same-origin")
    assert "Access-Control-Allow-Credentials" not in head
    assert head["X-Frame-Options"] == "DENY"
    assert "Cache-Control" in head


def everywhere() -> list[str]:
    addresses = [address_of(route.pattern) for route in routes()]
    return [*addresses, "/nothing-here/", "/de/nothing/here/", "/static/nothing.css", "/de", "/..%2f..%2fetc/passwd"]


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_every_answer_to_a_visitor_is_guarded(client, kranenburg, method):
    for address in everywhere():
        assert_guarded(getattr(client, method)(address))


def test_answers_without_any_municipality_are_guarded(client, db):
    for address in everywhere():
        assert_guarded(client.get(address))


def test_what_a_logged_in_person_sees_is_stored_nowhere(admin):
    browser = square_of(admin)
    pages = 0
    for address in everywhere():
        response = browser.get(address)
        assert_guarded(response)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            pages += 1
            assert "no-store" in response.headers["Cache-Control"], address
    assert pages >= 10


@pytest.mark.urls("tests.architecture.failing_urls")
def test_a_fault_is_answered_guarded_and_tells_nothing(client, kranenburg):
    client.raise_request_exception = False
    response = client.get("/failing/")
    assert response.status_code == 500
    assert_guarded(response)
    assert b"7f3a" not in response.content
    assert b"Traceback" not in response.content


def test_a_missing_token_is_refused_in_our_own_words(kranenburg):
    response = Client(enforce_csrf_checks=True).post("/de/", {"name": "x"})
    assert response.status_code == 403
    assert_guarded(response)
    assert b"Reason given for failure" not in response.content


SETTINGS = """
import json, dorfplatz.config
from dorfplatz.config import settings as s
print(json.dumps({name: getattr(s, name) for name in (
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS", "DEBUG")}))
"""


@pytest.mark.parametrize("https", ["yes", "no"])
def test_cookies_and_hsts_over_https(https, tmp_path):
    environment = {**os.environ, "DORFPLATZ_HOME": str(tmp_path), "DORFPLATZ_HTTPS": https}
    output = subprocess.run([sys.executable, "-c", SETTINGS], env=environment, capture_output=True, check=True).stdout
    found = json.loads(output)
    encrypted = https == "yes"
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-") is encrypted
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-") is encrypted
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is encrypted
    assert (found["SECURE_HSTS_SECONDS"] >= 31_536_000) is encrypted
    assert found["SESSION_COOKIE_HTTPONLY"] is found["CSRF_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_SAMESITE"] == found["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert found["DEBUG"] is False
