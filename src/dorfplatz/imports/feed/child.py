"""The child process that reads a feed: `python -m dorfplatz.imports.feed.child`. Asks no database and no network."""

from __future__ import annotations

import html
import re
from calendar import timegm
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from dorfplatz.basemap.osm.answering import Line, answer

MOST_BYTES = 10 * 1024 * 1024
MOST_NEWS = 200
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_UNSAID = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def _news(asked: Line, _report: Callable[[int], None]) -> Iterator[Line]:
    """Each piece of news, the newest first, then how many there were; or why the file is no feed."""
    with Path(asked["path"]).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield {"unreadable": "The file is too big."}
        return
    found = _parsed(data)
    if found is None or not found.version:
        yield {"unreadable": "This is no feed of news (RSS or Atom)."}
        return
    items = sorted((_row(entry) for entry in found.entries), key=lambda row: row["said_at"], reverse=True)
    for item in items[:MOST_NEWS]:
        yield {"item": item}
    yield {"end": len(items)}


def _parsed(data: bytes) -> Any:
    """None where the reader stumbles, as it does over names in a wrong name space: a damaged file is no feed."""
    try:
        # A name of a file or an address inside would be opened; bytes never are.
        return feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _row(entry: Any) -> Line:
    content = entry.get("content") or [{}]
    body = entry.get("summary") or content[0].get("value", "")
    title, link = entry.get("title", ""), entry.get("link", "")
    return {
        "key": str(entry.get("id") or link), "title": _plain(title), "body": _plain(body), "url": str(link),
        "said_at": _moment(entry.get("published_parsed") or entry.get("updated_parsed")),
    }  # fmt: skip


def _plain(markup: object) -> str:
    """The words of somebody's HTML, paragraphs apart by a line."""
    text = _BREAK.sub("\n", _UNSAID.sub("", str(markup)[:200_000]))
    return html.unescape(_TAG.sub("", text))


def _moment(parsed: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else ""
    except (ValueError, OverflowError, OSError, TypeError):
        return ""


if __name__ == "__main__":
    answer(_news)
