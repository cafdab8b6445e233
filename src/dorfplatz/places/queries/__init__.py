"""Reads of the social map, by subject."""

from dorfplatz.places.queries.board import Board, MapResult, Spot
from dorfplatz.places.queries.cards import cards
from dorfplatz.places.queries.corrections import open_corrections, present_keepers
from dorfplatz.places.queries.moments import moments_of_openings
from dorfplatz.places.queries.organizations import organizations_of
from dorfplatz.places.queries.page import (
    PlacePage,
    Related,
    areas_of_keepers,
    areas_of_photos,
    areas_of_those_named,
    listing_of,
    place_page,
)
from dorfplatz.places.queries.paper import PaperLine, paper_lines
from dorfplatz.places.queries.pins import Pin, pinboard
from dorfplatz.places.queries.rows import holiday_regions, rows_of
from dorfplatz.places.queries.social_map import SocialMap, answers_to, social_map
from dorfplatz.places.queries.taxonomy import Branch, Term, Terms, terms_of_municipality

__all__ = [
    "Board",
    "Branch",
    "MapResult",
    "PaperLine",
    "Pin",
    "PlacePage",
    "Related",
    "SocialMap",
    "Spot",
    "Term",
    "Terms",
    "answers_to",
    "areas_of_keepers",
    "areas_of_photos",
    "areas_of_those_named",
    "cards",
    "holiday_regions",
    "listing_of",
    "moments_of_openings",
    "open_corrections",
    "organizations_of",
    "paper_lines",
    "pinboard",
    "place_page",
    "present_keepers",
    "rows_of",
    "social_map",
    "terms_of_municipality",
]
