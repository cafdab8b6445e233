"""Compiles the German and Dutch texts whose .po file is newer than its .mo, without gettext's own programs."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent / "src" / "dorfplatz"


def main() -> int:
    for source in sorted(ROOT.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        made = target.with_suffix(".tmp")
        with made.open("wb") as file:
            write_mo(file, catalog)
        made.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
