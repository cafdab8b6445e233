"""Logging in through a provider, against one that runs on this machine and can be told to misbehave."""

from __future__ import annotations

import json
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.cache import cache

from dorfplatz.kernel.net import Egress
from dorfplatz.kernel.tests.lines import PUBLIC
from dorfplatz.members import oidc
from dorfplatz.members.models import Identity, OtherLogin
from dorfplatz.members.oidc import SIGNED_BY
from dorfplatz.members.tests.test_session_keys import plant, require_in_with_another_key, require_signing_out_to_work
from tests.fixtures.kranenburg import Square
from tests.fixtures.people import PASSWORD, square_of

pytestmark = pytest.mark.enable_socket
ISSUER = "https://idp.example"
BEGIN, BACK, LINK = "/de/anmelden/anbieter/", "/de/anmelden/anbieter/zurueck/", "/de/meine-seite/anbieter/"


class Idp:
    """A provider: one signing key, one person, and what is wrong with it today."""

    def __init__(self, folder) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.subject, self.nonce = "person-7", ""
        self.claims: dict[str, object] = {}
        self.document: dict[str, object] = {}
        self.token_status, self.sign_with, self.algorithm = 200, self.key, "RS256"
        self.asked: list[dict[str, list[str]]] = []
        idp = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._say(200, idp.discovery() if "openid-configuration" in self.path else idp.keys())

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                idp.asked.append(form)
                self._say(idp.token_status, {"access_token": "x", "id_token": idp.token()})

            def _say(self, status: int, said: object) -> None:
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                return

        certificate, context = _certificate(folder), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.trust = ssl.create_default_context(cafile=certificate)
        self.server = HTTPServer(("127.0.0.1", 0), Answers)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.document,
        }  # fmt: skip

    def keys(self) -> dict[str, object]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**told, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "square", "sub": self.subject, "iat": now, "exp": now + 60, "nonce": self.nonce,
                  **self.claims}  # fmt: skip
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, self.sign_with, self.algorithm, headers={"kid": "one"})

    def dial(self, address: str, port: int, timeout_s: float):
        import socket  # noqa: PLC0415  for this line only

        assert (address, port) == (PUBLIC, 443)
        return socket.create_connection(self.server.server_address, timeout_s)


