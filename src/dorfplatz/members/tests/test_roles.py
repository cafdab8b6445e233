"""Who may do what where: given, ended, and never the last admin."""

from __future__ import annotations

import re

import pytest

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.mail.models import Mail
from dorfplatz.members.actions import create_invitation, end_grant, grant_role
from dorfplatz.members.enums import MANAGE_ROLES, Role
from dorfplatz.members.models import Identity, Invitation, RoleGrant
from dorfplatz.members.queries import connectors_of, grants_in, role_holders
from dorfplatz.members.views.roles import PAGE_OF_HOLDERS
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of


def give(identity: Identity, role: Role, area, by=INSTALLER) -> RoleGrant:
    return grant_role(identity, role=role, area=area, by=by, now=NOW)


def test_a_role_counts_in_its_area_and_below(person, kranenburg):
    ben = person("Ben")
    give(ben, Role.ADMIN, kranenburg.village("niel"))
    assert actor(ben).holds(MANAGE_ROLES, kranenburg.village("niel").path)
    assert not actor(ben).holds(MANAGE_ROLES, kranenburg.village("zyfflich").path)
    give(ben, Role.ADMIN, kranenburg.municipality.area)
    assert actor(ben).holds(MANAGE_ROLES, kranenburg.village("zyfflich").path)
    assert not actor(ben).holds(MANAGE_ROLES, kranenburg.village("groesbeek").path)


def test_given_twice_it_is_held_once(person, kranenburg):
    ben = person("Ben")
    assert give(ben, Role.EDITOR, kranenburg.village("niel")) == give(ben, Role.EDITOR, kranenburg.village("niel"))
    assert Act.objects.filter(verb="role.granted").count() == 1


def test_an_ended_role_counts_no_more_and_can_be_given_again(person, kranenburg):
    ben = person("Ben", roles=[(Role.EDITOR, "niel")])
    grant = ben.grants.get()
    assert end_grant(grant, by=INSTALLER, now=NOW)
    assert not end_grant(grant, by=INSTALLER, now=NOW)
    assert actor(ben).grants == ()
    give(ben, Role.EDITOR, kranenburg.village("niel"))
    assert ben.grants.count() == 2


def test_only_admins_give_roles_and_only_at_home(person, admin, kranenburg):
    ben = person("Ben", roles=[(Role.CONNECTOR, "niel")])
    for by, area in [
        (VISITOR, kranenburg.village("niel")),
        (actor(ben), kranenburg.village("niel")),
        (actor(admin), kranenburg.village("groesbeek")),
    ]:
        with pytest.raises(Refused):
            give(ben, Role.EDITOR, area, by=by)
    with pytest.raises(Refused):
        give(ben, Role.OPERATOR, kranenburg.municipality.area, by=actor(admin))
    give(ben, Role.EDITOR, kranenburg.village("niel"), by=actor(admin))


def test_who_is_blocked_is_given_nothing(person, kranenburg):
    eve = person("Eve", is_blocked=True)
    with pytest.raises(Problem):
        give(eve, Role.EDITOR, kranenburg.village("niel"))


def test_the_last_working_admin_stays(person, admin, kranenburg):
    person("Eve", roles=[(Role.ADMIN, "")], is_blocked=True)
    silent = person("Sil", roles=[(Role.ADMIN, "")])
    silent.login.is_active = False
    silent.login.save()
    person("Vera", roles=[(Role.ADMIN, "niel")])
    with pytest.raises(Problem):
        end_grant(admin.grants.get(), by=actor(admin), now=NOW)
    assert end_grant(silent.grants.get(), by=actor(admin), now=NOW)
    second = person("Bea", roles=[(Role.ADMIN, "")])
    assert end_grant(admin.grants.get(), by=actor(admin), now=NOW)
    with pytest.raises(Problem):
        end_grant(second.grants.get(), by=INSTALLER, now=NOW)


