"""The figures as a table, beside the goals and beside the last run's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

MEDIAN_MS, P99_MS, RATIO, P95_MS, SHARE = 25, 100, 1.3, 300, 1 / 3
# Below this, a page costs so little that a ratio says nothing.
TOO_SMALL_MS = 3.0


def table(result: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """Everything that was found, ready to be read. A figure that misses its goal is marked with “!”."""
    return "\n".join([*_head(result), *_pages(result, before), *_loop(result), *_throughput(result), *_memory(result)])


def missed(result: Mapping[str, Any]) -> list[str]:
    """The goals that were not reached, in sentences; empty when all were."""
    found = []
    for name, row in result["pages"].items():
        many = row["many"]
        found += [f"{name}: median {many['median']} ms"] if many["median"] >= MEDIAN_MS else []
        found += [f"{name}: p99 {many['p99']} ms"] if many["p99"] >= P99_MS else []
        found += [f"{name}: {row['ratio']} times that of few"] if _grows(row) else []
        found += [f"{name}: {many['errors']} errors"] if many["errors"] else []
    loop = result["open_loop"]
    found += [f"open loop: p95 {loop['p95']} ms"] if loop["p95"] >= P95_MS else []
    found += [f"open loop: {loop['errors']} errors"] if loop["errors"] else []
    share = result["throughput"]["share"]
    return found + ([f"kept pages: {share} of a static file"] if share < SHARE else [])


def _grows(row: Mapping[str, Any]) -> bool:
    return bool(row["ratio"] > RATIO and row["many"]["median"] > TOO_SMALL_MS)


def _head(result: Mapping[str, Any]) -> Iterator[str]:
    at = result["measured"]
    yield f"{at['database']}, {at['size']}: {at['few']} and {at['many']} municipalities, {at['entries']} entries"
    yield at["machine"]
    yield f"load when it began {at['load_before']}, when it ended {at['load_after']}"
    yield ""


def _pages(result: Mapping[str, Any], before: Mapping[str, Any] | None) -> Iterator[str]:
    titles = (
        "one at a time, ms",
        "median (< 25)",
        "p99 (< 100)",
        "first",
        "server CPU",
        "few: median",
        "ratio (≤ 1.3)",
    )
    yield "| " + " | ".join([*titles, "kB", "median last time"]) + " |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for name, row in result["pages"].items():
        few, many = row["few"], row["many"]
        last = (before or {}).get("pages", {}).get(name, {}).get("many", {}).get("median", "–")
        cells = [
            name,
            _mark(many["median"], many["median"] < MEDIAN_MS and not many["errors"]),
            _mark(many["p99"], many["p99"] < P99_MS),
            many["first"], many["cpu"], few["median"], _mark(row["ratio"], not _grows(row)), many["kilobytes"], last,
        ]  # fmt: skip
        yield "| " + " | ".join(str(cell) for cell in cells) + " |"
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


def _memory(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"Memory of all processes afterwards: {result['memory_mb']} MB."
