"""From an order to a file, and away again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.jobs.queue import enqueue
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.press.engine import SettingFailed, typeset
from dorfplatz.press.enums import PrintingState
from dorfplatz.press.models import PrintedThing, Printing, key_of
from dorfplatz.press.sockets import Composed, sheets

KEPT = timedelta(days=400)


@transaction.atomic
def order_printing(sheet: str, *, subject: Mapping[str, Any], by: Actor, now: datetime) -> Printing:
    """Have a sheet printed; whether `by` may is for the app to ask whose sheet it is.

    What was printed before is gathered anew, and set anew only where something on it has changed.
    """
    if sheet not in sheets:
        raise Problem(_("Such a sheet is not known here."))
    printing, is_new = Printing.objects.get_or_create(
        key=key_of(sheet, subject), defaults={"sheet": sheet, "subject": dict(subject), "ordered_at": now}
    )
    if is_new or not printing.is_under_way:
        Printing.objects.filter(pk=printing.pk).update(state=PrintingState.WAITING, ordered_at=now)
        printing.state, printing.ordered_at = PrintingState.WAITING, now
        record_act("printing.ordered", by=by, now=now, thing=f"printing:{printing.pk}", details={"sheet": sheet})
    enqueue("dorfplatz.press.tasks.make_printing", key=f"printing:{printing.pk}", printing_id=printing.pk)
    return printing


def make_printing(printing_id: int, *, by: Actor, now: datetime) -> None:
    """Gather, set and keep a printing that waits. May be called again after a crash."""
    printing = Printing.objects.filter(pk=printing_id).exclude(state=PrintingState.READY).first()
    if printing is None or printing.sheet not in sheets:
        return
    _now_at(printing, PrintingState.GATHERING)
    composed = sheets[printing.sheet].compose(printing.subject)
    if composed is None:
        _now_at(printing, PrintingState.FAILED)
        return
    if composed.job.digest == printing.digest and default_storage.exists(printing.path):
        _finish(printing, composed, printing.page_count, printing.size, by=by, now=now)
        return
    _now_at(printing, PrintingState.SETTING)
    try:
        document = typeset(composed.job, at=now)
    except SettingFailed:
        _now_at(printing, PrintingState.FAILED)
        raise
    default_storage.delete(printing.path)
    default_storage.save(printing.path, ContentFile(document.content))
    if not _finish(printing, composed, document.page_count, len(document.content), by=by, now=now):
        default_storage.delete(printing.path)


def _now_at(printing: Printing, state: PrintingState) -> None:
    Printing.objects.filter(pk=printing.pk).update(state=state)


@transaction.atomic
def _finish(printing: Printing, composed: Composed, page_count: int, size: int, *, by: Actor, now: datetime) -> bool:
    """Whether it is still wanted: something on it may have been taken away meanwhile."""
    found = Printing.objects.select_for_update().filter(pk=printing.pk).first()
    if found is None:
        return False
    found.state, found.digest, found.made_at = PrintingState.READY, composed.job.digest, now
    found.page_count, found.size, found.told = page_count, size, dict(composed.told)
    found.save()
    found.things.all().delete()
    PrintedThing.objects.bulk_create(PrintedThing(printing=found, thing=thing) for thing in sorted(composed.things))
    record_act("printing.made", by=by, now=now, thing=f"printing:{found.pk}", details={"pages": page_count})
    return True


@transaction.atomic
def withdraw_printings(things: Collection[str], *, by: Actor, now: datetime) -> int:
    """Throw away every printing on which one of these things stands, file and all; returns how many."""
    found = Printing.objects.filter(pk__in=PrintedThing.objects.filter(thing__in=list(things)).values("printing_id"))
    return _thrown_away(found, by=by, now=now)


@transaction.atomic
def forget_old_printings(*, by: Actor, now: datetime) -> int:
    """Throw away what nobody has ordered for more than a year; it can be made again."""
    return _thrown_away(Printing.objects.filter(ordered_at__lt=now - KEPT), by=by, now=now)


def _thrown_away(found: Any, *, by: Actor, now: datetime) -> int:
    rows = list(found)
    for printing in rows:
        record_act("printing.withdrawn", by=by, now=now, thing=f"printing:{printing.pk}")
        enqueue("dorfplatz.press.tasks.erase_file", path=printing.path)
    Printing.objects.filter(pk__in=[printing.pk for printing in rows]).delete()
    return len(rows)


def erase_file(path: str) -> None:
    """Remove the file of a printing that is gone. May be called again."""
    default_storage.delete(path)
