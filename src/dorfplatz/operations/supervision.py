"""Keeps a few child processes running in the foreground: starts, restarts and stops them."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
# A child that has lived this long was well; its next end counts as the first again.
WELL_AFTER_S = 60.0
_HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process: `work` runs in it and may end by returning or by SystemExit."""

    name: str
    work: Callable[[], None]
    pid: int | None = None
    started_at: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    due_at: float = 0.0

    def start(self) -> None:
        """Signals wait until the child has let go of its parent's ways of answering them."""
        self.started_at = time.monotonic()
        parent = os.getpid()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
        try:
            self.pid = os.fork()
            if self.pid == 0:
                _live(self.work, parent, before)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def ended(self) -> None:
        """Plan the next start: later each time, unless it had been well for a while."""
        now = time.monotonic()
        if now - self.started_at >= WELL_AFTER_S:
            self.pause_s = FIRST_PAUSE_S
        self.pid, self.due_at = None, now + self.pause_s
        self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)

    def tell(self, number: int) -> None:
        if self.pid is not None:
            os.kill(self.pid, number)


@dataclass
class Supervisor:
    """Runs children until SIGTERM or SIGINT; then lets them finish, `grace_s` at most. A second signal hurries them.

    `say` writes one line for the person at the terminal. `on_ready` is called once, when `voices` bytes have arrived
    on `ready_end`. A first child that ends before that moment could not start at all, which ends everything.
    """

    children: list[Child]
    say: Callable[[str], None]
    ready_end: int
    on_ready: Callable[[], None]
    grace_s: float = 60.0
    voices: int = 1
    _wishes: int = field(default=0, init=False)
    _heeded: int = field(default=0, init=False)
    _stopping_since: float | None = field(default=None, init=False)
    _ready: bool = field(default=False, init=False)
    _failed: bool = field(default=False, init=False)

    def run(self) -> int:
        """The exit code: 0 after a wish to stop, 1 when the first child could not start."""
        wake_end, alarm_end = os.pipe()
        os.set_blocking(wake_end, False)
        os.set_blocking(alarm_end, False)
        before = signal.set_wakeup_fd(alarm_end)
        handlers = {number: signal.signal(number, self._asked) for number in (signal.SIGTERM, signal.SIGINT)}
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while self._tend():
                self._wait(wake_end)
        finally:
            signal.set_wakeup_fd(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
            os.close(wake_end)
            os.close(alarm_end)
        return 1 if self._failed else 0

    def _asked(self, _number: int, _frame: object) -> None:
        """Only counted: a signal may come between a child's birth or death and our note of it."""
        self._wishes += 1

    def _heed(self) -> None:
        """Pass on each wish to stop that has come since the last look."""
        while self._heeded < self._wishes:
            self._heeded += 1
            hurried = self._stopping_since is not None
            self._stopping_since = self._stopping_since or time.monotonic()
            for child in self.children:
                child.tell(signal.SIGKILL if hurried else signal.SIGTERM)

    def _tend(self) -> bool:
        """Do what is due; whether anything is left to look after."""
        self._bury()
        self._heed()
        now = time.monotonic()
        if self._stopping_since is None:
            for child in self.children:
                if child.pid is None and now >= child.due_at:
                    child.start()
            return True
        if now - self._stopping_since > self.grace_s:
            for child in self.children:
                child.tell(signal.SIGKILL)
        return any(child.pid is not None for child in self.children)

    def _bury(self) -> None:
        for child in self.children:
            if child.pid is None:
                continue
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid == 0:
                continue
            child.ended()
            if self._stopping_since is None:
                self._mourn(child, os.waitstatus_to_exitcode(status))

    def _mourn(self, child: Child, code: int) -> None:
        if child is self.children[0] and not self._ready and not self._announced():
            self._failed = True
            self._wishes += 1
            return
        with suppress(OSError):  # nobody may be listening any more
            self.say(f"{child.name}: ended with {code}, starting again in {child.due_at - time.monotonic():.0f} s")

    def _wait(self, wake_end: int) -> None:
        moments = [child.due_at for child in self.children if child.pid is None]
        pause_s = min([1.0, *(max(moment - time.monotonic(), 0.01) for moment in moments)])
        ends = [wake_end] if self._ready else [wake_end, self.ready_end]
        readable, _, _ = select.select(ends, [], [], pause_s)
        if wake_end in readable:
            os.read(wake_end, 512)
        if self.ready_end in readable:
            self._announced()

    def _announced(self) -> bool:
        """Whether the first child can answer; the first time it does, the person is told."""
        if not self._ready and select.select([self.ready_end], [], [], 0)[0]:
            self.voices -= len(os.read(self.ready_end, 512))
            self._ready = self.voices <= 0
            if self._ready:
                with suppress(OSError):
                    self.on_ready()
        return self._ready


def apart(work: Callable[[], None]) -> int:
    """Do something in a process of its own and wait for it, so that what it needs of memory goes with it.

    Its exit code. Ctrl+C ends both.
    """
    child = Child("apart", work)
    child.start()
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child.pid or 0, 0)[1])
    except KeyboardInterrupt as wish:
        child.tell(signal.SIGTERM)
        raise SystemExit(128 + signal.SIGINT) from wish


def _live(work: Callable[[], None], parent: int, mask: set[signal.Signals | int]) -> None:
    """The life of a child; it never returns. Ctrl+C reaches the parent only, which asks the children in good order."""
    code = 1
    try:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        for number in _HEARD:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        _die_with_parent()
        if os.getppid() != parent:
            os._exit(1)
        work()
        code = 0
    except SystemExit as wish:
        code = wish.code if isinstance(wish.code, int) else int(wish.code is not None)
    except BaseException:  # the last word of this process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with_parent() -> None:
    """On Linux the kernel asks the child to stop when the parent is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
