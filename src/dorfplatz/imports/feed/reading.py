"""Reads a feed in a child process that may use only so much, so that no file can harm the installation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dorfplatz.basemap.osm.asking import ask_child
from dorfplatz.basemap.osm.faults import Unreadable
from dorfplatz.imports.cleaning import clean_line, clean_text, clean_url
from dorfplatz.imports.drafts import Rejected, fingerprint
from dorfplatz.imports.faults import SourceProblem

LONGEST_TITLE, LONGEST_BODY = 200, 600


@dataclass(frozen=True)
class News:
    """One piece of news as its feed states it: the beginning of its text, and where the whole stands.

    `said_at` is None where the feed does not say.
    """

    key: str
    title: str
    body: str
    url: str
    said_at: datetime | None
    stated: str


@dataclass
class Feed:
    """All that can be taken over, the newest first, and the rest by name with the reason."""

    news: list[News] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_feed_file(path: Path) -> Feed:
    """The feed. Raises SourceProblem with one sentence, and then nothing was read."""
    found, keys = Feed(), set[str]()

    def hear(said: dict[str, Any]) -> Feed | None:
        if "unreadable" in said:
            raise SourceProblem(said["unreadable"])
        if "item" in said:
            _take(said["item"], found, keys)
        elif "end" in said:
            return found
        return None

    try:
        return ask_child("dorfplatz.imports.feed.child", path, {}, hear)
    except Unreadable as fault:
        raise SourceProblem(fault.text) from fault


def _take(row: dict[str, Any], found: Feed, keys: set[str]) -> None:
    title, body = clean_line(row["title"], LONGEST_TITLE), _beginning(clean_text(row["body"], 4 * LONGEST_BODY))
    url = clean_url(row["url"])
    key = clean_line(row["key"], 255) or url or title
    if not title:
        found.rejected.append(Rejected(key or "–", "It has no title."))
    elif key in keys:
        found.rejected.append(Rejected(key, "The same piece of news stands in the feed twice."))
    else:
        keys.add(key)
        said_at = datetime.fromisoformat(row["said_at"]) if row["said_at"] else None
        stated = fingerprint({"title": title, "body": body, "url": url})
        found.news.append(News(key, title, body, url, said_at, stated))


def _beginning(text: str) -> str:
    """The first sentences: the whole stands where it was written."""
    if len(text) <= LONGEST_BODY:
        return text
    cut = text[:LONGEST_BODY]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-") + " …"
