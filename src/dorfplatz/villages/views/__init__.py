"""Pages of villages, by subject."""

from dorfplatz.villages.views.choosing import choose
from dorfplatz.villages.views.legal import legal, legal_form, legal_texts
from dorfplatz.villages.views.look import look, outlines
from dorfplatz.villages.views.own_pages import page
from dorfplatz.villages.views.settings_municipality import municipality, picture
from dorfplatz.villages.views.settings_overview import overview, rooms
from dorfplatz.villages.views.settings_pages import new_page, page_form, page_move, page_remove, pages
from dorfplatz.villages.views.settings_village import outside, village, villages

__all__ = [
    "choose",
    "legal",
    "legal_form",
    "legal_texts",
    "look",
    "municipality",
    "new_page",
    "outlines",
    "outside",
    "overview",
    "page",
    "page_form",
    "page_move",
    "page_remove",
    "pages",
    "picture",
    "rooms",
    "village",
    "villages",
]
