"""What papers plug into lower floors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.facts import EntriesErased, EntryChanged, EntryWithheld
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.mail.enums import Absent
from dorfplatz.mail.sockets import Enclosed, enclosers
from dorfplatz.media.facts import PictureErased
from dorfplatz.members.enums import Role
from dorfplatz.members.sockets import offer_capability
from dorfplatz.noticeboard.actions import enclose_paper
from dorfplatz.noticeboard.blanks import blank_of
from dorfplatz.noticeboard.enums import BLANK, EDIT_PAPER, GUIDE, PAPER, PHONE_LIST, POSTER
from dorfplatz.noticeboard.guides import GUIDES, guide_of
from dorfplatz.noticeboard.models import Paper
from dorfplatz.noticeboard.own_papers import plug_own_papers
from dorfplatz.noticeboard.phone_list import phone_list_of
from dorfplatz.noticeboard.posters import Wanted, poster_of
from dorfplatz.noticeboard.queries import (
    areas_of_papers,
    entry_for_poster,
    filled_paper,
    guide_asked,
    own_subscriptions,
    slug_of,
)
from dorfplatz.press.actions import withdraw_printings
from dorfplatz.press.sockets import Composed, Sheet, sheets
from dorfplatz.ui.sockets import Door, menu, slots
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import base_url, municipality_of
from dorfplatz.villages.sockets import Whereabouts, whereabouts


def _compose(subject: Mapping[str, Any]) -> Composed | None:
    """The paper as it is now; None where it is gone or was changed since it was ordered."""
    paper = Paper.objects.select_related("area", "picture").filter(pk=subject["paper"]).first()
    if paper is None or paper.version != subject["version"]:
        return None
    made = filled_paper(paper, subject["form"], subject["languages"], now=timezone.now())
    if made is None:
        return None
    told = {"keys": list(made.keys), "left_out": list(made.left_out)}
    return Composed(made.job, frozenset(made.things), told)


def _compose_poster(subject: Mapping[str, Any]) -> Composed | None:
    """The poster as the entry is now; None where strangers may not read it any more."""
    now = timezone.now()
    found = Entry.objects.filter(pk=subject["entry"]).first()
    municipality = municipality_of(found.areas.order_by("pk").first()) if found else None
    entry = entry_for_poster(found.code, municipality, now=now) if found and municipality else None
    if municipality is None or entry is None:
        return None
    wanted = Wanted(**{name: subject[name] for name in ("size", "language", "with_picture", "with_slips")})
    job, things = poster_of(entry, municipality, wanted, now=now)
    return Composed(job, frozenset(things))


def _compose_guide(subject: Mapping[str, Any]) -> Composed | None:
    """The guide as the social map is now; None where nothing is on it."""
    area = Area.objects.filter(pk=subject["area"]).first()
    asked = guide_asked(area, subject["languages"], now=timezone.now()) if area else None
    if asked is None:
        return None
    made = guide_of(asked, GUIDES[subject["form"]], base=base_url(asked.site.municipality))
    return Composed(made[0], frozenset(made[1])) if made else None


def _compose_blank(subject: Mapping[str, Any]) -> Composed | None:
    municipality = Municipality.objects.select_related("area").filter(pk=subject["municipality"]).first()
    return Composed(blank_of(subject["blank"], subject["languages"], municipality)) if municipality else None


def _compose_phone_list(subject: Mapping[str, Any]) -> Composed | None:
    """As the social map is now; None where the village is gone."""
    area = Area.objects.filter(pk=subject["area"]).first()
    municipality = municipality_of(area)
    if area is None or municipality is None:
        return None
    job, things = phone_list_of(area, municipality, subject["language"], now=timezone.now())
    return Composed(job, frozenset(things))


def _guide_link(_request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """Below the results of the social map: the same as a booklet."""
    villages = context["finder"].villages
    area = villages.only if villages.only in villages.site.villages else villages.site.municipality.area
    return render_to_string("noticeboard/parts/guide_link.html", {"slug": slug_of(area, villages.site)})


def _phone_list_link(_request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """Where calls are typed in: the list they were made with, on paper."""
    return render_to_string("noticeboard/parts/phone_list_link.html", {"slug": context["area"].slug})


def _blanks_link(_request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """Where something is filled in: the same as a sheet for the kitchen table."""
    return render_to_string("noticeboard/parts/blanks_link.html")


def _on_paper(_request: HttpRequest) -> str:
    return reverse("noticeboard:on_paper")


def _has_square(request: HttpRequest) -> bool:
    return getattr(request, "municipality", None) is not None


def _poster_link(request: HttpRequest, context: Mapping[str, Any]) -> SafeString:
    """Below an entry that strangers may read, for members."""
    entry, viewer = context.get("entry"), getattr(request, "viewer", None)
    is_member = viewer is not None and viewer.is_member
    is_public = entry is not None and (entry.state, entry.audience) == (State.PUBLISHED, Audience.PUBLIC)
    url = reverse("noticeboard:poster", kwargs={"code": entry.code}) if entry and is_member and is_public else ""
    return render_to_string("noticeboard/parts/poster_link.html", {"url": url}, request=request)


def _enclose(told: Mapping[str, Any], now: datetime) -> Enclosed | Absent:
    return enclose_paper(told, by=system("noticeboard"), now=now)


def _by_mail(request: HttpRequest, _context: Mapping[str, Any]) -> SafeString:
    """Below what one gets: the papers that come by mail."""
    viewer = getattr(request, "viewer", None)
    site = getattr(request, "site", None)
    mine = list(own_subscriptions(viewer)) if viewer is not None and site is not None else []
    rows = [(slug_of(one.area, site), one) for one in mine if site is not None]
    return render_to_string("noticeboard/parts/my_papers.html", {"rows": rows}, request=request)


def _withdraw(ids: Collection[int], sort: str = "entry") -> None:
    """Whatever says something of it that may not hold any more is thrown away, and made anew when it is asked for."""
    withdraw_printings([f"{sort}:{pk}" for pk in ids], by=system("press"), now=timezone.now())


def _changed(fact: EntryChanged) -> None:
    _withdraw([fact.entry_id])


def _withheld(fact: EntryWithheld) -> None:
    _withdraw([fact.entry_id])


def _erased(fact: EntriesErased) -> None:
    _withdraw(fact.entry_ids)


def _picture_erased(fact: PictureErased) -> None:
    _withdraw([fact.picture_id], "picture")


subscribe(EntryChanged, _changed)
subscribe(EntryWithheld, _withheld)
subscribe(EntriesErased, _erased)
subscribe(PictureErased, _picture_erased)
sheets.plug(PAPER, Sheet(_("Village paper"), _compose))
sheets.plug(POSTER, Sheet(_("Poster"), _compose_poster))
sheets.plug(GUIDE, Sheet(_("Guide to what there is"), _compose_guide))
sheets.plug(BLANK, Sheet(_("Sheet to fill in"), _compose_blank))
sheets.plug(PHONE_LIST, Sheet(_("Phone list"), _compose_phone_list))
slots.plug("map:end", "guide", _guide_link)
slots.plug("gifts:paper", "blanks", _blanks_link)
slots.plug("desk:calls", "phone_list", _phone_list_link)
menu.plug("on_paper", Door("on_paper", _("On paper"), "printer", _on_paper, "", _has_square), rank=50)
enclosers.plug(PAPER, _enclose)
slots.plug("channels:below", "papers", _by_mail)
slots.plug("entry:actions", "poster", _poster_link, rank=60)
offer_capability(EDIT_PAPER, _("make the village paper"), Role.EDITOR, Role.CONNECTOR, Role.ADMIN)
whereabouts.plug("paper", Whereabouts("paper", areas_of_papers))
whereabouts.plug("printing", Whereabouts("printing", None))
whereabouts.plug("paper_subscription", Whereabouts("paper_subscription", None))  # a member’s page is not kept
plug_own_papers()
