"""Links in mails of every kind: with a letter changed, and once more after they were used, one sentence and no more."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.channels.stopping import stop_token
from dorfplatz.exchange.post import renewal_token
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import create_invitation
from dorfplatz.members.enums import Role
from dorfplatz.members.models import JoiningRule
from dorfplatz.members.tasks import mail_joining_link, mail_reset_link
from dorfplatz.noticeboard.post import stop_token as paper_token
from dorfplatz.places.actions import name_keeper
from dorfplatz.places.asking import RIGHT, fresh_token
from dorfplatz.places.models import Keeper
from dorfplatz.places.tests.factories import place
from tests.bad_input.watching import Watch
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of

NELE = {"name": "Nele Neu", "password": "nine villages one square", "age": "older", "agreed": "on", "home": "niel",
        "language": "de"}  # fmt: skip
WRONG = ("", "x", "%00", "é" * 40, "..%2f..%2f", "A" * 3000)


def mailed(pattern: str) -> str:
    """The address in the last mail that looks like this."""
    found = re.search(rf"http://localhost(/\w\w/{pattern}\S+)", Mail.objects.latest("pk").text)
    assert found
    return found[1]


def reset(kranenburg, cast):
    mail_reset_link.func(email="anna@example.org", municipality_id=kranenburg.municipality.pk)
    return mailed("neues-passwort/"), {"password": "some other four words"}, Square()


def joining(kranenburg, cast):
    JoiningRule.objects.create(municipality=kranenburg.municipality, by_mail=True)
    mail_joining_link.call("nele@example.org", kranenburg.municipality.pk, "de")
    return mailed("mitmachen-per-mail/"), NELE, Square()


def invitation(kranenburg, cast):
    area = kranenburg.village("niel")
    code = create_invitation(email="nele@example.org", role=Role.EDITOR, area=area, by=INSTALLER, now=NOW)[1]
    return f"/de/mitmachen/{code}/", NELE, Square()


def handing_over(kranenburg, cast):
    club = place(kranenburg.village("niel"), title="Kirchenchor")
    name_keeper(club, identity=cast.anna, by=INSTALLER, now=NOW)
    path = f"/de/eintrag/{club.entry.code}/uebergeben/"
    cast.at_the_square("anna").post(path, {"email": "dirk@example.org"})
    return mailed("mitmachen/").replace("/nl/meedoen/", "/de/mitmachen/"), {}, square_of(cast.dirk)


def renewal(kranenburg, cast):
    ask = exchange(kranenburg.village("niel"), author=cast.anna)
    with override("de"):
        return reverse("exchange:renew", args=[renewal_token(ask)]), {}, Square()


def stopping(kranenburg, cast):
    return f"/de/abbestellen/{stop_token(cast.anna.pk, 'letter')}/", {}, Square()


def stopping_papers(kranenburg, cast):
    return f"/de/dorfblatt/per-mail/{paper_token(cast.anna.pk, kranenburg.village('niel').pk)}/", {}, Square()


def still_right(kranenburg, cast):
    club = place(kranenburg.village("niel"), title="Kirchenchor")
    name_keeper(club, identity=cast.anna, by=INSTALLER, now=NOW)
    keeper = Keeper.objects.select_related("listing__entry").get(listing=club)
    with override("de"):
        return reverse("places:fresh", args=[fresh_token(keeper, RIGHT)]), {}, Square()


KINDS = [still_right, reset, joining, invitation, handing_over, renewal, stopping, stopping_papers]


def sends(square: Square, address: str, said: dict[str, str]):
    page = square.get(address).content.decode()
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', page)
    return square.post(address, {**said, **({"seen": seen[0]} if seen else {})})


def is_over(square: Square, address: str, said: dict[str, str]) -> None:
    """One sentence, and nothing written by looking nor by sending."""
    for ask in (square.get, lambda where: square.post(where, said)):
        watch = Watch()
        with connection.execute_wrapper(watch):
            answer = ask(address)
        assert answer.status_code in {404, 410}, (address, answer.status_code)
        assert len(re.findall(r"<h1", answer.content.decode())) == 1
        assert not watch.written, (address, watch.written)


def changed(address: str) -> list[str]:
    """With one letter changed, at some places in the last part; cut off; and made up."""
    head, token = address.rstrip("/").rsplit("/", 1)
    places = {0, len(token) // 2, len(token) - 1}
    others = ["B" if letter == "A" else "A" for letter in token]
    tampered = [token[:at] + others[at] + token[at + 1 :] for at in places]
    return [f"{head}/{one}/" for one in (*tampered, token[:-1], *WRONG) if one]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_changed_link_does_nothing_and_the_real_one_works_once(kranenburg, cast, at_eleven, kind):
    address, said, square = kind(kranenburg, cast)
    for wrong in changed(address):
        is_over(square, wrong, said)
    used = sends(square, address, said)
    assert used.status_code in {200, 302}
    assert 'role="alert"' not in used.content.decode()
    if kind in (stopping, stopping_papers):  # stops as often as it comes, as RFC 8058 wants
        assert sends(square, address, said).status_code == 200
    else:
        is_over(square, address, said)


def test_the_addresses_of_a_receipt_and_of_reasons_are_not_guessed(kranenburg, cast, at_eleven):
    entry = place(kranenburg.village("niel"), title="Laden").entry
    path = f"/de/melden/entry/{entry.code}/"
    key = re.findall(r'name="form_key" value="(\w+)"', Square().get(path).content.decode())[0]
    sent = {"form_key": key, "homepage": "", "ground": "advertising", "text": "Werbung.", "in_good_faith": "on"}
    receipt = Square().post(path, sent).url
    assert Square().get(receipt).status_code == 200
    for address in (receipt, receipt.replace("/gemeldet/", "/entscheidung/")):
        for wrong in changed(address):
            is_over(Square(), wrong, {"words": "x"})
