"""The colours of the website around: read from an address, and made readable. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dorfplatz.villages.colours import LEAST_CONTRAST, contrast

NAMES = ("accent", "ground", "ink")
HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
WORD = re.compile(r"[0-9a-f]{6}-[0-9a-f]{6}-[0-9a-f]{6}")


@dataclass(frozen=True)
class Look:
    """Three colours as rrggbb: of headings and links, behind the text, of the text."""

    accent: str = "1f5673"
    ground: str = "ffffff"
    ink: str = "26221c"

    @property
    def word(self) -> str:
        """As it stands in the address of its stylesheet."""
        return f"{self.accent}-{self.ground}-{self.ink}"

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Those that differ from ours, in a fixed order."""
        return [(name, getattr(self, name)) for name in NAMES if getattr(self, name) != getattr(OURS, name)]

    @property
    def is_readable(self) -> bool:
        return all(contrast(f"#{colour}", f"#{self.ground}") >= LEAST_CONTRAST for colour in (self.accent, self.ink))

    @property
    def stylesheet(self) -> str:
        """Six letters and digits each: nothing else of what was sent comes out again."""
        accent, ground, ink = (f"#{colour}" for colour in (self.accent, self.ground, self.ink))
        return (
            f":root{{color-scheme:only light;--paper:{ground};--sheet:{ground};--ink:{ink};--ink-soft:{ink};"
            f"--link:{accent};--strong:{accent};--focus:{ink}}}\n"
        )


OURS = Look()


def read_look(parameters: Mapping[str, str]) -> Look:
    """What is no colour is ours."""
    found = {name: HEX.fullmatch(parameters.get(name, "").strip()) for name in NAMES}
    return Look(**{name: hit[1].lower() for name, hit in found.items() if hit})


def readable(look: Look) -> Look:
    """The look itself; where it cannot be read, its text in ours, or in white on dark ground."""
    if look.is_readable:
        return look
    ink = max((look.ink, OURS.ink, "ffffff", "000000"), key=lambda colour: _enough(colour, look.ground))
    accent = look.accent if _enough(look.accent, look.ground) >= LEAST_CONTRAST else ink
    return Look(accent, look.ground, ink)


def look_of_word(word: str) -> Look | None:
    """The look of a stylesheet's address; None where we would not have written it so."""
    if not WORD.fullmatch(word):
        return None
    found = Look(*word.split("-"))
    return found if readable(found) == found else None


def _enough(colour: str, ground: str) -> float:
    """The contrast, as far as it matters: the first that is enough is taken."""
    return min(contrast(f"#{colour}", f"#{ground}"), LEAST_CONTRAST)
