"""The demonstration's wishes: some said at the market stand and typed off, with who joined in and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.portal.demo.reading import FaultyData, check_names, read_toml, rows_of
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.wishes.actions import (
    add_theme,
    answer_wish,
    change_wish,
    put_in_theme,
    say_me_too,
    type_off_chart,
    write_wish,
)
from dorfplatz.wishes.actions.answer import Answer
from dorfplatz.wishes.drafts import ChartDraft, Row, WishDraft
from dorfplatz.wishes.enums import KIND, Mood, Status
from dorfplatz.wishes.models import Theme, Wish

FILE, ORIGIN = "wishes.toml", "demo"
FIELDS = frozenset({
    "key", "by", "sheet", "village", "mood", "days", "lang", "title", "text", "de", "nl", "text_de", "text_nl", "lat",
    "lon", "on_paper", "theme", "joins", "replies",
})  # fmt: skip
Data = Mapping[str, Any]


@dataclass
class Ground:
    """What wishes stand on: the villages by slug, people by name, themes by key, who sorts, and the moment."""

    municipality: Municipality
    areas: Mapping[str, Area]
    people: Mapping[str, Identity]
    machine: Actor
    now: datetime
    themes: dict[str, Theme] = field(default_factory=dict)

    def actor(self, name: object) -> Actor:
        person = self.people.get(str(name))
        if person is None:
            raise FaultyData(f"{FILE}: nobody is called “{name}”")
        return actor_of_identity(person)

    def ago(self, days: object) -> datetime:
        return self.now - timedelta(days=int(str(days)), hours=2)


def read_wishes() -> tuple[Sequence[Data], Sequence[Data], Sequence[Data]]:
    """Wishes, sheets and themes as the file says them. Raises FaultyData."""
    data = read_toml(FILE)
    wishes = rows_of(data, "wish", FILE)
    for row in wishes:
        check_names(row, FIELDS, f"{FILE}, “{row.get('key', '?')}”")
    return wishes, rows_of(data, "sheet", FILE), rows_of(data, "theme", FILE)


@transaction.atomic
def put_wishes(ground: Ground) -> int:
    """Have all wishes in place; returns how many were missing. What people changed or removed stays so."""
    wishes, sheets, themes = read_wishes()
    present = set(Entry.objects.filter(origin=ORIGIN, kind=KIND).values_list("uri", flat=True))
    if present:
        return 0
    ground.themes = {
        str(row["key"]): add_theme(
            ground.municipality, name={"de": row["de"], "nl": row["nl"]}, by=ground.machine, now=ground.now
        )
        for row in themes
    }
    for sheet in sheets:
        _put_sheet(sheet, [row for row in wishes if row.get("sheet") == sheet["key"]], ground)
    for row in wishes:
        if "sheet" not in row:
            _put(row, ground)
    return len(wishes)


def _put_sheet(sheet: Data, rows: Sequence[Data], ground: Ground) -> None:
    by, at = ground.actor(sheet["by"]), ground.ago(sheet["days"])
    area, uri = ground.areas[str(sheet["village"])], f"demo:sheet/{sheet['key']}"
    lines = [Row(Mood(row["mood"]), row["title"], row.get("lang", "de"), row.get("on_paper", 0)) for row in rows]
    draft = ChartDraft(area, str(sheet["place"]), at.date(), lines, origin=ORIGIN, uri=uri)
    chart = type_off_chart(draft, form_key=f"demo-{sheet['key']}", by=by, now=at)
    found = chart.wishes.select_related("entry").order_by("pk")
    for wish, row in zip(found, rows, strict=True):
        words = _words(row, [area], wish.entry.uri)
        change_wish(wish, draft=WishDraft(Mood(row["mood"]), words), by=ground.machine, now=at)
        _furnish(wish, row, at, ground)


def _put(row: Data, ground: Ground) -> None:
    at = ground.ago(row["days"])
    words = _words(row, [ground.areas[str(row["village"])]], f"demo:wish/{row['key']}")
    wish = write_wish(WishDraft(Mood(row["mood"]), words), by=ground.actor(row["by"]), now=at)
    _furnish(wish, row, at, ground)


def _words(row: Data, areas: Sequence[Area], uri: str) -> Draft:
    point = Point(row["lat"], row["lon"]) if "lat" in row else None
    texts = {code: (str(row[code]), str(row.get(f"text_{code}", ""))) for code in ("de", "nl") if code in row}
    return Draft(
        title=str(row["title"]), body=str(row.get("text", "")), language=str(row.get("lang", "de")), areas=areas,
        point=point, texts=texts, origin=ORIGIN, uri=uri,
    )  # fmt: skip


def _furnish(wish: Wish, row: Data, at: datetime, ground: Ground) -> None:
    """Who joined in, what it is about, and what was answered."""
    if "theme" in row:
        put_in_theme(wish, theme=ground.themes[str(row["theme"])], by=ground.machine, now=at)
    for hours, name in enumerate(row.get("joins", ()), start=1):
        say_me_too(wish, says=True, by=ground.actor(name), now=at + timedelta(hours=hours))
    for number, said in enumerate(row.get("replies", ())):
        answer = Answer(Status(said["status"]), str(said["text"]), str(said.get("lang", "de")))
        key = f"demo-{row['key']}-{number}"
        answer_wish(wish, answer=answer, form_key=key, by=ground.actor(said["by"]), now=ground.ago(said["days"]))
