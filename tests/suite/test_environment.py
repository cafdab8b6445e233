"""What the suite promises about itself (trust R14): no network, a home of its own, the same for everybody."""

import os
import socket
from pathlib import Path

import pytest
from django.conf import settings
from pytest_socket import SocketConnectBlockedError

DOCUMENTATION_ADDRESS = "192.0.2.1"


def test_no_test_reaches_another_machine():
    with (
        socket.socket() as line,
        pytest.raises(SocketConnectBlockedError),
        pytest.warns(UserWarning, match="socket.connect"),
    ):
        line.connect((DOCUMENTATION_ADDRESS, 80))


def test_no_test_asks_for_a_name_of_another_machine():
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_a_test_may_talk_to_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        assert line.getpeername() == server.getsockname()


def test_the_home_of_the_tests_is_nobody_elses():
    assert "dorfplatz-tests-" in os.environ["DORFPLATZ_HOME"]
    assert Path(os.environ["DORFPLATZ_HOME"]).resolve() == settings.HOME


def test_a_visitor_finds_the_square_that_was_set_up(square):
    assert "Nütterden" in square.page()
    assert "Groesbeek" in square.page()
    assert square.page("gibtesnicht/", status=404)
