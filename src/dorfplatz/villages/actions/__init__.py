"""Writes to the tree, by subject."""

from dorfplatz.villages.actions.editions import raise_editions
from dorfplatz.villages.actions.legal import keep_legal_text, publish_legal_text
from dorfplatz.villages.actions.municipality import MunicipalityChange, arrange_home, change_municipality, switch_rooms
from dorfplatz.villages.actions.outlines import compute_outlines
from dorfplatz.villages.actions.pages import PageText, change_page, create_page, move_page, remove_page
from dorfplatz.villages.actions.setup import SetupReport, add_foreign_area, set_up_municipality
from dorfplatz.villages.actions.stage import change_stage
from dorfplatz.villages.actions.village import VillageChange, change_picture, change_village

__all__ = [
    "MunicipalityChange",
    "PageText",
    "SetupReport",
    "VillageChange",
    "add_foreign_area",
    "arrange_home",
    "change_municipality",
    "change_page",
    "change_picture",
    "change_stage",
    "change_village",
    "compute_outlines",
    "create_page",
    "keep_legal_text",
    "move_page",
    "publish_legal_text",
    "raise_editions",
    "remove_page",
    "set_up_municipality",
    "switch_rooms",
]
