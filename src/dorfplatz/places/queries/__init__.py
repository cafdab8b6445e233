"""Reads of the social map, by subject."""

from dorfplatz.places.queries.cards import cards
from dorfplatz.places.queries.page import PlacePage, listing_of, place_page
from dorfplatz.places.queries.social_map import MapResult, SocialMap, rows_of, social_map
from dorfplatz.places.queries.taxonomy import Branch, Term, Terms, terms_of_municipality

__all__ = [
    "Branch",
    "MapResult",
    "PlacePage",
    "SocialMap",
    "Term",
    "Terms",
    "cards",
    "listing_of",
    "place_page",
    "rows_of",
    "social_map",
    "terms_of_municipality",
]
