"""How modules, actions and queries are written."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from tests.architecture.rules.source import Source, calls

BANNED_NAMES = {"utils", "helpers", "common", "misc", "mixins", "managers", "signals", "services"}
LONGEST_MODULE, LONGEST_TEMPLATE, LONGEST_URLS = 400, 200, 60
_NOQA = re.compile(r"#\s*noqa(?!:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*\s+\S)", re.IGNORECASE)
_IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[[\w, -]+\]\s+#\s*\S)")
_UNSAFE = re.compile(r"\bmark_safe\b|\bSafeString\(|\|\s*safe\b|autoescape\s+off|safeseq|\bRawSQL\b|\.executescript\(")
_FORM = re.compile(r"(^|[._])form$|Form\(", re.IGNORECASE)
_RAW = {"raw", "extra", "execute", "executemany"}
_MARKS = ("skip", "skipif", "xfail")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_problems(source: Source) -> Iterator[str]:
    for part in source.parts:
        if part in BANNED_NAMES and not (part == "services" and "models" in source.parts):
            yield f"{source.path}: “{part}” says nothing about its subject"


def size_problems(source: Source) -> Iterator[str]:
    longest = LONGEST_MODULE if source.path.endswith(".py") else LONGEST_TEMPLATE
    longest = LONGEST_URLS if source.name == "urls.py" else longest
    count = source.text.count("\n")
    if count > longest and not source.is_migration:
        yield f"{source.path} has {count} lines; {longest} are the most"


def late_import_problems(source: Source) -> Iterator[str]:
    for function in ast.walk(source.tree):
        if not isinstance(function, Function) or (source.name == "apps.py" and function.name == "ready"):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"{source.at(node)} imports inside {function.name}()"


def public_functions(source: Source, shown: Collection[str] | None) -> Iterator[Function]:
    """Functions others may call. In a package, those its __init__ shows in __all__ (`shown`)."""
    for node in source.tree.body:
        if isinstance(node, Function) and not node.name.startswith("_") and (shown is None or node.name in shown):
            yield node


def shown_by(init: Source) -> set[str]:
    """What a package names in __all__."""
    for node in init.tree.body:
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "__all__" for t in node.targets):
            return {str(e.value) for e in getattr(node.value, "elts", []) if isinstance(e, ast.Constant)}
    return set()


def action_problems(source: Source, shown: Collection[str] | None, excused: Collection[str]) -> Iterator[str]:
    """`excused` names an action and the rule it does not keep: “media.actions.erase_files by”."""
    for function in public_functions(source, shown):
        place = f"{source.at(function)} {function.name}()"
        if "_" not in function.name:
            yield f"{place} is not named verb_noun"
        atomic = any(_last_word(decorator) == "atomic" for decorator in function.decorator_list)
        if not atomic and f"{dotted(source, function)} atomic" not in excused:
            yield f"{place} is not atomic"
        if len(function.args.posonlyargs) + len(function.args.args) > 1 or function.args.vararg:
            yield f"{place} takes more than its first argument by position"
        named = {argument.arg for argument in function.args.kwonlyargs}
        if "by" not in named and f"{dotted(source, function)} by" not in excused:
            yield f"{place} does not say who acts (by)"


def query_problems(source: Source, shown: Collection[str] | None, for_everybody: Collection[str]) -> Iterator[str]:
    for function in public_functions(source, shown):
        taken = {a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}
        if "viewer" not in taken and dotted(source, function) not in for_everybody:
            yield f"{source.at(function)} {function.name}() neither takes viewer nor is listed as a system query"


def dotted(source: Source, function: Function) -> str:
    """The name in the lists: “villages.queries.site_of”, also when it lies in a module of a package."""
    return f"{source.parts[0]}.{source.parts[1]}.{function.name}"


def _last_word(node: ast.expr) -> str:
    called = node.func if isinstance(node, ast.Call) else node
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def form_problems(source: Source) -> Iterator[str]:
    for name, call in calls(source.tree):
        owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        if name == "save" and _FORM.search(owner):
            yield f"{source.at(call)} saves a form; an action writes"


def reason_problems(source: Source) -> Iterator[str]:
    """An exception from a rule says why: after noqa and type: ignore, and in skipped tests."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if "rules/" not in source.path and (_NOQA.search(line) or _IGNORE.search(line)):
            yield f"{source.at(number)} an exception without a reason"
    for name, call in calls(source.tree):
        if name in _MARKS and not any(keyword.arg == "reason" for keyword in call.keywords):
            owner = ast.unparse(call.func)
            positional = name == "skip" and call.args and "mark" not in owner
            if ("mark." in owner or owner.startswith("pytest.")) and not positional:
                yield f"{source.at(call)} a skipped test without a reason"


def unsafe_lines(source: Source) -> Iterator[str]:
    """Lines that put text into pages unescaped or speak SQL, as “path: line”."""
    found = {number for number, line in enumerate(source.text.splitlines(), 1) if _UNSAFE.search(line)}
    if source.path.endswith(".py"):
        found |= {call.lineno for name, call in calls(source.tree) if name in _RAW and _is_raw(name, call)}
    lines = source.text.splitlines()
    for number in sorted(found):
        if not lines[number - 1].lstrip().startswith(("#", "from ", "import ")):
            yield f"{source.path}: {lines[number - 1].strip()}"


def _is_raw(name: str, call: ast.Call) -> bool:
    """`raw` and `extra` of query sets, `execute` of cursors."""
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = ast.unparse(call.func.value)
    return "objects" in owner or "query" in owner if name in {"raw", "extra"} else True
