"""QR codes as drawings, black on white on any ground, so that every phone reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dorfplatz.kernel.late import Late

if TYPE_CHECKING:
    import segno
else:
    segno = Late("segno")

QUIET = 2  # modules of white around it; the paper or box around adds the rest of the four that the standard wants


def qr_svg(address: str) -> SafeString:
    """The address as an SVG without size (ISO/IEC 18004), readable with a seventh of it smudged."""
    matrix = segno.make(address, error="m", micro=False).matrix
    squares = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" aria-hidden="true"><path fill="#fff" d="M0 0h{0}v{0}H0z"/>'
        '<path fill="#000" d="{1}"/></svg>',
        len(matrix) + 2 * QUIET,
        squares,
    )
