"""A person's own data: as a page shows them, and as an archive that can be taken along."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from dorfplatz.kernel.text import in_language
from dorfplatz.members.models import Identity
from dorfplatz.members.sockets import Part, personal_data

IN_MEMORY = 4_000_000  # bytes; a larger archive waits on the disk until it is sent
ON_A_PAGE = 20


@dataclass(frozen=True)
class Shown:
    """One part in words: rows of (label, value)."""

    label: str | Promise
    count: int
    rows: list[list[tuple[str | Promise, str]]]
    stays: str | Promise
    is_raw: bool

    @property
    def more_count(self) -> int:
        return 0 if self.is_raw else self.count - len(self.rows)


def shown_parts(identity_id: int, *, most: int | None = ON_A_PAGE) -> list[Shown]:
    """Every part there is something of, in the active language; of long ones the first `most` rows."""
    found = []
    for part in personal_data:
        rows = list(part.rows(identity_id))
        told = [] if part.is_raw else rows[:most]
        if rows:
            lines = [[(label, _said(row[key], part, key)) for key, label in part.fields.items()] for row in told]
            found.append(Shown(part.label, len(rows), lines, part.stays, part.is_raw))
    return found


def _said(value: Any, part: Part, key: str) -> str:
    known = part.words.get(key, {}).get(value) if isinstance(value, str) else None
    if known is not None:
        return str(known)
    if value in (None, "", {}, []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Mapping):
        return in_language(value, get_language() or "de")
    return str(value)


def write_archive(identity: Identity, *, square: str, language: str, now: datetime) -> IO[bytes]:
    """A ZIP archive, read from its beginning: all parts for machines (JSON) and for people (HTML), and all files."""
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  whoever sends it closes it
    parts = {key: [dict(row) for row in part.rows(identity.pk)] for key, part in personal_data.items()}
    told = {"square": square, "made_at": now, "identity": identity.pk, "parts": parts}
    with override(language), zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("dorfplatz.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        context = {"square": square, "name": identity.name, "made_at": now, "language": language,
                   "parts": shown_parts(identity.pk, most=None)}  # fmt: skip
        file.writestr("index.html", render_to_string("members/archive/index.html", context))
        file.writestr("style.css", render_to_string("members/archive/style.css"))
        for part in personal_data:
            for name, read in part.files(identity.pk):
                file.writestr(f"files/{name}", read())
    archive.seek(0)
    return archive
