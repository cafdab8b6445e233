"""Reads of the social map, by subject."""

from dorfplatz.places.queries.board import Board, MapResult, Spot
from dorfplatz.places.queries.cards import cards
from dorfplatz.places.queries.claims import claims_for, claims_in, open_claims, open_hand_over, own_claim
from dorfplatz.places.queries.corrections import corrections_in, open_corrections, present_keepers
from dorfplatz.places.queries.due import due_places, phone_list, to_ring_about, without_picture
from dorfplatz.places.queries.hiding import moments_of_hiding
from dorfplatz.places.queries.moments import moments_of_openings
from dorfplatz.places.queries.organizations import organizations_of
from dorfplatz.places.queries.page import (
    PlacePage,
    Related,
    areas_of_keepers,
    areas_of_photos,
    areas_of_those_named,
    first_keepers,
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
    "claims_for",
    "claims_in",
    "corrections_in",
    "due_places",
    "first_keepers",
    "holiday_regions",
    "listing_of",
    "moments_of_hiding",
    "moments_of_openings",
    "open_claims",
    "open_corrections",
    "open_hand_over",
    "organizations_of",
    "own_claim",
    "paper_lines",
    "phone_list",
    "pinboard",
    "place_page",
    "present_keepers",
    "rows_of",
    "social_map",
    "terms_of_municipality",
    "to_ring_about",
    "without_picture",
]
