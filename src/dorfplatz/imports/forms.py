"""The form of the page of imports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dorfplatz.imports.enums import SourceKind
from dorfplatz.imports.uploads import MOST_BYTES, TABLE_ENDINGS, kind_of


class UploadForm(forms.Form):
    """A file, and for tables a second one that says what its columns are."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An OpenStreetMap extract (.osm.pbf, .osm, .osm.gz) or a table (.csv), at most 100 megabytes."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pbf,.osm,.gz,.csv,.tsv,.txt"}),
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
