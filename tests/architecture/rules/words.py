"""Whether an app speaks German and Dutch completely: its catalogues against what its code and templates say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("de", "nl")
_SPOKEN = re.compile(r"\bn?p?gettext(_lazy)?\(|\b_\(|{%-?\s*(blocktrans|blocktranslate|trans|translate)\b|\b_\(\"")
_ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?) "(.*)"$|^"(.*)"$')


def speaks(app: Path) -> bool:
    """Whether an app says anything to people."""
    return any(
        _SPOKEN.search(path.read_text())
        for suffix in ("*.py", "*.html", "*.txt")
        for path in app.rglob(suffix)
        if "tests" not in path.parts and "migrations" not in path.parts
    )


def incomplete_words(catalogue: Path) -> Iterator[str]:
    """Entries without a translation, fuzzy ones, and translations whose placeholders differ."""
    for wish, fault in (("--untranslated", "is not translated"), ("--only-fuzzy", "is fuzzy")):
        found = subprocess.run(
            ["msgattrib", wish, "--no-obsolete", "--no-wrap", catalogue], capture_output=True, text=True, check=True
        ).stdout
        yield from (f"{catalogue.parts[-5]} {catalogue.parts[-3]}: “{m}” {fault}" for m in sorted(sayings(found)))
    checked = subprocess.run(
        ["msgfmt", "--check-format", "-o", "/dev/null", catalogue], capture_output=True, text=True, check=False
    )
    if checked.returncode:
        yield f"{catalogue}: {checked.stderr.strip()}"


def missing_words(app: Path, language: str, workshop: Path) -> Iterator[str]:
    """What code and templates say but the catalogue does not know; extracted anew in the folder `workshop`."""
    copy = workshop / app.name
    shutil.copytree(
        app, copy, ignore=shutil.ignore_patterns("tests", "migrations", "static", "frontend", "locale", "*.mo")
    )
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", language, "--no-location", "--no-wrap"],
        cwd=copy, check=True, capture_output=True,
    )  # fmt: skip
    extracted = copy / "locale" / language / "LC_MESSAGES" / "django.po"
    said = sayings(extracted.read_text()) if extracted.exists() else set()
    catalogue = app / "locale" / language / "LC_MESSAGES" / "django.po"
    known = sayings(catalogue.read_text()) if catalogue.exists() else set()
    yield from (f"{app.name} {language}: “{saying}” is missing in the catalogue" for saying in sorted(said - known))


def sayings(text: str) -> set[str]:
    """The messages of a catalogue that are in use, each with its context before it."""
    found: set[str] = set()
    for block in re.split(r"\n\s*\n", text):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            match = _ENTRY.match(line)
            if match:
                name = match[1] or name
                fields[name] = fields.get(name, "") + (match[2] if match[1] else match[3])
        if fields.get("msgid"):
            found.add(fields.get("msgctxt", "") + ("|" if "msgctxt" in fields else "") + fields["msgid"])
    return found
