"""Writes of ask and offer."""

from dorfplatz.exchange.actions.answers import (
    accept_answer,
    decline_answer,
    give_answer,
    show_thanks,
    thank_helper,
    withdraw_answer,
)
from dorfplatz.exchange.actions.clocks import ask_about_renewals, erase_bygone, tell_unanswered
from dorfplatz.exchange.actions.passing_on import pass_on_exchanges
from dorfplatz.exchange.actions.steps import (
    end_exchange,
    renew_by_link,
    renew_exchange,
    reopen_exchange,
    solve_exchange,
)
from dorfplatz.exchange.actions.write import change_exchange, postpone_exchange, set_out, set_out_once

__all__ = [
    "accept_answer",
    "ask_about_renewals",
    "change_exchange",
    "decline_answer",
    "end_exchange",
    "erase_bygone",
    "give_answer",
    "pass_on_exchanges",
    "postpone_exchange",
    "renew_by_link",
    "renew_exchange",
    "reopen_exchange",
    "set_out",
    "set_out_once",
    "show_thanks",
    "solve_exchange",
    "tell_unanswered",
    "thank_helper",
    "withdraw_answer",
]
