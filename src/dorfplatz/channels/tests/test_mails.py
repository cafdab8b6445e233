"""Mails that rooms send themselves obey what people chose."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from dorfplatz.channels import sockets
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Preferences
from dorfplatz.jobs.models import Job
from dorfplatz.mail.actions import post_mail
from dorfplatz.mail.enums import MailState
from dorfplatz.mail.models import Mail
from tests.fixtures.kranenburg import INSTALLER, NOW

WORDS = {"template": "mail/probe", "context": {"name": "Platz"}, "language": "de", "by": INSTALLER, "now": NOW}


@pytest.fixture
def knocks():
    """A room that mails by itself, of a sort that one can choose."""
    sort = sockets.Sort("Jemand klopft", "%(name)s klopft:", "bell", Way.AT_ONCE, mails=("knock:",))
    sockets.sorts.plug("knock", sort)
    yield
    sockets.sorts._things.pop("knock")


def knock(to: str, key: str = "knock:1") -> Mail:
    return post_mail(key=key, to=to, **WORDS)


def test_what_is_wanted_is_sent_with_a_link_that_stops_it(cast, knocks, at_eleven):
    mail = knock("Anna@example.org")
    assert mail.state == MailState.WAITING
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in knock("nobody@example.org", "knock:2").headers
    assert "List-Unsubscribe" not in knock("anna@example.org", "password:1").headers


def test_what_is_not_wanted_is_not_sent_and_leaves_no_address(cast, knocks, at_eleven):
    Preferences.objects.create(identity=cast.anna, ways={"knock": "list"}, changed_at=NOW)
    mail = Mail.objects.get(pk=knock("anna@example.org").pk)
    assert (mail.state, mail.refusal, mail.to, mail.text) == (MailState.REFUSED, "not wanted", "", "")
    assert knock("anna@example.org").pk == mail.pk


def test_in_quiet_hours_a_rooms_mail_waits_too(cast, knocks, at_eleven):

    Preferences.objects.create(identity=cast.anna, quiet_from=time(9), quiet_until=time(15), changed_at=NOW)
    mail = knock("anna@example.org")
    assert Job.objects.get(key=f"mail:{mail.pk}").run_after == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
