"""Neighbours of the demonstration: newcomers, somebody without internet, and what some tell of themselves."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.members.actions import (
    Agreed,
    Newcomer,
    allow_joining_by_mail,
    change_profile,
    join_by_mail,
    take_in_person,
    vouch_for,
)
from dorfplatz.members.actions.newcomers import joining_token
from dorfplatz.members.enums import ConsentBy, ProfileField, SeenBy
from dorfplatz.members.models import Identity, ProfileLine
from dorfplatz.members.queries import actor_of_identity, agreed_wordings, identity_of_email
from dorfplatz.portal.demo.people import Cast
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Area, Municipality

# Name, first part of the address, village, language, by whose word, who says yes for somebody under 16, days ago.
NEWCOMERS = (
    ("Nele Pauwels", "nele", "zyfflich", "nl", "ben", None, 5),
    ("Jurre Smits", "jurre", "niel", "nl", "anna", None, 2),
    ("Mila Kersten", "mila", "niel", "de", "ben", "Gerda Kersten", 1),
)


# Who is taken in by whom, where, and for what.
WITHOUT_INTERNET = ("Gerda Jansen", "niel", "ben", "sucht dienstags eine Mitfahrt zum Arzt nach Kranenburg")
PAGES = {
    "anna": {
        ProfileField.ABOUT: ("Ich backe zu viel und verschenke den Rest. Wer mag, klopft.", SeenBy.MEMBERS),
        ProfileField.LANGUAGES: ("Deutsch, Platt, etwas Niederländisch", SeenBy.MEMBERS),
        ProfileField.LISTED: ("", SeenBy.VILLAGES),
    },
    "dirk": {
        ProfileField.ABOUT: ("Fietsenmaker in ruste. Voor koffie repareer ik bijna alles.", SeenBy.MEMBERS),
        ProfileField.LANGUAGES: ("Nederlands, Duits", SeenBy.MEMBERS),
    },
}


@transaction.atomic
def put_pages_of_people(cast: Cast, areas: Mapping[str, Area], *, now: datetime) -> int:
    """What people tell of themselves, and Mrs J., for whom Ben acts; returns how many people were missing."""
    for nickname, said in PAGES.items():
        person = cast.by_nickname[nickname]
        if not ProfileLine.objects.filter(identity=person).exists():
            change_profile(person, said=said, by=actor_of_identity(person), now=now)
    name, village, helper, purpose = WITHOUT_INTERNET
    if Identity.objects.filter(name=name, login=None).exists():
        return 0
    consent, by = Agreed(ConsentBy.PHONE, purpose, 365), actor_of_identity(cast.by_nickname[helper])
    take_in_person(name=name, home=areas[village], language="de", consent=consent, by=by, now=now)
    return 1


@transaction.atomic
def put_newcomers(
    municipality: Municipality, areas: Mapping[str, Area], cast: Cast, *, by: Actor, now: datetime
) -> int:
    """Have them there; returns how many were missing."""
    created = 0
    seen = digest_of(agreed_wordings(municipality))
    for name, nickname, village, language, friend, guardian, days in NEWCOMERS:
        email, then = f"{nickname}@example.org", now - timedelta(days=days)
        if identity_of_email(email):
            continue
        allow_joining_by_mail(municipality, allowed=True, by=by, now=now)
        newcomer = Newcomer(name, email, secrets.token_urlsafe(), language, guardian)
        identity = join_by_mail(
            joining_token(email, municipality), newcomer=newcomer, home=areas[village], seen=seen,
            municipality=municipality, by=VISITOR, now=then,
        )  # fmt: skip
        vouch_for(identity, by=actor_of_identity(cast.by_nickname[friend]), now=then)
        created += 1
    return created
