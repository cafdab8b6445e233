"""The same village as in the launch kit's own tests."""

from dorfplatz.launch.tests.conftest import ben, bring, clock, zyfflich  # noqa: F401  fixtures are found by their names
