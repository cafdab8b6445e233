"""The files of the house, read once, as the rules see them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HOUSE = ROOT / "src" / "dorfplatz"


@dataclass(frozen=True)
class Source:
    """One file: its path inside src/dorfplatz and its text."""

    path: str
    text: str

    @property
    def app(self) -> str:
        return self.path.partition("/")[0]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_test(self) -> bool:
        return "/tests/" in self.path or self.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.path

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").split("/"))

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def at(self, line: int | ast.AST) -> str:
        return f"{self.path}:{line if isinstance(line, int) else getattr(line, 'lineno', 0)}"


@cache
def modules() -> tuple[Source, ...]:
    """All Python files of the house, tests and migrations included."""
    return tuple(_read("*.py"))


@cache
def templates() -> tuple[Source, ...]:
    return tuple(
        source
        for suffix in ("html", "txt", "svg", "xml")
        for source in _read(f"*.{suffix}")
        if "/templates/" in source.path
    )


def code() -> Iterator[Source]:
    """What runs: neither tests nor migrations."""
    return (source for source in modules() if not source.is_test and not source.is_migration)


def _read(pattern: str) -> Iterator[Source]:
    for path in sorted(HOUSE.rglob(pattern)):
        if "__pycache__" not in path.parts and "node_modules" not in path.parts:
            yield Source(path.relative_to(HOUSE).as_posix(), path.read_text())


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """All string constants that are no docstrings."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """All calls with the last word of what is called: “reverse”, “ForeignKey”, “execute”."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")), node


def text_argument(call: ast.Call, position: int, *names: str) -> str | None:
    """A literal string among the arguments, by position or by name."""
    found: list[ast.expr] = [keyword.value for keyword in call.keywords if keyword.arg in names]
    found += call.args[position : position + 1]
    return next((str(e.value) for e in found if isinstance(e, ast.Constant) and isinstance(e.value, str)), None)
