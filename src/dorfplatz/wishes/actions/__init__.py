"""Wishing, joining in, answering, sorting by themes, typing off what hung at the market stand."""

from dorfplatz.wishes.actions.answer import answer_wish, say_me_too
from dorfplatz.wishes.actions.charts import erase_old_photos, show_photos, type_off_chart
from dorfplatz.wishes.actions.passing_on import pass_on_wishes
from dorfplatz.wishes.actions.themes import add_theme, put_in_theme, remove_theme, rename_theme
from dorfplatz.wishes.actions.write import change_wish, write_wish

__all__ = [
    "add_theme",
    "answer_wish",
    "change_wish",
    "erase_old_photos",
    "pass_on_wishes",
    "put_in_theme",
    "remove_theme",
    "rename_theme",
    "say_me_too",
    "show_photos",
    "type_off_chart",
    "write_wish",
]
