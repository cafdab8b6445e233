"""Fields that several forms have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dorfplatz.members.actions.people import LONGEST_NAME

LONGEST_PASSWORD = 200  # argon2 reads all of it: what is longer is no password


def email_field(**attributes: str) -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **attributes}),
    )


def password_field(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


NEW_PASSWORD_HELP = _("At least ten characters. Three or four words in a row are easy to keep and hard to guess.")


def name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        help_text=_("As neighbours know you. It stands beside what you write here."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def language_field(languages: Sequence[str]) -> forms.ChoiceField:
    known = dict(settings.LANGUAGES)
    return forms.ChoiceField(
        label=_("Language"),
        choices=[(code, known[code]) for code in languages if code in known],
        help_text=_("In which language we write to you."),
    )
