"""What is sent from the launch kit, as cleaned values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.launch.actions import MOST_WANTED
from dorfplatz.launch.enums import YES, Point
from dorfplatz.launch.models import LONGEST_POINT
from dorfplatz.launch.points import CHANGEABLE, Measure
from dorfplatz.villages.enums import Stage

STAGE, WANTED, ADD, TICK, UNTICK, REMOVE = "stage", "wanted", "add", "tick", "untick", "remove"


class StageForm(forms.Form):
    stage = forms.TypedChoiceField(choices=Stage.choices, coerce=Stage)


class WantedForm(forms.Form):
    wanted = forms.IntegerField(
        label=_("How many should have said yes?"),
        min_value=1,
        max_value=MOST_WANTED,
        required=False,
        help_text=_("Left empty: as many as the inhabitants suggest."),
    )


class OwnPointForm(forms.Form):
    text = forms.CharField(
        label=_("What else is to be done before it opens?"),
        max_length=LONGEST_POINT,
        help_text=_("For example: spoken with the fire brigade. Only those who prepare the village read it."),
        error_messages={"required": _("Please write in a few words what is to be done.")},
    )


class PointForm(forms.Form):
    point = forms.IntegerField(min_value=1)


class MeasuresForm(forms.Form):
    """Two numbers for each point; `measures` are those that hold today."""

    def __init__(self, *args: Any, measures: dict[str, Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHANGEABLE:
            held = measures[name]
            label = _("Neighbours who have said yes") if name == YES else Point(name).label
            self.fields[f"{name}-least"] = forms.IntegerField(
                label=label, min_value=1, max_value=MOST_WANTED, initial=held.least, help_text=_("at least")
            )
            self.fields[f"{name}-per"] = forms.IntegerField(
                label=_("%(point)s: one for every … inhabitants") % {"point": label}, min_value=0,
                max_value=100_000, initial=held.per, help_text=_("0: the same for every village"),
            )  # fmt: skip

    @property
    def measures(self) -> dict[str, tuple[int, int]]:
        said = self.cleaned_data
        return {name: (said[f"{name}-least"], said[f"{name}-per"]) for name in CHANGEABLE}
