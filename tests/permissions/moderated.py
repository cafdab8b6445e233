"""What moderation has in the two municipalities of the world: a case that is open, one proposed, one appealed."""

from __future__ import annotations

from typing import Any

from dorfplatz.moderation.enums import Force, Step
from dorfplatz.moderation.models import Appeal, Case, Decision, Report
from tests.fixtures.kranenburg import NOW

PLACES = {"here": "public", "weeze": "weeze public"}


def moderated(world: Any) -> dict[tuple[str, str], Any]:
    """Keys of rows and codes of slips, by route and by where they lie."""
    found: dict[tuple[str, str], Any] = {}
    for thing, name in PLACES.items():
        entry = world.entries[name].entry
        values = {
            "municipality": world.there if thing == "weeze" else world.here, "area": entry.areas.get(),
            "cause": "report", "thing": f"entry:{entry.pk}", "rank": 2, "opened_at": NOW,
        }  # fmt: skip
        case = Case.objects.create(**values)
        closed = Case.objects.create(closed_at=NOW, **values)
        report = Report.objects.create(case=case, form_key=f"{case.pk:032d}", ground="rude", language="de", made_at=NOW)
        said = {"case": closed, "ground": "rude", "reason": "Bitte nicht.", "decided_at": NOW}
        proposed = Decision.objects.create(step=Step.SUSPEND, force=Force.PROPOSED, **said)
        hidden = Decision.objects.create(step=Step.HIDE, **said)
        appeal = Appeal.objects.create(decision=hidden, text="Doch.", made_at=NOW)
        found |= {
            ("moderation:status", thing): report.code,
            ("moderation:reasons", thing): hidden.code,
            ("moderation:case", thing): case.pk,
            ("moderation:crowd", thing): case.pk,
            ("moderation:second", thing): proposed.pk,
            ("moderation:appeal", thing): appeal.pk,
        }
    return found
