"""Nobody ever sees a gift or a conversation that its visibility forbids: whatever the two people are to each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from dorfplatz.gifts.enums import SHOWN_TO
from dorfplatz.gifts.models import Conversation, Gift
from dorfplatz.gifts.policies import can_view_conversation, can_view_gift
from dorfplatz.gifts.queries import gifts_nearby, gifts_of, matchable
from dorfplatz.gifts.tests.factories import conversation, gift
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.members.enums import ProfileField, Role, SeenBy, WayIn
from dorfplatz.members.models import Block, HomeBesides, Identity, Joining, ProfileLine, RoleGrant
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import NOW
from tests.fixtures.people import actor

VILLAGES = ("niel", "zyfflich", "nuetterden", "groesbeek")
ROLES = (None, *((role, slug) for role in Role for slug in ("niel", "kranenburg")))


@dataclass(frozen=True)
class Looks:
    """Who looks: where she is at home and what she is there; `blocked` stands between the two."""

    home: str | None = "niel"
    besides: str | None = None
    role: tuple[Role, str] | None = None
    is_known: bool = True
    is_hand: bool = False
    blocked: bool = False


@dataclass(frozen=True)
class Has:
    """Whose gift it is, and for whom she says it is."""

    seen_by: SeenBy = SeenBy.CONNECTORS
    home: str = "niel"
    besides: str | None = None
    name_for: SeenBy | None = None
    is_known: bool = True
    is_minor: bool = False
    is_blocked: bool = False
    is_page_hidden: bool = False


def may_see(viewer: Looks, owner: Has) -> bool:
    """Said in this test's own words, without asking policies or queries."""
    if viewer.blocked or owner.is_blocked:
        return False
    # Groesbeek lies outside the municipality: nobody looks after it here.
    offices = [(Role.CONNECTOR, slug) for slug in ("kranenburg", owner.home) if owner.home != "groesbeek"]
    if not viewer.is_hand and viewer.role in offices:
        return True
    if owner.is_minor or not owner.is_known or owner.is_page_hidden or owner.seen_by == SeenBy.CONNECTORS:
        return False
    is_officer = viewer.role is not None and viewer.role[0] == Role.OFFICER
    is_neighbour = viewer.is_known and not is_officer and bool(viewer.home or viewer.besides or viewer.role)
    shared = {viewer.home, viewer.besides} & {owner.home, owner.besides} - {None}
    name_for = owner.name_for or SeenBy.MEMBERS
    if is_neighbour and shared and name_for not in (SeenBy.ME, SeenBy.CONNECTORS):
        return True
    if owner.seen_by != SeenBy.PUBLIC:
        return False
    return name_for == SeenBy.PUBLIC or (is_neighbour and name_for == SeenBy.MEMBERS)


lookers = some.builds(
    Looks,
    home=some.sampled_from((None, *VILLAGES)), besides=some.sampled_from((None, "niel", "zyfflich")),
    role=some.sampled_from(ROLES), is_known=some.booleans(), is_hand=some.booleans(), blocked=some.booleans(),
)  # fmt: skip
havers = some.builds(
    Has,
    seen_by=some.sampled_from(SHOWN_TO), home=some.sampled_from(VILLAGES),
    besides=some.sampled_from((None, "niel", "zyfflich")), name_for=some.sampled_from((None, *SeenBy)),
    is_known=some.booleans(), is_minor=some.booleans(), is_blocked=some.booleans(), is_page_hidden=some.booleans(),
)  # fmt: skip
often = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def area(slug: str | None) -> Area | None:
    return Area.objects.get(slug=slug, kind="municipality" if slug == "kranenburg" else "village") if slug else None


def become(person: Identity, **values: object) -> None:
    Identity.objects.filter(pk=person.pk).update(**values)


def set_the_scene(anna: Identity, dirk: Identity, viewer: Looks, owner: Has) -> None:
    become(
        anna, home_area=area(owner.home), is_known=owner.is_known, is_blocked=owner.is_blocked,
        is_page_hidden=owner.is_page_hidden,
    )  # fmt: skip
    become(dirk, home_area=area(viewer.home), is_known=viewer.is_known)
    if owner.is_minor:
        Joining.objects.create(identity=anna, way=WayIn.MAIL, is_minor=True, guardian="x", joined_at=NOW)
    if owner.name_for:
        ProfileLine.objects.create(identity=anna, field=ProfileField.NAME, seen_by=owner.name_for)
    for person, slug in ((anna, owner.besides), (dirk, viewer.besides)):
        if slug:
            HomeBesides.objects.create(identity=person, area=area(slug), since=NOW)
    if viewer.role:
        RoleGrant.objects.create(identity=dirk, role=viewer.role[0], area=area(viewer.role[1]), starts_at=NOW)
    if viewer.blocked:
        Block.objects.create(who=anna, whom=dirk, since=NOW)


