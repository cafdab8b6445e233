"""Whatever there is can be reported in two steps, and whatever is decided reaches its author with reason and appeal."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from dorfplatz.comments.actions import write_comment
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.sockets import kinds
from dorfplatz.events.tests.factories import event
from dorfplatz.exchange.enums import Direction
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.letters.actions import write_letter
from dorfplatz.mail.models import Mail
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members import limits
from dorfplatz.members.actions import Agreed, change_profile, erase_identity, show_portrait, take_in_person
from dorfplatz.members.actions.standing import introduce_identity
from dorfplatz.members.enums import ConsentBy, ProfileField, SeenBy
from dorfplatz.members.models import Identity
from dorfplatz.members.sockets import reportables
from dorfplatz.moderation.actions import Ruling, decide_case, look_oneself, second_decision, undo_decision
from dorfplatz.moderation.enums import Step
from dorfplatz.moderation.grounds import GROUNDS
from dorfplatz.moderation.models import Case, Decision, Report
from dorfplatz.places.actions import name_keeper
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.tests.factories import place
from dorfplatz.square.tests.factories import post
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.cast import Cast
from tests.fixtures.kranenburg import INSTALLER, NOW, Kranenburg, Square
from tests.fixtures.people import actor, square_of

pytestmark = pytest.mark.usefixtures("at_eleven")
LINK = re.compile(r'href="(/de/melden/[^"]+)"')
BY = {"by": INSTALLER, "now": NOW}


@dataclass(frozen=True)
class Item:
    """A thing of Anna's: what the journal calls it, its page, and by whom that is read."""

    thing: str
    path: str
    reader: str = "visitor"


Make = Callable[[Kranenburg, Cast], Item]


def _hers(kind: str) -> Make:
    """An entry of this kind, by Anna, in Niel."""

    def make(kranenburg: Kranenburg, cast: Cast) -> Item:
        niel = kranenburg.village("niel")
        if kind in PlaceKind:
            pk = place(niel, kind=PlaceKind(kind)).pk
        elif kind in Direction:
            pk = exchange(niel, author=cast.anna, direction=Direction(kind)).pk
        else:
            pk = {"post": post, "event": event, "wish": wish}[kind](niel).pk
        Entry.objects.filter(pk=pk).update(author=cast.anna)
        entry = Entry.objects.get(pk=pk)
        return Item(f"entry:{pk}", f"/e/{entry.code}")

    return make


def _comment(kranenburg: Kranenburg, cast: Cast) -> Item:
    entry = post(kranenburg.village("niel")).entry
    said = write_comment(entry, text="Kauft bei mir!", form_key="k" * 32, by=cast.actor("anna"), now=NOW)
    return Item(f"comment:{said.pk}", f"/e/{entry.code}")


def _letter(_kranenburg: Kranenburg, cast: Cast) -> Item:
    letter = write_letter(cast.ben, text="Kaufen Sie!", form_key="l" * 32, by=cast.actor("anna"), now=NOW)
    return Item(f"letter:{letter.pk}", f"/de/briefe/{letter.thread.code}/", "ben")


def _member(_kranenburg: Kranenburg, cast: Cast) -> Item:
    said = {ProfileField.NAME: ("", SeenBy.PUBLIC), ProfileField.ABOUT: ("Billige Uhren!", SeenBy.PUBLIC)}
    change_profile(cast.anna, said=said, **BY)
    return Item(f"member:{cast.anna.pk}", f"/de/mitglied/{cast.anna.code}/")


ITEMS: dict[str, Make] = {
    **{kind.key: _hers(kind.key) for kind in kinds},
    "comment": _comment,
    "letter": _letter,
    "member": _member,
}


def _link_on(page: str, thing: str) -> str:
    """Where the page offers to report this thing; the sort stands in the address."""
    sort, _, number = thing.partition(":")
    links = [link for link in LINK.findall(page) if link.startswith(f"/de/melden/{sort}/")]
    own = [link for link in links if sort == "comment" and link.endswith(f"/{number}/")]
    return (own or links)[0]


def _seen(square: Square, item: Item) -> str:
    answer = square.get(item.path, follow=True)
    assert answer.status_code == 200, item
    return answer.content.decode()


def test_every_sort_of_thing_is_tried_here():
    assert {"entry", *ITEMS} - {kind.key for kind in kinds} == set(dict(reportables.items()))


