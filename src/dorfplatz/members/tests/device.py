"""A device that makes and shows passkeys, for tests without a browser."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.fixtures.kranenburg import Square

ADD, SHOW = "/de/meine-seite/zweiter-schritt/passkey/", "/de/anmelden/passkey/"
ORIGIN = "https://localhost"
ASKED_FINGER = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class PasskeyDevice:
    """One passkey for one square; asks for a finger each time."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.user = ""
        self.shown = 0

    def set_up(self, square: Square) -> None:
        """Registers, as somebody who is logged in does on her own page."""
        page = square.get(ADD).content.decode()
        options = json.loads(html.unescape(re.findall(r'data-asked="([^"]+)"', page)[0]))["publicKey"]
        self.user = options["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        flags = ASKED_FINGER | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(self._about(options["rp"]["id"]), flags, 0, made)
        said = self._said(CollectedClientData.TYPE.CREATE, options["challenge"])
        response = {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        answer = square.post(ADD, {"name": "Telefon", "credential": self._answer(response)})
        assert "Ersatzcodes" in answer.content.decode()

    def log_in(self, square: Square) -> Any:
        """Shows the passkey at the door."""
        options = square.get(SHOW).json()["publicKey"]
        self.shown += 1
        data = AuthenticatorData.create(self._about(options["rpId"]), ASKED_FINGER, self.shown)
        said = self._said(CollectedClientData.TYPE.GET, options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(said), "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature), "userHandle": self.user,
        }  # fmt: skip
        return square.post(SHOW, {"credential": self._answer(response)})

    def _about(self, rp_id: str) -> bytes:
        return hashlib.sha256(rp_id.encode()).digest()

    def _said(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(challenge), ORIGIN)

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
