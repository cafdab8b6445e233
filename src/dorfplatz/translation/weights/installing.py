"""Models fetched, checked, unpacked and put in their place, so that at any moment a pair is there whole or not at all.

Each file is kept packed in `.fetched` until its pair stands: what was fetched before an interruption is not fetched
again. From a folder, nothing is asked of any network.
"""

from __future__ import annotations

import gzip
import json
import shutil
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from dorfplatz.kernel.net import Egress, FetchFailed, FetchRefused, download
from dorfplatz.kernel.verdict import Problem
from dorfplatz.translation.weights.manifest import Model, Packed
from dorfplatz.translation.weights.shelf import NOTE, damaged, digest_of, note_of

FETCHED = ".fetched"
FILE_S = 1_800.0
LARGEST = 200_000_000
PIECE = 1 << 20

Progress = Callable[[Packed, Path], None]


@dataclass(frozen=True)
class Source:
    """Where files come from: a folder, or the base of their addresses. `file_s` is the time for one file."""

    folder: Path | None = None
    base: str = ""
    file_s: float = FILE_S


def install(model: Model, source: Source, shelf: Path, *, progress: Progress = lambda _packed, _file: None) -> bool:
    """Puts a pair in its place; whether anything had to be done. Raises Problem with what is wrong, in a sentence.

    `progress` is called before each file, with the path at which it grows.
    """
    if note_of(shelf, model.pair).get("model") == model.key and not damaged(shelf, model.pair):
        return False
    fetched = shelf / FETCHED
    fetched.mkdir(parents=True, exist_ok=True)
    packed = [_packed_file(file, source, fetched, progress) for file in model.files]
    making = shelf / f".making-{model.pair}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    try:
        _put(model, packed, making, shelf / model.pair)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    if source.folder is None:
        for file in packed:
            file.unlink(missing_ok=True)
    with suppress(OSError):
        fetched.rmdir()
    return True


def remove(pair: str, shelf: Path) -> bool:
    """Takes a pair away; whether it was there. Its note goes first, so that nobody begins to use it."""
    (shelf / pair / NOTE).unlink(missing_ok=True)
    there = (shelf / pair).is_dir()
    shutil.rmtree(shelf / pair, ignore_errors=True)
    return there


def _packed_file(file: Packed, source: Source, fetched: Path, progress: Progress) -> Path:
    """The packed file, checked: out of the folder, from an earlier try, or fetched now."""
    if source.folder is not None:
        return _from_folder(file, source.folder)
    ready = fetched / f"{file.packed_sha256[:16]}.gz"
    if ready.is_file() and _is_right(file, ready):
        return ready
    growing = ready.with_suffix(".part")
    progress(file, growing)
    _fetch(file, source, growing)
    if not _is_right(file, growing):
        growing.unlink()
        raise Problem(_("%(file)s is not what it should be: its checksum is wrong.") % {"file": file.path})
    growing.replace(ready)
    return ready


def _from_folder(file: Packed, folder: Path) -> Path:
    """Looks for the file under its whole path, and for its name alone in any folder below."""
    name = Path(file.path).name
    places = [folder / file.path, folder / name, *sorted(folder.rglob(name))] if folder.is_dir() else []
    there = [place for place in places if place.is_file()]
    if not there:
        raise Problem(_("%(file)s is missing in the folder %(folder)s.") % {"file": file.path, "folder": folder})
    right = next((place for place in there if _is_right(file, place)), None)
    if right is None:
        raise Problem(_("%(file)s is not what it should be: its checksum is wrong.") % {"file": there[0]})
    return right


def _fetch(file: Packed, source: Source, into: Path) -> None:
    try:
        answer = download(
            urljoin(source.base.rstrip("/") + "/", file.path),
            into=into,
            timeout_s=source.file_s,
            max_bytes=LARGEST,
            # The operator said where from.
            egress=Egress(in_house=True),
        )
    except (FetchFailed, FetchRefused) as error:
        into.unlink(missing_ok=True)
        raise Problem(_("%(file)s cannot be fetched: %(why)s") % {"file": file.path, "why": error}) from error
    if answer.status != 200:
        into.unlink(missing_ok=True)
        says = _("%(file)s cannot be fetched: the server answers %(status)d.")
        raise Problem(says % {"file": file.path, "status": answer.status})


def _is_right(file: Packed, path: Path) -> bool:
    return path.stat().st_size == file.packed_size and digest_of(path) == file.packed_sha256


def _put(model: Model, packed: list[Path], making: Path, place: Path) -> None:
    digests: dict[str, str] = {}
    for file, path in zip(model.files, packed, strict=True):
        unpacked = making / file.part
        try:
            with gzip.open(path) as inside, unpacked.open("wb") as out:
                shutil.copyfileobj(inside, out, PIECE)
        except (OSError, EOFError, zlib.error) as error:
            raise Problem(_("%(file)s cannot be unpacked.") % {"file": file.path}) from error
        digests[file.part] = digest_of(unpacked)
        if file.sha256 and digests[file.part] != file.sha256:
            raise Problem(_("%(file)s is not what it should be: its checksum is wrong.") % {"file": file.path})
    note = {"pair": model.pair, "build": model.build, "model": model.key, "files": digests}
    (making / NOTE).write_text(json.dumps(note, indent=1))
    remove(model.pair, place.parent)
    making.replace(place)