@pytest.mark.parametrize("name", ITEMS)
def test_it_is_reported_in_two_steps_from_its_page_without_a_login_where_everybody_reads_it(name, kranenburg, cast):
    item = ITEMS[name](kranenburg, cast)
    square = cast.at_the_square(item.reader)
    link = _link_on(_seen(square, item), item.thing)  # the first step
    form = square.get(link).content.decode()
    key = re.search(r'name="form_key" value="(\w+)"', form)
    said = {"form_key": key[1] if key else "", "ground": "advertising", "text": "Das ist Werbung."}
    answer = square.post(link, {**said, "in_good_faith": "on"})  # the second
    receipt = square.get(answer.url).content.decode()
    assert "Danke. Sie ist angekommen" in receipt
    assert (Report.objects.get().case.thing, Case.objects.get().author) == (item.thing, cast.anna)
    assert "melden/" not in (_seen(cast.at_the_square("anna"), item) if name == "member" else "")


def _decided(kranenburg: Kranenburg, cast: Cast, name: str, step: Step) -> tuple[Item, Decision]:
    item = ITEMS[name](kranenburg, cast)
    case = look_oneself(item.thing, seen_in=kranenburg.municipality, by=cast.actor("ben"), now=NOW)
    ruling = Ruling(step, ground="advertising", reason="Eine Werbung gehört nicht hierher.", days=30)
    return item, decide_case(case, ruling=ruling, by=cast.actor("ben"), now=NOW)


def _letter_to(email: str) -> Mail:
    return Mail.objects.filter(to=email, subject__startswith="Zu Ihrem Text").latest("pk")


RESTRICTIONS = [step for step in Step if step != Step.LEAVE]
SORTS = ("post", "comment", "letter", "member")


@pytest.mark.parametrize("step", RESTRICTIONS)
@pytest.mark.parametrize("name", SORTS)
def test_what_is_decided_reaches_the_author_with_reason_ground_and_appeal(name, step, kranenburg, cast):
    _item, decision = _decided(kranenburg, cast, name, step)
    if step == Step.SUSPEND:
        second_decision(decision, agrees=True, by=cast.actor("admin"), now=NOW)
        assert Identity.objects.get(pk=cast.anna.pk).is_blocked
    mail = _letter_to("anna@example.org")
    assert "Eine Werbung gehört nicht hierher." in mail.text
    address = re.search(r"https?://[^/\s]+(/de/entscheidung/\S+/)", mail.text)
    assert address is not None
    page = html.unescape(Square().get(address[1]).content.decode())  # also for who is shut out
    ground = GROUNDS["advertising"]
    assert str(ground.label) in page
    assert "Eine Werbung gehört nicht hierher." in page
    answer = Square().post(address[1], {"text": "Das war keine Werbung."})
    assert answer.status_code == 302
    assert Decision.objects.get().appeals.get().text == "Das war keine Werbung."


@pytest.mark.parametrize("name", SORTS)
def test_whatever_was_held_back_and_is_let_appear_its_author_hears_of(name, kranenburg, cast):
    item = ITEMS[name](kranenburg, cast)
    case = look_oneself(item.thing, seen_in=kranenburg.municipality, by=cast.actor("ben"), now=NOW)
    Case.objects.filter(pk=case.pk).update(cause="gate")
    case.refresh_from_db()
    decide_case(case, ruling=Ruling(Step.LEAVE), by=cast.actor("ben"), now=NOW)
    assert "erschienen" in Mail.objects.get(to="anna@example.org", subject__contains="erschienen").subject


def test_a_members_page_is_taken_off_for_neighbours_and_comes_back_with_the_appeal(kranenburg, cast, person):
    shown = ready(file_of(flag()))
    show_portrait(cast.anna, picture=shown, seen_by=SeenBy.PUBLIC, **BY)
    introduce_identity(cast.anna, introduction={"de": "Fragen Sie mich."}, **BY)
    item, decision = _decided(kranenburg, cast, "member", Step.REMOVE)
    neighbour = square_of(person("Uwe", home="niel"))
    for square in (Square(), neighbour):
        page = _seen(square, item)
        assert "Anna" in page
        assert "Billige Uhren!" not in page
        assert shown.token not in page
    for name in ("anna", "ben"):
        assert "Billige Uhren!" in _seen(cast.at_the_square(name), item)
    assert "sehen hier nur Ihren Namen" in _seen(cast.at_the_square("anna"), item)
    undo_decision(decision, **BY)
    assert "Billige Uhren!" in _seen(neighbour, item)


def test_who_decides_reads_of_a_member_what_neighbours_read_and_no_number(kranenburg, cast):
    item = _member(kranenburg, cast)
    more = {ProfileField.PHONE: ("02826 1", SeenBy.PUBLIC), ProfileField.DOES: ("Heimlich.", SeenBy.CONNECTORS)}
    change_profile(cast.anna, said={ProfileField.ABOUT: ("Uhren!", SeenBy.MEMBERS), **more}, **BY)
    case = look_oneself(item.thing, seen_in=kranenburg.municipality, by=cast.actor("ben"), now=NOW)
    assert (case.title, case.excerpt) == ("Anna", "Uhren!")
    erase_identity(cast.anna, **BY)
    case.refresh_from_db()
    assert (case.title, case.excerpt) == ("", "")


