"""Notes on a device: encrypted as the standard wants, without content, to public addresses only."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from dorfplatz.channels.actions import Telling, push_note, tell_people
from dorfplatz.channels.models import Note, Preferences, PushSubscription
from dorfplatz.channels.web_push import CURVE, decode, encode, encrypted, kept_key, read_subscriber
from dorfplatz.kernel.net import Egress, FetchFailed
from dorfplatz.kernel.net.dialing import dial_tcp
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW

BY = {"by": INSTALLER, "now": NOW}
# RFC 8291, appendix A.
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SENDERS_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = b"When I grow up, I want to be a watermelon"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
ENDPOINT = "https://push.example.net/send/abc"
ON, OFF = "/de/meine-seite/was-ich-bekomme/geraet/", "/de/meine-seite/was-ich-bekomme/geraet/aus/"


def test_the_example_of_the_standard_comes_out_right():
    own = ec.derive_private_key(int.from_bytes(decode(SENDERS_KEY), "big"), CURVE)
    assert encode(encrypted(MESSAGE, read_subscriber(P256DH, AUTH), own=own, salt=decode(SALT))) == BODY


def test_the_server_says_who_it_is_to_this_service_only(tmp_path):
    key = kept_key(tmp_path)
    said = key.authorization(ENDPOINT, contact="mailto:platz@example.org", now_s=1_000)
    token, public = said.removeprefix("vapid t=").split(", k=")
    head, body, signature = token.split(".")
    claims = json.loads(decode(body))
    assert claims == {"aud": "https://push.example.net", "exp": 1_000 + 12 * 3600, "sub": "mailto:platz@example.org"}
    raw = decode(signature)
    signed = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    known = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decode(public))
    known.verify(signed, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))


def test_the_key_pair_is_made_once_and_for_the_operator_alone(tmp_path):
    assert kept_key(tmp_path).public == kept_key(tmp_path).public
    assert (tmp_path / "push-key.pem").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["push-key.pem"]


@pytest.mark.parametrize(
    ("p256dh", "auth"), [("", ""), ("x" * 87, AUTH), (P256DH, "kurz"), ("ü", AUTH), (P256DH[:-4], AUTH)]
)
def test_what_is_no_key_is_refused(p256dh, auth):
    with pytest.raises(ValueError, match=r".*"):
        read_subscriber(p256dh, auth)


def subscribe(square, **values):
    return square.post(ON, {"endpoint": ENDPOINT, "p256dh": P256DH, "auth": AUTH, **values})


def test_a_device_is_added_once_and_taken_off_by_its_own_person(cast):
    anna = cast.at_the_square("anna")
    assert [subscribe(anna).status_code for _time in range(2)] == [204, 204]
    assert PushSubscription.objects.count() == 1
    cast.at_the_square("ben").post(OFF, {"endpoint": ENDPOINT})
    assert PushSubscription.objects.exists()
    assert anna.post(OFF, {"endpoint": ENDPOINT}).status_code == 204
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    ["", "http://push.example.net/x", "https://localhost/x", "https://10.0.0.1:8080/x", "https://[::1", "ftp://x.de/",
     "https://a:b@push.example.net/x", "https://push.example.net/" + "x" * 2000],
)  # fmt: skip
def test_no_device_lies_where_we_do_not_call(cast, endpoint):
    answer = subscribe(cast.at_the_square("anna"), endpoint=endpoint)
    assert answer.status_code == 400
    assert not PushSubscription.objects.exists()


@pytest.fixture
def to_this_machine():
    """A way out on which the name of the push service leads here, though it looks public."""

    def egress(port: int) -> Egress:
        def dial(_address: str, _port: int, timeout_s: float):
            return dial_tcp("127.0.0.1", port, timeout_s)

        return Egress(ports=frozenset({port}), resolve=lambda _host, _port: ["93.184.216.34"], dial=dial)

    return egress


class Service(BaseHTTPRequestHandler):
    answers: list[int] = []
    heard: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self):
        self.heard.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answers.pop(0) if self.answers else 201)
        self.end_headers()

    def log_message(self, *args):
        """Says nothing."""


@contextmanager
def push_service(*answers: int):
    Service.answers, Service.heard = list(answers), []
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1], Service.heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def told(cast, kranenburg) -> Note:
    entry = place(kranenburg.village("niel"), title="Streng geheim").entry
    Preferences.objects.create(identity=cast.anna, ways={"watch": "at_once"}, changed_at=NOW)
    tell_people([cast.anna.pk], telling=Telling("watch", "x", entry.pk), **BY)
    return Note.objects.get()


def device_at(port: int, cast) -> PushSubscription:
    assert subscribe(cast.at_the_square("anna")).status_code == 204
    PushSubscription.objects.update(endpoint=f"http://push.example.net:{port}/send/abc")
    return PushSubscription.objects.get()


def test_a_note_travels_without_a_word_of_what_it_is_about(cast, kranenburg, at_eleven, to_this_machine):
    note = told(cast, kranenburg)
    with push_service() as (port, heard):
        device = device_at(port, cast)
        push_note(note.pk, subscription_id=device.pk, egress=to_this_machine(port), **BY)
    headers, body = heard[0]
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["TTL"] == "86400"
    assert b"geheim" not in body
    assert len(body) < 300


def test_a_device_that_is_gone_is_forgotten_and_a_service_in_trouble_is_asked_again(
    cast, kranenburg, at_eleven, to_this_machine
):
    note = told(cast, kranenburg)
    with push_service(503, 201, 410) as (port, heard):
        device = device_at(port, cast)
        with pytest.raises(FetchFailed):
            push_note(note.pk, subscription_id=device.pk, egress=to_this_machine(port), **BY)
        assert PushSubscription.objects.get().failed_count == 1
        for _time in range(2):
            push_note(note.pk, subscription_id=device.pk, egress=to_this_machine(port), **BY)
    assert len(heard) == 3
    assert not PushSubscription.objects.exists()


def test_an_address_inside_the_house_is_never_called(cast, kranenburg, at_eleven):
    note = told(cast, kranenburg)
    with push_service() as (port, heard):
        device = device_at(port, cast)
        PushSubscription.objects.update(endpoint=f"https://127.0.0.1:{port}/x")
        push_note(note.pk, subscription_id=device.pk, **BY)
        assert not heard
    assert not PushSubscription.objects.exists()
