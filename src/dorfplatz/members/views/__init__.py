"""Pages of members, by subject."""

from dorfplatz.members.views.cards import cards, type_code, withdraw_batch
from dorfplatz.members.views.entering import log_in, log_out
from dorfplatz.members.views.forgotten import forgotten, new_password
from dorfplatz.members.views.joining import join
from dorfplatz.members.views.me import everywhere, me, password
from dorfplatz.members.views.own_data import kept, leave, own_data, stay
from dorfplatz.members.views.roles import end_role, roles, withdraw

__all__ = [
    "cards",
    "end_role",
    "everywhere",
    "forgotten",
    "join",
    "kept",
    "leave",
    "log_in",
    "log_out",
    "me",
    "new_password",
    "own_data",
    "password",
    "roles",
    "stay",
    "type_code",
    "withdraw",
    "withdraw_batch",
]
