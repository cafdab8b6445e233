"""A member's page: each line for whom it is meant, no list of members for members, and no list made of pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import block_member, change_profile
from dorfplatz.members.enums import ProfileField, SeenBy
from dorfplatz.members.models import Identity, Joining, Look, ProfileLine
from dorfplatz.members.queries import PAGE_OF_MEMBERS
from tests.fixtures.kranenburg import NOW, Square
from tests.fixtures.people import actor, square_of

# Who reads what of Otto, who lives in Niel as Anna does, while Dirk lives elsewhere and Ben looks after Niel.
READERS = {
    SeenBy.ME: {"otto"},
    SeenBy.CONNECTORS: {"otto", "ben"},
    SeenBy.VILLAGES: {"otto", "ben", "anna"},
    SeenBy.MEMBERS: {"otto", "ben", "anna", "dirk", "admin"},
    SeenBy.PUBLIC: {"otto", "ben", "anna", "dirk", "admin", "visitor", "carla"},
}


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def otto(person):
    return person("Otto", home="niel")


def say(identity, **said):
    lines = {ProfileField(field): line for field, line in said.items()}
    return change_profile(identity, said=lines, by=actor(identity), now=NOW)


@pytest.mark.parametrize("circle", SeenBy)
def test_each_line_is_read_by_those_it_is_meant_for(cast, otto, circle):
    say(otto, name=("", SeenBy.PUBLIC), about=("Ich backe gern.", circle), phone=("02826 4711", circle))
    for who in ("otto", "ben", "anna", "dirk", "admin", "visitor", "carla"):
        reader = square_of(otto) if who == "otto" else cast.at_the_square(who)
        page = reader.page(f"mitglied/{otto.code}/")
        assert ("Ich backe gern." in page) == (who in READERS[circle]), (who, circle)
        assert ("4711" in page) == (who in READERS[circle]), (who, circle)


@pytest.mark.parametrize("circle", SeenBy)
def test_who_may_not_read_the_name_finds_no_page(cast, otto, circle):
    say(otto, name=("", circle), about=("Ich backe gern.", SeenBy.PUBLIC))
    for who in ("ben", "anna", "dirk", "admin", "visitor", "carla"):
        status = 200 if who in READERS[circle] else 404
        assert cast.at_the_square(who).get(f"/de/mitglied/{otto.code}/").status_code == status, (who, circle)


def test_across_a_block_even_what_is_for_everybody_is_not_there(cast, otto):
    say(otto, name=("", SeenBy.PUBLIC))
    block_member(cast.anna, by=actor(otto), now=NOW)
    assert cast.at_the_square("anna").get(f"/de/mitglied/{otto.code}/").status_code == 404


def test_the_form_saves_shows_and_takes_away(cast, otto):
    his = square_of(otto)
    page = his.page("meine-seite/profil/")
    assert "Wenige Worte über mich" in page or "Ein paar Worte über mich" in page
    said = {f"{field}_for": "me" for field in (*ProfileField, "picture")}
    his.post("/de/meine-seite/profil/", {**said, "name_for": "members", "about": "Backt.", "about_for": "members"})
    assert "Backt." in cast.at_the_square("anna").page(f"mitglied/{otto.code}/")
    his.post("/de/meine-seite/profil/", {**said, "name_for": "members", "about": " "})
    assert "Backt." not in his.page(f"mitglied/{otto.code}/")
    assert not ProfileLine.objects.filter(field="about").exists()
    answer = his.post("/de/meine-seite/profil/", {**said, "about": "x" * 601})
    assert answer.status_code == 200
    assert his.post("/de/meine-seite/profil/", {**said, "name_for": "world"}).status_code == 200


def test_nobody_writes_on_anothers_page_and_the_same_twice_changes_nothing(cast, otto):
    with pytest.raises(Refused):
        change_profile(otto, said={}, by=cast.actor("anna"), now=NOW)
    assert say(otto, about=("Backt.", SeenBy.MEMBERS)) == ["about"]
    assert say(otto, about=("Backt.", SeenBy.MEMBERS)) == []
    with pytest.raises(Problem):
        say(otto, about=("x" * 601, SeenBy.MEMBERS))


def test_under_sixteen_a_page_is_for_the_villages_at_most_and_on_no_list(cast, otto):
    Joining.objects.create(identity=otto, is_minor=True, guardian="Greta", joined_at=NOW)
    kim = Identity.objects.get(pk=otto.pk)
    for circle in (SeenBy.MEMBERS, SeenBy.PUBLIC):
        with pytest.raises(Problem):
            say(kim, about=("Skatet.", circle))
    with pytest.raises(Problem):
        say(kim, listed=("", SeenBy.VILLAGES))
    page = square_of(kim).page("meine-seite/profil/")
    assert 'value="public"' not in page
    assert "listed" not in page
    ProfileLine.objects.create(identity=kim, field="listed", seen_by="villages")
    ProfileLine.objects.create(identity=kim, field="name", seen_by="public")
    assert "Otto" not in cast.at_the_square("anna").page("nachbarn/")
    assert cast.at_the_square("dirk").get(f"/de/mitglied/{kim.code}/").status_code == 404
    assert cast.at_the_square("visitor").get(f"/de/mitglied/{kim.code}/").status_code == 404


def test_only_who_chose_so_stands_on_the_list_of_neighbours(cast, otto, person):
    person("Uli", home="niel")
    say(otto, listed=("", SeenBy.VILLAGES))
    page = cast.at_the_square("anna").page("nachbarn/")
    assert "Otto" in page
    assert "Uli" not in page
    assert "Otto" not in cast.at_the_square("dirk").page("nachbarn/")
    assert "Otto" not in cast.at_the_square("carla").page("nachbarn/")
    block_member(cast.anna, by=actor(otto), now=NOW)
    assert "Otto" not in cast.at_the_square("anna").page("nachbarn/")


def test_connectors_list_the_members_of_their_villages_and_each_sees_who_looked(cast, otto, person):
    person("Zoe", home="zyfflich")
    person("Nora", home="nuetterden")
    his = cast.at_the_square("ben")
    page = his.page("einstellungen/mitglieder/", village="niel")
    assert "Otto" in page
    assert "Zoe" not in page
    assert "Zoe" in his.page("einstellungen/mitglieder/", village="zyfflich")
    assert "Nora" not in his.page("einstellungen/mitglieder/", village="nuetterden")
    assert "Otto" not in his.page("einstellungen/mitglieder/", village="niel", q="ann")
    assert "Anna" in his.page("einstellungen/mitglieder/", village="niel", q="ann")
    assert "Niemand mit diesem Namen." in his.page("einstellungen/mitglieder/", q="\0%_'")
    assert Look.objects.get(identity=otto).by == cast.ben
    for who, status in (("anna", 404), ("admin", 404), ("carla", 404), ("visitor", 302)):
        assert cast.at_the_square(who).get("/de/einstellungen/mitglieder/").status_code == status, who


def test_the_list_of_members_goes_on_by_name_and_costs_the_same_for_one_and_for_many(cast, kranenburg):
    his, niel = cast.at_the_square("ben"), kranenburg.village("niel")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            his.page("einstellungen/mitglieder/", village="niel")
        return len(asked)

    before = cost()
    Identity.objects.bulk_create(
        Identity(name=f"Name {number % 40:03d}", home_area=niel, created_at=NOW) for number in range(120)
    )
    assert cost() <= before + 1
    seen, address = [], "/de/einstellungen/mitglieder/?village=niel"
    while address:
        answer = his.get(address)
        people, more = answer.context["people"], answer.context["more"]
        assert len(people) <= PAGE_OF_MEMBERS
        seen += [one.pk for one in people]
        address = f"/de/einstellungen/mitglieder/{more}" if more else ""
    assert len(seen) == len(set(seen)) == Identity.objects.filter(home_area=niel).count()


def test_a_scraper_gets_a_fifth_of_a_place_of_five_hundred_and_a_visitor_nothing(cast, kranenburg, time_machine):
    niel = kranenburg.village("niel")
    Identity.objects.bulk_create(Identity(name=f"N{n}", home_area=niel, created_at=NOW) for n in range(120))
    codes = list(Identity.objects.filter(name__startswith="N").values_list("code", flat=True))
    scraper, visitor = cast.at_the_square("anna"), Square()
    answers = [scraper.get(f"/de/mitglied/{code}/").status_code for code in codes]
    assert answers == [200] * 100 + [429] * 20
    assert scraper.get(f"/de/mitglied/{codes[0]}/").status_code == 200  # read before
    assert {visitor.get(f"/de/mitglied/{code}/").status_code for code in codes} == {404}
    assert {cast.at_the_square("ben").get(f"/de/mitglied/{code}/").status_code for code in codes[:105]} == {200}
    time_machine.shift(15 * 24 * 3600)
    assert scraper.get(f"/de/mitglied/{codes[-1]}/").status_code == 200
