"""An Atom feed (RFC 4287) as text. Ids are the entries' printed addresses, which are kept for ever."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from django.urls import reverse

from dorfplatz.entries.models import Entry, EntryPicture
from dorfplatz.entries.queries import reading
from dorfplatz.kernel.text import render
from dorfplatz.media.templatetags.media import picture_url
from dorfplatz.square.enums import Sort

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, not even escaped.
UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedWords:
    """What the feed says of itself. `address` is its own, `page` the list it follows, both absolute."""

    title: str
    language: str
    origin: str
    address: str
    page: str


@dataclass(frozen=True)
class FeedEntry:
    """One post with its pictures; everybody may read it."""

    entry: Entry
    sort: str
    byline: str
    pictures: Sequence[EntryPicture]


def atom_of(words: FeedWords, entries: Sequence[FeedEntry]) -> bytes:
    """The feed as UTF-8."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": words.language})
    _say(root, "id", words.address)
    _say(root, "title", words.title)
    _say(root, "updated", _moment(max((e.entry.changed_at for e in entries), default=datetime(2020, 1, 1, tzinfo=UTC))))
    _link(root, "self", words.address, "application/atom+xml")
    _link(root, "alternate", words.page, "text/html")
    _say(root, "generator", "Dorfplatz")
    for one in entries:
        _add(root, words, one)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _add(root: ET.Element, words: FeedWords, one: FeedEntry) -> None:
    entry, said = one.entry, reading(one.entry, words.language)
    item = ET.SubElement(root, f"{{{ATOM}}}entry", {"xml:lang": said.language})
    _say(item, "id", f"{words.origin}{reverse('short:entry', kwargs={'code': entry.code})}")
    _say(item, "title", said.title)
    _say(item, "updated", _moment(entry.changed_at))
    if entry.published_at:
        _say(item, "published", _moment(entry.published_at))
    author = ET.SubElement(item, f"{{{ATOM}}}author")
    _say(author, "name", one.byline or "–")
    path = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    _link(item, "alternate", f"{words.origin}{path}", "text/html")
    ET.SubElement(item, f"{{{ATOM}}}category", {"term": one.sort, "label": str(Sort(one.sort).label)})
    pictures = "".join(_picture(words, row) for row in one.pictures)
    _say(item, "content", str(render(said.body)) + pictures, {"type": "html"})


def _picture(words: FeedWords, row: EntryPicture) -> str:
    url = picture_url(row.picture, 1280)
    image = ET.Element("img", {"src": f"{words.origin}{url}", "alt": _sayable(_alt(row, words.language))})
    return ET.tostring(image, encoding="unicode") if url else ""


def _alt(row: EntryPicture, language: str) -> str:
    return str(row.picture.alt.get(language) or next(iter(row.picture.alt.values()), ""))


def _say(parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes or {}).text = _sayable(text)


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": kind})


def _sayable(text: str) -> str:
    return UNSAYABLE.sub("", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
