"""Passkeys let in by another session, and out again; answers that were made up, are too late or too large do not.

What devices really do: tests/browser.
"""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator

from dorfplatz.members.tests.device import ADD, SHOW, PasskeyDevice
from dorfplatz.members.tests.test_session_keys import plant, require_in_with_another_key, require_signing_out_to_work
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import square_of

MADE_UP = ["", "x", "[]", "7", "{}", '{"response": {}}', '{"id": "x", "response": 7}', "[" * 15_000,
           json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": {
               "clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "oA", "signature": "oA",
               "userHandle": "MQ"}})]  # fmt: skip


@pytest.fixture
def anna(person, at_eleven):
    return person("Anna", home="niel")


@pytest.mark.parametrize("answer", MADE_UP)
def test_nothing_made_up_is_kept_and_one_sentence_says_so(anna, answer):
    square = square_of(anna)
    square.get(ADD)
    page = square.post(ADD, {"name": "Telefon", "credential": answer})
    assert page.status_code == 200
    assert "hat nicht geklappt" in page.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("answer", [*MADE_UP, "x" * 100_000])
def test_nothing_made_up_lets_anybody_in(anna, answer):
    square = Square()
    assert square.get(SHOW).json()["publicKey"]["userVerification"] == "required"
    assert square.post(SHOW, {"credential": answer})["Location"] == "/de/anmelden/"
    assert "passt nicht" in square.page("anmelden/")
    assert square.get("/de/meine-seite/").status_code == 302


def test_a_passkey_without_a_name_or_much_too_long_is_said(anna):
    square = square_of(anna)
    page = square.post(ADD, {"name": "", "credential": "x" * 30_000})
    assert "field-error" in page.content.decode()


def test_who_tries_endlessly_waits(anna):
    square = Square()
    for _ in range(31):
        square.post(SHOW, {"credential": "{}"})
    assert "viele Versuche" in square.page("anmelden/")


@pytest.fixture
def device(anna) -> PasskeyDevice:
    made = PasskeyDevice()
    made.set_up(square_of(anna))
    return made


def test_a_passkey_lets_in_with_another_key_than_was_planted(device):
    square = Square()
    planted = plant(square)
    assert device.log_in(square).status_code == 302
    require_in_with_another_key(square, planted)


def test_with_a_passkey_one_signs_out_here_and_everywhere(device):
    require_signing_out_to_work(device.log_in)


def test_after_signing_out_what_the_device_said_opens_nothing_again(device, monkeypatch):
    square, sent = Square(), []
    real = square.post
    monkeypatch.setattr(square, "post", lambda path, said: (sent.append(said), real(path, said))[1])
    device.log_in(square)
    real("/de/abmelden/")
    assert real(SHOW, sent[-1])["Location"] == "/de/anmelden/"
    assert square.get("/de/meine-seite/").status_code == 302
