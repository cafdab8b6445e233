"""What somebody wants to hear of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions.wishes import LONGEST_WORDS, Wishes
from dorfplatz.channels.enums import Rhythm, Way
from dorfplatz.channels.models import Preferences
from dorfplatz.channels.queries import way_for
from dorfplatz.channels.sockets import sections, sorts
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

HOURS = [("", _("no quiet hours")), *((str(hour), _("%(n)s o’clock") % {"n": hour}) for hour in range(24))]


def areas_to_choose(site: Site) -> dict[str, Area]:
    return {area.slug: area for area in (*site.listed, *site.outside)}


def _section_choices() -> list[tuple[str, Any]]:
    return [(key, section.label) for key, section in sections.items() if section.kinds]


class PreferencesForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("How often?"), choices=Rhythm.choices, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(
        label=_("From which villages?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice: from your home village."),
    )
    with_neighbours = forms.BooleanField(
        label=_("With the neighbours"),
        required=False,
        help_text=_("What little happens in a small village is filled up with what goes on next door."),
    )
    sections = forms.MultipleChoiceField(
        label=_("What is to be in it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quiet_from = forms.ChoiceField(label=_("Quiet from"), choices=HOURS, required=False)
    quiet_until = forms.ChoiceField(label=_("until"), choices=HOURS, required=False)

    def __init__(self, *args: Any, preferences: Preferences, site: Site, **kwargs: Any) -> None:
        self.known_areas = areas_to_choose(site)
        chosen = [area.slug for area in self.known_areas.values() if area.pk in preferences.areas]
        start = {
            "rhythm": preferences.rhythm,
            "areas": chosen,
            "with_neighbours": preferences.with_neighbours,
            "sections": [key for key, _section in sections.items() if key not in preferences.left_out],
            "quiet_from": _hour(preferences.quiet_from),
            "quiet_until": _hour(preferences.quiet_until),
            **{f"way-{key}": way_for(preferences, key) for key, _sort in sorts.items()},
        }
        super().__init__(*args, **{**kwargs, "initial": start})
        _choose(self, "areas", [(slug, str(area)) for slug, area in self.known_areas.items()])
        _choose(self, "sections", _section_choices())
        for key, sort in sorts.items():
            self.fields[f"way-{key}"] = forms.ChoiceField(label=str(sort.label), choices=Way.choices)

    @property
    def ways(self) -> Sequence[forms.BoundField]:
        """The questions about sorts, in the order in which they were plugged in."""
        return [self[f"way-{key}"] for key, _sort in sorts.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("quiet_from") == "") != (data.get("quiet_until") == ""):
            self.add_error("quiet_until", _("Please say both: from when, and until when."))
        return data

    @property
    def wishes(self) -> Wishes:
        data: Mapping[str, Any] = self.cleaned_data
        taken: Collection[str] = data["sections"]
        hours = (data["quiet_from"], data["quiet_until"])
        return Wishes(
            rhythm=Rhythm(data["rhythm"]),
            areas=[self.known_areas[slug] for slug in data["areas"]],
            with_neighbours=data["with_neighbours"],
            left_out=[key for key, section in sections.items() if section.kinds and key not in taken],
            ways={key: Way(data[f"way-{key}"]) for key, _sort in sorts.items()},
            quiet=(time(int(hours[0])), time(int(hours[1]))) if all(hours) else None,
        )


class WatchForm(forms.Form):
    area = forms.ChoiceField(label=_("Where?"))
    section = forms.ChoiceField(label=_("What?"), required=False)
    words = forms.CharField(
        label=_("With these words"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Leave it empty to hear of everything. “Fahrrad” also finds “Fahrräder”."),
    )
    way = forms.ChoiceField(label=_("How?"), choices=[choice for choice in Way.choices if choice[0] != Way.NONE])

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = whole_municipality(site)
        self.known_areas = {whole: site.municipality.area, **areas_to_choose(site)}
        names = [(slug, str(area)) for slug, area in self.known_areas.items() if slug != whole]
        _choose(self, "area", [*names, (whole, _("the whole municipality"))])
        _choose(self, "section", [("", _("everything")), *_section_choices()])

    @property
    def chosen_area(self) -> Area:
        return self.known_areas[self.cleaned_data["area"]]


def whole_municipality(site: Site) -> str:
    """How the form names it beside its villages, one of which may have the same name."""
    return site.municipality.area.slug + "-"


def _hour(clock: time | None) -> str:
    return str(clock.hour) if clock is not None else ""


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
