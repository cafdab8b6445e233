"""Signed links in mails: good for one question to one person, as long as it is open."""

from __future__ import annotations

from django.core import signing

from dorfplatz.matching.models import AskedPerson

SALT = "matching.question"
LINK_WORKS_S = 15 * 24 * 3600


def question_token(person: AskedPerson) -> str:
    return signing.dumps([person.pk, person.introduction_id, person.identity_id], salt=SALT)


def read_question_token(token: str) -> tuple[int, int, int] | None:
    """The question, its introduction and who is asked; None for what we never wrote, or wrote too long ago."""
    try:
        pk, introduction_id, identity_id = signing.loads(token, salt=SALT, max_age=LINK_WORKS_S)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(pk), int(introduction_id), int(identity_id)
