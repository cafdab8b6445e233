"""What moderation writes to people: in their language, with the address of a page that says it all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import override

from dorfplatz.kernel.text import in_language
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import helpers_of
from dorfplatz.moderation.models import Decision, Report
from dorfplatz.moderation.telling import words_for_author
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url


def write_to_reporter(report: Report, template: str, *, key: str, now: datetime) -> None:
    """To who left an address, or reported as a member; to others nothing can be sent."""
    to, language = report.email, report.language
    if report.reporter_id:
        person = Identity.objects.select_related("login").get(pk=report.reporter_id)
        to, language = (person.login.email if person.login else ""), person.language
    if to:
        route = ("moderation:status", report.code)
        _post(report.case.municipality, to, template, key=key, language=language, route=route, now=now, about={
            "title": report.case.title,
        })  # fmt: skip


def write_to_author(decision: Decision, template: str, *, key: str, now: datetime) -> None:
    """To whoever wrote the thing; where she has no address to those who act for her, who tell her."""
    author = decision.case.author
    if author is None:
        return
    readers = _with_login(author.pk)
    told_by = [] if readers else [mandate.helper_id or 0 for mandate in helpers_of(author, now=now)]
    for person in readers or _with_login(*told_by):
        about = {
            "name": person.name, "title": decision.case.title, "reason": decision.reason,
            "words": words_for_author(decision), "instead_of": author.name if told_by else "",
        }  # fmt: skip
        its_key = f"{key}:{person.pk}" if told_by else key
        _post(decision.case.municipality, person.login.email if person.login else "", template, key=its_key,
              language=person.language, route=("moderation:reasons", decision.code), now=now, about=about)  # fmt: skip


def _with_login(*ids: int) -> list[Identity]:
    return list(Identity.objects.filter(pk__in=ids, login__isnull=False).select_related("login"))


def write_alarm(report: Report, person: Identity, *, now: datetime) -> None:
    """To somebody who decides, at once: a life may be in danger. What was said stands behind the login."""
    if person.login:
        about = {"name": person.name, "title": report.case.title, "area": report.case.area}
        _post(report.case.municipality, person.login.email, "alarm", key=f"alarm:{report.pk}:{person.pk}",
              language=person.language, route=("moderation:case", report.case_id), now=now, about=about)  # fmt: skip


def _post(
    municipality: Municipality,
    to: str,
    template: str,
    *,
    key: str,
    language: str,
    route: tuple[str, str | int],
    now: datetime,
    about: Mapping[str, object],
) -> None:
    with override(language):
        link = base_url(municipality) + reverse(route[0], args=[route[1]])
    square = in_language(municipality.area.name, language)
    context = {"square": square, "link": link, **about}
    post_mail(key=key, to=to, template=f"mail/moderation/{template}", context=context, language=language, now=now)
