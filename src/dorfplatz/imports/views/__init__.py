"""The pages of imports, by subject."""

from dorfplatz.imports.views.files import history, reading
from dorfplatz.imports.views.subscriptions import end, read_now, subscribe, subscription, subscriptions

__all__ = ["end", "history", "read_now", "reading", "subscribe", "subscription", "subscriptions"]
