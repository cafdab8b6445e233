"""Models on this machine, in processes of their own: Firefox's through `fxtranslate`, and direct pairs of OPUS-MT
through CTranslate2 where the operator has taken some over.

A process may panic, hang, die or never start: another one tries that sentence once more, then it is given up.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dorfplatz.translation.engines.protocol import EngineAway, PairUnknown, Route, Standing
from dorfplatz.translation.weights.shelf import DIRECT_MODEL, PIVOT, installed, model_name, route_of

SENTENCE_S = 60.0  # niced, on a busy machine
TURN_S = 120.0
# So many processes that end without an answer, one after the other, mean that something else is wrong.
MOST_DEATHS = 8
TRIES = 2


class Firefox:
    """Keeps to `protocol.Engine`. `command` and `sentence_s` are other ones in tests only."""

    name = "firefox"
    leaves_the_house = False
    keeps_address = False

    def __init__(
        self,
        folder: Path,
        *,
        processes: int | None = None,
        command: Sequence[str] = (sys.executable, "-m", "dorfplatz.translation.engines.child"),
        sentence_s: float = SENTENCE_S,
    ) -> None:
        self._folder = folder
        self._command = [*command, str(folder)]
        self._sentence_s = sentence_s
        count = processes or max(1, (os.cpu_count() or 2) - 1)
        self._turns = threading.BoundedSemaphore(count)
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def standing(self) -> Standing:
        pairs = installed(self._folder)
        has_direct = any((self._folder / pair / DIRECT_MODEL).exists() for pair in pairs)
        if find_spec("fxtranslate") is None and not has_direct:
            return Standing(False, False, _("The translation engine does not run on this sort of machine."))
        if not pairs:
            says = _("Translation is not installed; “dorfplatz translation install de nl en” does it.")
            return Standing(False, True, says)
        languages = sorted({code for pair in pairs for code in pair.split("-") if code != PIVOT})
        says = _("Translation is installed, on this machine: %(languages)s.") % {"languages": ", ".join(languages)}
        return Standing(True, True, says)

    def route(self, source: str, target: str) -> Route | None:
        pairs = route_of(source, target, installed(self._folder))
        if not pairs:
            return None
        path = "-".join([source, *(pair.partition("-")[2] for pair in pairs)])
        return Route(path, "+".join(model_name(self._folder, pair) for pair in pairs))

    def translate(self, texts: Sequence[str], source: str, target: str, **_address: str) -> list[str]:
        pairs = route_of(source, target, installed(self._folder))
        if not pairs:
            raise PairUnknown(f"{source}-{target}")
        with self._turn():
            return self._translated(texts, pairs)

    def close(self) -> None:
        """Ends the idle processes."""
        with self._lock:
            children, self._idle = self._idle, []
        for child in children:
            child.end()

    def _translated(self, texts: Sequence[str], pairs: Sequence[str]) -> list[str]:
        """Each text by a process; one that dies of a text, or hangs, is replaced, and the next one tries it again."""
        done: list[str] = []
        deaths = 0
        child = self._take()
        try:
            for text in texts:
                answer: dict[str, Any] = {}
                for _number in range(TRIES):
                    if not child.is_alive:
                        child = Child(self._command)
                    answer = _answered(child, text, pairs, self._sentence_s)
                    deaths = 0 if "text" in answer else deaths + 1
                    if deaths >= MOST_DEATHS:
                        raise EngineAway(_("The translation engine fails again and again."))
                    if "text" in answer:
                        break
                done.append(str(answer.get("text", "")))
        finally:
            with self._lock:
                if child.is_alive:
                    self._idle.append(child)
        return done

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=TURN_S):
            raise EngineAway(_("The translation engine is busy."))
        try:
            yield
        finally:
            self._turns.release()

    def _take(self) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive:
                    return child
        return Child(self._command)


def _answered(child: Child, text: str, pairs: Sequence[str], seconds: float) -> dict[str, Any]:
    answer = child.ask(text, pairs, seconds)
    if "broken" in answer:
        raise EngineAway(_("A translation model cannot be used: %(why)s") % {"why": answer["broken"]})
    return answer


class Child:
    """One process, asked one sentence at a time. After a hang it is ended; `is_alive` says whether to ask it again."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  this very Python, nobody's words
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._buffer = b""

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, text: str, pairs: Sequence[str], seconds: float) -> dict[str, Any]:
        """Its answer; {"failed": …} when there was none in time, or none at all."""
        line = json.dumps({"text": text, "pairs": [*pairs]}).encode() + b"\n"
        try:
            self._to().write(line)
            answered = self._line(time.monotonic() + seconds)
            found = json.loads(answered)
        except (OSError, ValueError, EOFError) as error:
            self.end()
            return {"failed": type(error).__name__}
        return found if isinstance(found, dict) else {"failed": "nonsense"}

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _to(self) -> Any:
        return self._process.stdin

    def _line(self, until: float) -> bytes:
        out = self._process.stdout
        while out and b"\n" not in self._buffer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([out], [], [], left)[0]:
                raise TimeoutError
            read = os.read(out.fileno(), 65536)
            if not read:
                raise EOFError
            self._buffer += read
        line, _sep, self._buffer = self._buffer.partition(b"\n")
        return line
