"""The villages' tints as ink: the tokens of the look, darkened so that they read on paper. Pure."""

from __future__ import annotations

from dorfplatz.villages.models import Area

TINTS = (
    "#8b857a", "#b5533f", "#4f8a5b", "#3a7fa6", "#c08a1e", "#8c5a9e", "#2f8c86", "#c4668a", "#7d8f2e", "#6b76b8",
)  # fmt: skip
INK, SHARE = (0x1D, 0x17, 0x10), 0.66


def ink_of(area: Area) -> str:
    """The village's colour for headings on white."""
    tint = TINTS[area.tint] if 0 <= area.tint < len(TINTS) else TINTS[0]
    parts = [int(tint[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = [round(part * SHARE + ink * (1 - SHARE)) for part, ink in zip(parts, INK, strict=True)]
    return "#" + "".join(f"{part:02x}" for part in mixed)
