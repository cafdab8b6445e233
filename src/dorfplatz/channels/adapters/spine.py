"""Whatever the kind: something new, for those who wanted to hear of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Watch
from dorfplatz.channels.sockets import Section, Sort, sections, sorts
from dorfplatz.entries.facts import EntriesPublished
from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.facts import subscribe

AT_A_TIME = 100
# In the order of the letter. A room that is not installed has no section.
SECTIONS = (
    ("exchange", _("Who needs a hand, who has one"), "hand-heart", "exchange"),
    ("wishes", _("What people wish"), "sparkles", "wishes"),
    ("posts", _("News and stories"), "newspaper", "square"),
    ("map", _("New on the social map"), "map-pin", "places"),
)


def hear_of_entries(fact: EntriesPublished) -> None:
    if not Watch.objects.exists():
        return
    for start in range(0, len(fact.entry_ids), AT_A_TIME):
        some = list(fact.entry_ids[start : start + AT_A_TIME])
        enqueue("dorfplatz.channels.tasks.tell_watchers", entry_ids=some)


def plug_spine() -> None:
    watch = Sort(_("Something new that I wanted to hear of"), _("You wanted to hear of this:"), "sprout", Way.LIST)
    sorts.plug("watch", watch, rank=90)
    for rank, (key, label, icon, room) in enumerate(SECTIONS):
        sections.plug(key, Section(label, icon, frozenset({room})), rank=rank)
    subscribe(EntriesPublished, hear_of_entries)
