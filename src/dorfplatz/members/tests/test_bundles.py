"""What roles carry in a municipality: changed by its admins, within what the product allows."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorfplatz.journal.models import Act
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.actions import change_bundle
from dorfplatz.members.enums import ACT_FOR, GIVEN_BY_ADMINS, MANAGE_ROLES, SECURED_ROLES, SEE_MEMBERS, Role
from dorfplatz.members.models import BundleChange, Identity
from dorfplatz.members.queries import actor_of_identity, bundles_in
from dorfplatz.members.sockets import capabilities, capabilities_of, offer_capability
from tests.fixtures.kranenburg import NOW
from tests.fixtures.people import actor, square_of

# Named by rooms above: here only words.
HIDE, PUBLISH, SEE_HIDDEN = "entries.hide", "entries.publish", "entries.see_hidden"
TAXONOMY, RUN = "places.taxonomy", "imports.run"


def change(kranenburg, role: Role, by, *, give=(), take=()) -> list[str]:
    held = next(b for b in bundles_in(kranenburg.municipality, by) if b.role == role).held
    carried = ({item.name for item in held} | set(give)) - set(take)
    return change_bundle(kranenburg.municipality, role=role, carried=carried, by=by, now=NOW)


def test_what_is_taken_out_counts_at_once_for_everybody_with_the_role(admin, person, kranenburg):
    ben, ida = person("Ben", roles=[(Role.CONNECTOR, "niel")]), person("Ida", roles=[(Role.CONNECTOR, "")])
    niel = kranenburg.village("niel").path
    assert change(kranenburg, Role.CONNECTOR, actor(admin), take=[HIDE]) == [HIDE]
    for somebody in (ben, ida):
        assert not actor(somebody).holds(HIDE, niel)
        assert actor(somebody).holds(PUBLISH, niel)
    line = Act.objects.get(verb="bundle.changed")
    assert (line.details["role"], line.details["taken"], line.actor_id) == ("connector", [HIDE], admin.pk)
    assert change(kranenburg, Role.CONNECTOR, actor(admin), take=[HIDE]) == []
    assert change(kranenburg, Role.CONNECTOR, actor(admin), give=[HIDE]) == [HIDE]
    assert actor(ben).holds(HIDE, niel)
    assert not BundleChange.objects.exists()


def test_it_counts_in_this_municipality_only(admin, person, kranenburg):
    ben = person("Ben", roles=[(Role.CONNECTOR, "groesbeek"), (Role.CONNECTOR, "niel")])
    change(kranenburg, Role.CONNECTOR, actor(admin), take=[HIDE])
    assert actor(ben).holds(HIDE, kranenburg.village("groesbeek").path)
    assert not actor(ben).holds(HIDE, kranenburg.village("niel").path)


def test_an_admin_gives_on_only_what_she_has(admin, person, kranenburg):
    eda = person("Eda", roles=[(Role.EDITOR, "niel")])
    change(kranenburg, Role.ADMIN, actor(admin), take=[TAXONOMY])
    with pytest.raises(Problem):
        change(kranenburg, Role.EDITOR, actor(admin), give=[TAXONOMY])
    change(kranenburg, Role.ADMIN, actor(admin), give=[TAXONOMY])
    change(kranenburg, Role.EDITOR, actor(admin), give=[TAXONOMY])
    assert actor(eda).holds(TAXONOMY, kranenburg.village("niel").path)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.OFFICER, SEE_HIDDEN), (Role.OFFICER, SEE_MEMBERS), (Role.OFFICER, "moderation.decide"),
        (Role.EDITOR, SEE_MEMBERS), (Role.EDITOR, MANAGE_ROLES), (Role.ADMIN, SEE_MEMBERS), (Role.MODERATOR, ACT_FOR),
        (Role.CONNECTOR, "letters.read"), (Role.CONNECTOR, "gibt.es.nicht"),
    ],
)  # fmt: skip
def test_what_a_role_may_never_do_is_given_by_nobody(admin, kranenburg, role, name):
    for by in (actor(admin), actor_of_identity(admin)):
        with pytest.raises(Problem):
            change(kranenburg, role, by, give=[name])


@pytest.mark.parametrize("name", [MANAGE_ROLES, "villages.manage", "moderation.decide", SEE_HIDDEN, "members.suspend"])
def test_what_keeps_the_municipality_running_stays_with_its_admins(admin, kranenburg, name):
    with pytest.raises(Problem):
        change(kranenburg, Role.ADMIN, actor(admin), take=[name])


def test_only_admins_of_the_whole_municipality_change_roles(person, kranenburg):
    for who, roles in (("Ben", [(Role.CONNECTOR, "")]), ("Vera", [(Role.ADMIN, "niel")]), ("Otto", [])):
        by = actor(person(who, roles=roles))
        assert bundles_in(kranenburg.municipality, by) == []
        with pytest.raises(Refused):
            change_bundle(kranenburg.municipality, role=Role.EDITOR, carried=[], by=by, now=NOW)


def test_the_operators_role_is_the_same_everywhere(admin, kranenburg):
    with pytest.raises(Problem):
        change_bundle(kranenburg.municipality, role=Role.OPERATOR, carried=[], by=actor(admin), now=NOW)


def test_what_nobody_offers_any_more_has_no_effect(admin, person, kranenburg):
    for role, name in ((Role.EDITOR, "weg.damit"), (Role.EDITOR, SEE_MEMBERS), (Role.OFFICER, SEE_HIDDEN)):
        BundleChange.objects.create(municipality=kranenburg.municipality, role=role, capability=name, is_held=True)
    BundleChange.objects.create(
        municipality=kranenburg.municipality, role=Role.ADMIN, capability=MANAGE_ROLES, is_held=False
    )
    carla = person("Carla", roles=[(Role.OFFICER, ""), (Role.EDITOR, "niel")])
    held = frozenset().union(*(grant.capabilities for grant in actor(carla).grants))
    assert not held & {"weg.damit", SEE_MEMBERS, SEE_HIDDEN}
    assert actor(admin).holds(MANAGE_ROLES, kranenburg.municipality.path)


def test_who_acts_is_found_out_in_as_many_questions_as_before(admin, person, kranenburg, django_assert_num_queries):
    person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel"), (Role.EDITOR, "zyfflich"), (Role.ADMIN, "")])
    ben = Identity.objects.select_related("home_area__parent__municipality", "joining").get(name="Ben")
    with django_assert_num_queries(2):
        actor_of_identity(ben)
    for role in (Role.CONNECTOR, Role.EDITOR, Role.MODERATOR):
        change(kranenburg, role, actor(admin), take=[HIDE, PUBLISH])
    with django_assert_num_queries(2):
        actor_of_identity(ben)


NAMES = st.sampled_from([name for name, _one in capabilities.items()])


@given(role=st.sampled_from(GIVEN_BY_ADMINS), changes=st.dictionaries(NAMES, st.booleans(), max_size=20))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
def test_whatever_is_written_down_a_role_carries_what_it_must_and_nothing_it_never_may(role, changes):
    held = capabilities_of(role, changes)
    for name, capability in capabilities.items():
        assert not (name in held and role not in capability.roles | capability.also)
        assert not (name not in held and role in capability.always)
    near_persons = {SEE_MEMBERS, SEE_HIDDEN, HIDE, ACT_FOR, "moderation.decide"}
    assert role in SECURED_ROLES or not held & near_persons
    assert role != Role.OFFICER or not held & near_persons


def test_a_capability_that_contradicts_itself_is_refused():
    for wrong in ({"also": [Role.ADMIN]}, {"always": [Role.EDITOR]}):
        with pytest.raises(ValueError, match="capability"):
            offer_capability("x.y", "x", Role.ADMIN, **wrong)


def test_the_page_shows_every_role_and_what_was_changed(admin_square, admin, kranenburg, django_assert_max_num_queries):
    change(kranenburg, Role.EDITOR, actor(admin), take=[PUBLISH], give=[RUN])
    with django_assert_max_num_queries(20):
        page = admin_square.page("einstellungen/was-rollen-duerfen/")
    assert page.count("hier herausgenommen") == page.count("hier hinzugefügt") == 1
    assert "Was die Rollen dürfen" in admin_square.page("einstellungen/rollen/")


def test_an_admin_unticks_and_ticks_and_has_it_as_usual_again(admin_square, person, kranenburg):
    ben, niel = person("Ben", roles=[(Role.CONNECTOR, "niel")]), kranenburg.village("niel").path
    address = "/de/einstellungen/was-rollen-duerfen/connector/"
    answer = admin_square.post(address, {"carried": [PUBLISH]}, follow=True)
    assert "Gespeichert. Es gilt ab sofort" in answer.content.decode()
    assert actor(ben).holds(PUBLISH, niel)
    assert not actor(ben).holds(HIDE, niel)
    assert "Wieder wie üblich" in admin_square.get(address).content.decode()
    admin_square.post(address, {"as_usual": "1"})
    assert actor(ben).holds(HIDE, niel)
    assert "Wieder wie üblich" not in admin_square.get(address).content.decode()


def test_what_is_not_offered_is_no_choice(admin_square, person):
    address = "/de/einstellungen/was-rollen-duerfen/officer/"
    answer = admin_square.post(address, {"carried": [SEE_HIDDEN]})
    assert answer.status_code == 422
    assert not BundleChange.objects.exists()
    assert admin_square.get("/de/einstellungen/was-rollen-duerfen/operator/").status_code == 404
    assert square_of(person("Otto")).get(address).status_code == 404
