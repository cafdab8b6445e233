"""Setting a screen up: where it hangs, what it shows, when it is night."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.text import in_language
from dorfplatz.screens.actions import LONGEST_NAME, ScreenDraft
from dorfplatz.screens.enums import HOURS
from dorfplatz.screens.models import Screen
from dorfplatz.villages.models import Area

LANGUAGE_NAMES = {"de": "Deutsch", "nl": "Nederlands", "en": "English"}
BOTH = "+"
NIGHT_FROM, NIGHT_UNTIL = 22, 6


class ScreenForm(forms.Form):
    """`areas` are those the person looks after, `organizations` ids and titles of those on the social map."""

    name = forms.CharField(
        label=_("Where does it hang?"), max_length=LONGEST_NAME,
        help_text=_("Such as “Bakery, window to the street”. Only those in charge see this."),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Whose dates and news?"))
    organization = forms.ChoiceField(
        label=_("Begin with the dates of an organisation"), required=False,
        help_text=_("For the screen of a club, a school, a parish: its own next dates come first."),
    )  # fmt: skip
    languages = forms.ChoiceField(label=_("Language"))
    touch = forms.BooleanField(
        label=_("People can touch it: show large buttons"), required=False,
        help_text=_("For tablets and touch screens. People turn the pages; after a minute it goes on by itself."),
    )  # fmt: skip
    night_from = forms.ChoiceField(label=_("Dark from"), required=False)
    night_until = forms.ChoiceField(label=_("until"), required=False)

    def __init__(
        self, *args: Any, areas: Sequence[Area], organizations: Sequence[tuple[int, str]], spoken: Sequence[str],
        language: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        hours = [("", _("stays bright")), *((str(hour), f"{hour}:00") for hour in HOURS)]
        choices: dict[str, list[tuple[str, Any]]] = {
            "area": [(pk, in_language(area.name, language)) for pk, area in self.areas.items()],
            "organization": [("", _("No organisation")), *((str(pk), title) for pk, title in organizations)],
            "languages": _languages(spoken),
            "night_from": hours,
            "night_until": hours,
        }
        for name, some in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  it stands above
            field.choices = some

    @property
    def draft(self) -> ScreenDraft:
        said = self.cleaned_data
        return ScreenDraft(
            area=self.areas[said["area"]], name=said["name"], languages=said["languages"].split(BOTH),
            organization_id=_number(said["organization"]), touch=said["touch"],
            night_from=_number(said["night_from"]), night_until=_number(said["night_until"]),
        )  # fmt: skip


def usual(area: Area | None, language: str) -> dict[str, Any]:
    """What a new screen begins with."""
    hours = {"night_from": str(NIGHT_FROM), "night_until": str(NIGHT_UNTIL)}
    return {"area": str(area.pk) if area else "", "languages": language, **hours}


def as_it_is(screen: Screen) -> dict[str, Any]:
    return {
        "name": screen.name, "area": str(screen.area_id), "organization": str(screen.organization_id or ""),
        "languages": BOTH.join(screen.languages), "touch": screen.touch,
        "night_from": _word(screen.night_from), "night_until": _word(screen.night_until),
    }  # fmt: skip


def _languages(spoken: Sequence[str]) -> list[tuple[str, Any]]:
    """Each of the square's languages, then its first two in turn."""
    known = [code for code in spoken if code in LANGUAGE_NAMES]
    single = [(code, LANGUAGE_NAMES[code]) for code in known]
    both = [BOTH.join(pair) for pair in (known[:2], known[1::-1]) if len(known) > 1]
    return [*single, *((pair, _in_turn(pair)) for pair in both)]


def _in_turn(pair: str) -> str:
    return " + ".join(LANGUAGE_NAMES[code] for code in pair.split(BOTH))


def _number(word: str) -> int | None:
    return int(word) if word else None


def _word(number: int | None) -> str:
    return "" if number is None else str(number)
