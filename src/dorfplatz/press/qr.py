"""QR codes as drawings for paper: black on nothing, so that the paper's white is the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorfplatz.kernel.late import Late

if TYPE_CHECKING:
    import segno
else:
    segno = Late("segno")


def qr_drawing(address: str) -> str:
    """The address as an SVG (ISO/IEC 18004, level M: readable with a seventh of it smudged), without quiet zone."""
    matrix = segno.make(address, error="m", micro=False).matrix
    size = len(matrix)
    runs = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(matrix) for x, length in _runs(row))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{runs}"/></svg>'


def _runs(row: bytearray | tuple[int, ...]) -> list[tuple[int, int]]:
    """Where dark modules begin in the row, and how many stand side by side."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
