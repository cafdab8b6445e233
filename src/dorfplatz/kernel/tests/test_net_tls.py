"""Who answers over TLS must prove the name that was asked for, to an authority the system trusts."""

import shutil
import ssl
import subprocess

import pytest

from dorfplatz.kernel.net import Egress, FetchFailed, fetch
from dorfplatz.kernel.tests.lines import PUBLIC, Server, answering

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not shutil.which("openssl"), reason="the certificate is made with the openssl command"),
]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
            ),
            *("-keyout", key, "-out", cert, "-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example"),
        ],
        check=True,
        capture_output=True,
    )
    return cert, key


@pytest.fixture
def server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def handle(line):
        with context.wrap_socket(line, server_side=True) as wrapped:
            answering(ANSWER)(wrapped)

    found = Server(handle)
    yield found
    found.close()


def way_to(server, **more):
    return Egress(resolve=lambda host, port: [PUBLIC], dial=server.dial, **more)


def ask(url, egress):
    return fetch(url, timeout_s=5, max_bytes=100, egress=egress)


def test_a_server_that_proves_its_name_is_heard(server, certificate):
    trusting = way_to(server, trust=lambda: ssl.create_default_context(cafile=certificate[0]))
    assert ask("https://good.example/", trusting).body == b"secret"


def test_a_server_with_another_name_is_not_heard(server, certificate):
    trusting = way_to(server, trust=lambda: ssl.create_default_context(cafile=certificate[0]))
    with pytest.raises(FetchFailed, match="prove who it is"):
        ask("https://other.example/", trusting)


def test_a_server_nobody_vouches_for_is_not_heard_whatever_the_environment_says(server, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with pytest.raises(FetchFailed, match="prove who it is"):
        ask("https://good.example/", way_to(server))
