"""The settings as a municipality's admin uses them."""

from __future__ import annotations

import pytest

PAGES = [
    "einstellungen/", "einstellungen/doerfer/", "einstellungen/doerfer/niel/", "einstellungen/doerfer/niel/bild/",
    "einstellungen/aussehen/", "einstellungen/aussehen/bild/", "einstellungen/raeume/", "einstellungen/seiten/",
    "einstellungen/neue-seite/", "einstellungen/nachbar/", "einstellungen/rollen/",
]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "settings/",
        "settings/villages/",
        "settings/villages/niel/",
        "settings/villages/niel/picture/",
        "settings/look/",
        "settings/look/picture/",
        "settings/rooms/",
        "settings/pages/",
        "settings/new-page/",
        "settings/neighbour-outside/",
        "settings/roles/",
        "my-page/",
        "my-page/password/",
        "logout/",
    ],
)
def test_smoke(admin_square, path):
    admin_square.language = "en"
    admin_square.page(path)


@pytest.mark.parametrize("path", ["villages/", "login/", "forgotten-password/", "join/abc/"])
def test_smoke2(square, path):
    square.language = "en"
    square.page(path, status=410 if "join" in path else 200)
