"""Who is known by whose word, and who waits to be known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db.models import Q, QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import SEE_MEMBERS, WRITE_TO_MINORS, Role, WayIn, WordAs
from dorfplatz.members.models import HomeBesides, Identity, Joining, JoiningRule, Vouch
from dorfplatz.members.sockets import Backer, backers
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.prepared import prepared_for


@dataclass(frozen=True)
class Trust:
    """How neighbours know somebody: people and villages whose word she has, the village of her card, or neither."""

    is_known: bool
    words: tuple[Vouch, ...] = ()
    card_area: Area | None = None


def words_for(identity_ids: Collection[int]) -> dict[int, list[Vouch]]:
    """Whose word counts for each of these people. A neighbour's counts while that neighbour is known. One query."""
    said = Vouch.objects.filter(newcomer__in=list(identity_ids), withdrawn_at__isnull=True)
    counted = said.filter(Q(by__isnull=True) | Q(by__is_known=True)).select_related("by__home_area").order_by("said_at")
    found: dict[int, list[Vouch]] = {pk: [] for pk in identity_ids}
    for vouch in counted:
        found[vouch.newcomer_id].append(vouch)
    return found


def trust_in(identity: Identity, viewer: Actor) -> Trust:
    """How neighbours know this person, without whoever the viewer is kept apart from."""
    words = tuple(
        vouch
        for vouch in words_for([identity.pk])[identity.pk]
        if vouch.by is not None and vouch.by_id not in viewer.apart_from and not vouch.by.is_blocked
    )
    joining = Joining.objects.filter(identity=identity).select_related("card__batch__area").first()
    card = joining.card if joining else None
    return Trust(identity.is_known, words, card.batch.area if card else None)


def deserves_trust(identity: Identity) -> bool:
    """Whether there is reason enough to say that neighbours know this person.

    A card that holds; an invitation, or having been there before the square asked; the word of a connector or an
    organisation; or that of two neighbours, neither of whom is known by the other's.
    """
    joining = Joining.objects.filter(identity=identity).select_related("card__batch").first()
    if joining is None or joining.way == WayIn.INVITATION:
        return True
    if joining.way == WayIn.CARD and (joining.card is None or joining.card.batch.asked_again_at is None):
        return True
    words = words_for([identity.pk])[identity.pk]
    return any(word.given_as != WordAs.NEIGHBOUR for word in words) or _has_two_neighbours(words)


def _has_two_neighbours(words: list[Vouch]) -> bool:
    """Two of them, neither known by the other's word. The word of somebody who has left stands by itself."""
    neighbours = {word.by_id for word in words if word.by_id}
    gone_count = sum(word.by_id is None for word in words)
    if gone_count:
        return gone_count + len(neighbours) > 1
    among = Vouch.objects.filter(newcomer__in=neighbours, by__in=neighbours, withdrawn_at__isnull=True)
    bound = {frozenset(pair) for pair in among.values_list("newcomer_id", "by_id")}
    return any(frozenset(pair) not in bound for pair in combinations(sorted(neighbours), 2))


def known_since(identity_id: int) -> datetime | None:
    """Since when neighbours know this person: her first day, or the last word that was given for her."""
    row = Identity.objects.filter(pk=identity_id, is_known=True).values_list("created_at", flat=True).first()
    said = Vouch.objects.filter(newcomer=identity_id, withdrawn_at__isnull=True).order_by("-said_at")
    last = said.values_list("said_at", flat=True).first()
    return max(row, last) if row and last else row


def words_given_by(viewer: Actor) -> QuerySet[Vouch]:
    """For whom the viewer has given her word."""
    mine = Vouch.objects.filter(by=viewer.identity_id or 0, withdrawn_at__isnull=True)
    return mine.select_related("newcomer__home_area").order_by("-said_at")


def newcomers_for(viewer: Actor) -> QuerySet[Identity]:
    """Who waits to be known in the villages that the viewer looks after, the longest waiting first."""
    near = Q(pk__in=[])
    for path in viewer.paths_with(SEE_MEMBERS):
        near |= Q(home_area__path__startswith=path)
    waiting = Identity.objects.filter(near, is_known=False, is_blocked=False, leaving__isnull=True)
    return waiting.exclude(pk__in=viewer.apart_from).select_related("home_area").order_by("created_at", "pk")


def is_connector_of(viewer: Actor, area: Area | None) -> bool:
    """Whether the viewer's word is a connector's there."""
    path = str(area.path) if area else ""
    return bool(path) and any(g.role == Role.CONNECTOR and path.startswith(g.area_path) for g in viewer.grants)


def backers_of(viewer: Actor) -> list[Backer]:
    """The organisations in whose name the viewer may give her word."""
    return [backer for find in backers for backer in find(viewer)] if viewer.is_member else []


def joins_by_mail(municipality: Municipality) -> bool:
    """Whether one joins here with an e-mail address alone."""
    return JoiningRule.objects.filter(municipality=municipality, by_mail=True).exists()


def homes_besides(viewer: Actor) -> list[Area]:
    """The villages in which the viewer is at home besides her own."""
    mine = HomeBesides.objects.filter(identity=viewer.identity_id or 0).select_related("area").order_by("since", "pk")
    return [home.area for home in mine]


def newcomers_since(since: datetime, viewer: Actor, *, areas: Collection[int], most: int) -> list[Joining]:
    """Who has joined in these villages since then, for those who look after them; the longest there first.

    Of those under 16 nobody but who is trusted with them hears. One query.
    """
    return _newcomers(frozenset(areas), viewer, most)(since)


def _newcomers_question(areas: frozenset[int], viewer: Actor, most: int, since: datetime) -> QuerySet[Joining]:
    found = Joining.objects.filter(identity__home_area__in=areas, joined_at__gte=since, identity__is_blocked=False)
    mine = Q(pk__in=[])
    for path in viewer.paths_with(SEE_MEMBERS):
        mine |= Q(identity__home_area__path__startswith=path, is_minor=False)
    for path in viewer.paths_with(WRITE_TO_MINORS):
        mine |= Q(identity__home_area__path__startswith=path)
    seen = found.filter(mine, identity__leaving__isnull=True).exclude(identity__in=viewer.apart_from)
    return seen.select_related("identity__login").order_by("joined_at", "pk")[:most]


_newcomers = prepared_for(_newcomers_question, datetime)
