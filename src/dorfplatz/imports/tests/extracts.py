"""Small OpenStreetMap extracts, and what the standard taxonomy looks for in them."""

from __future__ import annotations

from dorfplatz.basemap.tests.extracts import STAND, Extract
from dorfplatz.places.taxonomy import standard_taxonomy

__all__ = ["PATTERNS", "STAND", "Extract"]

PATTERNS = [tag for term in standard_taxonomy().terms for tag in term.osm_tags]
