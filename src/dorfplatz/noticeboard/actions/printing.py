"""Having sheets made as PDFs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.entries.visible import visible_ids
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.noticeboard.enums import BLANK, GUIDE, PAPER, PHONE_LIST, POSTER, BlankSheet, GuideShape
from dorfplatz.noticeboard.formats import FORMATS
from dorfplatz.noticeboard.models import Paper
from dorfplatz.noticeboard.policies import (
    can_edit_papers,
    can_make_posters,
    can_print_blanks,
    can_print_guide,
    can_see_paper,
)
from dorfplatz.noticeboard.posters import SIZES, Wanted, poster_subject
from dorfplatz.noticeboard.queries import blank_subject, guide_subject, phone_list_subject, subject_of
from dorfplatz.press.actions import order_printing
from dorfplatz.press.models import Printing
from dorfplatz.press.queries import printing_of
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import municipality_of

GUIDE_HOLDS = timedelta(hours=6)  # what is changed or hidden on it throws it away at once; new entries wait so long


@transaction.atomic
def print_paper(paper: Paper, *, form: str, languages: Sequence[str], by: Actor, now: datetime) -> Printing:
    """Have it made as a PDF."""
    can_see_paper(by, paper).require()
    municipality = municipality_of(paper.area)
    spoken = municipality.languages if municipality else []
    if form not in FORMATS or not 1 <= len(languages) <= 2 or not set(languages) <= set(spoken):
        raise Problem(_("This paper is not printed that way."))
    return order_printing(PAPER, subject=subject_of(paper, form, languages), by=by, now=now)


@transaction.atomic
def print_poster(entry: Entry, *, wanted: Wanted, by: Actor, now: datetime) -> Printing:
    """Have a poster of a public entry made; any member may pin one up."""
    can_make_posters(by).require()
    if wanted.size not in SIZES or not visible_ids([entry.pk], VISITOR, now=now):
        raise Problem(_("This is not public (any more), so it cannot be printed."))
    return order_printing(POSTER, subject=poster_subject(entry, wanted), by=by, now=now)


def _printed(sort: str, subject: Mapping[str, Any], *, by: Actor, now: datetime) -> Printing:
    """The printing there is, while it is fresh; else a new one."""
    known = printing_of(sort, subject)
    if known is not None and (known.is_under_way or _is_fresh(known, now)):
        return known
    return order_printing(sort, subject=subject, by=by, now=now)


@transaction.atomic
def print_guide(area: Area, *, form: str, languages: Sequence[str], by: Actor, now: datetime) -> Printing:
    """Have the guide of a village or a municipality made; the one there is, while it is fresh."""
    municipality = municipality_of(area)
    can_print_guide(by, municipality).require()
    spoken = municipality.languages if municipality else []
    if form not in GuideShape.values or not 1 <= len(languages) <= 2 or not set(languages) <= set(spoken):
        raise Problem(_("The guide is not printed that way."))
    subject = guide_subject(area, form, languages)
    return _printed(GUIDE, subject, by=by, now=now)


@transaction.atomic
def print_blank(
    municipality: Municipality, *, key: str, languages: Sequence[str], by: Actor, now: datetime
) -> Printing:
    """Have a sheet to fill in made; there is nothing of anybody on it, so everybody may."""
    can_print_blanks(by).require()
    if (
        key not in BlankSheet.values
        or not 1 <= len(languages) <= 2
        or not set(languages) <= set(municipality.languages)
    ):
        raise Problem(_("This sheet is not printed that way."))
    subject = blank_subject(municipality, key, languages)
    return _printed(BLANK, subject, by=by, now=now)


@transaction.atomic
def print_phone_list(area: Area, *, language: str, by: Actor, now: datetime) -> Printing:
    """Have the list made of what waits to be confirmed, with telephone numbers, for those who ring."""
    can_edit_papers(by, area).require()
    municipality = municipality_of(area)
    if municipality is None or language not in municipality.languages:
        raise Problem(_("This sheet is not printed that way."))
    return order_printing(PHONE_LIST, subject=phone_list_subject(area, language), by=by, now=now)


def _is_fresh(printing: Printing, now: datetime) -> bool:
    return printing.is_ready and printing.made_at is not None and now - printing.made_at < GUIDE_HOLDS
