"""Themes: what several wishes are about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.models import Municipality
from dorfplatz.wishes.models import Theme, Wish
from dorfplatz.wishes.policies import can_answer_wish, can_keep_themes

LONGEST_NAME = 60


@transaction.atomic
def add_theme(municipality: Municipality, *, name: Mapping[str, str], by: Actor, now: datetime) -> Theme:
    """A new theme; one that is called so already is that one."""
    can_keep_themes(by, municipality).require()
    said = _sound(name)
    for theme in Theme.objects.filter(municipality=municipality):
        if set(said.items()) & set(theme.name.items()):
            return theme
    theme = Theme.objects.create(municipality=municipality, name=said, named_at=now)
    record_act("theme.added", by=by, now=now, thing=f"theme:{theme.pk}", area_id=municipality.pk)
    return theme


def _sound(name: Mapping[str, str]) -> dict[str, str]:
    said = {code: " ".join(words.split())[:LONGEST_NAME] for code, words in name.items() if words.strip()}
    if not said:
        raise Problem(_("Please give the theme a name."))
    return said


@transaction.atomic
def rename_theme(theme: Theme, *, name: Mapping[str, str], by: Actor, now: datetime) -> None:
    can_keep_themes(by, theme.municipality).require()
    theme.name = _sound(name)
    theme.save(update_fields=["name"])
    record_act("theme.renamed", by=by, now=now, thing=f"theme:{theme.pk}", area_id=theme.municipality_id)


@transaction.atomic
def remove_theme(theme: Theme, *, by: Actor, now: datetime) -> None:
    """Its wishes stay, without a theme."""
    can_keep_themes(by, theme.municipality).require()
    record_act("theme.removed", by=by, now=now, thing=f"theme:{theme.pk}", area_id=theme.municipality_id)
    theme.delete()


@transaction.atomic
def put_in_theme(wish: Wish, *, theme: Theme | None, by: Actor, now: datetime) -> bool:
    """Put a wish into a theme, or out of all. Whether that is new."""
    can_answer_wish(by, wish).require()
    if theme is not None:
        can_keep_themes(by, theme.municipality).require()
    if wish.theme_id == (theme.pk if theme else None):
        return False
    wish.theme = theme
    wish.save(update_fields=["theme"])
    details = {"theme": theme.pk if theme else 0}
    record_act("wish.sorted", by=by, now=now, thing=f"entry:{wish.pk}", details=details)
    return True