def _certificate(folder) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400)).not_valid_after(now + timedelta(days=400))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("idp.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "idp.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return str(path)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    idp = Idp(tmp_path_factory.mktemp("idp"))
    yield idp
    idp.server.shutdown()
    idp.server.server_close()


@pytest.fixture
def idp(running, settings, monkeypatch, kranenburg):
    settings.OIDC = {"issuer": ISSUER, "name": "BundID", "client_id": "square", "client_secret": "hidden"}
    running.claims, running.document, running.asked = {}, {}, []
    running.token_status, running.sign_with, running.algorithm = 200, running.key, "RS256"
    egress = Egress(resolve=lambda _host, _port: [PUBLIC], dial=running.dial, trust=lambda: running.trust)
    monkeypatch.setattr(oidc, "EGRESS", egress)
    cache.clear()
    return running


@pytest.fixture
def anna(person) -> Identity:
    return person("Anna", home="niel")


def come_back(square: Square, idp: Idp, begin: str = BEGIN, **changed: str):
    """To the provider and back, as a browser is led."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(square.get(begin)["Location"]).query).items()}
    idp.nonce = asked["nonce"]
    square.asked = asked
    return square.get(BACK, {"code": "c0de", "state": asked["state"], **changed})


def linked(anna: Identity, idp: Idp) -> None:
    assert come_back(square_of(anna), idp, LINK)["Location"] == "/de/meine-seite/"


def is_in(square: Square) -> bool:
    return square.get("/de/meine-seite/").status_code == 200


def test_who_has_linked_it_comes_in_through_the_provider(anna, idp):
    linked(anna, idp)
    square = Square()
    assert come_back(square, idp, f"{BEGIN}?next=/de/doerfer/")["Location"] == "/de/doerfer/"
    assert is_in(square)
    form = idp.asked[-1]
    assert form["client_secret"] == ["hidden"]
    assert form["redirect_uri"] == [square.asked["redirect_uri"]]
    assert (square.asked["code_challenge_method"], len(form["code_verifier"][0])) == ("S256", 43)
    assert "BundID" in square.page("meine-seite/")


def test_a_provider_lets_in_with_another_key_than_was_planted(anna, idp):
    linked(anna, idp)
    square = Square()
    planted = plant(square)
    come_back(square, idp)
    require_in_with_another_key(square, planted)
    assert "provider_asked" not in square.session


def test_with_a_provider_one_signs_out_here_and_everywhere(anna, idp):
    linked(anna, idp)
    require_signing_out_to_work(lambda square: come_back(square, idp))


def test_whom_nobody_has_linked_still_needs_a_card(anna, idp):
    square = Square()
    assert come_back(square, idp)["Location"] == "/de/anmelden/"
    assert "noch nicht bekannt" in square.page("anmelden/")
    assert not is_in(square)
    assert Identity.objects.count() == 1


def test_a_second_step_is_asked_for_here_too(anna, idp):
    from allauth.mfa.totp.internal.auth import TOTP  # noqa: PLC0415  for this test only

    from dorfplatz.members.factors import new_secret  # noqa: PLC0415  for this test only

    linked(anna, idp)
    TOTP.activate(anna.login, new_secret())
    square = Square()
    assert come_back(square, idp)["Location"] == "/de/anmelden/zweiter-schritt/"
    assert not is_in(square)


WRONG = {
    "another issuer": {"iss": "https://evil.example"}, "for another square": {"aud": "other"},
    "too old": {"exp": 1_000_000_000}, "no nonce": {"nonce": None}, "anothers nonce": {"nonce": "x"},
    "nobody": {"sub": ""}, "no end": {"exp": None}, "for another": {"azp": "other"}, "endless": {"sub": "x" * 300},
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_does_not_fit_lets_nobody_in(anna, idp, wrong):
    linked(anna, idp)
    idp.claims = WRONG[wrong]
    square = Square()
    come_back(square, idp)
    assert "im Moment nicht" in square.page("anmelden/")
    assert not is_in(square)


def test_a_token_signed_by_somebody_else_or_by_nobody_lets_nobody_in(anna, idp):
    linked(anna, idp)
    for key, algorithm in ((rsa.generate_private_key(65537, 2048), "RS256"), ("", "none"), ("hidden" * 8, "HS256")):
        idp.sign_with, idp.algorithm = key, algorithm
        square = Square()
        come_back(square, idp)
        assert not is_in(square)
    assert not [name for name in SIGNED_BY if name.startswith(("HS", "none"))]


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(anna, idp):
    linked(anna, idp)
    square, other = Square(), Square()
    come_back(square, idp, state="wrong")
    assert not is_in(square)
    state = square.asked["state"]
    for browser in (square, other):
        browser.get(BACK, {"code": "c0de", "state": state})
        assert not is_in(browser)
    assert "zu lange gedauert" in other.page("anmelden/")


def test_who_has_not_logged_in_there_is_told_so(anna, idp):
    square = Square()
    come_back(square, idp, iss="https://evil.example")
    assert "nicht angemeldet" in square.page("anmelden/")


@pytest.mark.parametrize(
    "document",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "http://idp.example/token"},
     {"jwks_uri": ""}, {"authorization_endpoint": "javascript:alert(1)"}],
)  # fmt: skip
def test_a_provider_that_describes_itself_wrongly_is_not_gone_to(anna, idp, document):
    idp.document = document
    square = Square()
    assert square.get(BEGIN)["Location"] == "/de/anmelden/"
    assert "im Moment nicht" in square.page("anmelden/")


def test_a_provider_inside_the_house_is_never_called(anna, idp, monkeypatch):
    inside = Egress(resolve=lambda _host, _port: ["10.0.0.5"], dial=idp.dial)
    monkeypatch.setattr(oidc, "EGRESS", inside)
    assert Square().get(BEGIN)["Location"] == "/de/anmelden/"


def test_a_provider_that_is_down_stops_nobody_from_the_password(anna, idp):
    linked(anna, idp)
    idp.token_status = 503
    square = Square()
    come_back(square, idp)
    assert "im Moment nicht" in square.page("anmelden/")
    assert square.post("/de/anmelden/", {"email": "anna@example.org", "password": PASSWORD}).status_code == 302


def test_one_account_there_is_one_person_here(anna, person, idp):
    linked(anna, idp)
    ben = square_of(person("Ben", home="niel"))
    come_back(ben, idp, LINK)
    assert "mit jemand anderem" in ben.page("meine-seite/")
    assert OtherLogin.objects.count() == 1


def test_who_is_blocked_is_not_let_in(anna, idp):
    linked(anna, idp)
    Identity.objects.update(is_blocked=True)
    square = Square()
    come_back(square, idp)
    assert "gesperrt" in square.page("anmelden/")
    assert not is_in(square)


def test_unlinked_it_opens_nothing(anna, idp):
    linked(anna, idp)
    square_of(anna).post(f"{LINK}loesen/")
    square = Square()
    come_back(square, idp)
    assert not is_in(square)


def test_without_a_provider_there_are_no_such_addresses(square):
    assert [square.get(path).status_code for path in (BEGIN, BACK)] == [404, 404]
    assert "BundID" not in square.page("anmelden/")
