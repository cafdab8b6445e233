"""Flip charts: what neighbours wrote at the market stand, typed off one photo."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import Draft, create_entries, publish_entries, take_chosen
from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.journal.actions import Line as Act
from dorfplatz.journal.actions import record_act, record_acts
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import erase_picture
from dorfplatz.wishes.drafts import ChartDraft
from dorfplatz.wishes.enums import KIND
from dorfplatz.wishes.models import ChartPhoto, FlipChart, Wish
from dorfplatz.wishes.policies import can_see_chart, can_type_off

MOST_ROWS = 40
# A photo that may show names is of use while somebody could still ask what was meant.
PHOTOS_KEPT = timedelta(days=180)


@transaction.atomic
def type_off_chart(draft: ChartDraft, *, form_key: str, by: Actor, now: datetime) -> FlipChart:
    """Keep the sheet and set out its wishes, with the photos chosen in this form; sent twice it does so once."""
    can_type_off(by, draft.area).require()
    key = form_key_of(form_key, by)
    known = FlipChart.objects.filter(form_key=key).first()
    if known is not None:
        return known
    rows = draft.rows[:MOST_ROWS]
    if not rows:
        raise Problem(_("Please type off at least one wish."))
    chart = FlipChart.objects.create(
        area=draft.area, place=draft.place, held_on=draft.held_on, shows_photos=draft.shows_photos,
        typed_by_id=by.identity_id, typed_at=now, form_key=key,
    )  # fmt: skip
    for picture in take_chosen(form_key=form_key, by=by, now=now):
        ChartPhoto.objects.create(chart=chart, picture=picture)
    entries = create_entries(KIND, drafts=[_words(draft, n) for n in range(len(rows))], by=by, now=now)
    Wish.objects.bulk_create(
        Wish(entry=entry, mood=row.mood, on_paper=row.on_paper, chart=chart)
        for entry, row in zip(entries, rows, strict=True)
    )
    record_act("flipchart.typed", by=by, now=now, thing=f"flipchart:{chart.pk}", area_id=draft.area.pk)
    publish_entries(entries, by=by, now=now)
    return chart


def _words(draft: ChartDraft, number: int) -> Draft:
    row = draft.rows[number]
    uri = f"{draft.uri}/{number + 1}" if draft.uri else ""
    return Draft(title=row.sentence, body="", language=row.language, areas=[draft.area], origin=draft.origin, uri=uri)


@transaction.atomic
def show_photos(chart: FlipChart, *, shows: bool, by: Actor, now: datetime) -> None:
    """Let everybody see the photos, or only connectors."""
    can_see_chart(by, chart).require()
    if chart.shows_photos == shows:
        return
    chart.shows_photos = shows
    chart.save(update_fields=["shows_photos"])
    record_act("flipchart.shown", by=by, now=now, thing=f"flipchart:{chart.pk}", area_id=chart.area_id)
    lines = [Act(f"entry:{pk}") for pk in chart.wishes.values_list("pk", flat=True)]
    record_acts("wish.photos_shown", lines=lines, by=by, now=now)


@transaction.atomic
def erase_old_photos(*, by: Actor, now: datetime) -> int:
    """Erase photos that only connectors see, half a year after they were typed off; how many."""
    old = ChartPhoto.objects.filter(chart__shows_photos=False, chart__typed_at__lt=now - PHOTOS_KEPT)
    rows = list(old.select_related("picture")[:200])
    for row in rows:
        erase_picture(row.picture, by=by, now=now)
    return len(rows)
