"""The archive alone: only what was written by us, whole, is taken, and nothing gets out of its folder."""

import io
import json
import random
import tarfile
from datetime import UTC, datetime

import pytest

from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.backup.archive import FIRST, LAST, Opening, TableFacts, Writer, read_opening, unpack

MADE_AT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
OPENING = Opening("1.0", MADE_AT, (("villages", "0001_initial"),))
PICTURE = "files/media/pictures/ab/abcdefghijklmnopqrstuv-640.webp"


def written() -> bytes:
    stream = io.BytesIO()
    writer = Writer(stream, OPENING)
    writer.add("tables/villages_area.jsonl.gz", io.BytesIO(b"rows" * 100))
    writer.contents.tables["villages_area"] = TableFacts(7, "0" * 64, 9)
    writer.add(PICTURE, io.BytesIO(bytes(range(256)) * 40))
    writer.close()
    return stream.getvalue()


def tar_of(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w|") as tar:
        first = tarfile.TarInfo(FIRST)
        first.size = len(OPENING.text())
        tar.addfile(first, io.BytesIO(OPENING.text()))
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def refusal(archive: bytes, folder) -> str:
    with pytest.raises(Problem) as refused:
        unpack(io.BytesIO(archive), folder)
    return str(refused.value)


def test_what_was_written_is_read_again(tmp_path):
    contents = unpack(io.BytesIO(written()), tmp_path)
    assert contents.opening == OPENING
    assert contents.tables == {"villages_area": TableFacts(7, "0" * 64, 9)}
    assert (tmp_path / PICTURE).read_bytes() == bytes(range(256)) * 40
    assert contents.files == [PICTURE]


def test_cut_anywhere_it_is_refused(tmp_path):
    whole = written()
    end = whole.rindex(b"}") + 1
    for cut in [0, 1, 511, 512, 513, *range(600, end - 1, 997), end - 1]:
        folder = tmp_path / str(cut)
        folder.mkdir()
        refusal(whole[:cut], folder)


def test_with_any_byte_changed_it_is_refused_or_means_the_same(tmp_path):
    whole, chance = written(), random.Random(4)
    for number in range(150):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            contents = unpack(io.BytesIO(bytes(damaged)), folder)
        except Problem:
            continue
        assert contents.opening.migrations == OPENING.migrations
        assert (folder / PICTURE).read_bytes() == bytes(range(256)) * 40


@pytest.mark.parametrize(
    "foreign",
    [b"", b"%PDF-1.7 a leaflet", b"PK\x03\x04" + b"\0" * 5000, b"\0" * 20_000, b"SQLite format 3\0" + b"\1" * 9000],
    ids=["empty", "leaflet", "zip", "zeros", "database"],
)
def test_what_is_no_backup_is_refused(foreign, tmp_path):
    refusal(foreign, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_tar_of_somebody_elses_is_said_to_be_none_of_ours(tmp_path):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("holiday.jpg"))
    assert "Dorfplatz" in refusal(stream.getvalue(), tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/outside",
        "files/media/../../outside",
        "files/media//outside",
        "files/media/.hidden",
        "files/elsewhere/a.webp",
        "files/media/a\nb",
        "tables/../outside.jsonl.gz",
        "tables/Area.jsonl.gz",
        "secret-key/x",
        "placing",
        FIRST,
    ],
)
def test_no_name_leads_out_of_the_folder(name, tmp_path):
    folder = tmp_path / "stage"
    folder.mkdir()
    refusal(tar_of((tarfile.TarInfo(name), b"x")), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["stage"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_taken(kind, tmp_path):
    info = tarfile.TarInfo(PICTURE)
    info.type, info.linkname = kind, "/etc/passwd"
    refusal(tar_of((info, b"")), tmp_path)
    assert not list(tmp_path.rglob("*.webp"))


def test_a_part_that_comes_twice_is_refused(tmp_path):
    refusal(tar_of((tarfile.TarInfo(PICTURE), b"one"), (tarfile.TarInfo(PICTURE), b"two")), tmp_path)


def test_a_part_missing_from_the_list_is_refused(tmp_path):
    said = json.dumps({"parts": {}, "tables": {}}).encode()
    refusal(tar_of((tarfile.TarInfo(PICTURE), b"one"), (tarfile.TarInfo(LAST), said)), tmp_path)


@pytest.mark.parametrize("said", [b"[" * 100_000, b"null", b'{"parts": 5}', b"\xff\xfe", b""])
def test_a_list_that_makes_no_sense_is_refused(said, tmp_path):
    refusal(tar_of((tarfile.TarInfo(LAST), said)), tmp_path)


def test_a_format_of_the_future_is_named_as_such():
    text = OPENING.text().replace(b'"dorfplatz_backup": 1', b'"dorfplatz_backup": 2')
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        info = tarfile.TarInfo(FIRST)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    stream.seek(0)
    with pytest.raises(Problem, match=r"newer|neuer"):
        read_opening(stream)
