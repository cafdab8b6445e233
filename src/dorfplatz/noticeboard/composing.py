"""From what may stand in a paper to a sheet full of type: measured by the engine, chosen by weight, set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.text import in_language
from dorfplatz.media.models import Picture
from dorfplatz.noticeboard.colours import ink_of
from dorfplatz.noticeboard.days import said_days
from dorfplatz.noticeboard.filling import SECTIONS, Asked, Candidate, Said
from dorfplatz.noticeboard.foot import MOST, counts_of, foot_of
from dorfplatz.noticeboard.formats import Format
from dorfplatz.noticeboard.packing import ALSO, GAP, Packed, Piece, Placed, pack
from dorfplatz.noticeboard.pictured import pictured
from dorfplatz.noticeboard.sections import section_called
from dorfplatz.press.engine import Job, ask
from dorfplatz.press.letters import paragraphs, printable, well
from dorfplatz.press.qr import qr_drawing

FOLDER = Path(__file__).parent / "sheets"
TEMPLATE = "paper.typ"
PICTURES = 2
FURTHER = 6
LINE_HEIGHT, LEAST_FREE, LINES_HEAD = 8.0, 26.0, 6.0
TOP, BRIEF = "top", "brief:"
NO_CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
Part = dict[str, Any]


@dataclass(frozen=True)
class Greeting:
    """What the editor says at the top, and the picture beside it."""

    text: str = ""
    language: str = "de"
    picture: Picture | None = None


@dataclass(frozen=True)
class Filled:
    """A paper ready to be set: the job, the keys on it, and how many of each section did not fit."""

    job: Job
    keys: Sequence[str]
    left_out: Sequence[str]
    things: Sequence[str]


def filled(
    asked: Asked, found: Sequence[Candidate], greeting: Greeting, form: Format, *, base: str, wanted: frozenset[str]
) -> Filled:
    """The candidates in the order given, as many as fit, as a job for the press."""
    form = form.for_languages(len(asked.languages))
    files: dict[str, bytes] = {}
    parts = {**_headed(asked), **_top(greeting, form, files), **_items(asked, found, form, base, files)}
    data = _data(asked, form, base)
    heights = _measured(data, parts, files)
    high, foot = heights.pop(":masthead"), heights.pop(":foot")
    columns = _column_heights(form, high, foot)
    packed = pack(_pieces(found, heights, wanted), headings=_headings(heights), columns=columns, most_brief=form.briefs)
    data["foot"] = foot_of(asked, base, counts_of(found, packed.left_out))
    data["pages"] = _pages(form, packed, columns, parts, asked)
    keys = [placed.key for column in packed.columns for placed in column if placed.key[0] != ":" and placed.key != TOP]
    pictures = [parts[_key(placed)].get("picture") for column in packed.columns for placed in column]
    shown = {picture["file"] for picture in pictures if picture}
    return Filled(
        Job(
            FOLDER,
            TEMPLATE,
            data,
            {name: content for name, content in files.items() if name in shown},
            folds=form.folds,
        ),
        keys,
        packed.left_out,
        [*_things(found, keys), *(name.removesuffix(".jpg").replace("-", ":") for name in sorted(shown))],
    )


def _things(found: Sequence[Candidate], keys: Sequence[str]) -> list[str]:
    """What is on the sheet, in the journal's words."""
    return [f"entry:{candidate.entry_id}" for candidate in found if candidate.key in keys and candidate.entry_id]


def _key(placed: Placed) -> str:
    return f"{BRIEF}{placed.key}" if placed.is_brief and placed.key[0] != ":" else placed.key


def _pieces(found: Sequence[Candidate], heights: Mapping[str, float], wanted: frozenset[str]) -> list[Piece]:
    top = [Piece(TOP, TOP, heights[TOP], 1000, is_wanted=True)] if TOP in heights else []
    return [
        *top,
        *(
            Piece(c.key, c.section, heights[c.key], weight, c.key in wanted, heights.get(f"{BRIEF}{c.key}"))
            for c, weight in _weighed(found)
        ),
    ]


