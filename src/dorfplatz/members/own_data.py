"""A person's own data: as a page shows them, and as an archive that can be taken along."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, cast

from django.core.paginator import Page, Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, F, Func, IntegerField, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language
from dorfplatz.members.models import Identity
from dorfplatz.members.sockets import Part, Row, TitleOf, personal_data, seen_entries

IN_MEMORY = 4_000_000  # bytes; a larger archive waits on the disk until it is sent
ON_A_PAGE = 20
PARTS_ON_A_PAGE = 24  # each costs a question: someone who has done everything there is has sixty


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


def shown_parts(viewer: Actor, number: str | None = None) -> tuple[list[Shown], Page[str]]:
    """The parts on page `number` with something of the viewer's, in the active language; of long ones first rows."""
    counts = _counts(viewer.identity_id or 0)
    known = [key for key, _part in personal_data.items() if counts.get(key, 1)]
    page = Paginator(known, PARTS_ON_A_PAGE).get_page(number)
    here = {key: count for key, count in counts.items() if key in page.object_list}
    elsewhere = {key: 0 for key, _part in personal_data.items() if key not in page.object_list}
    return _shown(_rows_of(viewer, elsewhere | here, read_raw=False), ON_A_PAGE, here), page


def _shown(rows_of: Mapping[str, list[Row]], most: int | None, counts: Mapping[str, int] | None = None) -> list[Shown]:
    found = []
    for key, part in personal_data.items():
        rows = rows_of.get(key, [])
        told = [] if part.is_raw else rows[:most]
        count = len(rows) or (counts or {}).get(key, 0)
        if count:
            lines = [[(label, _said(row[key], part, key)) for key, label in part.fields.items()] for row in told]
            found.append(Shown(part.label, count, lines, part.stays, part.is_raw))
    return found


def rows_of_parts(viewer: Actor) -> dict[str, list[Row]]:
    """What there is of each part; entries of others are called by their titles as long as the viewer sees them."""
    return _rows_of(viewer, _counts(viewer.identity_id or 0), read_raw=True)


def _rows_of(viewer: Actor, counts: Mapping[str, int], *, read_raw: bool) -> dict[str, list[Row]]:
    identity_id = viewer.identity_id or 0
    known = {key for key, count in counts.items() if not count or (personal_data[key].is_raw and not read_raw)}
    found = {key: list(part.rows(identity_id)) for key, part in personal_data.items() if key not in known}
    titles = {value for rows in found.values() for row in rows for value in row.values() if isinstance(value, TitleOf)}
    if not titles:
        return found
    ids = {title.entry_id for title in titles}
    seen = {entry_id for answer in seen_entries for entry_id in answer(ids, viewer)}
    return {key: [_as_seen(row, seen) for row in rows] for key, rows in found.items()}


def _as_seen(row: Row, seen: set[int]) -> Row:
    hidden = {key for key, value in row.items() if isinstance(value, TitleOf) and value.entry_id not in seen}
    return {key: "" if key in hidden else value for key, value in row.items()} if hidden else row


def _counts(identity_id: int) -> dict[str, int]:
    """Of the parts that can be asked together, in one query: how much there is of raw ones, of others whether any."""
    parts = {key: part for key, part in personal_data.items() if part.there}
    asked = [_how_many(part, identity_id) for part in parts.values()]
    answers = Identity.objects.filter(pk=identity_id).values_list(*asked).first() or ()
    return {key: int(answer or 0) for key, answer in zip(parts, answers, strict=False)}


def _how_many(part: Part, identity_id: int) -> Exists | Subquery:
    there = cast("Callable[[int], QuerySet[Any]]", part.there)(identity_id)
    if not part.is_raw:
        return Exists(there)
    counted = there.order_by().annotate(found=Func(F("pk"), function="COUNT")).values("found")
    return Subquery(counted, output_field=IntegerField())


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


def write_archive(identity: Identity, viewer: Actor, *, square: str, language: str, now: datetime) -> IO[bytes]:
    """A ZIP archive, read from its beginning: all parts for machines (JSON) and for people (HTML), and all files."""
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  whoever sends it closes it
    known = rows_of_parts(viewer)
    parts = {key: [dict(row) for row in known.get(key, [])] for key, _part in personal_data.items()}
    told = {"square": square, "made_at": now, "identity": identity.pk, "parts": parts}
    with override(language), zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("dorfplatz.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        context = {"square": square, "name": identity.name, "made_at": now, "language": language,
                   "parts": _shown(known, None)}  # fmt: skip
        file.writestr("index.html", render_to_string("members/archive/index.html", context))
        file.writestr("style.css", render_to_string("members/archive/style.css"))
        for part in personal_data:
            for name, read in part.files(identity.pk):
                file.writestr(f"files/{name}", read())
    archive.seek(0)
    return archive
