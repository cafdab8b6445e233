import pytest

from dorfplatz.operations.tests.square import Square


@pytest.fixture(scope="session")
def square(tmp_path_factory):
    """A running installation, shared by the tests that only talk to it."""
    started = Square(tmp_path_factory.mktemp("square"))
    yield started
    if started.process.poll() is None:
        started.stop()
