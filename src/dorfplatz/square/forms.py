"""The form of a post: one column, only what this sort needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.tongue import LanguageField, language_choices, tongue_of
from dorfplatz.square.enums import Reach, Sort
from dorfplatz.square.sorts import rules_of

LONGEST_BODY = 50_000
MOMENT = "%Y-%m-%dT%H:%M"
HOURS = [("", _("as it is")), ("6", _("6 hours")), ("24", _("until this time tomorrow")), ("48", _("two days")),
         ("168", _("a week"))]  # fmt: skip
COMMENTS_OFF = {Sort.BEREAVEMENT: _("Words of sympathy may be written below")}


class PostForm(forms.Form):
    """`villages` are (id, name) of where this person may write. What a sort does not need is left out."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(label=_("What would you like to say?"), max_length=LONGEST_BODY, strip=False)
    tips = forms.CharField(
        label=_("What helps now"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One thing a line: “Tie down what can fly.” “Do not park below the poplars.”"),
    )  # fmt: skip
    villages = forms.TypedMultipleChoiceField(
        label=_("For which villages?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    reach = forms.ChoiceField(label=_("Who may read it?"), choices=Reach.choices, widget=forms.RadioSelect)
    has_comments = forms.BooleanField(label=_("Others may write comments below"), required=False)
    until = forms.DateField(
        label=_("Until when should it stand?"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("After that day it goes by itself."),
    )  # fmt: skip
    hours = forms.ChoiceField(label=_("How long does it hold?"), choices=HOURS, required=False)
    language = LanguageField()
    publish_at = forms.DateTimeField(
        label=_("Let it appear later"), required=False, input_formats=[MOMENT],
        widget=forms.DateTimeInput({"type": "datetime-local"}, MOMENT),
        help_text=_("Left empty, it appears at once."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, sort: Sort, villages: Sequence[tuple[int, str]], languages: Sequence[str],
        author_language: str, is_draft: bool = True, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.sort, self.rules = sort, rules_of(sort)
        self.languages, self.author_language = [*languages], author_language
        self._choose("villages", list(villages))
        self._choose("language", language_choices(languages))
        self.fields["title"].required = self.rules.needs_title
        self.fields["title"].help_text = str(self.rules.title_help)
        self.fields["body"].help_text = str(self.rules.body_help)
        self.fields["body"].widget = forms.Textarea(attrs={"rows": 8})
        if sort in COMMENTS_OFF:
            self.fields["has_comments"].label = COMMENTS_OFF[sort]
        for name, is_needed in (
            ("tips", self.rules.asks_tips),
            ("hours", self.rules.asks_tips),
            ("until", bool(self.rules.lasts) and not self.rules.asks_tips),
            ("publish_at", is_draft),
        ):
            if not is_needed:
                del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # all of them are fields with choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("language"):
            said = [str(cleaned.get(name, "")) for name in ("title", "body")]
            cleaned["language"] = tongue_of(*said, among=self.languages, otherwise=self.author_language)
        return cleaned

    @property
    def audience(self) -> tuple[Audience, bool]:
        """For whom, and whether the municipality reads along."""
        reach = self.cleaned_data["reach"]
        if reach == Reach.ALL:
            return Audience.PUBLIC, False
        return Audience.MEMBERS, reach == Reach.MEMBERS_AND_MUNICIPALITY

    def expires_at(self, now: datetime, present: datetime | None) -> datetime | None:
        """When it goes by itself: at the end of the day said, after the hours said, or as it was."""
        day, hours = self.cleaned_data.get("until"), self.cleaned_data.get("hours")
        if hours:
            return now + timedelta(hours=int(hours))
        if day is None:
            return present
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
        return timezone.make_aware(midnight)


class VersionForm(forms.Form):
    """Which of the earlier versions it should say again."""

    version = forms.IntegerField(min_value=1)
