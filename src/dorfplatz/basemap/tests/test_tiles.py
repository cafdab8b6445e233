"""The file of tiles as a browser asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from dorfplatz.basemap.ranges import NotThere, asked_part
from tests.fixtures.kranenburg import Square

CONTENT = bytes(range(256)) * 40
SIZE = len(CONTENT)
URL = "/base-map/kranenburg-0123456789abcdef.pmtiles"
TAG = '"kranenburg-0123456789abcdef"'


@pytest.fixture(autouse=True)
def map_file(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "kranenburg-0123456789abcdef.pmtiles").write_bytes(CONTENT)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-16", 0, 16),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        ("bytes=5-99999", 5, SIZE - 1),
    ],
)
def test_a_part_is_sent_as_it_lies_in_the_file(square: Square, asked: str, first: int, last: int) -> None:
    answer = square.get(URL, headers={"Range": asked, "Accept-Encoding": "gzip, br"})
    assert answer.status_code == 206
    assert body(answer) == CONTENT[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert "Content-Encoding" not in answer
    assert answer["ETag"] == TAG
    assert "immutable" in answer["Cache-Control"]


def test_the_whole_is_sent_to_who_asks_for_no_part_or_for_one_of_another_version(square: Square) -> None:
    for headers in (
        {},
        {"Range": "bytes=0-1", "If-Range": '"other"'},
        {"Range": "lines=1-2"},
        {"Range": "bytes=0-1,5-6"},
    ):
        answer = square.get(URL, headers=headers)
        assert (answer.status_code, body(answer)) == (200, CONTENT)
        assert answer["Accept-Ranges"] == "bytes"
    assert square.get(URL, headers={"Range": "bytes=0-1", "If-Range": TAG}).status_code == 206


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=999999999-9999999999"])
def test_a_part_that_is_not_there_is_answered_416(square: Square, asked: str) -> None:
    answer = square.get(URL, headers={"Range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_who_has_it_is_told_so_and_head_has_no_body(square: Square) -> None:
    assert square.get(URL, headers={"If-None-Match": TAG}).status_code == 304
    head = square.head(URL, headers={"Range": "bytes=0-1"})
    assert (head.status_code, head["Content-Length"]) == (200, str(SIZE))


@pytest.mark.parametrize(
    "path", ["/base-map/none.pmtiles", "/base-map/..%2f..%2fsecret-key.pmtiles", "/base-map/.lock"]
)
def test_nothing_else_is_served(square: Square, path: str) -> None:
    answer: HttpResponse = square.get(path)
    assert answer.status_code == 404


@pytest.mark.parametrize("odd", ["bytes=5-2", "bytes=-", "bytes=a-b", "bytes", "", None, "bytes=" + "9" * 30 + "-"])
def test_what_is_no_range_is_passed_over(odd: str | None) -> None:
    assert asked_part(odd, 100) is None


def test_an_empty_file_has_no_parts() -> None:
    with pytest.raises(NotThere):
        asked_part("bytes=0-", 0)
