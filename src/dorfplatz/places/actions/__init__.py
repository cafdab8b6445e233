"""Writes to the social map, by subject."""

from dorfplatz.places.actions.keep import (
    confirm_place,
    confirm_places,
    end_keeper,
    mark_found,
    mark_missing,
    name_keeper,
    receive_correction,
    settle_correction,
)
from dorfplatz.places.actions.photos import add_photo, remove_photo
from dorfplatz.places.actions.taxonomy import (
    add_category,
    choose_category,
    remove_category,
    write_standard_taxonomy,
)
from dorfplatz.places.actions.write import (
    CHECK_AFTER,
    PlaceDraft,
    add_place,
    add_place_once,
    add_places,
    change_place,
    fold_place,
    unfold_place,
)

__all__ = [
    "CHECK_AFTER",
    "PlaceDraft",
    "add_category",
    "add_photo",
    "add_place",
    "add_place_once",
    "add_places",
    "change_place",
    "choose_category",
    "confirm_place",
    "confirm_places",
    "end_keeper",
    "fold_place",
    "mark_found",
    "mark_missing",
    "name_keeper",
    "receive_correction",
    "remove_category",
    "remove_photo",
    "settle_correction",
    "unfold_place",
    "write_standard_taxonomy",
]
