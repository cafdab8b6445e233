"""The yearly report (Art. 15 and 24 DSA), counted from the journal alone: anybody with the journal counts the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorfplatz.journal.models import Act
from dorfplatz.moderation.enums import Cause, Outcome, Step
from dorfplatz.moderation.grounds import GROUNDS
from dorfplatz.villages.models import Area, Municipality

FIRST_YEAR = 2024


@dataclass(frozen=True)
class Numbers:
    """What happened in one year, by what the journal says. Hours are whole ones from opening to decision."""

    year: int
    reported: Counter[str] = field(default_factory=Counter)  # by ground
    by_members: int = 0
    opened: Counter[str] = field(default_factory=Counter)  # by cause
    decided: Counter[tuple[str, str]] = field(default_factory=Counter)  # by step and ground
    hours: Counter[int] = field(default_factory=Counter)
    appealed: int = 0
    appeals: Counter[str] = field(default_factory=Counter)  # by outcome
    suspended: int = 0

    @property
    def median_hours(self) -> int | None:
        total, seen = self.hours.total(), 0
        for hours in sorted(self.hours):
            seen += self.hours[hours]
            if seen * 2 >= total:
                return hours
        return None

    @property
    def steps(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for (step, _ground), count in self.decided.items():
            found[step] += count
        return found


def numbers_of(municipality: Municipality, year: int) -> Numbers:
    """One query for each sort of line in the journal."""
    areas = list(Area.objects.within(municipality.path).values_list("pk", flat=True))
    acts = Act.objects.filter(
        area_id__in=areas, at__gte=datetime(year, 1, 1, tzinfo=UTC), at__lt=datetime(year + 1, 1, 1, tzinfo=UTC)
    ).order_by()

    def counted(verb: str, *names: str) -> Iterator[tuple[tuple[str, ...], int]]:
        keys = [f"details__{name}" for name in names]
        rows = acts.filter(verb=f"moderation.{verb}").values_list(*keys).annotate(n=Count("number"))
        return ((tuple(row[:-1]), int(row[-1])) for row in rows)

    found = Numbers(
        year,
        by_members=sum(n for (member,), n in counted("reported", "member") if member),
        appealed=acts.filter(verb="moderation.appealed").count(),
        suspended=acts.filter(verb="moderation.seconded").count(),
    )
    for (ground,), n in counted("reported", "ground"):
        found.reported[ground] += n
    for (cause,), n in counted("opened", "cause"):
        found.opened[cause] += n
    for (step, ground, hours), n in counted("decided", "step", "ground", "hours"):
        found.decided[step, ground] += n
        found.hours[int(hours)] += n
    for (outcome,), n in counted("appeal_decided", "outcome"):
        found.appeals[outcome] += n
    return found


Line = tuple[str | Promise, str | Promise, int]


def lines_of(numbers: Numbers) -> Iterator[Line]:
    """The report as a table: what, which, how many."""
    reported = ((ground.label, numbers.reported[key]) for key, ground in GROUNDS.items())
    yield from ((_("Reports"), label, n) for label, n in reported if n)
    yield _("Reports"), _("all together"), numbers.reported.total()
    yield _("Reports"), _("of these by members"), numbers.by_members
    yield from ((_("Looked at"), Cause(key).label, n) for key, n in sorted(numbers.opened.items()))
    yield from ((_("Decisions"), Step(key).label, n) for key, n in sorted(numbers.steps.items()))
    yield from (
        (_("Grounds of what was taken away"), GROUNDS[ground].label, n)
        for (step, ground), n in sorted(numbers.decided.items())
        if step != Step.LEAVE and ground in GROUNDS
    )
    yield _("Decisions"), _("by machines alone"), 0
    yield _("People shut out"), _("confirmed by a second person"), numbers.suspended
    yield _("Appeals"), _("received"), numbers.appealed
    yield from ((_("Appeals"), Outcome(key).label, n) for key, n in sorted(numbers.appeals.items()))
    if numbers.median_hours is not None:
        yield _("Time until a decision"), _("half of them within so many hours"), numbers.median_hours