@pytest.fixture
def two(person):
    return person("Anna", home="niel"), person("Dirk", home="niel")


@often
@given(viewer=lookers, owner=havers)
@example(Looks(), Has(SeenBy.VILLAGES))
@example(Looks("zyfflich"), Has(SeenBy.PUBLIC))
@example(Looks("zyfflich", role=(Role.CONNECTOR, "niel")), Has(is_minor=True))
@example(Looks("zyfflich", role=(Role.CONNECTOR, "niel"), blocked=True), Has(SeenBy.PUBLIC))
@example(Looks("groesbeek"), Has(SeenBy.PUBLIC))
@example(Looks("niel"), Has(SeenBy.PUBLIC, home="groesbeek"))
def test_a_gift_is_seen_by_those_she_named_and_by_nobody_else_in_any_way(two, viewer, owner):
    anna, dirk = two
    with transaction.atomic():
        set_the_scene(anna, dirk, viewer, owner)
        hers, anna = gift(anna, seen_by=owner.seen_by), Identity.objects.get(pk=anna.pk)
        who = replace(actor(dirk), hand_id=99 if viewer.is_hand else None)
        expected = may_see(viewer, owner)
        row = Gift.objects.get(pk=hers.pk)
        assert bool(can_view_gift(who, row, now=NOW)) is expected
        assert list(Gift.objects.all().visible_to(who, now=NOW)) == ([hers] if expected else [])
        assert gifts_of(anna, who, now=NOW).count() == int(expected)
        homes = list(Area.objects.values_list("pk", flat=True))
        assert [g.pk for g in gifts_nearby(homes, who, now=NOW)] == ([hers.pk] if expected else [])
        assert {m.id for m in matchable(who, homes, now=NOW)} <= ({hers.pk} if expected else set())
        seen_by_all = owner == replace(owner, seen_by=SeenBy.PUBLIC, name_for=SeenBy.PUBLIC, is_known=True,
                                       is_minor=False, is_blocked=False, is_page_hidden=False)  # fmt: skip
        assert bool(can_view_gift(VISITOR, row, now=NOW)) is seen_by_all
        assert Gift.objects.all().visible_to(VISITOR, now=NOW).exists() is seen_by_all
        transaction.set_rollback(True)


@often
@given(viewer=lookers, is_over=some.booleans(), with_member=some.booleans(), by_viewer=some.booleans())
def test_a_conversation_is_read_by_connectors_and_whom_it_is_about(two, viewer, is_over, with_member, by_viewer):
    anna, dirk = two
    with transaction.atomic():
        set_the_scene(anna, dirk, viewer, Has())
        told = conversation(area("niel"), _connector(), **({"person": anna} if with_member else {}))
        if by_viewer:
            Conversation.objects.update(recorded_by=dirk)
        now = NOW + timedelta(days=365 if is_over else 1)
        who = replace(actor(dirk), hand_id=99 if viewer.is_hand else None)
        is_connector = viewer.role is not None and viewer.role[0] == Role.CONNECTOR and not viewer.is_hand
        expected = is_connector and not is_over and not (viewer.blocked and with_member)
        row = Conversation.objects.get(pk=told.pk)
        assert bool(can_view_conversation(who, row, now=now)) is expected
        assert Conversation.objects.all().visible_to(who, now=now).exists() is expected
        assert Gift.objects.all().visible_to(who, now=now).exists() is expected
        assert bool(can_view_gift(who, Gift.objects.get(), now=now)) is expected
        homes = list(Area.objects.values_list("pk", flat=True))
        assert [m.conversation_id for m in matchable(who, homes, now=now)] == ([told.pk] if expected else [])
        assert not gifts_nearby(homes, who, now=now)
        about = Conversation.objects.all().visible_to(actor(anna), now=now)
        assert about.exists() is (with_member and not is_over)
        transaction.set_rollback(True)


def _connector() -> Identity:
    """Whoever recorded it, in the village for as long as the scene stands."""
    ben = Identity.objects.create(name="Ben", home_area=area("niel"), created_at=NOW)
    RoleGrant.objects.create(identity=ben, role=Role.CONNECTOR, area=area("niel"), starts_at=NOW)
    return ben
