"""Taking a source in: all of it or nothing, as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from dorfplatz.imports.actions.carrying import (
    Incoming,
    Known,
    Progress,
    Run,
    add_new,
    confirm_by_source,
    follow_source,
    mark_returned,
    mark_vanished,
)
from dorfplatz.imports.drafts import Draft, Rejected, fingerprint
from dorfplatz.imports.faults import SourceProblem
from dorfplatz.imports.models import Source, SourceRecord
from dorfplatz.imports.outcome import Outcome
from dorfplatz.imports.placing import Ground
from dorfplatz.imports.policies import can_import
from dorfplatz.imports.queries import ground_of, local_taxonomy, points_by_name, records_of
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import distance_m
from dorfplatz.places.taxonomy import MERGE_M
from dorfplatz.villages.models import Area, Municipality


@dataclass(frozen=True)
class SourceFacts:
    """What is known of a source as a whole; names and meaning as in models.Source."""

    kind: str
    label: str
    licence: str = ""
    attribution: str = ""
    website: str = ""
    address: str = ""
    data_at: datetime | None = None


@transaction.atomic
def import_things(
    municipality: Municipality,
    *,
    source: SourceFacts,
    drafts: Sequence[Draft],
    rejected: Sequence[Rejected] = (),
    by: Actor,
    now: datetime,
    progress: Progress | None = None,
) -> Outcome:
    """Bring the municipality's entries to what the source says. All or nothing; a second time changes nothing.

    What people edited stays as they left it; what they did not touch follows the source. What the source has no more
    is marked, not removed. Raises Problem when nothing of the source lies here: then it is the wrong file.
    """
    can_import(by, municipality).require()
    row = _source_row(municipality, source, now)
    incoming, outside = _placed(drafts, municipality)
    records = records_of(row)
    if not incoming and (drafts or any(record.vanished_at is None for record in records.values())):
        raise SourceProblem(_("Nothing in this file lies in the municipality. It seems to be the wrong one."))
    known, fresh = _matched(incoming, records)
    new, doubled = _not_there_yet(fresh, municipality)
    run = Run(row, local_taxonomy(municipality).categories, by, now)
    added = add_new(run, new, progress)
    changed = follow_source(run, known)
    returned = mark_returned(run, [record for record, _thing in known])
    vanished = mark_vanished(run, records, {record.pk for record, _thing in known})
    confirm_by_source(run, [*added, *(record.listing_id for record, _thing in known)])
    outcome = Outcome(
        added=len(added),
        changed=changed,
        unchanged=len(known) - changed,
        vanished=vanished,
        returned=returned,
        joined=[(key, thing.draft.key) for thing in incoming for key in thing.draft.also],
        rejected=[*rejected, *outside, *doubled],
        data_at=row.data_at,
    )
    record_act(
        "imports.read", by=by, now=now, thing=f"source:{row.pk}", area_id=municipality.pk, details=outcome.counts
    )
    return outcome


def _source_row(municipality: Municipality, facts: SourceFacts, now: datetime) -> Source:
    stated = {
        "licence": facts.licence,
        "attribution": facts.attribution,
        "website": facts.website,
        "address": facts.address[:500],
        "data_at": facts.data_at,
        "read_at": now,
    }
    row, _is_new = Source.objects.select_for_update().update_or_create(
        municipality=municipality, kind=facts.kind, label=facts.label, defaults=stated
    )
    return row


def _placed(drafts: Sequence[Draft], municipality: Municipality) -> tuple[list[Incoming], list[Rejected]]:
    ground = ground_of(municipality)
    by_slug = dict(Area.objects.villages().within(municipality.path).values_list("slug", "pk"))
    incoming, outside = [], []
    for draft in drafts:
        area = _area_of(draft, ground, by_slug, municipality)
        if area is None:
            outside.append(Rejected(draft.key, _("It lies outside the municipality.")))
            continue
        values = {**draft.values(), "areas": [area]}
        incoming.append(Incoming(draft, (area,), values, fingerprint(values)))
    return incoming, outside


def _area_of(draft: Draft, ground: Ground, by_slug: Mapping[str, int], municipality: Municipality) -> int | None:
    if draft.village in by_slug:
        return by_slug[draft.village]
    return ground.village_at(draft.point) if draft.point else municipality.pk


def _not_there_yet(things: Sequence[Incoming], municipality: Municipality) -> tuple[list[Incoming], list[Rejected]]:
    """Without what somebody else has set out already: same name, same leading category, near by."""
    present = points_by_name(municipality) if things else {}
    new, doubled = [], []
    for thing in things:
        draft = thing.draft
        others = present.get((draft.title.casefold(), draft.categories[0]), [])
        if any(draft.point is None or other is None or distance_m(draft.point, other) <= MERGE_M for other in others):
            doubled.append(Rejected(draft.key, _("It is on the map already: “%(name)s”."), {"name": draft.title}))
        else:
            new.append(thing)
    return new, doubled


def _matched(incoming: Sequence[Incoming], records: Mapping[str, SourceRecord]) -> tuple[list[Known], list[Incoming]]:
    """Each incoming thing with the record it had before, by its own key first, then by one it goes under as well."""
    known = [(records[thing.draft.key], thing) for thing in incoming if thing.draft.key in records]
    seen = {record.pk for record, _thing in known}
    free = [record for record in records.values() if record.pk not in seen]
    by_other_key = {key: record for record in free for key in [record.key, *record.also]}
    new: list[Incoming] = []
    taken: set[int] = set()
    for thing in incoming:
        if thing.draft.key in records:
            continue
        keys = [thing.draft.key, *thing.draft.also]
        record = next((by_other_key[k] for k in keys if k in by_other_key and by_other_key[k].pk not in taken), None)
        if record is None:
            new.append(thing)
        else:
            taken.add(record.pk)
            known.append((record, thing))
    return known, new
