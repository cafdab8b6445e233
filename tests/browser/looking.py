"""What is asked of a page that stands in a window."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# On a narrow screen the page is the same but for its arrangement.
NARROW_RULES = ["color-contrast", "target-size", "scrollable-region-focusable", "aria-hidden-focus", "region"]
# Of a finger: what stands in a line of text may be smaller.
SMALLEST_TARGET_PX = 44
# Of these no German or Dutch text is made; names and quoted words carry their own lang attribute.
ENGLISH = re.compile(
    r"\b(the|and|with|your|search|save|settings|cancel|delete|remove|edit|choose|village|villages|page|entries|entry|"
    r"show|hide|back|next|previous|today|hours|please|password|all|more|less|yes|free of charge)\b",
    re.IGNORECASE,
)
# Languages are offered by their own names.
OWN_NAMES = {"Deutsch", "Nederlands", "English"}
# English-looking words that are German or Dutch as well.
SHARED = {
    "de": {"all", "die", "hier", "bus", "park", "sport", "museum", "restaurant", "garten", "mehr"},
    "nl": {"all", "week", "open", "hotel", "water", "sport", "park", "museum", "restaurant", "school", "bus"},
}

# Text of the page that nobody has marked as being in another language, and the words in its attributes.
VISIBLE_TEXT = """
() => {
  const language = document.documentElement.lang, found = [];
  const foreign = e => e.closest(`[lang]:not([lang="${language}"])`) || e.closest('script, style, template');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === 3 ? node.parentElement : node;
    if (foreign(element)) continue;
    if (node.nodeType === 3) { if (node.data.trim()) found.push(node.data.trim()); continue; }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (element.getAttribute(name)) found.push(element.getAttribute(name));
    for (const [name, value] of Object.entries(element.dataset))
      if (name.startsWith('words')) found.push(value);
  }
  found.push(document.title);
  return found;
}
"""

SMALL_TARGETS = f"""
() => [...document.querySelectorAll('button, a.button, select, summary, input:not([type=hidden]), textarea, nav a')]
  .filter(e => e.checkVisibility({{visibilityProperty: true, opacityProperty: true}}))
  .map(e => {{
    const label = ['checkbox', 'radio'].includes(e.type) ? e.closest('label') || e.labels?.[0] : null;
    return [e, (label || e).getBoundingClientRect()];
  }})
  .filter(([e, box]) => box.width > 1 && box.height > 1 && box.height < {SMALLEST_TARGET_PX} - 0.5)
  .map(([e, box]) => `${{e.outerHTML.slice(0, 120)}} is ${{Math.round(box.width)}}×${{Math.round(box.height)}}`)
"""

OVERFLOW = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const inScroller = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) return true; return false; };
  const wide = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > width + 0.5 && !inScroller(e))
    .map(e => e.outerHTML.slice(0, 100));
  return wide.length ? wide.slice(-3) : ['(something wider than the screen)'];
}
"""


@cache
def _axe() -> str:
    return AXE.read_text()


def accessibility_faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds, a line for each element. The debugger brings it into the page, past any policy."""
    only: dict[str, Any] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_axe())
    found = page.evaluate("only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
    return [
        f"axe {violation['id']}: {violation['help']}: {node['html'][:160]} ({'; '.join(_reasons(node))})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def _reasons(node: dict[str, Any]) -> list[str]:
    checks = [*node["any"], *node["all"], *node["none"]]
    return [str(check["message"])[:160] for check in checks][:2]


def narrow_faults(page: Page) -> list[str]:
    small = page.evaluate(SMALL_TARGETS)
    return accessibility_faults(page, NARROW_RULES) + [f"too small for a finger: {target}" for target in small]


def set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def overflow(page: Page, width: int) -> list[str]:
    return [f"wider than {width} px: {element}" for element in page.evaluate(OVERFLOW)]


@cache
def _source_strings(language: str) -> frozenset[str]:
    """English strings that read otherwise in the language and are no other string's translation."""
    sources, texts = set(), set()
    for path in ROOT.glob(f"src/dorfplatz/*/locale/{language}/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                sources |= {*message.id} if isinstance(message.id, tuple) else {message.id}
                texts |= {*message.string} if isinstance(message.string, tuple) else {message.string}
    return frozenset(source for source in sources - texts if source and not source.startswith("Buurtverbinder"))


def english_words(page: Page, language: str) -> list[str]:
    """Source strings that were not translated, and English words that no German or Dutch sentence has."""
    faults = []
    for text in page.evaluate(VISIBLE_TEXT):
        plain = " ".join(text.split())
        if plain in OWN_NAMES:
            continue
        if plain in _source_strings(language):
            faults.append(f"not translated: {plain!r}")
        else:
            found = {word.lower() for word in ENGLISH.findall(plain)} - SHARED[language]
            if found:
                faults.append(f"English on a page in “{language}”: {plain[:120]!r} ({', '.join(sorted(found))})")
    return faults
