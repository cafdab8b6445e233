"""The row of one ask or offer."""

from __future__ import annotations

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.exchange.enums import STILL_GOING
from dorfplatz.exchange.models import Exchange
from dorfplatz.members.queries import WITH_PORTRAIT
from dorfplatz.villages.models import Municipality


def exchange_of(entry: Entry) -> Exchange:
    """The ask or offer of an entry with all that policies ask for; words and areas are the given entry's."""
    exchange = Exchange.objects.select_related(*(f"set_out_by__{name}" for name in WITH_PORTRAIT)).get(pk=entry.pk)
    exchange.entry = entry
    return exchange


def exchange_of_link(pk: int, number: int, *, municipality: Municipality) -> Exchange | None:
    """What a mailed link to renew is about, as long as the link is good. The link is the permission."""
    good = Exchange.objects.filter(pk=pk, round=number, step__in=STILL_GOING, entry__state=State.PUBLISHED)
    here = good.filter(entry__areas__path__startswith=municipality.path)
    return here.select_related("entry").distinct().first()
