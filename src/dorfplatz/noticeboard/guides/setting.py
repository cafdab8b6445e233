"""From chapters, maps and index to a job for the press."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.members.queries import connectors_of
from dorfplatz.noticeboard.colours import ink_of
from dorfplatz.noticeboard.guides.contents import Chapter, GuideAsked, GuideEntry, chapters_of, confirmed
from dorfplatz.noticeboard.guides.index import index_of
from dorfplatz.noticeboard.guides.maps import GuideMap, Pin, maps_of, pin_numbers
from dorfplatz.noticeboard.guides.sizes import GuideSize
from dorfplatz.places.addresses import map_address
from dorfplatz.places.map_filter import MapFilter
from dorfplatz.places.queries import PaperLine
from dorfplatz.press.engine import Job
from dorfplatz.press.letters import printable, well
from dorfplatz.press.qr import qr_drawing

FOLDER, TEMPLATE = Path(__file__).parent.parent / "sheets", "guide.typ"
LONGEST_HOURS, LONGEST_LEGEND, LONGEST_RUNNING = 260, 44, 52
JOINED = "\u2060"
_SPAN = re.compile(r"(?<=\d)–(?=\d)")  # “19–21” stays together
Part = dict[str, Any]


def guide_of(asked: GuideAsked, size: GuideSize, *, base: str) -> tuple[Job, set[str]] | None:
    """The job, and in the journal's words what stands on it; None where there is nothing to print."""
    return set_out(asked, chapters_of(asked), size, base=base)


def set_out(
    asked: GuideAsked, chapters: Sequence[Chapter], size: GuideSize, *, base: str
) -> tuple[Job, set[str]] | None:
    """These chapters with their maps and their index."""
    entries = [entry for chapter in chapters for entry in chapter.entries]
    if not entries:
        return None
    maps = maps_of(asked, entries, size)
    pins, host = pin_numbers(maps), base.partition("://")[2]
    data = {
        **_cover(asked, base),
        "format": size.data(len(asked.languages)),
        "chapters": [_chapter(chapter, asked, size, pins, host) for chapter in chapters],
        "maps": [_map(one, asked) for one in maps],
        "index": _index(chapters, asked),
        "words": _words(
            asked, len(entries), is_from_osm=any(entry.first.is_from_osm for entry in entries),
            has_houses=any(one.has_houses for one in maps),
        ),
    }  # fmt: skip
    return Job(FOLDER, TEMPLATE, data, folds=size.folds), {f"entry:{entry.id}" for entry in entries}


def _cover(asked: GuideAsked, base: str) -> Part:
    language, municipality = asked.languages[0], asked.site.municipality
    with override(language):
        address = base + map_address(asked.villages, MapFilter())
    names = list(dict.fromkeys(in_language(asked.area.name, code) for code in asked.languages))
    called = [_in(code, "Guide") for code in asked.languages]
    return {
        "language": language,
        "languages": list(asked.languages),
        "accent": ink_of(asked.area) if asked.is_village else municipality.accent,
        "title": f"{called[0]} {names[0]}",
        "author": printable(in_language(municipality.area.name, language)),
        "called": called,
        "place": printable(" · ".join(names)),
        "square": printable(in_language(municipality.area.name, language)) if asked.is_village else "",
        "address": address.partition("://")[2].partition("?")[0].rstrip("/"),
        "qr": qr_drawing(address),
    }


def _words(asked: GuideAsked, count: int, *, is_from_osm: bool, has_houses: bool) -> Part:
    """What we say ourselves, each line in every language of the guide."""
    told = {
        "as_of": [_as_of(code, asked, count) for code in asked.languages],
        "about": [_about(code, asked) for code in asked.languages],
        "source": [_source(code, is_from_osm, has_houses) for code in asked.languages],
    }
    single = {key: " · ".join(dict.fromkeys(_in(code, word) for code in asked.languages)) for key, word in {
        "contents": "What is in it", "index": "From A to Z", "map": "Map", "notes": "To write down",
        "north": "North is at the top.", "sketch": "The outlines are approximate.",
    }.items()}  # fmt: skip
    return {**{key: _each(lines, asked) for key, lines in told.items()}, **single}


def _each(lines: Sequence[str], asked: GuideAsked) -> list[Part]:
    return [
        {"language": code, "text": well(line, code)} for code, line in zip(asked.languages, lines, strict=True) if line
    ]


def _in(language: str, word: str) -> str:
    with override(language):
        return {
            "Guide": _("Guide to what there is"), "What is in it": _("What is in it"), "From A to Z": _("From A to Z"),
            "Map": _("Map"), "To write down": _("To write down"), "North is at the top.": _("North is at the top."),
            "The outlines are approximate.": _("The outlines are approximate."),
        }[word]  # fmt: skip


