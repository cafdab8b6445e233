"""Answers by mail: from her own address only, to that thread only, once, and never with an address shown."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from dorfplatz.letters.actions import choose_mail, read_thread
from dorfplatz.letters.models import Letter, Seat
from dorfplatz.letters.tests.test_letters import CANARY, written
from dorfplatz.mail.arrival import take_in
from dorfplatz.mail.enums import Reception
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import block_member
from dorfplatz.members.models import Identity
from tests.fixtures.kranenburg import NOW

pytestmark = pytest.mark.usefixtures("at_eleven")
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def answers(settings):
    settings.REPLY_ADDRESS = "antwort@example.org"


@pytest.fixture
def asked(cast):
    """Anna has written to Dirk; the mail that tells him."""
    written(cast)
    return Mail.objects.get(to="dirk@example.org")


def answer(to, *, text="Graag, tot zaterdag!", sender="Dirk <dirk@example.org>", **headers) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: Een brief voor u"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(f"{text}\n\nOp 23-11-2026 om 11:00 schreef Dorpsplein:\n> Goedendag, Dirk!\n")
    return bytes(mail)


def told() -> str:
    """What the member whose answer was not taken was told."""
    mail = Mail.objects.filter(key__startswith="letters.returned:").last()
    return mail.text if mail else ""


def test_an_answer_by_mail_is_a_letter_in_its_thread_without_the_quotation(cast, asked):
    to = asked.headers["Reply-To"]
    assert "dirk" not in to
    assert "anna" not in to
    assert take_in(answer(to), now=LATER) == Reception.TAKEN
    letter = Letter.objects.get(author=cast.dirk)
    assert (letter.text, letter.is_by_mail) == ("Graag, tot zaterdag!", True)
    back = Mail.objects.get(to="anna@example.org")
    assert "dirk@example.org" not in back.text + back.html + str(back.headers)
    assert back.headers["Reply-To"] != to


def test_the_same_mail_twice_is_one_letter(asked):
    raw = answer(asked.headers["Reply-To"], Message_ID="<one@example.org>")
    assert [take_in(raw, now=LATER) for _ in range(2)] == [Reception.TAKEN] * 2
    assert take_in(b"Received: by another way\r\n" + raw, now=LATER) == Reception.TAKEN
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "sender", ["Eve <eve@example.org>", "dirk@example.org, eve@example.org", "dirk@example.com", "", "@", "Dirk"]
)
def test_from_another_address_it_is_refused_and_the_member_is_told(asked, sender):
    to = asked.headers["Reply-To"]
    raw = answer(to, sender="somebody@example.org").replace(b"somebody@example.org", sender.encode())
    assert take_in(raw, now=LATER) == Reception.REFUSED
    assert Letter.objects.count() == 1
    assert "van een ander e-mailadres" in told()
    assert not Mail.objects.filter(to="eve@example.org").exists(), "a stranger gets no mail from us"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Authentication_Results": "mx.example.org; dmarc=fail"}, "echt van u"),
        ({"text": ""}, "geen eigen woorden"),
        ({"text": "x" * 10_001}, "10000 tekens"),
        ({"text": "x\n" * 3_000_000}, "te groot"),
    ],
)
def test_what_cannot_be_taken_is_told_in_a_sentence(asked, change, words):
    assert take_in(answer(asked.headers["Reply-To"], **change), now=LATER) == Reception.REFUSED
    assert Letter.objects.count() == 1
    assert words in told()


def test_an_address_for_answers_ends_after_sixty_days(asked):
    raw = answer(asked.headers["Reply-To"])
    assert take_in(raw, now=NOW + timedelta(days=61)) == Reception.REFUSED
    assert "60 dagen" in told()
    assert take_in(raw, now=NOW + timedelta(days=60)) == Reception.TAKEN


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "junk"}, {"List_Id": "<x.example.org>"}, {"Return_Path": "<>"}],
)
def test_machines_write_no_letters_and_get_no_mail(asked, headers):
    assert take_in(answer(asked.headers["Reply-To"], **headers), now=LATER) == Reception.IGNORED
    assert (Letter.objects.count(), told()) == (1, "")


def test_what_was_never_given_out_is_nobodys(asked):
    to = asked.headers["Reply-To"]
    local, _, domain = to.partition("@")
    forged = [f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}", "antwort@example.org", "", "x" * 5000]
    for address in forged:
        assert take_in(answer("x@example.org"), to=address, now=LATER) == Reception.UNKNOWN
    assert take_in(answer("x@example.org"), to=to, now=LATER) == Reception.TAKEN


def test_a_block_a_curb_and_a_farewell_end_answers_by_mail_too(cast, asked):
    to = asked.headers["Reply-To"]
    Identity.objects.filter(pk=cast.dirk.pk).update(no_letters_until=NOW + timedelta(days=9))
    assert take_in(answer(to), now=LATER) == Reception.REFUSED
    Identity.objects.filter(pk=cast.dirk.pk).update(no_letters_until=None)
    block_member(cast.dirk, by=cast.actor("anna"), now=NOW)
    assert take_in(answer(to, text="Waarom?"), now=LATER) == Reception.REFUSED
    assert "Anna" not in told()
    Identity.objects.filter(pk=cast.dirk.pk).update(is_blocked=True)
    assert take_in(answer(to, text="En nu?"), now=LATER) == Reception.UNKNOWN
    assert Letter.objects.count() == 1


def test_of_many_that_are_refused_few_are_told(asked):
    for number in range(20):
        raw = answer(asked.headers["Reply-To"], sender="eve@example.org", Message_ID=f"<{number}@example.org>")
        assert take_in(raw, now=LATER) == Reception.REFUSED
    assert Mail.objects.filter(key__startswith="letters.returned:").count() == 5


def test_who_wants_letters_as_they_are_gets_each_and_nobody_else_does(cast, asked):
    assert CANARY not in asked.text
    choose_mail(in_full=True, by=cast.actor("dirk"), now=NOW)
    for number in range(2):
        written(cast, text=f"{CANARY} {number}", key=f"more{number}", now=NOW + timedelta(minutes=number))
    texts = [mail.text for mail in Mail.objects.filter(to="dirk@example.org").exclude(pk=asked.pk).order_by("pk")]
    assert [f"{CANARY} {n}" in text for n, text in enumerate(texts)] == [True, True]
    assert not any(CANARY in mail.subject for mail in Mail.objects.all())
    choose_mail(in_full=False, by=cast.actor("dirk"), now=NOW)
    read_thread(Letter.objects.first().thread, by=cast.actor("dirk"), now=LATER)
    written(cast, text=f"{CANARY} 3", key="last", now=LATER + timedelta(minutes=1))
    assert CANARY not in Mail.objects.latest("pk").text


def test_without_an_address_for_answers_mails_have_none(cast, settings):
    settings.REPLY_ADDRESS = ""
    written(cast)
    mail = Mail.objects.get()
    assert "Reply-To" not in mail.headers
    assert "beantwoorden" not in mail.text
    assert not Seat.objects.exclude(handle="").exists()
