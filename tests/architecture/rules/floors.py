"""Who may know whom: the floors are read out of the import contract; here is what the import linter cannot see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.architecture.rules.source import Source, calls, strings, text_argument

MODEL_FIELDS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
NAME_FINDERS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
# Templates that Django looks for outside any app.
ROOT_TEMPLATES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
_TAG = re.compile(r"{%-?\s*(extends|include|static|url)\s+[\"']([^\"']+)[\"']")
_LOAD = re.compile(r"{%-?\s*load\s+(?:.*?\sfrom\s+)?([\w\s.]+?)\s*-?%}")
_TEMPLATE_NAME = re.compile(r"^([a-z_]+)/[\w/.-]+\.(html|txt|svg|xml)(#[\w-]+)?$")
_DOTTED = re.compile(r"^dorfplatz\.([a-z_]+)(\.|$)")


@dataclass(frozen=True)
class Floors:
    """The apps by height; those of one floor do not know each other."""

    height: dict[str, int]

    def knows(self, app: str, other: str) -> bool:
        """Whether `app` may name what belongs to `other`. What is no app of the house anybody may name."""
        if other == app or other not in self.height or app not in self.height:
            return True
        return self.height[other] < self.height[app]


def read_floors(pyproject: dict[str, Any]) -> Floors:
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    height: dict[str, int] = {}
    for level, layer in enumerate(reversed(layers)):
        for app in layer.split("|"):
            height[app.strip().strip("()")] = level
    return Floors(height)


def contract_problems(pyproject: dict[str, Any]) -> Iterator[str]:
    for contract in pyproject["tool"]["importlinter"]["contracts"]:
        if "ignore_imports" in contract:
            yield f"contract {contract['id']}: ignore_imports is not to be used"
    layers = next(c for c in pyproject["tool"]["importlinter"]["contracts"] if c["id"] == "floors")
    if not layers.get("exhaustive"):
        yield "contract floors: must be exhaustive"


def model_reference_problems(source: Source, floors: Floors) -> Iterator[str]:
    """String references to models, `get_model` and the dependencies of migrations."""
    for name, call in calls(source.tree):
        found: list[str | None] = []
        if name in MODEL_FIELDS:
            found = [text_argument(call, 0, "to"), text_argument(call, 99, "through")]
            if _is_user_model(call) and not floors.knows(source.app, "members"):
                yield f"{source.at(call)} refers upwards to the logins of members"
        elif name == "get_model" and not source.is_migration:
            found = [text_argument(call, 0, "app_label")]
        for text in found:
            if text and not floors.knows(source.app, text.partition(".")[0]):
                yield f"{source.at(call)} refers to “{text}” above or beside it"
    if source.is_migration:
        yield from _migration_problems(source, floors)


def _is_user_model(call: ast.Call) -> bool:
    arguments = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "to")]
    return any(isinstance(node, ast.Attribute) and node.attr == "AUTH_USER_MODEL" for node in arguments)


def _migration_problems(source: Source, floors: Floors) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "dependencies" for t in node.targets)):
            continue
        for pair in ast.walk(node.value):
            other = pair.elts[0] if isinstance(pair, ast.Tuple) and pair.elts else None
            if isinstance(other, ast.Constant) and not floors.knows(source.app, str(other.value)):
                yield f"{source.at(pair)} depends on the tables of {other.value} above or beside it"


def name_problems(source: Source, floors: Floors) -> Iterator[str]:
    """Dotted names, template names and names of addresses in Python strings."""
    for node in strings(source.tree):
        dotted, template = _DOTTED.match(node.value), _TEMPLATE_NAME.match(node.value)
        named = dotted[1] if dotted else template[1] if template else ""
        if named and not floors.knows(source.app, named):
            yield f"{source.at(node)} names “{node.value}” above or beside it"
    for name, call in calls(source.tree):
        address = text_argument(call, 0, "viewname", "to") if name in NAME_FINDERS else None
        if address and not address.startswith(("/", ".", "?", "#", "http")):
            yield from _address_problems(source.app, address, source.at(call), floors)


def template_problems(source: Source, floors: Floors, libraries: dict[str, str]) -> Iterator[str]:
    """`libraries` tells to which app a library of tags belongs."""
    inside = source.path.partition("/templates/")[2]
    # Letters lie together under mail/, each app's under its own name.
    if not inside.startswith((f"{source.app}/", f"mail/{source.app}/")) and inside not in ROOT_TEMPLATES:
        yield f"{source.path} must lie below templates/{source.app}/"
    for number, line in enumerate(source.text.splitlines(), 1):
        place = source.at(number)
        for tag, named in _TAG.findall(line):
            if tag == "url":
                yield from _address_problems(source.app, named, place, floors)
            elif "/" in named and not floors.knows(source.app, named.partition("/")[0]):
                yield f"{place} uses “{named}” above or beside it"
        for library in " ".join(_LOAD.findall(line)).split():
            if not floors.knows(source.app, libraries.get(library, "")):
                yield f"{place} loads the tags “{library}” of {libraries[library]} above or beside it"


def _address_problems(app: str, address: str, place: str, floors: Floors) -> Iterator[str]:
    space, colon, _ = address.partition(":")
    if not colon:
        yield f"{place} names the address “{address}” without its app"
    elif not floors.knows(app, space):
        yield f"{place} names the address “{address}” above or beside it"
