"""Writes of the noticeboard."""

from dorfplatz.noticeboard.actions.mailing import (
    enclose_paper,
    end_subscription,
    mail_paper,
    subscribe_to_papers,
)
from dorfplatz.noticeboard.actions.making import (
    arrange_items,
    begin_paper,
    greet_in_paper,
    hang_paper_picture,
    publish_paper,
    reopen_paper,
    wish_for_item,
)
from dorfplatz.noticeboard.actions.printing import (
    print_blank,
    print_guide,
    print_paper,
    print_phone_list,
    print_poster,
)

__all__ = [
    "arrange_items",
    "begin_paper",
    "enclose_paper",
    "end_subscription",
    "greet_in_paper",
    "hang_paper_picture",
    "mail_paper",
    "print_blank",
    "print_guide",
    "print_paper",
    "print_phone_list",
    "print_poster",
    "publish_paper",
    "reopen_paper",
    "subscribe_to_papers",
    "wish_for_item",
]
