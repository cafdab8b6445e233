"""People without internet, and who acts for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Max, QuerySet

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.enums import ACT_FOR, Role
from dorfplatz.members.models import Identity, Mandate, RoleGrant
from dorfplatz.members.queries.holders import holders_of
from dorfplatz.members.queries.people import actor_of_identity
from dorfplatz.villages.models import Area
from dorfplatz.villages.prepared import prepared_for
from dorfplatz.villages.queries import Site


def mandates_of(viewer: Actor, *, now: datetime) -> QuerySet[Mandate]:
    """For whom the viewer acts now, by name."""
    mine = Mandate.objects.filter(helper=viewer.hand_id or viewer.identity_id or 0, ended_at__isnull=True)
    return mine.filter(until__gt=now).select_related("person__home_area").order_by("person__name", "pk")


def looked_after(viewer: Actor, *, now: datetime) -> list[Mandate]:
    """For whom the viewer may act now, by name: by her consent, and where the viewer's role still says so."""
    if viewer.hand_id is not None or not viewer.holds_anywhere(ACT_FOR):
        return []
    return [row for row in _looked_after(viewer)(now) if viewer.holds(ACT_FOR, str(_home_path(row.person)))]


def _looked_after_question(viewer: Actor, now: datetime) -> QuerySet[Mandate]:
    return mandates_of(viewer, now=now).filter(person__is_blocked=False, person__home_area__isnull=False)


_looked_after = prepared_for(_looked_after_question, datetime)


def _home_path(person: Identity) -> str:
    return str(person.home_area.path) if person.home_area else ""


def colleagues_for(person: Identity, viewer: Actor) -> list[Identity]:
    """Who else may act for people in her village: to whom the viewer can hand her over."""
    if person.home_area is None:
        return []
    connectors = RoleGrant.objects.filter(role=Role.CONNECTOR, ended_at__isnull=True).values("identity_id")
    found = holders_of(ACT_FOR, person.home_area).filter(pk__in=connectors)
    return [one for one in found if one.pk not in (viewer.identity_id, person.pk) and one.pk not in viewer.apart_from]


def spokesperson(person: Identity, *, now: datetime) -> Identity | None:
    """Who looks after what stands in the name of somebody without internet; None for who speaks for herself. A system
    query."""
    if person.login_id is not None:
        return None
    found = helpers_of(person, now=now).select_related("helper").order_by("given_at", "pk").first()
    return found.helper if found else None


def helpers_of(person: Identity, *, now: datetime) -> QuerySet[Mandate]:
    """Who acts for this person now, with her consent; a system query."""
    return Mandate.objects.filter(person=person, helper__isnull=False, ended_at__isnull=True, until__gt=now)


def villages_to_help(site: Site, viewer: Actor) -> list[Area]:
    """The villages in which the viewer may act for people."""
    return [area for area in site.villages if viewer.holds(ACT_FOR, str(area.path))]


def acting_for(person_id: int, viewer: Actor, *, now: datetime) -> Actor | None:
    """The person as the one who acts, by the viewer's hand, while she consents and the viewer may; else None.

    What this actor does is the person's: she is the author. The journal says whose hand it was, and for whom. She has
    no roles, whatever was taken from the hand for a while is taken here too, and so are blocks of both.
    """
    mandate = mandates_of(viewer, now=now).filter(person_id=person_id).first()
    if mandate is None:
        return None
    found = Identity.objects.select_related("home_area__parent__municipality", "joining")
    person = found.filter(pk=person_id, is_blocked=False).first()
    if person is None or person.home_area is None or not viewer.holds(ACT_FOR, str(person.home_area.path)):
        return None
    hers = actor_of_identity(person)
    return replace(
        hers,
        grants=(),
        hand_id=viewer.identity_id,
        curbs=hers.curbs | viewer.curbs,
        apart_from=hers.apart_from | viewer.apart_from,
    )


def forgotten_by_all(*, now: datetime) -> QuerySet[Identity]:
    """People for whom somebody once acted and nobody does any more by their consent: who has no login and no role."""
    helped = Identity.objects.filter(login__isnull=True, mandates__isnull=False)
    in_office = RoleGrant.objects.filter(ended_at__isnull=True).values("identity_id")
    kept = Mandate.objects.filter(helper__isnull=False, ended_at__isnull=True, until__gt=now).values("person_id")
    return (
        helped.exclude(pk__in=kept)
        .exclude(pk__in=in_office)
        .annotate(last=Max("mandates__until"))
        .order_by("last", "pk")
    )
