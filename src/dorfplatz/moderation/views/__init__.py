"""Pages of moderation, by subject."""

from dorfplatz.moderation.views.crowds import crowd
from dorfplatz.moderation.views.deciding import appeal, case, moderation, second
from dorfplatz.moderation.views.numbers import transparency, transparency_csv
from dorfplatz.moderation.views.reasons import reasons
from dorfplatz.moderation.views.reporting import report, status
from dorfplatz.moderation.views.settings import rule_remove, settings

__all__ = [
    "appeal",
    "case",
    "crowd",
    "moderation",
    "reasons",
    "report",
    "rule_remove",
    "second",
    "settings",
    "status",
    "transparency",
    "transparency_csv",
]
