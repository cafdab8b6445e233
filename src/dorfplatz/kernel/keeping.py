"""Who may fill how much of a process's memory with what is kept for the next readers."""

from __future__ import annotations

from enum import IntEnum, unique

from django.conf import settings


@unique
class Share(IntEnum):
    """What is kept, with its percentage of settings.KEEP_BYTES. Whole pages (villages.kept) have the rest, a tenth."""

    BOARDS = 24  # the rows of social maps
    PINS = 18
    FILES = 13  # map files
    CARDS = 14
    PARTS = 12  # of pages
    ALIKE = 6  # members' pages, compressed
    VISITORS = 2  # visitors' pages under addresses of which there are many, compressed

    def bytes(self) -> int:
        """So much this may fill, by estimates that lean to the high side."""
        share: int = settings.KEEP_BYTES * self.value // 100
        return share
