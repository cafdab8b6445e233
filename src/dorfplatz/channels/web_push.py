"""Web push: a message encrypted for one browser (RFC 8291, RFC 8188), from a server that says who it is (RFC 8292)."""

from __future__ import annotations

import base64
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
LONGEST = RECORD_SIZE - 16 - 1 - 86  # without tag, delimiter and header
TOKEN_LASTS_S = 12 * 3600  # RFC 8292 allows 24 hours
KEY_FILE = "push-key.pem"


@dataclass(frozen=True)
class Subscriber:
    """A browser's keys, as bytes: its point on the curve, and the secret it shares with us."""

    p256dh: bytes
    auth: bytes


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Base64 as in URLs, with or without its end. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def read_subscriber(p256dh: str, auth: str) -> Subscriber:
    """The keys as a browser sends them. Raises ValueError for what are none."""
    point, secret = decode(p256dh), decode(auth)
    if len(secret) != 16:
        raise ValueError("the shared secret has 16 bytes")
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    return Subscriber(point, secret)


def _hkdf(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(key)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def encrypted(
    message: bytes, to: Subscriber, *, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """The body of a push message in one record (aes128gcm). `own` and `salt` are new each time but in test vectors."""
    if len(message) > LONGEST:
        raise ValueError(f"a push message has at most {LONGEST} bytes")
    own, salt = own or ec.generate_private_key(CURVE), salt or secrets.token_bytes(16)
    own_point = _point(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to.p256dh))
    key = _hkdf(to.auth, shared, b"WebPush: info\0" + to.p256dh + own_point, 32)
    content_key = _hkdf(salt, key, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, key, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(content_key).encrypt(nonce, message + b"\x02", None)
    return salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(own_point)]) + own_point + sealed


class OwnKey:
    """The installation's key pair, by which push services know us (VAPID)."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    @property
    def public(self) -> str:
        """As a browser wants it when it subscribes."""
        return encode(_point(self._key.public_key()))

    def authorization(self, endpoint: str, *, contact: str, now_s: int) -> str:
        """The header that says who sends, for this push service only and for half a day."""
        parts = urlsplit(endpoint)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now_s + TOKEN_LASTS_S, "sub": contact}
        head = encode(json.dumps({"typ": "JWT", "alg": "ES256"}, separators=(",", ":")).encode())
        body = encode(json.dumps(claims, separators=(",", ":")).encode())
        r, s = decode_dss_signature(self._key.sign(f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256())))
        signature = encode(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={head}.{body}.{signature}, k={self.public}"


def kept_key(home: Path) -> OwnKey:
    """The key pair of this installation, made at the first call; only the operator's account can read the file."""
    path = home / KEY_FILE
    if not path.exists():
        _write(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{KEY_FILE} holds another sort of key")
    return OwnKey(key)


def _write(path: Path) -> None:
    """Whole or not at all; of two processes at once, the first one's key stays."""
    pem = ec.generate_private_key(CURVE).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    with suppress(FileExistsError):
        path.hardlink_to(part)
    part.unlink()