def test_a_villages_admin_may_go(person, admin):
    vera = person("Vera", roles=[(Role.ADMIN, "niel")])
    assert end_grant(vera.grants.get(), by=actor(admin), now=NOW)


def test_lists_of_roles_are_for_those_who_give_them(person, admin, kranenburg):
    person("Ben", roles=[(Role.CONNECTOR, "niel"), (Role.CONNECTOR, "zyfflich")])
    area = kranenburg.municipality.area
    assert grants_in(area, actor(admin)).count() == 3
    assert not grants_in(area, actor(person("Otto"))).exists()
    assert not grants_in(kranenburg.village("groesbeek"), actor(admin)).exists()


def test_the_faces_of_connectors_are_for_everybody_but_not_the_blocked(person, kranenburg):
    person("Ben", roles=[(Role.CONNECTOR, "niel"), (Role.CONNECTOR, "zyfflich")])
    person("Eve", roles=[(Role.CONNECTOR, "niel")], is_blocked=True)
    assert [face.name for face in connectors_of(kranenburg.site.villages, VISITOR)] == ["Ben"]


def test_the_page_shows_people_and_invitations_in_few_queries(admin_square, person, django_assert_max_num_queries):
    for number in range(5):
        person(f"P{number}", roles=[(Role.EDITOR, "niel"), (Role.MODERATOR, "zyfflich")])
    with django_assert_max_num_queries(16):
        page = admin_square.page("einstellungen/rollen/")
    assert page.count("P3") >= 1
    assert "die ganze Gemeinde" in page


def form(kranenburg, email: str, role: Role = Role.CONNECTOR, slug: str = "niel") -> dict[str, object]:
    return {"email": email, "role": role.value, "area": kranenburg.village(slug).pk}


def test_a_member_is_given_a_role_by_address(admin_square, person, kranenburg):
    ben = person("Ben")
    answer = admin_square.post("/de/einstellungen/rollen/", form(kranenburg, "BEN@example.org"), follow=True)
    assert "Ben: Buurtverbinder, Niel." in answer.content.decode()
    assert ben.grants.get().role == Role.CONNECTOR


