"""The part of a form in which pictures are chosen, described and taken away; for entries of any kind.

A view makes one of it, calls `take` for what was sent, and once there is an entry `actions.hang_chosen`. The template
`entries/parts/choose-pictures.html` shows it. Pictures are kept as soon as they arrive: a mistake elsewhere in the form
loses none. The form is sent as multipart/form-data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict

from dorfplatz.entries.actions import MOST_PICTURES, choose_picture, describe_pictures, take_picture_away
from dorfplatz.entries.actions.pictures import require_room
from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.entries.models import Entry, EntryPicture
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.spelling import typed
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import accept_upload
from dorfplatz.media.policies import can_add_picture

# Rows to choose a file in; with a script one shows at a time.
ROWS = 3


@dataclass(frozen=True)
class Row:
    """One place to choose a picture. `error` says why the one that was sent could not be taken."""

    number: int
    error: str = ""
    alt: str = ""


class PictureForm:
    """`form_key` is the form's; `entry` the one that is changed, if there is one already.

    Whether the person may change the entry is asked by the view before.
    """

    def __init__(self, *, form_key: str, by: Actor, language: str, entry: Entry | None = None) -> None:
        self.form_key, self.entry = form_key, entry
        self._by, self._language = by, language
        self.errors: dict[int, tuple[str, str]] = {}
        self.most = MOST_PICTURES

    @property
    def present(self) -> list[EntryPicture]:
        """What hangs there already, and then what was chosen in this form."""
        found = EntryPicture.objects.filter(form_key=form_key_of(self.form_key, self._by)).select_related("picture")
        hanging = self.entry.pictures.select_related("picture") if self.entry else ()
        return [*hanging, *found]

    @property
    def rows(self) -> list[Row]:
        """At most as many as there is room for."""
        room = MOST_PICTURES - len(self.present)
        return [Row(number, *self.errors.get(number, ("", ""))) for number in range(1, max(0, min(ROWS, room)) + 1)]

    def sent(self, request: HttpRequest) -> QueryDict:
        """What was sent, under the key that the pictures were chosen under: for the form around."""
        sent = request.POST.copy()
        sent["form_key"] = self.form_key
        return sent

    def take(self, request: HttpRequest, *, now: datetime) -> bool:
        """Take in what was sent; whether all is well. Call it outside a transaction, as files are looked at."""
        present = self.present
        going = [row for row in present if request.POST.get(f"picture_{row.pk}_away")]
        for row in going:
            take_picture_away(row, by=self._by, now=now)
        said = {
            row: typed(request.POST.get(f"picture_{row.pk}_alt", "")).strip()[:500]
            for row in present
            if row not in going
        }
        describe_pictures(said, language=self._language, by=self._by, now=now)
        if can_add_picture(self._by):
            for number in range(1, ROWS + 1):
                self._take_file(request, number, now)
        return not self.errors

    def _take_file(self, request: HttpRequest, number: int, now: datetime) -> None:
        files = request.FILES.getlist(f"new_picture_{number}")
        alt = typed(request.POST.get(f"new_picture_{number}_alt", "")).strip()[:500]
        for file in files[:MOST_PICTURES]:
            words: Mapping[str, str] = {self._language: alt} if alt else {}
            try:
                require_room(len(self.present))
                picture = accept_upload(file, alt=words, by=self._by, now=now)
                choose_picture(picture, form_key=self.form_key, by=self._by, now=now)
            except Problem as problem:
                self.errors[number] = (str(problem), alt)
