"""What the gates ask: whether an entry waits for a look, or gets one afterwards. The first reason that fits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity, Joining
from dorfplatz.moderation.enums import Cause, Step, When, Whom
from dorfplatz.moderation.models import Decision, GateRule, Guard
from dorfplatz.moderation.wording import first_match, shipped_words
from dorfplatz.villages.models import Municipality

NEW_FOR = timedelta(days=7)
A_DAY = timedelta(days=1)
FIRST_OF_THE_UNKNOWN = 3
# What a gate says, and a case keeps as `why`.
WORDS, SLOW, CROWD = "words", "slow", "crowd"


@dataclass(frozen=True)
class Watch:
    """What one municipality looks at: its own decisions, or those of the release as long as it has made none."""

    guard: Guard
    rules: Sequence[GateRule]


def watch_of(municipality: Municipality) -> Watch:
    """Two queries."""
    guard = Guard.objects.filter(municipality=municipality).first()
    if guard is None:
        return _shipped(municipality)
    return Watch(guard, list(guard.rules.select_related("area").order_by("pk")))


def _shipped(municipality: Municipality) -> Watch:
    """Until a municipality has decided: the first entries of people whom no neighbour knows yet."""
    guard = Guard(municipality=municipality, words=shipped_words())
    return Watch(guard, [GateRule(guard=guard, whom=Whom.UNKNOWN, when=When.BEFORE)])


def reason_to_wait(entry: Entry, by: Actor) -> str:
    """Why the entry waits before it appears; "" where it need not. Asked for those only who may not publish at once."""
    if not by.is_member:
        return ""
    paths = paths_of(entry)
    now = timezone.now()
    for watch in watches_over(paths):
        reason = (
            (SLOW if watch.guard.slow_until and watch.guard.slow_until > now else "")
            or (WORDS if first_match(_words(entry), watch.guard.words) else "")
            or rule_for(watch.rules, When.BEFORE, entry, by, paths)
            or (CROWD if _is_crowd(watch.guard, by, now) else "")
        )
        if reason:
            return reason
    return ""


def paths_of(entry: Entry) -> list[str]:
    return [str(path) for path in EntryArea.objects.filter(entry=entry).values_list("area__path", flat=True)]


def watches_over(paths: Collection[str]) -> list[Watch]:
    """Of the municipalities in which the entry is set out."""
    ids = {int(pk) for path in paths for pk in path.strip("/").split("/")}
    return [watch_of(found) for found in Municipality.objects.filter(pk__in=ids, is_served=True)]


def meets_words(entry: Entry) -> bool:
    return any(first_match(_words(entry), watch.guard.words) for watch in watches_over(paths_of(entry)))


def _words(entry: Entry) -> str:
    return "\n".join([entry.title, entry.body, *(f"{text.title}\n{text.body}" for text in entry.texts_by_people)])


def rule_for(rules: Sequence[GateRule], when: When, entry: Entry, by: Actor, paths: Sequence[str]) -> str:
    """Whom the first rule is about that fits; "" where none does."""
    fitting = [rule for rule in rules if rule.when == when and rule.kind in ("", entry.kind) and _is_there(rule, paths)]
    return next((rule.whom for rule in fitting if _is_about(rule, entry, by)), "")


def _is_there(rule: GateRule, paths: Sequence[str]) -> bool:
    return rule.area is None or any(path.startswith(str(rule.area.path)) for path in paths)


def _is_about(rule: GateRule, entry: Entry, by: Actor) -> bool:
    if rule.whom == Whom.ALL:
        return True
    if rule.whom == Whom.UNKNOWN and by.is_known:
        return False
    first = FIRST_OF_THE_UNKNOWN if rule.whom == Whom.UNKNOWN else 1
    return published_count(by.identity_id, but=entry.pk) < first


def published_count(identity_id: int | None, *, but: int = 0) -> int:
    return Entry.objects.filter(author=identity_id, state=State.PUBLISHED).exclude(pk=but).count()


def _is_crowd(guard: Guard, by: Actor, now: datetime) -> bool:
    """Whether many entries of new members who came the same way appeared here today: a card's code may have leaked.

    Who had an entry looked at and left has shown herself, and does not wait.
    """
    newcomers = Identity.objects.filter(created_at__gt=now - NEW_FOR)
    if not newcomers.filter(pk=by.identity_id or 0).exists():
        return False
    if Decision.objects.filter(case__author=by.identity_id, case__cause=Cause.GATE, step=Step.LEAVE).exists():
        return False
    # Those who publish at the same moment are counted one after the other.
    Guard.objects.select_for_update().filter(pk=guard.pk).first()
    mates = newcomers.filter(same_way_as(by.identity_id))
    recent = Entry.objects.filter(author__in=mates.values("pk"), state=State.PUBLISHED, published_at__gt=now - A_DAY)
    # Newcomers elsewhere, of whom a large installation has many each day, hold up nobody here.
    placed = EntryArea.objects.filter(entry=OuterRef("pk"), area__path__startswith=guard.municipality.path)
    recent = recent.filter(Exists(placed))
    return recent[: guard.crowd + 1].count() >= guard.crowd


def same_way_as(identity_id: int | None) -> Q:
    """Those who came with cards of the same batch; of who came without a card, the others without one."""
    batch = Joining.objects.filter(identity=identity_id).values_list("card__batch_id", flat=True).first()
    return Q(joining__card__batch=batch) if batch else Q(joining__card__isnull=True)
