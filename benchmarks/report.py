"""The figures as a table, beside the goals and beside the last run's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.questions import FOR_MEMBERS, LIVING
from tests.evaluation.matching.measure import GOALS
from tests.evaluation.matching.measure import missed as short_of

MEDIAN_MS, P99_MS, RATIO, P95_MS, SHARE = 25, 100, 1.3, 300, 1 / 3
LIVING_MEDIAN_MS, LIVING_P99_MS = 30, 120  # pages of the living square
WRITING_MS = 50  # a post, with what follows from it put down
ADDED_MS, ADDED_QUERIES, SENTENCES_A_SECOND = 3.0, 2, 3.0  # what translated items add to a page; the queue
LIST_MS = 40  # lists of those in charge
DESK_MS = 50  # a connector's desk, with its other pages
# Below this, a page costs so little that a ratio says nothing.
TOO_SMALL_MS = 3.0


def table(result: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """Everything that was found, ready to be read. A figure that misses its goal is marked with “!”."""
    parts = (
        _head(result),
        _pages(result, before),
        _lists(result),
        _desk(result),
        _loop(result),
        _throughput(result),
        _writing(result),
        _translation(result),
        _matching(result),
        _memory(result),
    )
    return "\n".join(line for part in parts for line in part)


def missed(result: Mapping[str, Any]) -> list[str]:
    """The goals that were not reached, in sentences; empty when all were."""
    found = []
    for name, row in result["pages"].items():
        many, (median, p99) = row["many"], goals(name)
        found += [f"{name}: median {many['median']} ms"] if many["median"] >= median else []
        found += [f"{name}: p99 {many['p99']} ms"] if many["p99"] >= p99 else []
        found += [f"{name}: {row['ratio']} times that of few"] if _grows(row) else []
        found += [f"{name}: {many['errors']} errors"] if many["errors"] else []
    for name, row in result["lists"]["lists"].items():
        found += [f"list of {name}: median {row['median']} ms"] if row["median"] >= LIST_MS else []
    for name, row in result["desk"]["pages"].items():
        found += [f"{name}: median {row['median']} ms"] if row["median"] >= DESK_MS else []
    loop = result["open_loop"]
    found += [f"open loop: p95 {loop['p95']} ms"] if loop["p95"] >= P95_MS else []
    found += [f"open loop: {loop['errors']} errors"] if loop["errors"] else []
    writing = result["writing"]
    found += [f"writing a post: median {writing['median']} ms"] if writing["median"] >= WRITING_MS else []
    found += [f"writing a post: {writing['errors']} errors"] if writing["errors"] else []
    found += [f"translation: {sentence}" for sentence in _missed_of_translation(result["translation"])]
    found += [f"matching, {half}: {sentence}" for half, row in result["matching"].items() for sentence in short_of(row)]
    share = result["throughput"]["share"]
    return found + ([f"kept pages: {share} of a static file"] if share < SHARE else [])


def goals(name: str) -> tuple[int, int]:
    """Milliseconds for the median and for the slowest of a hundred."""
    is_living = name.partition(" · ")[0] in (*LIVING, *FOR_MEMBERS)
    return (LIVING_MEDIAN_MS, LIVING_P99_MS) if is_living else (MEDIAN_MS, P99_MS)


def _grows(row: Mapping[str, Any]) -> bool:
    return bool(row["ratio"] > RATIO and row["many"]["median"] > TOO_SMALL_MS)


def _head(result: Mapping[str, Any]) -> Iterator[str]:
    at = result["measured"]
    yield (
        f"{at['database']}, {at['size']}: {at['few']} and {at['many']} municipalities, {at['entries']} entries, "
        f"{at['life']} posts, dates, asks and comments"
    )
    yield at["machine"]
    yield f"load when it began {at['load_before']}, when it ended {at['load_after']}"
    yield ""


def _pages(result: Mapping[str, Any], before: Mapping[str, Any] | None) -> Iterator[str]:
    titles = (
        "one at a time, ms",
        "median (< 25, living 30)",
        "p99 (< 100, living 120)",
        "first",
        "server CPU",
        "few: median",
        "ratio (≤ 1.3)",
    )
    yield "| " + " | ".join([*titles, "kB", "median last time"]) + " |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for name, row in result["pages"].items():
        few, many, (median, p99) = row["few"], row["many"], goals(name)
        last = (before or {}).get("pages", {}).get(name, {}).get("many", {}).get("median", "–")
        cells = [
            name,
            _mark(many["median"], many["median"] < median and not many["errors"]),
            _mark(many["p99"], many["p99"] < p99),
            many["first"], many["cpu"], few["median"], _mark(row["ratio"], not _grows(row)), many["kilobytes"], last,
        ]  # fmt: skip
        yield "| " + " | ".join(str(cell) for cell in cells) + " |"
    yield ""


def _lists(result: Mapping[str, Any]) -> Iterator[str]:
    found = result["lists"]
    yield f"| lists of those in charge, {found['count']} members, ms | median (< {LIST_MS}) | CPU | queries |"
    yield "|---|--:|--:|--:|"
    for name, row in found["lists"].items():
        yield f"| {name} | {_mark(row['median'], row['median'] < LIST_MS)} | {row['cpu']} | {row['queries']} |"
    yield ""


def _desk(result: Mapping[str, Any]) -> Iterator[str]:
    found = result["desk"]
    there = ", ".join(f"{number} {name}" for name, number in found["counts"].items())
    yield f"| a connector’s desk, {there}, ms | median (< {DESK_MS}) | CPU | queries |"
    yield "|---|--:|--:|--:|"
    for name, row in found["pages"].items():
        yield f"| {name} | {_mark(row['median'], row['median'] < DESK_MS)} | {row['cpu']} | {row['queries']} |"
    yield ""


def _mark(value: object, is_good: bool) -> str:
    return str(value) if is_good else f"**{value}** !"


def _loop(result: Mapping[str, Any]) -> Iterator[str]:
    loop, first = result["open_loop"], result["open_loop_at_first"]
    yield (
        f"Open loop, {loop['a_second']} requests a second ({loop['requests']} in all, every page, every municipality, "
        f"half signed in): median {loop['median']} ms, p95 {_mark(loop['p95'], loop['p95'] < P95_MS)} ms (< {P95_MS}), "
        f"p99 {loop['p99']} ms, errors {_mark(loop['errors'], not loop['errors'])}; {loop['cores']} cores busy."
    )
    yield (
        f"The same while nearly every municipality is asked for the first time since the start: "
        f"median {first['median']} ms, p95 {first['p95']} ms, errors {first['errors']}; {first['cores']} cores busy."
    )


def _throughput(result: Mapping[str, Any]) -> Iterator[str]:
    found = result["throughput"]
    static, kept = found["static"], found["kept"]
    yield (
        f"Throughput: a static file {static['a_second']}/s, visitors’ pages {kept['a_second']}/s; for one second of "
        f"the server’s processors {static['a_cpu_second']} and {kept['a_cpu_second']}: "
        f"{_mark(found['share'], found['share'] >= SHARE)} of a static file (≥ 0.33)."
    )


def _writing(result: Mapping[str, Any]) -> Iterator[str]:
    found = result["writing"]
    median = _mark(found["median"], found["median"] < WRITING_MS)
    yield f"Writing a post: median {median} ms (< {WRITING_MS}), p99 {found['p99']} ms, errors {found['errors']}."


def _missed_of_translation(found: Mapping[str, Any]) -> Iterator[str]:
    for path, row in found["pages"].items():
        if row["added_ms"] > ADDED_MS or row["added_queries"] > ADDED_QUERIES:
            yield f"{path} costs {row['added_ms']} ms and {row['added_queries']} queries more"
    if found["queue"]["sentences_a_core_second"] < SENTENCES_A_SECOND:
        yield f"{found['queue']['sentences_a_core_second']} sentences a second"


def _translation(result: Mapping[str, Any]) -> Iterator[str]:
    found, queue = result["translation"], result["translation"]["queue"]
    is_quick = queue["sentences_a_core_second"] >= SENTENCES_A_SECOND
    for path, row in found["pages"].items():
        is_good = row["added_ms"] <= ADDED_MS and row["added_queries"] <= ADDED_QUERIES
        added = _mark(f"{row['added_ms']} ms", is_good)
        yield f"Thirty translated items on {path}: {added} (≤ {ADDED_MS}), {row['added_queries']} queries (≤ 2) more."
    yield (
        f"Translation queue, models of the real shape, by way of English: "
        f"{_mark(queue['sentences_a_core_second'], is_quick)} sentences for each second of a processor (≥ 3)."
    )


def _matching(result: Mapping[str, Any]) -> Iterator[str]:
    for half, row in result["matching"].items():
        shares = ", ".join(f"{name} {_mark(row[name], row[name] >= goal)} (≥ {goal})" for name, goal in GOALS.items())
        yield f"Suggestions, {row['needs']} needs of the half “{half}”: {shares}."


def _memory(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"Memory of all processes afterwards: {result['memory_mb']} MB."
