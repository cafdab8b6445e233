"""Canaries: a word of its own in each text of each row, so that one sees what comes out where it should not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

SPELLING = re.compile(r"qx([a-p]{5})xq", re.IGNORECASE)
ANY = "qx"
LENGTH = 9
# Tables without a person's or a place's own words: what the machinery counts, signs, keeps in step or works out.
NO_WORDS = {
    "auth", "contenttypes", "sessions", "django_tasks_database", "account", "mfa", "jobs", "journal", "press", "search",
    "basemap", "operations", "mail", "translation", "members.AttemptCount", "members.Block", "members.Card",
    "villages.Host", "villages.Municipality", "channels.Preferences", "channels.Note", "channels.Letter",
    "channels.LetterRun", "moderation.GateRule", "imports.DateRecord", "imports.NewsRecord",
    "desk.Done", "desk.HandedOn", "desk.Snooze", "desk.Visit", "matching",
}  # fmt: skip
# Columns that hold a code, a key, a hash, a choice or a form that only a program reads.
NOT_WORDS = {
    "code", "form_key", "key", "token", "sha256", "renditions", "language", "kind", "origin", "slug", "path", "handle",
    "pair", "desk", "thing", "ground", "why", "section", "zone", "rule", "holiday_region", "spoken_languages", "uid",
    "opening_hours", "osm_tags", "icon", "shape", "colour", "assured_by", "source_hash", "made_with", "fingerprint",
    "country", "outline", "tint", "password", "key_hash", "session_key", "code_hash", "errand",
    "capability", "endpoint_hash", "p256dh", "auth", "greeting_language", "counts", "fault_values", "file",
    "skill",
}  # fmt: skip
# What a village, a municipality or a standard category is called is printed for everybody.
PRINTED = {"villages.Area.name", "members.Vouch.backer", "members.OtherLogin.issuer", "imports.Source.licence"}


@dataclass(frozen=True)
class Canary:
    """`about` says where it sits; `readers` are letters of people in the world, `owner` is who wrote it."""

    about: str
    readers: frozenset[str]
    owner: str


def spelled(number: int) -> str:
    return "qx" + "".join("abcdefghijklmnop"[int(digit, 16)] for digit in f"{number:05x}") + "xq"


def heard(text: str) -> set[int]:
    """The numbers of all canaries in a text, in any spelling of case."""
    found = {word.lower() for word in SPELLING.findall(text)}
    return {int("".join(f"{ord(letter) - 97:x}" for letter in word), 16) for word in found}


def texts_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table in which words stand."""
    label = model._meta.label
    if model._meta.app_label in NO_WORDS or label in NO_WORDS:
        return []
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and not field.choices
        and field.name not in NOT_WORDS
        and f"{label}.{field.name}" not in PRINTED
    ]


def tables() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models(include_auto_created=True) if texts_of(model))


def plant(whose: Callable[[models.Model, str], tuple[frozenset[str], str]]) -> dict[int, Canary]:
    """Puts a canary into every text of every row; `whose` says of a row and a column who may read it, and who wrote."""
    planted: dict[int, Canary] = {}
    for model in tables():
        for row in model._default_manager.order_by("pk"):
            try:
                with transaction.atomic():
                    _plant_in(row, texts_of(model), planted, whose)
            except IntegrityError:  # what must be empty in this row
                _plant_in(row, [field for field in texts_of(model) if getattr(row, field.attname)], planted, whose)
    return planted


def _plant_in(row: models.Model, fields: list[models.Field[Any, Any]], planted: dict[int, Canary], whose: Any) -> None:
    values, found = {}, {}
    for number, field in enumerate(fields, len(planted) + 1):
        found[number] = Canary(f"{row._meta.label}.{field.name} of {row.pk}", *whose(row, field.name))
        values[field.attname] = _with(spelled(number), getattr(row, field.attname), field)
    if values:
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    planted |= found


def write_into(canary: Canary, word: str) -> None:
    """Puts another word where the canary sits."""
    place, _of, pk = canary.about.partition(" of ")
    label, _dot, name = place.rpartition(".")
    model = apps.get_model(label)
    field = model._meta.get_field(name)
    row = model._default_manager.get(pk=pk)
    model._default_manager.filter(pk=pk).update(**{field.attname: _with(word, getattr(row, field.attname), field)})


def _with(word: str, value: Any, field: models.Field[Any, Any]) -> Any:
    if isinstance(field, models.JSONField):
        if isinstance(value, list):
            # Some lists hold rows: what was not taken over, by key, sentence and what stands in its gaps.
            return [*value, [word, word, {}]] if field.name == "rejected" else [*value, word]
        return {language: f"{word} {said}" for language, said in value.items()} if value else {"und": word}
    if "email" in field.name:
        return f"{word}@example.org"
    if field.name in ("website", "uri", "address", "endpoint"):
        return f"https://example.org/{word}"
    assert field.max_length is None or field.max_length >= LENGTH, f"{field} is too short for a canary"
    return f"{word} {value or ''}".strip()[: field.max_length]
