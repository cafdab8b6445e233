import shutil
import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def demonstration(installation, tmp_path):
    """A home of its own with the demonstration in it, taken from the one that runs."""
    home = tmp_path / "home"
    home.mkdir()
    with (
        closing(sqlite3.connect(installation.home / "dorfplatz.sqlite3")) as source,
        closing(sqlite3.connect(home / "dorfplatz.sqlite3")) as copy,
    ):
        source.backup(copy)
    shutil.copy(installation.home / "secret-key", home)
    shutil.copytree(installation.home / "static", home / "static")
    return home
