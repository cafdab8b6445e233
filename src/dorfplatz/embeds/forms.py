"""Choosing what is to stand on another website."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dorfplatz.embeds.asked import AMOUNTS, USUAL
from dorfplatz.embeds.enums import What
from dorfplatz.embeds.look import OURS


class EmbedForm(forms.Form):
    """Sent by GET: the page behind it can be passed on."""

    use_required_attribute = False  # HTML knows none for colours, which are always said anyway

    what = forms.ChoiceField(label=_("What?"), choices=What.choices)
    village = forms.MultipleChoiceField(
        label=_("From which villages?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all of the municipality."),
    )  # fmt: skip
    neighbours = forms.BooleanField(label=_("And their neighbours"), required=False)
    most = forms.ChoiceField(label=_("How many at most?"))
    accent = forms.CharField(label=_("Colour of headings and links"))
    ground = forms.CharField(label=_("Colour of the ground"))
    ink = forms.CharField(label=_("Colour of the text"))

    def __init__(self, *args: Any, offered: Sequence[What], villages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amounts = [(str(n), ngettext("%(n)d line", "%(n)d lines", n) % {"n": n}) for n in AMOUNTS]
        choices: dict[str, list[tuple[str, Any]]] = {
            "what": [(what.value, what.label) for what in offered], "village": list(villages), "most": amounts,
        }  # fmt: skip
        for name, some in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  it stands above
            field.choices = some
        for name in ("accent", "ground", "ink"):
            self.fields[name].widget = forms.TextInput(attrs={"type": "color"})


USUALLY = {
    "what": What.DATES.value, "most": str(USUAL), "accent": f"#{OURS.accent}", "ground": f"#{OURS.ground}",
    "ink": f"#{OURS.ink}",
}  # fmt: skip
