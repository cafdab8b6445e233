"""What may lie in a letter: pictures, and documents as PDF; told by their content, never by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.models import new_token

MOST, LARGEST_PDF = 5, 10 * 1024 * 1024
ROOT = "letters"
HEAD, TAIL = b"%PDF-", b"%%EOF"
UNWANTED = re.compile('[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\\\\/:*?"<>|]+')


@dataclass(frozen=True)
class Document:
    """A PDF that was looked at and lies in the store under its token."""

    token: str
    name: str
    size: int


@dataclass
class Chosen:
    """What was sent with a form, sorted by content; a picture stays a file until it is taken in."""

    pictures: list[File[bytes]] = field(default_factory=list)
    documents: list[tuple[File[bytes], str]] = field(default_factory=list)


def sorted_out(files: Iterable[File[bytes]]) -> Chosen:
    """Raises Problem with one sentence for too many, and for documents that are too large or damaged."""
    chosen, some = Chosen(), list(files)
    if len(some) > MOST:
        raise Problem(_("At most %(most)d files lie in one letter.") % {"most": MOST})
    for file in some:
        if not is_pdf(file):
            chosen.pictures.append(file)  # the workshop says what it is, or refuses it
            continue
        if (file.size or 0) > LARGEST_PDF:
            raise Problem(_("A document may have up to 10 MB."))
        chosen.documents.append((file, told_name(file.name or "")))
    return chosen


def is_pdf(file: File[bytes]) -> bool:
    file.seek(0)
    begins = file.read(len(HEAD)) == HEAD
    file.seek(max(0, (file.size or 0) - 2048))
    ends = TAIL in file.read(2048)
    file.seek(0)
    return begins and ends


def told_name(name: str) -> str:
    """What the file is called, without anything that could lead elsewhere or read as something else."""
    plain = " ".join(UNWANTED.sub(" ", name.rpartition("/")[2].rpartition("\\")[2]).split()).strip(". ")
    stem = plain[:-4] if plain.lower().endswith(".pdf") else plain
    return f"{stem.strip('. ')[:80] or 'Brief'}.pdf"


def put_away(file: File[bytes], name: str) -> Document:
    """Store a document under a name that nobody guesses."""
    token, content = new_token(), file.read()
    default_storage.save(path_of(token), ContentFile(content))
    return Document(token, name, len(content))


def path_of(token: str) -> str:
    return f"{ROOT}/{token[:2]}/{token}.pdf"


def open_document(token: str) -> File[bytes] | None:
    try:
        return default_storage.open(path_of(token), "rb")
    except (FileNotFoundError, ValueError):
        return None


def discard(token: str) -> None:
    """Remove a document; one that is gone already is no error."""
    if re.fullmatch(r"[A-Za-z0-9_-]{22}", token):
        default_storage.delete(path_of(token))


def all_tokens() -> Iterable[str]:
    """Of every document that lies there, also of those no row knows."""
    try:
        folders, _files = default_storage.listdir(ROOT)
    except FileNotFoundError:
        return
    for folder in folders:
        yield from (name[:-4] for name in default_storage.listdir(f"{ROOT}/{folder}")[1] if name.endswith(".pdf"))
