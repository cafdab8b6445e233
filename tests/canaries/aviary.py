"""One world with a canary in every text, made once for all that looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import time_machine

from dorfplatz.channels.actions import begin_letters
from dorfplatz.comments.models import CommentText
from dorfplatz.comments.translating import hash_of_comment
from dorfplatz.entries.models import Entry
from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import system
from dorfplatz.mail.models import Mail
from dorfplatz.members.models import Login
from dorfplatz.search.actions import index_entries
from dorfplatz.villages.actions import set_up_municipality
from dorfplatz.villages.description import parse_description
from tests.canaries.furnishing import furnish
from tests.canaries.planting import Canary, heard, plant
from tests.canaries.readers import Readers
from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW, Kranenburg
from tests.permissions.world import ACTORS, World

# When the letter of the week is written.
THURSDAY = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Aviary:
    world: World
    planted: Mapping[int, Canary]

    def mails_with_what_is_not_meant(self) -> tuple[int, list[str]]:
        """How many mails lie in the outbox, and what stands in them that those who get them may not see."""
        letters = {person.login_id: letter for letter, person in self.world.people.items()}
        owners = {login.email: letters.get(login.pk, "") for login in Login.objects.all()}
        mails = list(Mail.objects.all())
        wrong = []
        for mail in mails:
            letter = owners.get(mail.to, "")
            for number in heard(f"{mail.subject} {mail.text} {mail.html} {mail.headers}"):
                canary = self.planted[number]
                is_meant = letter in canary.readers if letter else canary.readers == frozenset(ACTORS)
                if not is_meant:
                    wrong.append(f"“{mail.key}” to {letter or mail.to} says {canary.about}")
        return len(mails), wrong


def made() -> Aviary:
    """At the moment of the tests, in the transaction of whoever asks."""
    kranenburg = Kranenburg(set_up_municipality(parse_description(DESCRIPTION, {}), by=INSTALLER, now=NOW)[0])
    world = World(kranenburg)
    furnish(world)
    planted = plant(Readers({person.pk: letter for letter, person in world.people.items()}))
    for put in CommentText.objects.select_related("comment"):  # it was put so of the words that stand there now
        CommentText.objects.filter(pk=put.pk).update(source_hash=hash_of_comment(put.comment))
    index_entries(list(Entry.objects.values_list("pk", flat=True)))
    run_due()
    return Aviary(world, planted)


def post_letters() -> None:
    """The letters of the week are written."""
    with time_machine.travel(THURSDAY, tick=False):
        begin_letters(by=system("test"), now=THURSDAY)
        run_due()
