from dataclasses import dataclass

import pytest

from dorfplatz.kernel.facts import Fact, announce, subscribe
from dorfplatz.kernel.registry import Registry


def test_things_come_in_order_of_rank_and_then_of_name():
    registry: Registry[str] = Registry("kinds")
    registry.plug("b", "second")
    registry.plug("z", "first", rank=1)
    registry.plug("a", "before second")
    assert list(registry) == ["first", "before second", "second"]
    assert [name for name, _ in registry.items()] == ["z", "a", "b"]
    assert registry["b"] == "second"
    assert registry.get("c") is None
    assert "a" in registry
    assert len(registry) == 3


def test_a_name_is_taken_once():
    registry: Registry[str] = Registry("kinds")
    registry.plug("a", "x")
    with pytest.raises(ValueError, match="kinds: “a”"):
        registry.plug("a", "y")
    assert registry["a"] == "x"


@dataclass(frozen=True)
class BenchPainted(Fact):
    bench_id: int


@dataclass(frozen=True)
class BenchMoved(Fact):
    bench_id: int


@dataclass(frozen=True)
class BenchBroken(Fact):
    bench_id: int


def test_a_fact_reaches_its_subscribers_once_and_in_order():
    heard: list[tuple[str, int]] = []

    def first(fact: BenchPainted) -> None:
        heard.append(("first", fact.bench_id))

    def second(fact: BenchPainted) -> None:
        heard.append(("second", fact.bench_id))

    for subscriber in (first, second, first):
        subscribe(BenchPainted, subscriber)
    announce(BenchPainted(3))
    announce(BenchMoved(4))
    assert heard == [("first", 3), ("second", 3)]


def test_the_error_of_a_subscriber_is_the_announcer_s():
    def refuse(fact: BenchBroken) -> None:
        raise RuntimeError("the whole action is undone")

    subscribe(BenchBroken, refuse)
    with pytest.raises(RuntimeError):
        announce(BenchBroken(1))
