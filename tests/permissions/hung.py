"""Screens and notes of desks in the two municipalities of the world, and embeds, which are everywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dorfplatz.desk.models import Note
from dorfplatz.embeds.look import OURS
from dorfplatz.screens.actions import ScreenDraft, set_up_screen
from dorfplatz.screens.addresses import code_of
from tests.fixtures.kranenburg import INSTALLER, NOW

PLACES = {"here": "niel", "weeze": "wemb"}


def hung(world: Any) -> dict[tuple[str, str], Any]:
    """Keys and signed addresses of screens, by route and by where they hang."""
    found: dict[tuple[str, str], Any] = {
        ("embeds:frame", "here"): "dates", ("embeds:fragment", "here"): "places", ("embeds:colours", "here"): OURS.word,
    }  # fmt: skip
    for thing, slug in PLACES.items():
        screen = set_up_screen(ScreenDraft(world.area(slug), "Fenster", ["de"]), by=INSTALLER, now=NOW)
        found |= {(f"screens:{page}", thing): screen.pk for page in ("edit", "revoke")}
        found |= {(f"screens:{page}", thing): code_of(screen.pk) for page in ("show", "worker", "alive")}
        note = Note.objects.create(
            area=world.area(slug), key="village:1", text="Ruft zurück.", by=world.people["C"], written_at=NOW,
            erase_on=NOW.date() + timedelta(days=30),
        )  # fmt: skip
        found["desk:note_remove", thing] = note.pk
    return found
