"""Mutants of the permission modules, and which of them the verdicts that a person has read notice.

Every `policies.py` and every `visible_to` is changed in one place at a time: a comparison, an “and”, an “or”, a “not”,
a constant, a condition, an answer. The changed function takes the place of the sound one in this very process, so that
a mutant costs a fraction of a second. Run by `make drill mutation`; the suite tries a seeded few of them.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import CodeType, FunctionType
from typing import Any

from dorfplatz.channels.models import NoteQuerySet
from dorfplatz.entries.models import EntryQuerySet
from dorfplatz.exchange.models import AnswerQuerySet
from dorfplatz.letters.models import LetterQuerySet, ThreadQuerySet
from tests.permissions.verdicts import POLICIES, verdicts

APPS = sorted({policy.partition(".")[0] for policy, _sort, _ask in POLICIES})
DOORS = (NoteQuerySet, EntryQuerySet, AnswerQuerySet, LetterQuerySet, ThreadQuerySet)
OTHERWISE: Mapping[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.And: (ast.Or,), ast.Or: (ast.And,), ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,), ast.Add: (ast.Sub,), ast.Sub: (ast.Add,),
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "filter": "exclude", "exclude": "filter"}


@dataclass(frozen=True)
class Mutant:
    """One function with one change; `about` says where and what."""

    function: FunctionType
    code: CodeType
    app: str
    about: str

    @contextmanager
    def at_work(self) -> Iterator[None]:
        sound = self.function.__code__
        self.function.__code__ = self.code
        try:
            yield
        finally:
            self.function.__code__ = sound


def functions() -> Iterator[tuple[str, FunctionType]]:
    """All functions that say who may do or see what, with their apps."""
    for app in APPS:
        module = importlib.import_module(f"dorfplatz.{app}.policies")
        for _name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__:
                yield app, function
    for door in DOORS:
        yield door.__module__.split(".")[1], door.visible_to


def mutants(is_chosen: Callable[[], bool] = lambda: True) -> Iterator[Mutant]:
    for app, function in functions():
        tree = _tree_of(function.__module__)
        for number, (line, _change) in enumerate(_changes(_place(tree, function))):
            if is_chosen():
                twin = copy.deepcopy(tree)
                about = next(islice(_changes(_place(twin, function)), number, None))[1]()
                ast.fix_missing_locations(twin)
                code = _code_of(compile(twin, function.__code__.co_filename, "exec"), function)
                yield Mutant(function, code, app, f"{function.__module__}:{line} {function.__name__}: {about}")


@cache
def _tree_of(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(importlib.import_module(module)))


def _place(tree: ast.Module, function: FunctionType) -> ast.FunctionDef:
    return next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and _is(node, function))


def _is(node: ast.FunctionDef, function: FunctionType) -> bool:
    return node.lineno == function.__code__.co_firstlineno


def _code_of(code: CodeType, function: FunctionType) -> CodeType:
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    for one in inner:
        if one.co_qualname == function.__code__.co_qualname:
            return one
    return next(_code_of(one, function) for one in inner if function.__code__.co_qualname.startswith(one.co_name + "."))


Change = tuple[int, Callable[[], str]]


def _changes(function: ast.FunctionDef) -> Iterator[Change]:
    """What can be changed below a function, each as its line and a way to do it; always in the same order."""
    for statement in function.body:
        for node in ast.walk(statement):
            line = getattr(node, "lineno", 0)
            for change in (*_operators(node), *_words(node), *_conditions(node)):
                yield line, change


def _operators(node: ast.AST) -> Iterator[Callable[[], str]]:
    if isinstance(node, ast.Compare):
        for other in OTHERWISE.get(type(node.ops[0]), ()):
            yield _set(node.ops, 0, other(), f"{ast.unparse(node)} with {other.__name__}")
    if isinstance(node, ast.BoolOp | ast.BinOp):
        for other in OTHERWISE.get(type(node.op), ()):
            yield _put(node, "op", other(), f"{ast.unparse(node)} with {other.__name__}")
    if isinstance(node, ast.BoolOp):
        for number, value in enumerate(node.values):
            neutral = ast.Constant(isinstance(node.op, ast.And))
            yield _set(node.values, number, neutral, f"without {ast.unparse(value)}")


def _words(node: ast.AST) -> Iterator[Callable[[], str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
        other = not node.value if isinstance(node.value, bool) else node.value + 1
        yield _put(node, "value", other, f"{node.value} is {other}")
    if isinstance(node, ast.Name) and node.id in NAMES:
        yield _put(node, "id", NAMES[node.id], f"{node.id} is {NAMES[node.id]}")
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield _put(node, "attr", NAMES[node.attr], f"{node.attr} is {NAMES[node.attr]}")


def _conditions(node: ast.AST) -> Iterator[Callable[[], str]]:
    if isinstance(node, ast.If | ast.IfExp):
        for answer in (True, False):
            yield _put(node, "test", ast.Constant(answer), f"if {ast.unparse(node.test)}: {answer}")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "allowed_if":
        for answer in (True, False):
            yield _set(node.args, 0, ast.Constant(answer), f"allowed_if {answer}")
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "refused":
        yield _put(node, "value", ast.Name("ALLOWED", ast.Load()), "allowed instead of refused")
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Name) and node.value.id == "ALLOWED":
        yield _put(node, "value", ast.parse("type(ALLOWED)(False, '')", mode="eval").body, "refused instead of allowed")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        turned = ast.UnaryOp(type(node.op)(), node.operand)  # turned over twice, as if there were no “not”
        yield _put(node, "operand", turned, f"without not: {ast.unparse(node)}")


def _put(node: ast.AST, name: str, value: Any, about: str) -> Callable[[], str]:
    def change() -> str:
        setattr(node, name, value)
        return about

    return change


def _set(values: list[Any], number: int, value: Any, about: str) -> Callable[[], str]:
    def change() -> str:
        values[number] = value
        return about

    return change


def is_noticed(mutant: Mutant, people: Any, things: Any, wanted: Mapping[tuple[str, str], str]) -> bool:
    """Whether an answer of that very policy is another one, or none; of a helper: one of the answers of its app."""
    door = mutant.function.__qualname__.replace("QuerySet", "")
    own = f"{mutant.app}.{door}"
    asked = own if any(policy.startswith(own) for policy, _sort, _ask in POLICIES) else f"{mutant.app}."
    with mutant.at_work():
        try:
            return any(wanted[p, t] != may for p, t, may in verdicts(people, things, asked))
        except Exception:  # a policy that breaks is seen by whoever asks it
            return True
