"""What every test may ask for. The environment itself is made in tests/environment.py, before Django's settings."""

import pytest
from django.test import override_settings
from django.utils import translation

from dorfplatz.villages.kept.alike import forget_all

pytest_plugins = [
    "tests.fixtures.kranenburg",
    "tests.fixtures.people",
    "tests.fixtures.cast",
    "tests.fixtures.installation",
    "tests.fixtures.chromium",
    "tests.fixtures.html_checker",
]

# These run one after another on the same process: each group shares something that takes long to start.
GROUPS = {"browser": "browser", "html": "browser", "postgres": "postgres"}
# So many that they are a group of their own, with a square of its own.
LARGE = {"test_every_page.py": "pages"}


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """Hashing a password is slow on purpose; here only the fact that it is hashed matters."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def no_language_left_over():
    """A request leaves its language on the thread; the next test begins in the square's own."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_page_left_over():
    """Pages are kept under numbers that begin anew with each test."""
    forget_all()


class Grouping:
    """Before xdist looks at the groups."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        for item in items:
            for name, group in GROUPS.items():
                if item.get_closest_marker(name):
                    item.add_marker(pytest.mark.xdist_group(LARGE.get(item.path.name, group)))


def pytest_configure(config):
    config.pluginmanager.register(Grouping())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """After the shuffling: long groups begin first, so that no process waits for them at the end."""
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in GROUPS))
