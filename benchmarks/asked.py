"""How long the application itself takes for a page, asked in this process, without a server before it."""

from __future__ import annotations

import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.fixtures.kranenburg import Square

ASKED, FIRST = 40, 5


def measured(square: Square, path: str) -> dict[str, float]:
    """In milliseconds: what one waits for, and what the processor did for it; and how often the database was asked."""
    with CaptureQueriesContext(connection) as asked:
        if square.get(path).status_code != 200:
            raise SystemExit(f"{path} does not answer")
        queries = len(asked)
    waited, worked = [], []
    for _number in range(ASKED):
        before, cpu = time.perf_counter(), time.process_time()
        square.get(path)
        waited.append((time.perf_counter() - before) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    return {
        "median": round(statistics.median(waited[FIRST:]), 1),
        "cpu": round(statistics.median(worked[FIRST:]), 1),
        "queries": queries,
    }
