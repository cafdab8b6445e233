"""The next moment at which a municipality's pages say something else although nobody has changed anything."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from threading import Lock

from dorfplatz.villages.queries import Site
from dorfplatz.villages.sockets import moments

# No page is kept longer. Midnight, everywhere, is a full hour; so are the jumps between summer and winter time.
HOUR = timedelta(hours=1)
MOST_HOURS = 64


class Calendar:
    """The moments of the current hour, worked out once for each edition of a municipality."""

    def __init__(self) -> None:
        self._hours: OrderedDict[tuple[int, int, datetime], list[datetime]] = OrderedDict()
        self._lock = Lock()

    def clear(self) -> None:
        with self._lock:
            self._hours.clear()

    def next_moment(self, site: Site, edition: int, since: datetime) -> datetime:
        """The first moment after `since`: that of something shown, else the full hour."""
        begins = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        key = (site.municipality.pk, edition, begins)
        found = self._hours.get(key)
        if found is None:
            ends = begins + HOUR
            named = {at for ask in moments for at in ask(site, begins, ends)}
            found = sorted(named | {ends})
            with self._lock:
                self._hours[key] = found
                while len(self._hours) > MOST_HOURS:
                    self._hours.popitem(last=False)
        return found[bisect_right(found, since)]
