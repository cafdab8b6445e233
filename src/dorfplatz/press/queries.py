"""Reads of printings. Who may have one, the app says whose sheet it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.core.files.storage import default_storage

from dorfplatz.press.models import Printing, key_of


def printing_of(sheet: str, subject: Mapping[str, Any]) -> Printing | None:
    """The printing of this order, if there is one."""
    return Printing.objects.filter(key=key_of(sheet, subject)).first()


def open_printing(printing: Printing) -> BinaryIO | None:
    """The file, or None where it is not there."""
    if not printing.is_ready or not default_storage.exists(printing.path):
        return None
    return default_storage.open(printing.path, "rb")  # type: ignore[return-value]  # a File reads like one
