"""Who guesses codes gets nowhere, and those who give roles hear of it within a minute."""

from __future__ import annotations

import random

from dorfplatz.jobs.models import Job
from dorfplatz.journal.models import Act
from dorfplatz.mail.models import Mail
from dorfplatz.members.card_code import LENGTH, LETTERS
from dorfplatz.members.limits import WRONG_CODES
from dorfplatz.members.tasks import mail_guessing
from tests.fixtures.kranenburg import Square


def guess(count: int) -> None:
    """Each from another address."""
    chance = random.Random(count)
    for number in range(count):
        code = "".join(chance.choices(LETTERS, k=LENGTH))
        assert Square().get(f"/de/mitmachen/{code}/", REMOTE_ADDR=f"198.18.{number}.9").status_code == 410


def work() -> int:
    """What the worker does about it; how many jobs there are."""
    jobs = Job.objects.filter(result__task_path__endswith="mail_guessing")
    for job in jobs:
        mail_guessing.func(**job.result.args_kwargs["kwargs"])
    return len(jobs)


def test_some_slips_of_the_finger_are_told_to_nobody(cast, at_eleven):
    guess(WRONG_CODES.most)
    assert work() == 0


def test_of_many_wrong_codes_the_admins_hear_once(cast, at_eleven):
    guess(WRONG_CODES.most + 20)
    assert work() == 1
    work()
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("admin@example.org", "de")
    assert "Jemand rät Codes" in mail.subject
    assert "/de/einstellungen/einladungskarten/" in mail.text
    assert Act.objects.filter(verb="members.codes_guessed").count() == 1