def test_who_is_no_member_is_invited_by_mail_and_can_be_uninvited(admin_square, kranenburg):
    page = admin_square.post("/de/einstellungen/rollen/", form(kranenburg, "neu@example.org"), follow=True)
    assert "neu@example.org" in page.content.decode()
    mail = Mail.objects.get()
    assert mail.to == "neu@example.org"
    assert "http://localhost/de/mitmachen/" in mail.text
    invitation = Invitation.objects.get()
    admin_square.post(f"/de/einstellungen/einladungen/{invitation.pk}/zurueckziehen/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


@pytest.mark.parametrize("wrong", [{"role": "operator"}, {"role": "king"}, {"area": "999999"}, {"email": "nobody"}])
def test_what_cannot_be_given_is_refused(admin_square, kranenburg, wrong):
    answer = admin_square.post("/de/einstellungen/rollen/", {**form(kranenburg, "ben@example.org"), **wrong})
    assert 'role="alert"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_neighbour_outside_is_no_place_for_our_roles(admin_square, kranenburg):
    admin_square.post("/de/einstellungen/rollen/", form(kranenburg, "ben@example.org", slug="groesbeek"))
    assert not Invitation.objects.exists()


def test_ending_asks_first(admin_square, person):
    grant = person("Ben", roles=[(Role.EDITOR, "niel")]).grants.get()
    url = f"/de/einstellungen/rollen/{grant.pk}/beenden/"
    assert "Ben: Rolle beenden?" in admin_square.get(url).content.decode()
    grant.refresh_from_db()
    assert grant.ended_at is None
    admin_square.post(url)
    grant.refresh_from_db()
    assert grant.ended_at is not None


def test_the_last_admin_is_told_why_not(admin_square, admin):
    grant = admin.grants.get()
    answer = admin_square.post(f"/de/einstellungen/rollen/{grant.pk}/beenden/", follow=True)
    assert "braucht mindestens eine Person" in answer.content.decode()
    grant.refresh_from_db()
    assert grant.ended_at is None


def test_grants_elsewhere_are_not_there(admin_square, person, kranenburg):
    ben = person("Ben")
    grant = give(ben, Role.EDITOR, kranenburg.village("groesbeek"))
    assert admin_square.get(f"/de/einstellungen/rollen/{grant.pk}/beenden/").status_code == 404


def test_others_find_no_page_of_roles(person, square):
    assert square_of(person("Otto")).get("/de/einstellungen/rollen/").status_code == 404
    assert square.get("/de/einstellungen/rollen/").status_code == 302


def test_an_invitation_is_not_made_for_an_operator_by_web(kranenburg, admin):
    with pytest.raises(Refused):
        create_invitation(
            email="x@example.org", role=Role.OPERATOR, area=kranenburg.municipality.area, by=actor(admin), now=NOW
        )


def test_a_role_is_handed_over_in_one_step_and_both_get_a_letter(admin, admin_square, person, kranenburg):
    ben, mia = person("Ben", roles=[(Role.CONNECTOR, "niel")]), person("Mia", language="nl")
    grant = ben.grants.get()
    address = f"/de/einstellungen/rollen/{grant.pk}/beenden/"
    assert "Nachfolge" in admin_square.page(f"einstellungen/rollen/{grant.pk}/beenden/")
    admin_square.post(address, {"successor": "niemand@example.org"})
    assert ben.grants.get().ended_at is None
    admin_square.post(address, {"successor": "mia@example.org"})
    assert ben.grants.get().ended_at is not None
    assert (mia.grants.get().role, mia.grants.get().area.slug, mia.grants.get().ended_at) == ("connector", "niel", None)
    mails = {mail.to: mail.text for mail in Mail.objects.all()}
    assert "Mia" in mails["ben@example.org"]
    assert "Ben" in mails["mia@example.org"]
    last = admin.grants.get()
    admin_square.post(f"/de/einstellungen/rollen/{last.pk}/beenden/", {"successor": "mia@example.org"})
    assert mia.grants.filter(role="admin", ended_at__isnull=True).exists()
    assert not admin.grants.filter(ended_at__isnull=True).exists()


def test_the_page_of_roles_goes_by_area_role_and_name_and_costs_the_same_for_many(
    admin_square, person, kranenburg, django_assert_max_num_queries
):
    for number in range(PAGE_OF_HOLDERS + 5):
        person(f"Pia{number:02}", roles=[(Role.EDITOR, "niel"), (Role.CONNECTOR, "niel")])
    person("Zoe", roles=[(Role.CONNECTOR, "zyfflich")])
    with django_assert_max_num_queries(16):
        page = admin_square.page("einstellungen/rollen/")
    assert "Niel (60)" in page
    assert "Buurtverbinder (31)" in page
    assert page.count('class="role-holder"') == PAGE_OF_HOLDERS
    assert "Zoe" not in page
    further = re.search(r'href="\?([^"]+)">Weitere Personen', page)[1].replace("&amp;", "&")
    assert "Zoe" in admin_square.page(f"einstellungen/rollen/?{further}")
    zyfflich = kranenburg.village("zyfflich").pk
    page = admin_square.page(f"einstellungen/rollen/?role=connector&where={zyfflich}")
    assert page.count('class="role-holder"') == 1
    assert "Pia07" in admin_square.page("einstellungen/rollen/?q=pia07")
    assert "Eine solche Rolle hat hier niemand." in admin_square.page("einstellungen/rollen/?q=niemand")
    assert "hat hier niemand." in admin_square.page("einstellungen/rollen/?role=king&where=x&after=x&name=%00")


def test_who_holds_roles_is_for_those_who_give_them(kranenburg, person):
    person("Ben", roles=[(Role.EDITOR, "niel")])
    outsider, area = actor(person("Otto")), kranenburg.municipality.area
    assert role_holders(area, outsider) == []
