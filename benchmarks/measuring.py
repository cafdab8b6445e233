"""The measurements: one request at a time, an open loop, and throughput."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from queue import SimpleQueue
from random import Random
from typing import Any

from benchmarks.client import Answer, Ask, Line
from benchmarks.questions import everything, mixture
from benchmarks.square import Square

A_SECOND = 30
LINES = 24
WARM_UP = 6  # rounds, so that each web process has answered each question
A_MORNING = 2  # rounds of everything that the open loop may ask
SETTLES_WITHIN_S, A_LOOK_S, IDLE = 900, 5, 0.05
A_CONNECTION = 5  # requests; then another one, which may lead to another process


@dataclass
class Figures:
    """Of one sort of page, in milliseconds. `first` is the first answer of all, `cpu` the server's work for one."""

    first: float = 0.0
    median: float = 0.0
    p99: float = 0.0
    cpu: float = 0.0
    kilobytes: float = 0.0
    errors: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class _Kept:
    answers: list[Answer] = field(default_factory=list)
    cpu_s: float = 0.0


def one_at_a_time(squares: Sequence[Square], questions: Sequence[Sequence[Ask]], times: int) -> list[Figures]:
    """The same sort of page asked of each square in turn, so that whatever else the machine does hits all alike."""
    first = [Line(square.port).get(some[0].as_bytes()) for square, some in zip(squares, questions, strict=True)]
    for square, some in zip(squares, questions, strict=True):
        for ask in [*some] * WARM_UP:
            Line(square.port).get(ask.as_bytes())
    kept = [_Kept() for _ in squares]
    for start in range(0, times, A_CONNECTION):
        for square, some, mine in zip(squares, questions, kept, strict=True):
            before, line = square.cpu_s(), Line(square.port)
            for number in range(start, min(start + A_CONNECTION, times)):
                mine.answers.append(line.get(some[number % len(some)].as_bytes()))
            line.close()
            mine.cpu_s += square.cpu_s() - before
    return [_figures(mine, answer) for mine, answer in zip(kept, first, strict=True)]


def _figures(kept: _Kept, first: Answer) -> Figures:
    seconds = sorted(answer.seconds for answer in kept.answers)
    return Figures(
        first=_ms(first.seconds),
        median=_ms(quantile(seconds, 0.5)),
        p99=_ms(quantile(seconds, 0.99)),
        cpu=_ms(kept.cpu_s / len(seconds)),
        kilobytes=round(sum(answer.size for answer in kept.answers) / len(seconds) / 1024, 1),
        errors=sum(answer.status != 200 for answer in kept.answers),
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that so many are not above."""
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


@dataclass(frozen=True)
class Loop:
    """What an open loop has shown: requests come when they come, whether or not the one before is answered."""

    requests: int
    a_second: float
    median: float
    p95: float
    p99: float
    errors: int
    cores: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def open_loop(square: Square, seconds: float) -> Loop:
    """Thirty requests a second at random moments; each is timed from the moment it was due."""
    random, due, at = Random(1), [], 0.0
    while (at := at + random.expovariate(A_SECOND)) < seconds:
        due.append(at)
    some = [ask.as_bytes() for ask in islice(mixture(square.seeded), len(due))]
    waiting: SimpleQueue[tuple[float, bytes] | None] = SimpleQueue()
    done: list[tuple[int, float]] = []
    began, cpu = time.perf_counter() + 0.05, square.cpu_s()
    threads = [threading.Thread(target=_serve, args=(square.port, waiting, done)) for _ in range(LINES)]
    for thread in threads:
        thread.start()
    for moment, request in zip(due, some, strict=True):
        time.sleep(max(0.0, began + moment - time.perf_counter()))
        waiting.put((began + moment, request))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    times = sorted(late for _, late in done)
    return Loop(
        requests=len(done),
        a_second=round(len(done) / took, 1),
        median=_ms(quantile(times, 0.5)),
        p95=_ms(quantile(times, 0.95)),
        p99=_ms(quantile(times, 0.99)),
        errors=sum(status != 200 for status, _ in done),
        cores=round((square.cpu_s() - cpu) / took, 2),
    )


def settle(squares: Sequence[Square]) -> float:
    """Wait until squares that have just been seeded have done what their clocks had left to do; seconds it took."""
    began = time.perf_counter()
    while time.perf_counter() - began < SETTLES_WITHIN_S:
        before = sum(square.cpu_s() for square in squares)
        time.sleep(A_LOOK_S)
        if sum(square.cpu_s() for square in squares) - before < IDLE * A_LOOK_S:
            break
    return round(time.perf_counter() - began, 1)


def warm_up(square: Square) -> None:
    """Every page of every municipality, of whichever process takes the connection: the square has been up a while."""
    questions = [ask.as_bytes() for row in everything(square.seeded) for ask in row] * A_MORNING
    Random(2).shuffle(questions)
    halves = (questions[::2], questions[1::2])
    threads = [threading.Thread(target=_ask_all, args=(square.port, half)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ask_all(port: int, questions: Sequence[bytes]) -> None:
    for request in questions:
        line = Line(port)
        line.get(request)
        line.close()


def _serve(port: int, waiting: SimpleQueue[tuple[float, bytes] | None], done: list[tuple[int, float]]) -> None:
    line = Line(port)
    while (asked := waiting.get()) is not None:
        due, request = asked
        try:
            status = line.get(request).status
        except OSError:
            status = 0
            line.close()
        done.append((status, time.perf_counter() - due))
    line.close()


@dataclass(frozen=True)
class Throughput:
    """How many answers a second, and how many for one second of the server's processors."""

    a_second: float
    a_cpu_second: float
    errors: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def throughput(square: Square, asked: Sequence[Ask], seconds: float, lines: int = 4) -> Throughput:
    """As fast as a few connections get answers, one request after the other on each."""
    requests = [ask.as_bytes() for ask in asked]
    for request in requests * 4:
        Line(square.port).get(request)
    ends_at = time.perf_counter() + seconds
    counts: list[tuple[int, int]] = []
    cpu, began = square.cpu_s(), time.perf_counter()
    threads = [
        threading.Thread(target=_drain, args=(square.port, requests[n:] + requests[:n], ends_at, counts))
        for n in range(lines)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used = time.perf_counter() - began, square.cpu_s() - cpu
    total = sum(count for count, _ in counts)
    return Throughput(round(total / took, 1), round(total / max(used, 0.01), 1), sum(wrong for _, wrong in counts))


def _drain(port: int, requests: Sequence[bytes], ends_at: float, counts: list[tuple[int, int]]) -> None:
    line, count, wrong = Line(port), 0, 0
    while time.perf_counter() < ends_at:
        wrong += line.get(requests[count % len(requests)]).status != 200
        count += 1
    line.close()
    counts.append((count, wrong))
