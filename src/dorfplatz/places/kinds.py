"""The three kinds of entries of the social map, as the spine knows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.translation import get_language

from dorfplatz.entries.models import EntryArea
from dorfplatz.entries.sockets import Kind, kinds
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.queries import cards, terms_of_municipality
from dorfplatz.places.room import ROOM
from dorfplatz.places.views.entry import entry_page
from dorfplatz.ui.parts import Card
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import site_of

ICONS = {PlaceKind.ORGANIZATION: "users", PlaceKind.SERVICE: "hand-helping", PlaceKind.LOCATION: "map-pin"}


def plug_kinds() -> None:
    """Let the spine show organisations, services and locations."""
    for kind in PlaceKind:
        kinds.plug(
            kind.value,
            Kind(
                key=kind.value,
                label=kind.label,
                icon=ICONS[kind],
                room=ROOM,
                card_template="ui/parts/card.html",
                load_many=cards_of,
                page=entry_page,
                is_exact=True,
            ),
        )


def cards_of(ids: Collection[int], viewer: Actor) -> Mapping[int, Card]:
    """Cards by entry id, for feeds that show all kinds; the municipality is that of the entries. Ten queries."""
    placed = EntryArea.objects.filter(entry_id__in=list(ids)).order_by("pk")
    path = placed.values_list("area__path", flat=True).first()
    if path is None:
        return {}
    roots = [int(part) for part in path.strip("/").split("/")]
    municipality = Municipality.objects.select_related("area").filter(pk__in=roots).first()
    if municipality is None:
        return {}
    found = cards(
        list(ids),
        site=site_of(municipality),
        terms=terms_of_municipality(municipality),
        language=get_language() or municipality.default_language,
        viewer=viewer,
        now=timezone.now(),
    )
    return {int(card.id): card for card in found}
