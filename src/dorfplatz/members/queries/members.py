"""A member as others see her: the page, each line for whom it is meant, and lists of members."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.media.models import Picture
from dorfplatz.members.enums import SEE_MEMBERS, ProfileField, SeenBy
from dorfplatz.members.models import Block, HomeBesides, Identity, Portrait, ProfileLine
from dorfplatz.members.queries.circles import CIRCLES, CLOSE, as_minor, is_within
from dorfplatz.members.queries.people import actor_of_identity, is_minor
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

PAGE_OF_MEMBERS = 50


@dataclass(frozen=True)
class Shown:
    """A line of somebody's page for one reader."""

    field: ProfileField
    value: str


def member_of_code(code: str, viewer: Actor) -> Identity | None:
    """The person whose page has this address, if the viewer may see it; else None, whatever the reason."""
    with_her = ("home_area__parent__municipality", "joining", "login", "portrait__picture")
    found = Identity.objects.select_related(*with_her)
    identity = found.filter(code=code.lower()).first()
    return identity if identity and can_be_seen(identity, viewer) else None


def can_be_seen(identity: Identity, viewer: Actor) -> bool:
    """Whether the viewer may see this person's page: whoever may read her name.

    That is members of her municipality unless she says otherwise; of somebody under 16, those who look after the
    village. Whoever is shut out is not there for others.
    """
    nearness = nearness_to(identity, viewer)
    if nearness is None:
        return False
    said = ProfileLine.objects.filter(identity=identity, field=ProfileField.NAME).values_list("seen_by", flat=True)
    is_young = is_minor(identity)
    widest = SeenBy(said.first() or (SeenBy.CONNECTORS if is_young else SeenBy.MEMBERS))
    return is_within(nearness, as_minor(widest) if is_young else widest)


def nearness_to(identity: Identity, viewer: Actor) -> SeenBy | None:
    """How near the viewer stands to this person; None where neither is there for the other."""
    if identity.pk == viewer.identity_id:
        return SeenBy.ME
    if looks_after(identity, viewer):
        return SeenBy.CONNECTORS
    if identity.is_blocked or identity.pk in viewer.apart_from:
        return None
    her = actor_of_identity(identity)
    if not {*her.member_paths, *her.newcomer_paths} & set(viewer.member_paths):
        return SeenBy.PUBLIC
    besides = HomeBesides.objects.filter(identity__in=[identity.pk, viewer.identity_id])
    homes = {identity.pk: {identity.home_area_id}, viewer.identity_id: {viewer.home_area_id}}
    for person, area in besides.values_list("identity_id", "area_id"):
        homes[person].add(area)
    shared = (homes[identity.pk] & homes[viewer.identity_id]) - {None}
    return SeenBy.VILLAGES if shared else SeenBy.MEMBERS


def profile_of(identity: Identity, viewer: Actor) -> list[Shown]:
    """What the viewer may read of what this person says of herself, in order."""
    nearness = nearness_to(identity, viewer)
    if nearness is None or (identity.is_page_hidden and nearness not in CLOSE):
        return []
    meant = [circle for circle in CIRCLES if is_within(nearness, circle)]
    lines = ProfileLine.objects.filter(identity=identity, seen_by__in=meant).exclude(value="")
    said = {line.field: line.value for line in lines}
    return [Shown(field, said[field]) for field in ProfileField if field in said]


def portrait_on_page(identity: Identity, viewer: Actor) -> Picture | None:
    """The picture on this person's page, which `member_of_code` has read, if the viewer may see it."""
    portrait: Portrait | None = getattr(identity, "portrait", None)
    nearness = nearness_to(identity, viewer) if portrait else None
    if portrait is None or nearness is None or (identity.is_page_hidden and nearness not in CLOSE):
        return None
    seen_by = SeenBy(portrait.seen_by)
    return portrait.picture if is_within(nearness, as_minor(seen_by) if is_minor(identity) else seen_by) else None


def own_profile(viewer: Actor) -> dict[str, ProfileLine]:
    """What the viewer says of herself, by field."""
    return {line.field: line for line in ProfileLine.objects.filter(identity=viewer.identity_id or 0)}


def looks_after(identity: Identity, viewer: Actor) -> bool:
    """Whether the viewer is a connector or moderator where this person is at home."""
    return bool(identity.home_area and viewer.holds(SEE_MEMBERS, str(identity.home_area.path)))


def own_blocks(viewer: Actor) -> QuerySet[Block]:
    """Whom the viewer has blocked, the latest first."""
    return Block.objects.filter(who=viewer.identity_id or 0).select_related("whom").order_by("-since", "-pk")


def villages_looked_after(site: Site, viewer: Actor) -> list[Area]:
    """The villages whose members the viewer may list."""
    return [area for area in site.villages if viewer.holds(SEE_MEMBERS, str(area.path))]


def members_in(area: Area, viewer: Actor, *, words: str = "", after: tuple[str, int] | None = None) -> list[Identity]:
    """Members at home in the village for those who look after it, by name; `after` is where the page before ended.

    One more than a page holds, so that one knows whether there is another. For others nothing. One query.
    """
    if not viewer.holds(SEE_MEMBERS, str(area.path)):
        return []
    return list(_paged(Identity.objects.filter(home_area=area), words, after))


def neighbours_listed(viewer: Actor, *, after: tuple[str, int] | None = None) -> list[Identity]:
    """Neighbours in the viewer's villages who chose to stand on the list. Nobody under 16, nobody kept apart."""
    homes = set(HomeBesides.objects.filter(identity=viewer.identity_id or 0).values_list("area_id", flat=True))
    homes |= {viewer.home_area_id} if viewer.home_area_id else set()
    if not viewer.is_known or not homes:
        return []
    chosen = ProfileLine.objects.filter(field=ProfileField.LISTED, seen_by__in=(SeenBy.VILLAGES, SeenBy.MEMBERS))
    listed = Identity.objects.filter(home_area__in=homes, pk__in=chosen.values("identity_id"), is_blocked=False)
    seen = listed.filter(is_known=True).exclude(joining__is_minor=True).exclude(pk__in=viewer.apart_from)
    return list(_paged(seen.exclude(pk=viewer.identity_id or 0), "", after).select_related("home_area"))


def _paged(people: QuerySet[Identity], words: str, after: tuple[str, int] | None) -> QuerySet[Identity]:
    for word in words.split()[:4]:
        people = people.filter(name__icontains=word)
    if after:  # said twice, so that the index is entered where the page before ended
        people = people.filter(name__gte=after[0]).filter(Q(name__gt=after[0]) | Q(pk__gt=after[1]))
    return people.order_by("name", "pk")[: PAGE_OF_MEMBERS + 1]
