"""What embeds plug into lower floors: the way to them in the foot of every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dorfplatz.ui.sockets import slots


def _foot(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """On pages of a square only."""
    is_on_a_square = getattr(request, "municipality", None) is not None
    return render_to_string("embeds/parts/foot_link.html", {"is_on_a_square": is_on_a_square})


slots.plug("page:footer", "embeds", _foot, rank=210)
