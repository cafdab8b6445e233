"""The forms of imports: a file handed in, and a calendar or feed that is read by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dorfplatz.imports.actions import Subscription
from dorfplatz.imports.cleaning import clean_line, clean_url
from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.uploads import MOST_BYTES, TABLE_ENDINGS, kind_of
from dorfplatz.kernel.text import in_language
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

KINDS = [
    (SourceKind.ICS, _("Dates: a calendar (iCalendar, often ends in .ics)")),
    (SourceKind.FEED, _("News: a feed (RSS or Atom)")),
]


class UploadForm(forms.Form):
    """A file, and for tables a second one that says what its columns are."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "An OpenStreetMap extract (.osm.pbf, .osm, .osm.gz), a table (.csv) or a calendar (.ics), "
            "at most 100 megabytes."
        ),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pbf,.osm,.gz,.csv,.tsv,.txt,.ics"}),
    )
    mapping = forms.FileField(
        label=_("What the columns mean"),
        help_text=_("Only for tables whose headings are not understood by themselves: a small file in TOML format."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(_("The file is empty: there is nothing in it to import."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 100 megabytes."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("mapping") and cleaned.get("file") and self.kind != SourceKind.CSV:
            endings = ", ".join(TABLE_ENDINGS)
            self.add_error("mapping", _("This is for tables only (%(endings)s).") % {"endings": endings})
        return cleaned

    @property
    def kind(self) -> SourceKind:
        return kind_of(str(self.cleaned_data["file"].name))


class SubscriptionForm(forms.Form):
    """What a club publishes elsewhere, and where it is set out. Of one that `is_there`, the address stays."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Web address"),
        max_length=500,
        help_text=_("Of the calendar or feed itself; the club’s own page often has it behind “subscribe”."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    label = forms.CharField(label=_("Name"), max_length=120, help_text=_("Readers see it: “From: SV Niel, calendar”."))
    village = forms.TypedChoiceField(
        label=_("In which village?"), coerce=int, required=False, empty_value=None,
        help_text=_("Where its dates and news are set out."),
    )  # fmt: skip
    organiser = forms.TypedChoiceField(
        label=_("Whose is it?"), coerce=int, required=False, empty_value=None,
        help_text=_("The club is named as organiser of the dates."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, site: Site, language: str, clubs: Sequence[tuple[int, str]], is_there: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.site = site
        villages = [(area.pk, in_language(area.name, language)) for area in site.villages]
        self._choose("village", [("", _("The whole municipality")), *villages])
        self._choose("organiser", [("", _("No club of the map")), *clubs])
        if is_there:
            del self.fields["kind"], self.fields["address"]

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_address(self) -> str:
        said = clean_line(self.cleaned_data["address"], 500)
        address = clean_url(re.sub(r"^webcals?://", "https://", said, flags=re.IGNORECASE))
        if not address:
            raise forms.ValidationError(_("This is no web address. It begins with https://."))
        return address

    def clean_label(self) -> str:
        return clean_line(self.cleaned_data["label"], 120)

    @property
    def area(self) -> Area | None:
        return self.site.by_id.get(self.cleaned_data["village"] or 0)

    @property
    def wanted(self) -> Subscription:
        said = self.cleaned_data
        return Subscription(SourceKind(said["kind"]), said["address"], said["label"], self.area, said["organiser"])
