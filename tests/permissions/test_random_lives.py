"""Whatever people do in whatever order, rights never dangle: lives by dice, looked at after every step."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

import pytest

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import can_view
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import (
    Newcomer,
    ask_again,
    block_member,
    change_bundle,
    change_homes,
    end_grant,
    erase_identity,
    grant_role,
    join_with_card,
    make_cards,
    unblock_member,
    vouch_for,
    withdraw_cards,
    withdraw_word,
)
from dorfplatz.members.actions.standing import block_identity
from dorfplatz.members.enums import GIVEN_BY_ADMINS, MANAGE_ROLES, Role
from dorfplatz.members.models import Block, CardBatch, Identity, RoleGrant, Vouch
from dorfplatz.members.queries import actor_of_identity, actor_of_login, agreed_wordings, deserves_trust, working_admins
from dorfplatz.members.sockets import capabilities
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW, Kranenburg

# `LIVES=200 pytest tests/permissions/test_random_lives.py` is the long form.
LIVES, STEPS = int(os.environ.get("LIVES", "2")), 30
VILLAGES = ("niel", "zyfflich", "nuetterden")


class Life:
    """One sequence of things that happen, and what must hold after each."""

    def __init__(self, kranenburg: Kranenburg, dice: Random, admin: Identity) -> None:
        self.square, self.dice, self.now = kranenburg, dice, NOW
        self.areas = [kranenburg.village(slug) for slug in VILLAGES]
        self.codes: list[str] = []
        self.number = 0
        self.told: list[str] = []
        for state in State:
            for audience in Audience:
                listing = place(self.areas[0], audience=audience)
                Entry.objects.filter(pk=listing.pk).update(state=state, author=admin)

    def one(self) -> Identity:
        return self.dice.choice(list(Identity.objects.order_by("pk")))

    def area(self) -> Area:
        return self.dice.choice([*self.areas, self.square.municipality.area])

    def step(self) -> None:
        ways: list[Callable[[datetime], object]] = [
            self.card, self.join, self.join, self.vouch, self.vouch, self.take_back, self.give, self.give, self.end,
            self.keep_apart, self.make_up, self.shut_out, self.leave, self.move, self.withdraw, self.write, self.hide,
            self.change, self.change,
        ]  # fmt: skip
        way = self.dice.choice(ways)
        self.told.append(way.__name__)
        self.now += timedelta(days=self.dice.choice((0, 1, 9)))
        with suppress(Problem, Refused):
            way(self.now)

    def card(self, now: datetime) -> None:
        area = self.dice.choice(self.areas)
        self.codes += make_cards(area, count=2, uses=2, lasts_days=300, by=actor_of_identity(self.one()), now=now)[1]

    def join(self, now: datetime) -> None:
        if not self.codes:
            by = INSTALLER
            self.codes += make_cards(self.areas[0], count=2, uses=2, lasts_days=300, by=by, now=now)[1]
        self.number += 1
        guardian = "Greta" if self.dice.random() < 0.2 else None
        newcomer = Newcomer(f"Nele {self.number}", f"n{self.number}@example.org", "nine tall poplars", "de", guardian)
        municipality = self.square.municipality
        seen = digest_of(agreed_wordings(municipality))
        code = self.dice.choice(self.codes)
        join_with_card(code, newcomer=newcomer, seen=seen, municipality=municipality, by=VISITOR, now=now)

    def vouch(self, now: datetime) -> None:
        vouch_for(self.one(), by=actor_of_identity(self.one()), now=now)

    def take_back(self, now: datetime) -> None:
        for word in Vouch.objects.filter(withdrawn_at__isnull=True).order_by("?")[:1]:
            withdraw_word(word, by=actor_of_identity(self.one()), now=now)

    def give(self, now: datetime) -> None:
        by = self.dice.choice([INSTALLER, actor_of_identity(self.one())])
        grant_role(self.one(), role=Role(self.dice.choice(GIVEN_BY_ADMINS)), area=self.area(), by=by, now=now)

    def change(self, now: datetime) -> None:
        role = Role(self.dice.choice(GIVEN_BY_ADMINS))
        carried = {name for name, _one in capabilities.items() if self.dice.random() < 0.5}
        may = {name for name, one in capabilities.items() if role in one.roles | one.also}
        always = {name for name, one in capabilities.items() if role in one.always}
        admins = Identity.objects.filter(grants__role=Role.ADMIN, grants__ended_at__isnull=True)
        by = self.dice.choice([actor_of_identity(one) for one in (self.one(), *admins)])
        wanted = carried if self.dice.random() < 0.2 else (carried & may) | always
        change_bundle(self.square.municipality, role=role, carried=wanted, by=by, now=now)

    def end(self, now: datetime) -> None:
        held = list(RoleGrant.objects.filter(ended_at__isnull=True).order_by("pk"))
        end_grant(self.dice.choice(held), by=INSTALLER, now=now)

    def keep_apart(self, now: datetime) -> None:
        block_member(self.one(), by=actor_of_identity(self.one()), now=now)

    def make_up(self, now: datetime) -> None:
        for block in Block.objects.order_by("pk")[:1]:
            unblock_member(block, by=actor_of_identity(block.who), now=now)

    def shut_out(self, now: datetime) -> None:
        if self.dice.random() < 0.3:
            someone = self.one()
            if not someone.grants.filter(ended_at__isnull=True, role=Role.ADMIN).exists():
                block_identity(someone, by=INSTALLER, now=now)

    def leave(self, now: datetime) -> None:
        erase_identity(self.one(), by=INSTALLER, now=now)

    def move(self, now: datetime) -> None:
        someone = self.one()
        change_homes(someone, besides=[self.dice.choice(self.areas)], by=actor_of_identity(someone), now=now)

    def withdraw(self, now: datetime) -> None:
        for batch in CardBatch.objects.order_by("pk")[:1]:
            withdraw_cards(batch, by=INSTALLER, now=now)
            ask_again(batch, by=INSTALLER, now=now)

    def write(self, _now: datetime) -> None:
        Entry.objects.filter(pk=self.dice.choice(list(Entry.objects.all())).pk).update(author=self.one())

    def hide(self, now: datetime) -> None:
        hide_entry(self.dice.choice(list(Entry.objects.all())), by=actor_of_identity(self.one()), now=now)

    def viewers(self) -> list[Actor]:
        people = Identity.objects.select_related("login").order_by("pk")
        return [VISITOR, *(actor_of_login(person.login) for person in people if person.login)]

    def look(self) -> None:
        """What must hold at every moment."""
        viewers = self.viewers()
        assert working_admins(self.square.municipality.area).exists(), "nobody runs the municipality any more"
        for person in Identity.objects.select_related("login"):
            assert person.is_known == deserves_trust(person), "known without reason, or not known with one"
            if person.is_blocked and person.login:
                assert actor_of_login(person.login) == VISITOR, "shut out, and still in"
        top = self.square.municipality.path
        admins = {grant.identity_id for grant in working_admins(self.square.municipality.area)}
        assert any(self._runs_it(pk, top) for pk in admins), "no admin can give roles any more"
        for grant in (grant for viewer in viewers for grant in viewer.grants):
            allowed = {n for n, one in capabilities.items() if grant.role in one.roles | one.also}
            assert grant.capabilities <= allowed, "a role carries what it never may"
        for held in RoleGrant.objects.filter(ended_at__isnull=True):
            assert Identity.objects.filter(pk=held.identity_id).exists(), "a right of nobody"
        entries = list(Entry.objects.prefetch_related("placements__area"))
        for viewer in viewers:
            listed = set(Entry.objects.visible_to(viewer, now=self.now).values_list("pk", flat=True))
            allowed = {entry.pk for entry in entries if can_view(viewer, entry, now=self.now)}
            assert listed == allowed, "the list and the policy do not agree"
            both = [other for other in viewers if other.identity_id in viewer.apart_from]
            assert all(viewer.identity_id in other.apart_from for other in both), "a block that holds one way only"

    def _runs_it(self, identity_id: int, path: str) -> bool:
        actor = actor_of_identity(Identity.objects.get(pk=identity_id))
        return actor.holds(MANAGE_ROLES, path) and actor.holds(MANAGE, path)


@pytest.mark.parametrize("seed", range(LIVES))
def test_rights_never_dangle_whatever_happens_in_whatever_order(seed, kranenburg, person, at_eleven):
    admin = person("Ada", home="niel", roles=[(Role.ADMIN, "")])
    for number in range(3):
        person(f"Nachbar {number}", home=VILLAGES[number], email=f"b{number}@example.org")
    life = Life(kranenburg, Random(seed), admin)
    for _step in range(STEPS):
        life.step()
        try:
            life.look()
        except AssertionError as error:
            raise AssertionError(f"{error}; seed {seed}: {' > '.join(life.told)}") from error
