"""Writes to the social map, by subject."""

from dorfplatz.places.actions.claims import (
    begin_keeping,
    claim_place,
    decide_claim,
    forget_old_claims,
    tell_of_waiting_claims,
    withdraw_claim,
)
from dorfplatz.places.actions.freshness import answer_by_link, ask_keepers, enter_calls
from dorfplatz.places.actions.handing_over import hand_over_place, take_back_hand_over, take_over_place
from dorfplatz.places.actions.keep import (
    close_place,
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
    "answer_by_link",
    "ask_keepers",
    "begin_keeping",
    "change_place",
    "choose_category",
    "claim_place",
    "close_place",
    "confirm_place",
    "confirm_places",
    "decide_claim",
    "end_keeper",
    "enter_calls",
    "fold_place",
    "forget_old_claims",
    "hand_over_place",
    "mark_found",
    "mark_missing",
    "name_keeper",
    "receive_correction",
    "remove_category",
    "remove_photo",
    "settle_correction",
    "take_back_hand_over",
    "take_over_place",
    "tell_of_waiting_claims",
    "unfold_place",
    "withdraw_claim",
    "write_standard_taxonomy",
]
