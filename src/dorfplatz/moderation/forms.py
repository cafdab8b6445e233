"""Forms around reports and decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.sockets import kinds
from dorfplatz.moderation.actions import GuardChange, Ruling, Said
from dorfplatz.moderation.enums import FOR_A_WHILE, Outcome, Step, When, Whom
from dorfplatz.moderation.grounds import GROUNDS, choices_by_sort
from dorfplatz.villages.queries import Site

LONGEST = 4000
MOST_DAYS = 90


class ReportForm(forms.Form):
    """What is wrong, from anybody. `homepage` is a field nobody sees: what fills it in is a machine."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    homepage = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))
    ground = forms.ChoiceField(label=_("What is wrong with it?"))
    text = forms.CharField(
        label=_("In your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences: what exactly, and why."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=80, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), required=False, max_length=254,
        help_text=_("For the receipt, and to tell you what was decided. The author never sees it."),
    )  # fmt: skip
    in_good_faith = forms.BooleanField(label=_("What I say here is right and complete, as far as I know."))

    def __init__(self, *args: Any, is_member: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["ground"] = forms.ChoiceField(
            label=self.fields["ground"].label, choices=[("", _("Please choose")), *choices_by_sort()]
        )
        self.is_member = is_member
        if is_member:
            del self.fields["name"], self.fields["email"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ground = GROUNDS.get(cleaned.get("ground", ""))
        if ground and ground.is_legal and ground.needs_name and not self.is_member:
            why = _("For what is against the law we need this. The author never sees it.")
            for name in ("name", "email"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, why)
        return cleaned

    def said(self, language: str) -> Said:
        given = self.cleaned_data
        return Said(given["ground"], given["text"], language, given.get("name", ""), given.get("email", ""))


class RulingForm(forms.Form):
    """What is decided, on what ground and why."""

    step = forms.ChoiceField(label=_("What do you decide?"), widget=forms.RadioSelect, choices=Step.choices)
    ground = forms.ChoiceField(label=_("On what ground?"), required=False)
    reason = forms.CharField(
        label=_("Your reason"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Two or three sentences: what exactly, and why it cannot stay so. The author reads them, and so does who "
            "decides about an appeal. Do not say who reported."
        ),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("For how long?"), required=False, coerce=int, initial="30",
        choices=[("7", _("a week")), ("30", _("a month")), ("90", _("three months"))],
        help_text=_("Counts only where you take writing or letters from somebody for a while."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_waiting: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        if is_waiting:
            steps = [(Step.LEAVE.value, _("Let it appear")), *Step.choices[1:]]
            self.fields["step"] = forms.ChoiceField(
                label=self.fields["step"].label, widget=forms.RadioSelect, choices=steps
            )
        self.fields["ground"] = _ground_field(self.fields["ground"].label)

    def ruling(self) -> Ruling:
        given = self.cleaned_data
        days = int(given["days"] or 0) if given["step"] in FOR_A_WHILE else 0
        return Ruling(Step(given["step"]), given["ground"], given["reason"], days)


class CrowdForm(forms.Form):
    """One ground and one reason for a whole crowd."""

    ground = forms.ChoiceField(label=_("On what ground?"), initial="advertising")
    reason = forms.CharField(
        label=_("Your reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Each of them gets it in one letter, with the way to appeal."),
    )  # fmt: skip

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["ground"] = _ground_field(self.fields["ground"].label, initial="advertising")

    def ruling(self) -> Ruling:
        return Ruling(Step.RESTRICT, self.cleaned_data["ground"], self.cleaned_data["reason"], MOST_DAYS)


class AppealForm(forms.Form):
    """Why somebody sees it differently."""

    text = forms.CharField(
        label=_("Why do you see it differently?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class SecondLookForm(forms.Form):
    """What somebody else decides about an appeal."""

    outcome = forms.ChoiceField(label=_("What do you decide?"), widget=forms.RadioSelect, choices=Outcome.choices)
    reason = forms.CharField(
        label=_("Your reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever appealed reads it."),
    )  # fmt: skip


class GuardForm(forms.Form):
    """How many newcomers at once, which words, and whether everybody waits for a while."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    crowd = forms.IntegerField(
        label=_("How many entries a day of new members who came with the same cards appear at once?"),
        min_value=0, max_value=1000,
        help_text=_(
            "What comes on top waits for a look: if a code was passed on where it should not, little is seen of it."
        ),
    )  # fmt: skip
    slow = forms.ChoiceField(
        label=_("Should every member’s entry wait for a look for a while?"), required=False, widget=forms.RadioSelect,
        choices=[("", _("leave it as it is")), ("0", _("no")), ("1", _("for a day")), ("3", _("for three days")),
                 ("7", _("for a week"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Words and web addresses that make an entry wait"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "lang": "mul"}),
        help_text=_("One a line; * stands for any ending, # begins a remark. They decide nothing: somebody looks."),
    )  # fmt: skip
    probe = forms.CharField(
        label=_("Try it: a sentence"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("With “Try it” nothing is saved; you see whether the sentence would wait."),
    )  # fmt: skip

    def change(self) -> GuardChange:
        given = self.cleaned_data
        return GuardChange(given["crowd"], given["words"], int(given["slow"]) if given["slow"] else None)


class RuleForm(forms.Form):
    """One more rule: whose entries, of which kind, where, and when somebody looks."""

    whom = forms.ChoiceField(label=_("Whose entries?"), choices=Whom.choices)
    kind = forms.ChoiceField(label=_("Which?"), required=False)
    area = forms.ChoiceField(label=_("Where?"), required=False)
    when = forms.ChoiceField(label=_("When does somebody look?"), choices=When.choices)

    def __init__(self, *args: Any, site: Site, **values: Any) -> None:
        super().__init__(*args, **values)
        self.areas = {str(area.pk): area for area in site.villages}
        self.fields["kind"] = forms.ChoiceField(
            label=_("Which?"), required=False,
            choices=[("", _("all kinds")), *((kind.key, kind.label) for kind in kinds)],
        )  # fmt: skip
        self.fields["area"] = forms.ChoiceField(
            label=_("Where?"), required=False,
            choices=[("", _("in all villages")), *((key, str(area)) for key, area in self.areas.items())],
        )  # fmt: skip


def _ground_field(label: Any, initial: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, initial=initial, choices=[("", _("Please choose")), *choices_by_sort()]
    )
