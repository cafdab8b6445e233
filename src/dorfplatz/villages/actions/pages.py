"""A municipality's own pages: about us, the association, the funders, and any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language, slug
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.enums import PageKind
from dorfplatz.villages.models import FreePage, Municipality
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.versions import require_fresh, stamp

LONGEST_TITLE = 120
LONGEST_BODY = 40_000
MOST_PAGES = 30


@dataclass(frozen=True)
class PageText:
    """What a page says, by language, and whether readers see it."""

    title: Mapping[str, str]
    body: Mapping[str, str]
    is_published: bool = True

    def require_usable(self) -> None:
        """Raise Problem for a text without a title, or one that is too long."""
        if not any(self.title.values()):
            raise Problem(_("A page needs a title."))
        if any(len(title) > LONGEST_TITLE for title in self.title.values()):
            raise Problem(_("Please shorten the title."))
        if any(len(body) > LONGEST_BODY for body in self.body.values()):
            raise Problem(_("This page is too long. Please make two of it."))


@transaction.atomic
def create_page(municipality: Municipality, *, kind: PageKind, text: PageText, by: Actor, now: datetime) -> FreePage:
    """A new page at the end of the list. Its address is made of its title and stays. Of some kinds there is but one."""
    can_manage_municipality(by, municipality).require()
    text.require_usable()
    pages = FreePage.objects.filter(municipality=municipality)
    list(pages.select_for_update().values_list("pk"))
    if kind != PageKind.FREE and pages.filter(kind=kind).exists():
        raise Problem(_("There is a page of this kind already. Please change that one."))
    if pages.count() >= MOST_PAGES:
        raise Problem(_("There are %(count)d pages already; please remove one first.") % {"count": MOST_PAGES})
    page = FreePage.objects.create(
        municipality=municipality,
        kind=kind,
        slug=_free_slug(municipality, kind, text),
        title=dict(text.title),
        body=dict(text.body),
        is_published=text.is_published,
        position=(pages.aggregate(last=Max("position"))["last"] or 0) + 1,
        changed_at=now,
    )
    _note("page.created", page, by, now)
    return page


@transaction.atomic
def change_page(page: FreePage, *, text: PageText, version: int, by: Actor, now: datetime) -> bool:
    """Bring the page to the text; whether that changed anything. Raises Stale when somebody else saved meanwhile."""
    can_manage_municipality(by, page.municipality).require()
    text.require_usable()
    locked = FreePage.objects.select_for_update().get(pk=page.pk)
    require_fresh(locked, version, now)
    stated = {"title": dict(text.title), "body": dict(text.body), "is_published": text.is_published}
    if all(getattr(locked, name) == value for name, value in stated.items()):
        return False
    for name, value in stated.items():
        setattr(locked, name, value)
    stamp(locked, now)
    locked.save()
    _note("page.changed", locked, by, now)
    return True


@transaction.atomic
def move_page(page: FreePage, *, up: bool, by: Actor, now: datetime) -> bool:
    """Swap the page with the one before or after it; whether there was one."""
    can_manage_municipality(by, page.municipality).require()
    order = list(FreePage.objects.select_for_update().filter(municipality_id=page.municipality_id))
    here = next((number for number, other in enumerate(order) if other.pk == page.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    for number, other in enumerate(order, start=1):
        other.position = number
    FreePage.objects.bulk_update(order, ["position"])
    _note("page.moved", page, by, now)
    return True


@transaction.atomic
def remove_page(page: FreePage, *, by: Actor, now: datetime) -> None:
    """Remove the page for good. Removed already: no effect."""
    can_manage_municipality(by, page.municipality).require()
    removed, _rows = FreePage.objects.filter(pk=page.pk).delete()
    if removed:
        _note("page.removed", page, by, now)


def _free_slug(municipality: Municipality, kind: PageKind, text: PageText) -> str:
    title = in_language(text.title, municipality.default_language)
    base = slug(title, longest=50) or str(kind)
    taken = set(municipality.pages.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, MOST_PAGES + 3))) if name not in taken)


def _note(verb: str, page: FreePage, by: Actor, now: datetime) -> None:
    record_act(verb, by=by, now=now, thing=f"page:{page.pk}", area_id=page.municipality_id)
