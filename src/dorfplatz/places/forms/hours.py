"""Opening hours in a form: a plain week to fill in, or a sentence for whoever has more to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorfplatz.places.hours import read_hours
from dorfplatz.places.hours_weekly import DAYS, Week, from_week, to_week
from dorfplatz.places.hours_words import hours_in_words

UNKNOWN, WEEK, ALWAYS, WORDS = "unknown", "week", "always", "words"
MODES = [
    (UNKNOWN, _("not known, or not fixed")),
    (WEEK, _("the same every week")),
    (ALWAYS, _("day and night")),
    (WORDS, _("in your own words")),
]
DAY_NAMES = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
SPANS = (1, 2)


def hours_fields() -> dict[str, forms.Field]:
    """The choice, a grid of seven days with two spans each, and the sentence."""
    fields: dict[str, forms.Field] = {
        "hours_mode": forms.ChoiceField(label=_("When is it open?"), choices=MODES, widget=forms.RadioSelect)
    }
    for day, name in enumerate(DAY_NAMES):
        for span in SPANS:
            for end, label in (("from", _("%(day)s, from")), ("to", _("%(day)s, to"))):
                fields[_name(day, span, end)] = forms.TimeField(
                    label=label % {"day": name},
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time", "aria-label": label % {"day": name}}, format="%H:%M"),
                )
    fields["hours_off"] = forms.BooleanField(label=_("Closed on public holidays"), required=False)
    fields["hours_text"] = forms.CharField(
        label=_("Opening hours in words"),
        required=False,
        max_length=500,
        help_text=_("As in: Mon–Fri 8–12, Thu 14–18, closed on public holidays. OpenStreetMap’s notation works too."),
    )
    return fields


def hours_grid(form: forms.Form) -> list[dict[str, Any]]:
    """The rows of the week’s table, with their fields."""
    return [
        {
            "name": name,
            "cells": [(form[_name(day, span, "from")], form[_name(day, span, "to")]) for span in SPANS],
        }
        for day, name in enumerate(DAY_NAMES)
    ]


def hours_initial(opening_hours: str, language: str) -> dict[str, Any]:
    """The form's values for hours as they are stored."""
    if not opening_hours:
        return {"hours_mode": UNKNOWN}
    if opening_hours == "24/7":
        return {"hours_mode": ALWAYS}
    week = to_week(opening_hours)
    by_day: dict[int, list[tuple[time, time]]] = {}
    for day, start, end in week.spans if week else ():
        by_day.setdefault(day, []).append((start, end))
    if week is None or any(len(spans) > len(SPANS) for spans in by_day.values()):
        words = hours_in_words(opening_hours, language)
        # Only words that read back as the same hours may stand for them.
        return {"hours_mode": WORDS, "hours_text": words if read_hours(words).hours == opening_hours else opening_hours}
    values: dict[str, Any] = {"hours_mode": WEEK, "hours_off": week.holidays_off}
    for day, spans in by_day.items():
        for span, (start, end) in enumerate(spans, start=1):
            values |= {_name(day, span, "from"): start, _name(day, span, "to"): end}
    return values


def read_hours_fields(cleaned: Mapping[str, Any]) -> str:
    """Opening hours in OpenStreetMap’s syntax. Raises ValidationError, a dict of sentences by field."""
    mode = cleaned.get("hours_mode")
    if mode == ALWAYS:
        return "24/7"
    if mode == WEEK:
        return _week(cleaned)
    if mode == WORDS:
        read = read_hours(cleaned.get("hours_text", ""))
        if not read.hours:
            message = gettext("These opening hours could not be read. Please write them like: Mon–Fri 8–12, Thu 14–18.")
            raise ValidationError({"hours_text": message})
        return read.hours
    return ""


def _week(cleaned: Mapping[str, Any]) -> str:
    spans, wrong = [], {}
    for day, name in enumerate(DAY_NAMES):
        for span in SPANS:
            start, end = cleaned.get(_name(day, span, "from")), cleaned.get(_name(day, span, "to"))
            if start is not None and end is not None:
                spans.append((day, start, end))
            elif start is not None or end is not None:
                missing = "from" if start is None else "to"
                message = gettext("%(day)s: please give both times, from and to.") % {"day": name}
                wrong[_name(day, span, missing)] = message
    if wrong:
        raise ValidationError(wrong)
    if not spans:
        raise ValidationError({"hours_mode": gettext("Please enter at least one day with its times.")})
    return from_week(Week(tuple(spans), bool(cleaned.get("hours_off"))))


def _name(day: int, span: int, end: str) -> str:
    return f"{DAYS[day].lower()}_{span}_{end}"
