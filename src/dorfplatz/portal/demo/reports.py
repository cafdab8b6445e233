"""What the demonstration's moderation has to do: a report that waits, and one whose reporter sees it differently."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.members.enums import Role
from dorfplatz.members.models import RoleGrant
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.moderation.actions import Ruling, Said, decide_case, make_appeal, receive_report
from dorfplatz.moderation.enums import Step
from dorfplatz.moderation.models import Report
from dorfplatz.portal.demo.people import Cast
from dorfplatz.villages.models import Municipality

KEY = "demo:report:"
WAITING = Said(
    ground="advertising",
    text="Unter dem Eintrag steht seit gestern eine lange Preisliste. Das ist doch Werbung, oder?",
    language="de",
)
ARGUED = Said(
    ground="untrue",
    text="Hier staat dat men ook Nederlands spreekt. Ik was er twee keer en niemand verstond mij.",
    language="nl",
)
LEFT = (
    "Danke für den Hinweis. Ich habe nachgefragt: Samstags ist immer jemand da, der Niederländisch spricht. "
    "Der Eintrag stimmt also und bleibt."
)
DIFFERENT = "Op zaterdag misschien, maar dat staat er niet bij. Wie doordeweeks komt, staat er met een mond vol tanden."


@transaction.atomic
def put_reports(municipality: Municipality, cast: Cast, *, now: datetime) -> int:
    """Have both in place; returns how many are new. What was decided meanwhile stays decided."""
    return _put_waiting(municipality, cast, now) + _put_argued(municipality, cast, now)


def _put_waiting(municipality: Municipality, cast: Cast, now: datetime) -> int:
    """About something of Anna's where there is such a thing, so that her connector can decide."""
    hers = Entry.objects.filter(author=cast.by_nickname["anna"], state=State.PUBLISHED, origin="demo").order_by("pk")
    entry = hers.first() or Entry.objects.filter(uri="demo:zyfflich/cheese").first()
    if entry is None or Report.objects.filter(form_key=f"{KEY}waiting").exists():
        return 0
    receive_report(
        f"entry:{entry.pk}", said=WAITING, municipality=municipality, form_key=f"{KEY}waiting", by=VISITOR,
        now=now - timedelta(hours=20),
    )  # fmt: skip
    return 1


def _put_argued(municipality: Municipality, cast: Cast, now: datetime) -> int:
    """Decided by the connectors of the village, argued against by Dirk: the admin looks again."""
    entry = Entry.objects.filter(uri="demo:kranenburg/library").first()
    if entry is None or Report.objects.filter(form_key=f"{KEY}argued").exists():
        return 0
    others = RoleGrant.objects.filter(role=Role.CONNECTOR, area__in=entry.areas.all(), ended_at__isnull=True)
    decider = others.exclude(identity=entry.author).select_related("identity").order_by("pk").first()
    if decider is None:
        return 0
    dirk = actor_of_identity(cast.by_nickname["dirk"])
    report = receive_report(
        f"entry:{entry.pk}", said=ARGUED, municipality=municipality, form_key=f"{KEY}argued", by=dirk,
        now=now - timedelta(days=3),
    )  # fmt: skip
    decision = decide_case(
        report.case,
        ruling=Ruling(Step.LEAVE, reason=LEFT),
        by=actor_of_identity(decider.identity),
        now=now - timedelta(days=2),
    )
    make_appeal(decision, report=report, text=DIFFERENT, by=dirk, now=now - timedelta(days=1))
    return 1