def test_reports_of_members_tell_no_more_names_than_their_pages(kranenburg, cast, person):
    uwe = person("Uwe", home="niel")
    form = f"/de/melden/member/{cast.anna.code}/"
    for _page in range(limits.PAGES_READ.most - 1):
        limits.count_attempt(limits.PAGES_READ, str(uwe.pk), now=NOW)
    assert [square_of(uwe).get(path).status_code for path in (form, form)] == [200, 200]
    assert square_of(uwe).get(f"/de/melden/member/{cast.dirk.code}/").status_code == 404
    assert Square().get(f"/de/melden/member/{cast.ben.code}/").status_code == 404


def test_those_in_charge_take_nothing_off_that_somebody_wrote_without_saying_why(kranenburg, cast):
    """Not from the page: there the way leads to a decision. What nobody wrote they hide as before."""
    ben, niel = cast.at_the_square("ben"), kranenburg.village("niel")
    text = post(niel, by=cast.actor("anna")).entry
    said = write_comment(text, text="Kauft!", form_key="k" * 32, by=cast.actor("anna"), now=NOW)
    kept, free = place(niel), place(niel)
    name_keeper(kept, identity=cast.anna, **BY)
    refused = [f"/de/beitrag/{text.code}/entfernen/", f"/de/kommentare/{text.code}/{said.pk}/verbergen/",
               f"/de/eintrag/{kept.entry.code}/von-der-karte/"]  # fmt: skip
    for path in refused:
        answer = ben.post(path)
        assert answer.status_code == 403, path
        assert "soll erfahren" in answer.content.decode(), re.findall("lead.>(.*)<", answer.content.decode())
    assert set(Entry.objects.values_list("state", flat=True)) == {State.PUBLISHED}
    ben.post(f"/de/eintrag/{free.entry.code}/von-der-karte/")
    assert Entry.objects.get(pk=free.pk).state == State.HIDDEN
    page = ben.page(f"e/{text.code}/")
    assert "Melden oder entscheiden" in page
    assert "Jetzt entscheiden" in ben.get(f"/de/melden/entry/{text.code}/").content.decode()
    answer = ben.post(f"/de/melden/entry/{text.code}/", {"decide": "1"})
    assert answer.url == f"/de/moderation/{Case.objects.get().pk}/"
    assert ben.get(answer.url).status_code == 200


@pytest.mark.parametrize("name", ["dirk", "carla", "visitor"])
def test_nobody_else_opens_a_case_and_nobody_about_her_own(name, kranenburg, cast):
    text = post(kranenburg.village("niel"), by=cast.actor("ben")).entry
    for who in (name, "ben"):
        assert cast.at_the_square(who).post(f"/de/melden/entry/{text.code}/", {"decide": "1"}).status_code == 403
    assert not Case.objects.exists()


def test_of_an_entry_that_nobody_wrote_its_keeper_is_told(kranenburg, cast):
    listing = place(kranenburg.village("niel"), title="Imbiss")
    name_keeper(listing, identity=cast.anna, **BY)
    case = look_oneself(f"entry:{listing.pk}", seen_in=kranenburg.municipality, by=cast.actor("ben"), now=NOW)
    decide_case(case, ruling=Ruling(Step.HIDE, "advertising", "Nur Werbung."), by=cast.actor("ben"), now=NOW)
    assert "Nur Werbung." in _letter_to("anna@example.org").text


def test_who_has_no_internet_is_told_by_those_who_act_for_her(kranenburg, cast):
    niel = kranenburg.village("niel")
    agreed = Agreed(ConsentBy.PHONE, "sucht eine Mitfahrt", 30)
    gerda = take_in_person(
        name="Gerda Jansen", home=niel, language="de", consent=agreed, by=cast.actor("ben"), now=NOW
    ).person
    row = exchange(niel, author=gerda)
    case = look_oneself(f"entry:{row.pk}", seen_in=kranenburg.municipality, by=actor(cast.admin), now=NOW)
    decide_case(case, ruling=Ruling(Step.HIDE, "advertising", "Nur Werbung."), by=actor(cast.admin), now=NOW)
    text = _letter_to("ben@example.org").text
    assert "Gerda Jansen" in text
    assert "Nur Werbung." in text
    assert "/de/entscheidung/" in text
