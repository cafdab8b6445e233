"""Sets type. Runs as a process of its own: `python -I -m dorfplatz.press.child`, with limits on memory and time.

Takes one JSON order on standard input and answers with one JSON line. Imports nothing of Django.

Orders: {"do": "pdf", "root": folder, "fonts": folder, "at": seconds} writes out.pdf into the folder, with "folds" its
pages two by two, as they are printed to be folded;
{"do": "ask", "root": folder, "fonts": folder, "labels": […]} answers with what the template notes there.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

import typst

MEMORY_BYTES = 1536 * 1024 * 1024  # of addresses; what is really used stays below 400 MB
CPU_SECONDS = 45
FILE_BYTES = 64 * 1024 * 1024
NICE = 10


def limit() -> None:
    """The worst document costs itself only."""
    os.nice(NICE)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    root = Path(order["root"])
    compiler = compiler_for(root, "main.typ", order["fonts"])
    if order["do"] == "ask":
        return {"values": {name: noted(compiler, name) for name in order["labels"]}}
    at = int(order["at"])
    compiler.compile(output=str(root / "out.pdf"), format="pdf", pdf_standards=["ua-1"], timestamp=at)
    pages = noted(compiler, "pages")
    count = pages[0] if pages else 1
    return fold(root, order["fonts"], count, at) if order.get("folds") else {"pages": count}


def compiler_for(root: Path, template: str, fonts: str) -> typst.Compiler:
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    nothing = root / "nothing"  # where packages would be: there are none
    return typst.Compiler(
        input=str(root / template), root=str(root), font_paths=own, package_path=str(nothing),
        package_cache_path=str(nothing),
    )  # fmt: skip


def fold(root: Path, fonts: str, count: int, at: int) -> dict[str, Any]:
    """The pages of out.pdf on sheets twice as wide. The engine shows pages of a PDF, but not as PDF/UA: who reads on
    a screen takes the sheet that is not for folding."""
    (root / "out.pdf").rename(root / "book.pdf")
    (root / "fold.json").write_text(json.dumps({"pages": count}), "utf-8")
    compiler = compiler_for(root, "fold.typ", fonts)
    compiler.compile(output=str(root / "out.pdf"), format="pdf", timestamp=at)
    return {"pages": noted(compiler, "pages")[0]}


def noted(compiler: typst.Compiler, label: str) -> list[Any]:
    """The values that the template has left under that label."""
    found: list[Any] = json.loads(compiler.query(f"<{label}>", field="value"))
    return found


def main() -> None:
    order = json.loads(sys.stdin.read())
    limit()
    try:
        answer = carry_out(order)
    except typst.TypstError as error:
        answer = {"error": " ".join(str(error.diagnostic or error.message).split())[:2000]}
    except MemoryError:
        answer = {"error": "too much memory"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
