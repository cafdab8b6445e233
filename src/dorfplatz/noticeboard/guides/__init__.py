"""The guide: the social map of a village or a municipality as a booklet."""

from __future__ import annotations

from dorfplatz.noticeboard.guides.contents import GuideAsked
from dorfplatz.noticeboard.guides.setting import guide_of
from dorfplatz.noticeboard.guides.sizes import GUIDES

__all__ = ["GUIDES", "GuideAsked", "guide_of"]
