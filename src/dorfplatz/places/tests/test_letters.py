"""Letters to an organisation: those who keep its page read them and answer in its name, nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.kernel.actor import system
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.letters.actions import answer_letter, throw_away_thread, write_to_desk
from dorfplatz.letters.models import Letter, Thread
from dorfplatz.letters.queries import own_threads, thread_of_code
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import block_member, erase_identity
from dorfplatz.places.actions import end_keeper, name_keeper
from dorfplatz.places.models import Keeper
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of

CANARY = "Kanarienvogel im Schützenhaus"
pytestmark = pytest.mark.usefixtures("at_eleven")


def path(name, **values):
    with override("de"):
        return reverse(f"letters:{name}", kwargs=values)


@pytest.fixture
def club(kranenburg, person):
    """The marksmen, kept by two neighbours."""
    listing = place(kranenburg.village("niel"), title="Schützenverein Niel")
    for name in ("Klara", "Knut"):
        name_keeper(listing, identity=person(name, home="niel"), by=INSTALLER, now=NOW)
    return listing.entry


def keepers(club):
    return [keeper.identity for keeper in Keeper.objects.filter(listing=club.pk).order_by("pk")]


def written(cast, club, *, key="k1", who="anna", text=CANARY, now=NOW):
    return write_to_desk("place", desk_id=club.pk, text=text, form_key=key, by=cast.actor(who), now=now)


def test_a_neighbour_writes_and_the_second_of_two_keepers_answers_as_the_club(cast, club, square):
    anna, (klara, knut) = cast.at_the_square("anna"), keepers(club)
    page = reverse("entries:entry", kwargs={"code": club.code, "words": club.title_words})
    assert path("write_to", code=club.code) in anna.get(page).content.decode()
    assert path("write_to", code=club.code) in square.get(page).content.decode()
    sent = anna.post(path("write_to", code=club.code), {"text": CANARY, "form_key": "a" * 32})
    thread = Thread.objects.get()
    assert sent["Location"] == path("thread", code=thread.code)
    for keeper in (klara, knut):
        shown = square_of(keeper).page("briefe/")
        assert "Schützenverein Niel" in shown
        assert cast.anna.name in shown
    square_of(knut).post(path("thread", code=thread.code), {"text": "Samstag um drei.", "form_key": "b" * 32})
    hers = anna.get(path("thread", code=thread.code)).content.decode()
    assert "Samstag um drei." in hers
    assert "Schützenverein Niel" in hers
    assert "Knut" not in hers, "the club answers, not one of its people"
    assert "Knut" in square_of(klara).get(path("thread", code=thread.code)).content.decode()
    assert anna.get(path("write_to", code=club.code))["Location"] == path("thread", code=thread.code)


def test_mails_tell_each_keeper_that_there_is_a_letter_and_not_what_it_says(cast, club):
    written(cast, club)
    mails = Mail.objects.order_by("to")
    assert [mail.to for mail in mails] == sorted(k.login.email for k in keepers(club))
    assert all("Schützenverein Niel" in mail.text and CANARY not in mail.text + mail.html for mail in mails)
    assert not any("Anna" in mail.text or "anna@" in mail.text for mail in mails)


def test_whatever_the_role_nobody_else_reads_them(cast, club):
    thread = written(cast, club).thread
    for name in ("ben", "admin", "carla", "dirk"):
        assert thread_of_code(thread.code, cast.actor(name)) is None
        assert own_threads(cast.actor(name)) == []
        assert not Letter.objects.all().visible_to(cast.actor(name)).exists()


def test_who_keeps_it_no_more_reads_no_more_from_the_next_request_on(cast, club):
    thread, (klara, knut) = written(cast, club).thread, keepers(club)
    with override("de"):
        assert square_of(klara).get(path("thread", code=thread.code)).status_code == 200
    end_keeper(Keeper.objects.get(identity=klara), by=INSTALLER, now=NOW)
    assert square_of(klara).get(path("thread", code=thread.code)).status_code == 404
    assert thread_of_code(thread.code, actor(knut)) is not None
    end_keeper(Keeper.objects.get(identity=knut), by=INSTALLER, now=NOW)
    shown = cast.at_the_square("anna").get(path("thread", code=thread.code)).content.decode()
    assert "<textarea" not in shown
    with pytest.raises(Refused):
        written(cast, club, key="k2")


@pytest.mark.parametrize("change", [{"is_minor": True}, {"curbs": frozenset({"letters"})}, {"hand_id": 7}])
def test_who_may_not_begin(cast, club, change):
    with pytest.raises(Refused):
        write_to_desk(
            "place", desk_id=club.pk, text="?", form_key="k", by=replace(cast.actor("anna"), **change), now=NOW
        )
    assert not Letter.objects.exists()


def test_newcomers_may_and_not_without_measure(cast, kranenburg, club):
    new = replace(cast.actor("anna"), is_known=False)
    clubs = [club, *(place(kranenburg.village("niel"), title=f"Verein {n}").entry for n in range(3))]
    for entry in clubs[1:]:
        name_keeper(entry.listing, identity=keepers(club)[0], by=INSTALLER, now=NOW)
    for entry in clubs[:3]:
        write_to_desk("place", desk_id=entry.pk, text="Darf ich mitsingen?", form_key=entry.code, by=new, now=NOW)
    with pytest.raises(Problem):
        write_to_desk("place", desk_id=clubs[3].pk, text="Darf ich?", form_key="one more", by=new, now=NOW)


def test_nobody_writes_where_nobody_reads(cast, kranenburg):
    alone = place(kranenburg.village("niel"), title="Kapelle").entry
    anna = cast.at_the_square("anna")
    page = reverse("entries:entry", kwargs={"code": alone.code, "words": alone.title_words})
    assert path("write_to", code=alone.code) not in anna.get(page).content.decode()
    assert anna.get(path("write_to", code=alone.code)).status_code == 404
    assert anna.get(path("write_to", code="nothing")).status_code == 404


def test_a_block_keeps_one_keeper_out_and_the_others_read_on(cast, club):
    klara, knut = keepers(club)
    block_member(klara, by=cast.actor("anna"), now=NOW)
    thread = written(cast, club).thread
    assert thread_of_code(thread.code, actor(klara)) is None
    assert thread_of_code(thread.code, actor(knut)) is not None
    assert not Mail.objects.filter(to=klara.login.email).exists()


def test_thrown_away_for_all_who_keep_it_and_gone_once_both_sides_have(cast, club):
    thread, (klara, knut) = written(cast, club).thread, keepers(club)
    later = NOW + timedelta(hours=1)
    throw_away_thread(thread, by=actor(klara), now=later)
    assert own_threads(actor(knut)) == []
    assert len(own_threads(cast.actor("anna"))) == 1
    throw_away_thread(thread, by=cast.actor("anna"), now=later)
    assert not Letter.objects.exists()


def test_a_keeper_who_leaves_takes_her_name_and_the_answer_stays_the_clubs(cast, club):
    thread, (klara, _knut) = written(cast, club).thread, keepers(club)
    answer_letter(thread, text="Kommen Sie vorbei.", form_key="a", by=actor(klara), now=NOW)
    erase_identity(klara, by=system("leaving"), now=NOW)
    shown = cast.at_the_square("anna").get(path("thread", code=thread.code)).content.decode()
    assert "Kommen Sie vorbei." in shown
    assert "Schützenverein Niel" in shown
    assert "gelöschtes Mitglied" not in shown
