import pytest

from dorfplatz.operations.tests.installation import Installation


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """A running installation, shared by the tests that only talk to it."""
    started = Installation(tmp_path_factory.mktemp("square"))
    yield started
    if started.process.poll() is None:
        started.stop()