def _as_of(language: str, asked: GuideAsked, count: int) -> str:
    with override(language):
        day = date_format(localtime(asked.now, ZoneInfo(asked.site.municipality.timezone)), "DATE_FORMAT")
        said = ngettext("%(count)d entry, as of %(day)s", "%(count)d entries, as of %(day)s", count)
        return said % {"count": count, "day": day}


def _about(language: str, asked: GuideAsked) -> str:
    areas = [asked.area] if asked.is_village else asked.site.rolled_up
    names = [face.name for face in connectors_of(areas, VISITOR)[:3]]
    with override(language):
        said = [_("Clubs, help, shops, places: everything in here is on the square, too, always up to date.")]
        said.append(_("Is something wrong or missing? Scan the code, or open the address and say so."))
        if names:
            said.append(_("Without internet: please ask %(names)s.") % {"names": _(" or ").join(names)})
        return " ".join(said)


def _source(language: str, is_from_osm: bool, has_houses: bool) -> str:
    if not (is_from_osm or has_houses):
        return ""
    with override(language):
        return _("Some of it comes from OpenStreetMap: © OpenStreetMap contributors, Open Database Licence (ODbL), "
                 "openstreetmap.org/copyright")  # fmt: skip


def _chapter(chapter: Chapter, asked: GuideAsked, size: GuideSize, pins: Mapping[int, int], host: str) -> Part:
    names = list(dict.fromkeys(chapter.names))
    return {
        "language": asked.languages[0],
        "name": printable(" · ".join(names)),
        "running": printable(_cut(" · ".join(names), LONGEST_RUNNING)),
        "entries": [_entry(entry, asked, size, pins.get(entry.id), host) for entry in chapter.entries],
    }


def _entry(entry: GuideEntry, asked: GuideAsked, size: GuideSize, pin: int | None, host: str) -> Part:
    first = entry.first
    said = [_said(line, code, size) for line, code in zip(entry.lines, asked.languages, strict=True)]
    if len(said) > 1 and said[1]["title"] == said[0]["title"]:
        said[1]["title"] = ""
    if len(said) > 1 and said[1]["text"] == said[0]["text"]:  # nobody has said it in the other language yet
        said[1]["text"] = ""
    where = "" if asked.is_village and len(first.area_ids) == 1 else ", ".join(first.villages)
    return {
        "number": entry.number,
        "pin": pin or 0,
        "said": said,
        "where": printable(" · ".join(filter(None, [where, first.address]))),
        "reach": [printable(part) for part in (first.phone, first.email) if part],
        "address": f"{host}/e/{first.code}",
        "whole": size.lines_for(*([some["title"], some["text"], some["hours"]] for some in said))
        < size.page_lines * 0.7,
    }


def _said(line: PaperLine, language: str, size: GuideSize) -> Part:
    words = line.language or language
    return {
        "language": language,
        "words": words,
        "title": well(line.title, words),
        "text": well(_cut(line.lead, size.most), words),
        "hours": well(_SPAN.sub(f"–{JOINED}", _cut(line.hours, LONGEST_HOURS)), language),
        "confirmed": confirmed(line, language),
    }


def _cut(line: str, longest: int) -> str:
    """What is plain already, ended with a word."""
    if len(line) <= longest:
        return line
    return line[:longest].rpartition(" ")[0].rstrip(" .,;:–-…") + "…"


def _map(one: GuideMap, asked: GuideAsked) -> Part:
    frame, language = one.frame, asked.languages[0]
    metres, long = frame.bar
    return {
        "name": printable(in_language(one.area.name, language)),
        "wide": round(frame.width, 2),
        "high": round(frame.height, 2),
        "drawing": one.drawing,
        "pins": [{"x": round(pin.x, 2), "y": round(pin.y, 2), "number": pin.number} for pin in one.pins],
        "ways": [
            {"x": round(x, 2), "y": round(y, 2), "name": printable(in_language(area.name, language))}
            for area, x, y in one.ways
        ],
        "bar": {"long": round(long, 2), "words": f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"},
        "is_sketch": one.area.is_approximate,
        "legend": [_legend(pin) for pin in one.pins],
    }


def _legend(pin: Pin) -> Part:
    titles = [
        {
            "title": well(_cut(entry.first.title, LONGEST_LEGEND), entry.first.language),
            "number": entry.number,
            "language": entry.first.language,
        }
        for entry in pin.entries
    ]
    return {"number": pin.number, "entries": titles}


def _index(chapters: Sequence[Chapter], asked: GuideAsked) -> list[Part]:
    entries = [entry for chapter in chapters for entry in chapter.entries]
    names = [(line.title, entry.number) for entry in entries for line in entry.lines]
    kinds = [
        (in_language(term.name, code), entry.number)
        for entry in entries
        if (term := asked.terms.by_id.get(entry.category_id)) and term.parent_id
        for code in asked.languages
    ]
    return [
        {"letter": letter, "lines": [
            {"word": printable(line.word), "is_kind": line.is_kind, "numbers": line.numbers} for line in lines
        ]}
        for letter, lines in index_of(names, kinds)
    ]  # fmt: skip
