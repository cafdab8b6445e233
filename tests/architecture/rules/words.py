"""Whether an app speaks German and Dutch completely: its catalogues against what its code and templates say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("de", "nl")
_SPOKEN = re.compile(r"\bn?p?gettext(_lazy)?\(|\b_\(|{%-?\s*(blocktrans|blocktranslate|trans|translate)\b|\b_\(\"")
_PLACE = re.compile(r"%\(\w+\)[a-z]|{\w+}")
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
    if not catalogue.exists():
        yield f"{catalogue} is missing"
        return
    place = f"{catalogue.parts[-5]} {catalogue.parts[-3]}"
    with catalogue.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    for message in messages:
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(said):
            yield f"{place}: “{message.id}” is not translated"
        elif message.fuzzy:
            yield f"{place}: “{message.id}” is fuzzy"
        elif list(message.check()) or _places(message.id) != _places(message.string):
            yield f"{place}: “{message.id}” has other placeholders in its translation"


def _places(said: str | tuple[str, ...]) -> set[str]:
    """The named placeholders; a singular may leave the number out."""
    text = said if isinstance(said, str) else said[-1]
    return set(_PLACE.findall(text))


def missing_words(app: Path, workshop: Path) -> Iterator[str]:
    """What code and templates say but a catalogue does not know; extracted anew in the folder `workshop`."""
    copy = workshop / app.name
    shutil.copytree(
        app, copy, ignore=shutil.ignore_patterns("tests", "migrations", "static", "frontend", "locale", "*.mo")
    )
    (copy / "locale").mkdir()
    command = [sys.executable, "-P", "-m", "django", "makemessages", "-l", "de", "--no-location", "--no-wrap"]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    ended = subprocess.run(command, cwd=copy, env=bare, capture_output=True, text=True, check=False)
    if ended.returncode:
        yield f"{app.name}: {ended.stderr.strip()}"
    extracted = copy / "locale/de/LC_MESSAGES/django.po"
    said = sayings(extracted.read_text()) if extracted.exists() else set()
    for language in LANGUAGES:
        catalogue = app / "locale" / language / "LC_MESSAGES" / "django.po"
        known = sayings(catalogue.read_text()) if catalogue.exists() else set()
        yield from (f"{app.name} {language}: “{saying}” is missing in the catalogue" for saying in sorted(said - known))


def divided_words(house: Path, language: str) -> Iterator[str]:
    """What two apps translate differently: Django has one catalogue of all of them, so one would speak for the other.

    Where the same English means two things, one of them says so by a context or by other words.
    """
    found: dict[tuple[str, object], tuple[str, object]] = {}
    for catalogue in sorted(house.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        app = catalogue.parts[-5]
        with catalogue.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        for message in messages:
            first, said = found.setdefault((message.context or "", message.id), (app, message.string))
            if said != message.string:
                yield f"{language}: “{message.id}” is “{said}” in {first} and “{message.string}” in {app}"


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
