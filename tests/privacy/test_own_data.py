"""One's own data: seen, taken along, taken away. Nothing that names a person outlives her."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from dorfplatz.entries.actions import remove_entry
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.tasks import erase_removed
from dorfplatz.journal.models import Act
from dorfplatz.journal.queries import broken_links
from dorfplatz.journal.sockets import erasures
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.data_map import tables
from dorfplatz.mail.models import Mail
from dorfplatz.media.models import Picture
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members.actions import block_member, create_invitation, erase_identity
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Device, Identity, Invitation, Leaving, Login, Look, RoleGrant
from dorfplatz.members.sockets import personal_data
from dorfplatz.members.tasks import call_the_inactive, erase_those_who_left
from dorfplatz.moderation.actions import Said, receive_report
from dorfplatz.moderation.models import Appeal, Case, Decision
from dorfplatz.places.actions import name_keeper, receive_correction
from dorfplatz.places.models import Correction, Listing
from dorfplatz.places.tests.factories import place
from dorfplatz.search.models import Word
from dorfplatz.search.tasks import drop_words
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import PASSWORD, actor, square_of
from tests.privacy.keeping import everything_kept

NAME, EMAIL = "Zwanette Quittenbaum", "zwanette.q@example.org"
pytestmark = pytest.mark.usefixtures("at_eleven")


@pytest.fixture
def zwanette(person, kranenburg):
    """Somebody who has left traces everywhere: entries, pictures, notes, mails, an invitation, a role."""
    she = person(NAME, email=EMAIL, home="niel", roles=[(Role.CONNECTOR, "niel")])
    niel, by = kranenburg.village("niel"), actor(she)
    Identity.objects.filter(pk=she.pk).update(introduction={"de": f"Ich bin {NAME}."})
    quiet, named, called = (place(niel, title=title, **more) for title, more in (
        ("Chor", {}), (f"Nähkurs bei {NAME.upper()}", {}), ("Strickkreis", {"email": EMAIL, "phone": "02826 47110815"}),
    ))  # fmt: skip
    draft = place(niel, title="Noch geheim")
    Entry.objects.filter(pk=draft.pk).update(state=State.DRAFT)
    Entry.objects.filter(pk__in=[quiet.pk, named.pk, called.pk, draft.pk]).update(author=she)
    name_keeper(quiet, identity=she, by=INSTALLER, now=NOW)
    for number, text in enumerate(("Die Uhrzeit ist falsch.", f"Rufen Sie mich an, {EMAIL}")):
        receive_correction(quiet, text=text, form_key=f"{number}" * 32, by=by, now=NOW)
    for credit in ("", f"Foto: {NAME}"):
        picture = ready(file_of(flag()))
        Picture.objects.filter(pk=picture.pk).update(uploader_id=she.pk, credit=credit)
    something_reported(quiet, she, niel)
    create_invitation(email=EMAIL, role=Role.EDITOR, area=niel, by=INSTALLER, now=NOW)
    other = Identity.objects.create(name="Otto", created_at=NOW)
    block_member(other, by=by, now=NOW)
    block_member(she, by=actor(other), now=NOW)
    return she


def something_reported(listing, she, niel) -> None:
    """She has reported something, and something of hers was decided about; both name her."""
    here = {"municipality": niel.parent.municipality, "area": niel, "cause": "report", "rank": 2, "opened_at": NOW}
    case = Case.objects.create(thing="entry:0", author=she, title=NAME, excerpt=EMAIL, closed_at=NOW, **here)
    decision = Decision.objects.create(case=case, step="hide", ground="rude", reason=f"{NAME}!", decided_at=NOW)
    Appeal.objects.create(decision=decision, text=f"Ich, {NAME}", made_at=NOW)
    said = Said("rude", f"Das sage ich, {NAME}.", "de")
    receive_report(f"entry:{listing.pk}", said=said, municipality=niel.parent.municipality, form_key="z" * 32,
                   by=actor(she), now=NOW)  # fmt: skip


def archive_of(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def take_out(square, password=PASSWORD):
    return square.post("/de/meine-seite/meine-daten/", {"password": password})


def leave(square, password=PASSWORD):
    return square.post("/de/meine-seite/verlassen/", {"password": password})


def traces() -> list[str]:
    """Which of her words are still somewhere, in any spelling of case; no checksum has one by chance."""
    kept = everything_kept().lower()
    return [word for word in ("zwanette", "quittenbaum", "47110815") if word in kept]


def test_my_data_shows_every_part_there_is_something_of(zwanette):
    page = square_of(zwanette).page("meine-seite/meine-daten/")
    for part in personal_data:
        rows = list(part.rows(zwanette.pk))
        assert (str(part.label) in page) == bool(rows), part.label
    assert "Nähkurs bei ZWANETTE QUITTENBAUM" in page
    assert "Buurtverbinder" in page
    assert page.count("<details") >= 7


def test_what_has_no_room_on_a_page_is_on_the_next_and_each_page_lets_one_take_all_along(zwanette, monkeypatch):
    monkeypatch.setattr("dorfplatz.members.own_data.PARTS_ON_A_PAGE", 7)
    square, number, seen = square_of(zwanette), 1, []
    while (page := square.page(f"meine-seite/meine-daten/?page={number}")) and "own-part" in page:
        seen += [label for label in (f"<summary>{part.label} <" for part in personal_data) if label in page]
        assert page.count("own-part") <= 7
        assert "Seite " in page
        if 'rel="next"' not in page:
            break
        number += 1
    assert number > 1
    assert seen == [f"<summary>{part.label} <" for part in personal_data if list(part.rows(zwanette.pk))]
    answer = square.post(f"/de/meine-seite/meine-daten/?page={number}", {"password": PASSWORD})
    with archive_of(answer) as archive:
        assert json.loads(archive.read("dorfplatz.json"))["parts"]["person"]


def test_the_archive_has_everything_for_people_and_for_machines(zwanette):
    with archive_of(take_out(square_of(zwanette))) as archive:
        told = json.loads(archive.read("dorfplatz.json"))
        page = archive.read("index.html").decode()
        files = [name for name in archive.namelist() if name.startswith("files/")]
        assert archive.testzip() is None
    assert told["parts"]["person"][0]["email"] == EMAIL
    assert {row["title"] for row in told["parts"]["entries"]} == set(
        Entry.objects.filter(author=zwanette).values_list("title", flat=True)
    )
    assert len(files) == 2
    assert '<html lang="de">' in page
    assert "Die Uhrzeit ist falsch." in page
    assert "identity.taken_out" in {row["verb"] for row in told["parts"]["acts"]}


def test_the_archive_comes_in_the_readers_language(zwanette):
    answer = square_of(zwanette, "nl").post("/nl/mijn-pagina/mijn-gegevens/", {"password": PASSWORD})
    with archive_of(answer) as archive:
        assert "Wat u schreef" in archive.read("index.html").decode()


def test_what_a_table_keeps_of_a_person_is_in_her_archive(zwanette):
    parts = dict(personal_data.items())
    for name, kept in tables.items():
        if kept.part:
            told = set(parts[kept.part].fields) | set(kept.secret) | {"texts"}
            renamed = {"thing", "card", "listing", "home_area", "entry"}
            assert set(kept.fields) - told <= renamed, name


def test_without_the_right_password_nothing_is_handed_out_and_guesses_are_counted(zwanette):
    square = square_of(zwanette)
    answers = [take_out(square, "wrong") for _number in range(11)]
    assert all("application/zip" not in answer["Content-Type"] for answer in answers)
    assert "Passwort stimmt nicht" in answers[0].content.decode()
    assert "viele Versuche" in answers[-1].content.decode()
    assert "application/zip" not in take_out(square)["Content-Type"]


def test_nobody_gets_anothers_data(zwanette, person):
    page = square_of(person("Uwe")).page("meine-seite/meine-daten/")
    assert "Quittenbaum" not in page


def test_leaving_ends_roles_and_sessions_at_once_and_says_when_all_is_gone(zwanette):
    here, elsewhere = square_of(zwanette), square_of(zwanette)
    page = leave(here).content.decode()
    assert "23. Dezember 2026" in page
    assert not RoleGrant.objects.filter(identity=zwanette, ended_at__isnull=True).exists()
    for square in (here, elsewhere):
        assert square.get("/de/meine-seite/").status_code == 302
    subjects = Mail.objects.filter(to=EMAIL).values_list("subject", flat=True)
    assert any(subject.startswith("Abschied vom Dorfplatz") for subject in subjects)
    assert Leaving.objects.get().due_at == NOW + timedelta(days=30)


def test_who_changes_her_mind_stays(zwanette, time_machine):
    leave(square_of(zwanette))
    again = square_of(Identity.objects.select_related("login").get(pk=zwanette.pk))
    assert "Ich bleibe" in again.page("meine-seite/")
    answer = again.post("/de/meine-seite/bleiben/", follow=True)
    assert "Schön, dass Sie bleiben!" in answer.content.decode()
    time_machine.move_to(NOW + timedelta(days=31), tick=False)
    erase_those_who_left.call()
    assert Identity.objects.filter(pk=zwanette.pk).exists()


def test_thirty_days_later_not_one_row_and_not_one_file_names_her(zwanette, time_machine, kranenburg):
    assert traces() == ["zwanette", "quittenbaum", "47110815"]
    leave(square_of(zwanette))
    time_machine.move_to(NOW + timedelta(days=29), tick=False)
    erase_those_who_left.call()
    assert Identity.objects.filter(pk=zwanette.pk).exists()
    time_machine.move_to(NOW + timedelta(days=30, minutes=1), tick=False)
    erase_those_who_left.call()
    drop_words.call()
    assert not Identity.objects.filter(pk=zwanette.pk).exists()
    assert not Login.objects.filter(email=EMAIL).exists()
    assert not Session.objects.exists()
    assert set(Entry.objects.values_list("title", "author")) == {("Chor", None)}
    assert list(Correction.objects.values_list("text", "said_by")) == [("Die Uhrzeit ist falsch.", None)]
    assert list(Picture.objects.values_list("credit", "uploader_id")) == [("", None)]
    assert not Word.objects.filter(text__startswith="zwanett").exists()
    assert traces() == []
    assert broken_links() == []


def test_what_others_wrote_about_her_stays_theirs(zwanette, person, kranenburg):
    theirs = place(kranenburg.village("niel"), title=f"Dank an {NAME}")
    Entry.objects.filter(pk=theirs.pk).update(author=person("Uwe"))
    erase_identity(zwanette, by=INSTALLER, now=NOW)
    assert Listing.objects.filter(pk=theirs.pk).exists()


def test_a_restored_backup_forgets_her_again(zwanette):
    erase_identity(zwanette, by=INSTALLER, now=NOW)
    act = Act.objects.get(verb="identity.erased")
    back = Identity.objects.create(pk=zwanette.pk, name=NAME, created_at=NOW)
    erasures["identity.erased"](act.thing, act.details)
    assert not Identity.objects.filter(pk=back.pk).exists()
    erasures["identity.erased"](act.thing, act.details)


def test_the_last_admin_hands_over_before_she_goes(admin):
    page = leave(square_of(admin)).content.decode()
    assert "Geben Sie die Rolle erst jemand anderem." in page
    assert not Leaving.objects.exists()
    assert RoleGrant.objects.get(identity=admin).ended_at is None


def test_who_was_not_here_for_long_is_asked_and_stays_by_logging_in(zwanette, person, time_machine):
    person("Uwe")
    Login.objects.update(last_login=NOW)
    time_machine.move_to(NOW + timedelta(days=549), tick=False)
    call_the_inactive.call()
    call_the_inactive.call()
    mails = Mail.objects.filter(subject__startswith="Sind Sie noch da?")
    assert [mail.to for mail in mails] == [EMAIL]
    Login.objects.filter(email=EMAIL).update(last_login=NOW + timedelta(days=600))
    time_machine.move_to(NOW + timedelta(days=900), tick=False)
    erase_those_who_left.call()
    assert Identity.objects.filter(pk=zwanette.pk).exists()
    assert not Leaving.objects.exists()


def test_who_never_answers_is_erased_after_two_years(zwanette, time_machine):
    time_machine.move_to(NOW + timedelta(days=549), tick=False)
    call_the_inactive.call()
    time_machine.move_to(NOW + timedelta(days=549 + 184), tick=False)
    erase_those_who_left.call()
    assert not Identity.objects.filter(pk=zwanette.pk).exists()


def test_she_sees_who_has_looked_at_the_list_of_roles_once_a_day(zwanette, admin):
    office = square_of(admin)
    office.page("einstellungen/rollen/")
    office.page("einstellungen/rollen/")
    assert Look.objects.filter(identity=zwanette).count() == 1
    assert not Look.objects.filter(identity=admin).exists()
    page = square_of(zwanette).page("meine-seite/meine-daten/")
    assert "die Liste der Rollen" in page
    assert "Ada" in page


def test_a_session_that_no_device_knows_goes_in_the_night_after_its_login(zwanette, admin):
    square_of(zwanette), square_of(admin)
    Device.objects.update(session_key="")
    erase_identity(zwanette, by=system("leaving"), now=NOW)
    assert Session.objects.count() == 2
    erase_those_who_left.call()
    assert [one.get_decoded()["_auth_user_id"] for one in Session.objects.all()] == [str(admin.login_id)]


def test_looks_invitations_and_sessions_have_their_time(zwanette, admin, time_machine):
    square_of(admin).page("einstellungen/rollen/")
    time_machine.move_to(NOW + timedelta(days=400), tick=False)
    erase_those_who_left.call()
    assert not Look.objects.exists()
    assert not Invitation.objects.exists()
    assert not Session.objects.exists()


def test_what_was_removed_is_erased_after_thirty_days(kranenburg, time_machine):
    entry = place(kranenburg.village("niel"), title="Chor").entry
    remove_entry(entry, by=INSTALLER, now=NOW)
    time_machine.move_to(NOW + timedelta(days=29), tick=False)
    erase_removed.call()
    assert Entry.objects.filter(pk=entry.pk).exists()
    time_machine.move_to(NOW + timedelta(days=31), tick=False)
    erase_removed.call()
    assert not Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(("language", "path", "says"), [
    ("de", "wie-lange/", "Bis 30 Tage, nachdem Sie gegangen sind."), ("nl", "hoe-lang/", "Tot 30 dagen na uw vertrek."),
])  # fmt: skip
def test_everybody_can_read_how_long_what_is_kept(kranenburg, language, path, says):
    page = Square(language).page(path)
    assert page.count('<section class="kept-row"') == len(tables)
    assert says in page


def test_the_privacy_notice_leads_there(square):
    assert 'href="/de/wie-lange/"' in square.page("datenschutz/")
    assert 'href="/de/wie-lange/"' not in square.page("hausordnung/")