def _weighed(found: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Each further item of a section matters a little less, so that every section has its say."""
    ranks: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for candidate in sorted(found, key=lambda candidate: -candidate.weight):
        weights[candidate.key] = candidate.weight - FURTHER * ranks[candidate.section]
        ranks[candidate.section] += 1
    return [(candidate, weights[candidate.key]) for candidate in found]


def _headings(heights: Mapping[str, float]) -> dict[str, float]:
    return {key[1:]: height for key, height in heights.items() if key[0] == ":"}


def _column_heights(form: Format, masthead: float, foot: float) -> list[float]:
    """Of every column on every page; the name stands on the first, the last ends with whom to ask."""
    columns = []
    for page in range(form.pages):
        high = form.inner_height
        high -= masthead + form.air if page == 0 else 0
        high -= foot + form.air if page == form.pages - 1 else 0
        columns += [high] * form.columns
    return columns


def _measured(data: Mapping[str, Any], parts: Mapping[str, Part], files: Mapping[str, bytes]) -> dict[str, float]:
    """How high each part is in a column, by its key. The engine says it."""
    job = Job(FOLDER, TEMPLATE, {**data, "measure": True, "parts": list(parts.values())}, files)
    noted = ask(job, ["parts", "frame"])
    heights = dict(zip(parts, noted["parts"][0], strict=True))
    heights[":masthead"], heights[":foot"] = noted["frame"][0]
    return heights


def _data(asked: Asked, form: Format, base: str) -> dict[str, Any]:
    language = asked.languages[0]
    places = [in_language(asked.area.name, code) for code in asked.languages]
    with override(language):
        dates = said_days(asked.since, asked.until, language)
        paper = " · ".join(_paper_called(code) for code in asked.languages)
        title = f"{paper} {places[0]}, {dates}"
        square = in_language(asked.site.municipality.area.name, language)
    return {
        "format": form.data,
        "language": language,
        "accent": ink_of(asked.area),
        "title": title,
        "author": printable(square),
        "place": printable(" · ".join(dict.fromkeys(places))),
        "dates": " · ".join(said_days(asked.since, asked.until, code) for code in asked.languages),
        "words": {"paper": paper},
        "foot": foot_of(asked, base, MOST),
    }


def _paper_called(language: str) -> str:
    with override(language):
        return _("Village paper")


def _headed(asked: Asked) -> dict[str, Part]:
    """Headings of the sections, by their names with a colon before them."""
    parts: dict[str, Part] = {}
    for section in SECTIONS:
        called = []
        for code in asked.languages:
            with override(code):
                called.append(section_called(section))
        parts[f":{section}"] = {"kind": "section", "language": asked.languages[0], "words": " · ".join(called)}
    called = [_also_called(code) for code in asked.languages]
    words = " · ".join(dict.fromkeys(called))
    parts[f":dates{ALSO}"] = {"kind": "also", "language": asked.languages[0], "words": words}
    return parts


def _also_called(language: str) -> str:
    with override(language):
        return _("Also in these days")


def _top(greeting: Greeting, form: Format, files: dict[str, bytes]) -> dict[str, Part]:
    """What the editor says first, if anything."""
    if not greeting.text.strip() and not greeting.picture:
        return {}
    top = {
        "kind": "greeting",
        "language": greeting.language,
        "paragraphs": paragraphs(greeting.text, greeting.language),
        "picture": pictured(greeting.picture, greeting.language, form.column, files),
    }
    return {TOP: top}


def _items(
    asked: Asked, found: Sequence[Candidate], form: Format, base: str, files: dict[str, bytes]
) -> dict[str, Part]:
    """Everything that could stand on the sheet, by key; the first few with their picture."""
    parts: dict[str, Part] = {}
    left = PICTURES
    for candidate in found:
        picture = pictured(candidate.picture, asked.languages[0], form.column, files) if left else None
        left -= 1 if picture else 0
        parts[candidate.key] = item = _item(candidate, asked, base, picture)
        if candidate.section == "dates":
            tail = candidate.path.removeprefix("/")
            parts[f"{BRIEF}{candidate.key}"] = {"kind": "brief", "said": item["said"], "tail": tail}
    return parts


def _item(candidate: Candidate, asked: Asked, base: str, picture: Part | None) -> Part:
    address = f"{base}{candidate.path}"
    with override(asked.languages[0]):
        words = _("Code: %(address)s") % {"address": address.partition("://")[2]}
    said = [_said(candidate.said.get(code) or next(iter(candidate.said.values()))) for code in asked.languages]
    if len(said) > 1 and said[0]["title"] == said[1]["title"]:  # nobody has said it in the other language yet
        said[1]["paragraphs"] = []
    return {
        "kind": "item", "picture": picture, "said": said, "qr": NO_CODE,
        "address": address.partition("://")[2], "qr_words": words, "qr_data": address,
    }  # fmt: skip


def _said(said: Said) -> Part:
    code = said.language
    return {
        "language": code,
        "kicker": well(said.kicker, code),
        "title": well(said.title, code),
        "note": well(said.note, code),
        "paragraphs": paragraphs(said.text, code),
    }


def _pages(
    form: Format, packed: Packed, columns: Sequence[float], parts: Mapping[str, Part], asked: Asked
) -> list[dict[str, Any]]:
    """Pages with their columns for the template; what stays free becomes lines to write on."""
    with override(asked.languages[0]):
        words = [_("Not to forget"), _("I would like to ask or offer")]
    pages = []
    for page in range(form.pages):
        first = page * form.columns
        some = range(first, first + form.columns)
        pages.append({
            "masthead": page == 0,
            "foot": page == form.pages - 1,
            "high": columns[first],
            "columns": [
                {"parts": [*_set(packed.columns[i], parts), *_to_write_on(packed.free[i], words[i % 2])]} for i in some
            ],
        })  # fmt: skip
    return pages


def _set(column: Sequence[Placed], parts: Mapping[str, Part]) -> list[Part]:
    return [{**_coded(parts[_key(placed)]), "above": round(placed.above, 3)} for placed in column]


def _coded(part: Part) -> Part:
    """With its code, which is drawn for what is printed only."""
    return {**part, "qr": qr_drawing(part["qr_data"])} if part["kind"] == "item" else part


def _to_write_on(free: float, words: str) -> list[Part]:
    count = int((free - GAP - LINES_HEAD - 2) // LINE_HEIGHT)
    if free < LEAST_FREE or count < 1:
        return []
    return [{"kind": "lines", "words": words, "count": count, "above": GAP + 2}]
