"""What a municipality sets: whose entries are looked at first, how many newcomers at once, which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.moderation.enums import When, Whom
from dorfplatz.moderation.guards import watch_of
from dorfplatz.moderation.models import GateRule, Guard
from dorfplatz.moderation.policies import can_set_rules
from dorfplatz.villages.models import Area, Municipality

MOST_RULES, MOST_DAYS_SLOW = 40, 30
LONGEST_WORDS = 20_000


@dataclass(frozen=True)
class GuardChange:
    """`slow_days` is for how many days every member's entry waits; 0 ends it, None leaves it."""

    crowd: int
    words: str
    slow_days: int | None = None


def _kept(municipality: Municipality) -> Guard:
    """The municipality's own row, locked; with the release's rules where it has not decided yet."""
    present = Guard.objects.select_for_update().filter(municipality=municipality).first()
    if present:
        return present
    watch = watch_of(municipality)
    watch.guard.save(force_insert=True)
    for rule in watch.rules:
        rule.guard = watch.guard
        rule.save()
    return watch.guard


@transaction.atomic
def change_guard(municipality: Municipality, *, change: GuardChange, version: int, by: Actor, now: datetime) -> Guard:
    """Raises Problem for a form opened before somebody else's change."""
    can_set_rules(by, municipality).require()
    guard = _kept(municipality)
    if guard.version != version:
        raise Problem(_("Somebody else has just changed this. Please look at it again."))
    if not 0 <= change.crowd <= 1000 or len(change.words) > LONGEST_WORDS:
        raise Problem(_("Please choose a number up to 1,000, and at most 20,000 letters of words."))
    guard.crowd, guard.words, guard.version = change.crowd, change.words, guard.version + 1
    if change.slow_days is not None:
        days = min(change.slow_days, MOST_DAYS_SLOW)
        guard.slow_until = now + timedelta(days=days) if days else None
    guard.save()
    _note(municipality, "moderation.guard_changed", {"slow": bool(guard.slow_until)}, by, now)
    return guard


@transaction.atomic
def add_rule(
    municipality: Municipality, *, area: Area | None, kind: str, whom: Whom, when: When, by: Actor, now: datetime
) -> GateRule:
    """Look at these people's entries of this kind in this area; the same rule twice is one."""
    can_set_rules(by, municipality).require()
    guard = _kept(municipality)
    if guard.rules.count() >= MOST_RULES:
        raise Problem(_("More than %(most)d rules nobody can keep in mind.") % {"most": MOST_RULES})
    rule, is_new = GateRule.objects.get_or_create(guard=guard, area=area, kind=kind, whom=whom, when=when)
    if is_new:
        said = {"kind": kind, "whom": whom, "when": when, "area": area.pk if area else None}
        _note(municipality, "moderation.rule_added", {"rule": rule.pk, **said}, by, now)
    return rule


@transaction.atomic
def remove_rule(municipality: Municipality, *, pk: int, by: Actor, now: datetime) -> bool:
    """Whether there was such a rule. Number 0 is the release's, in a municipality that has not decided yet."""
    can_set_rules(by, municipality).require()
    guard = _kept(municipality)
    found = guard.rules.filter(pk=pk) if pk else guard.rules.all()
    if not found.delete()[0]:
        return False
    _note(municipality, "moderation.rule_removed", {"rule": pk}, by, now)
    return True


def _note(municipality: Municipality, verb: str, details: Mapping[str, object], by: Actor, now: datetime) -> None:
    thing, area_id = f"guard:{municipality.pk}", municipality.pk
    record_act(verb, by=by, now=now, thing=thing, area_id=area_id, details=details)
