"""Where what a club publishes elsewhere is set out here, and in whose name."""

from __future__ import annotations

from dataclasses import dataclass

from dorfplatz.villages.models import Area


@dataclass(frozen=True)
class Target:
    area: Area
    organiser_id: int | None
    language: str
