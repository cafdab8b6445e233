"""Writing a post through its form, with all that follows put down for the worker: what the writer waits for."""

from __future__ import annotations

import http.client
import re
import time
from typing import Any
from urllib.parse import urlencode

from benchmarks.measuring import quantile
from benchmarks.square import Square

PATH = "/de/beitraege/schreiben/news/"
PLAIN = {"title": "Neues vom Deich", "body": "Das Storchennest ist besetzt.", "reach": "all", "has_comments": "on"}


def written(square: Square, times: int) -> dict[str, Any]:
    """Milliseconds from sending the form to the answer, over so many posts, one after the other, after a first one."""
    host, cookies = square.seeded["hosts"][0], {"session": square.seeded["sessions"]["member"]}
    line = http.client.HTTPConnection("127.0.0.1", square.port, timeout=20)
    seconds, errors = [], 0
    for _number in range(times + 1):
        page = _asked(line, host, cookies)
        fields = PLAIN | {name: _value(page, name) for name in ("csrfmiddlewaretoken", "form_key", "villages")}
        began = time.perf_counter()
        errors += _asked(line, host, cookies, urlencode(fields)) != ""  # the answer leads to the post
        seconds.append(time.perf_counter() - began)
    line.close()
    seconds = sorted(seconds[1:])
    return {"median": _ms(quantile(seconds, 0.5)), "p99": _ms(quantile(seconds, 0.99)), "errors": errors}


def _asked(line: http.client.HTTPConnection, host: str, cookies: dict[str, str], form: str = "") -> str:
    """A page, or "" where it is a way to another one."""
    headers = {"Host": host, "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if form:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{host}"}
    line.request("POST" if form else "GET", PATH, form or None, headers)
    answer = line.getresponse()
    for cookie in answer.headers.get_all("Set-Cookie") or ():
        name, _, value = cookie.partition(";")[0].partition("=")
        cookies[name] = value
    text = answer.read().decode()
    return "" if answer.status == 302 else text


def _value(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    if found is None:
        raise SystemExit(f"The form of a post has no {name}.")
    return found[1]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
