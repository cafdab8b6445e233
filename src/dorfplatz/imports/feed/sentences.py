"""What can be wrong with a feed, for the catalogue: the sentences of `reading` and `child`."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("It has no title."),
    _("The same piece of news stands in the feed twice."),
    _("This is no feed of news (RSS or Atom)."),
    _("The file is too big."),
)
