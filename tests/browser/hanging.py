"""A screen as it hangs on a wall, in a browser whose clock is ours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.browser.tour import Things
from tests.fixtures.chromium import OpenWindow, Window

KEPT = """() => caches.open("dorf-screen").then(kept => kept.keys())
  .then(keys => keys.map(key => new URL(key.url).pathname))"""
BERLIN = ZoneInfo("Europe/Berlin")


def hang(window: OpenWindow, things: Things, *, now: datetime, width: int = 1280, code: str = "") -> Window:
    """A browser whose clock is ours, with the demonstration's screen or another in it and all of it kept."""
    here = window(width=width)
    here.page.clock.install(time=now)
    here.go(f"/de/schaukasten/{code or things.screen['code']}/")
    here.page.wait_for_function("() => document.documentElement.classList.contains('screen-runs')")
    here.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    here.page.wait_for_function(f"() => ({KEPT})().then(paths => paths.some(path => path.startsWith('/static/')))")
    here.page.wait_for_function("() => localStorage.getItem('dorf-screen-heard')")
    return here
