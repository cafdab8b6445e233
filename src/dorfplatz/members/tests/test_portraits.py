"""The picture somebody shows of herself: seen by those it is meant for, beside her name as on her page."""

from __future__ import annotations

import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.media.actions import accept_upload
from dorfplatz.media.models import Picture
from dorfplatz.media.templatetags.media import picture_url
from dorfplatz.media.tests.photos import file_of, flag
from dorfplatz.members.actions import change_portrait, erase_identity, show_portrait
from dorfplatz.members.actions.standing import hide_page
from dorfplatz.members.enums import ProfileField, Role, SeenBy
from dorfplatz.members.models import Identity, Joining, Portrait
from dorfplatz.members.own_data import shown_parts, write_archive
from dorfplatz.members.queries import WITH_PORTRAIT, connectors_of, member_of_code, portrait_for, portrait_on_page
from dorfplatz.members.tests.test_profiles import READERS
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor, square_of


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def otto(person):
    return person("Otto", home="niel")


def shown(identity, circle=SeenBy.PUBLIC):
    """Her portrait, ready to be seen."""
    by = actor(identity)
    picture = accept_upload(file_of(flag()), alt={}, by=by, now=NOW)
    portrait = show_portrait(identity, picture=picture, seen_by=circle, by=by, now=NOW)
    run_due()
    return portrait


def read_again(identity):
    return Identity.objects.select_related(*WITH_PORTRAIT).get(pk=identity.pk)


def test_a_picture_is_seen_by_those_it_is_meant_for_beside_the_name_and_on_the_page(cast, otto):
    portrait = shown(otto)
    everybody = READERS[SeenBy.PUBLIC]
    viewers = {who: actor(otto) if who == "otto" else cast.actor(who) for who in everybody - {"visitor"}}
    viewers["visitor"] = VISITOR
    for circle in SeenBy:
        change_portrait(portrait, seen_by=circle, by=actor(otto), now=NOW)
        person = read_again(otto)
        for who, viewer in viewers.items():
            assert bool(portrait_for(person, viewer)) == (who in READERS[circle]), (who, circle)
            assert bool(portrait_on_page(person, viewer)) == (who in READERS[circle]), (who, circle)


def test_beside_a_name_it_asks_for_nothing_more(cast, otto):
    shown(otto, SeenBy.VILLAGES)
    person, anna = read_again(otto), cast.actor("anna")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert portrait_for(person, anna)
    assert len(asked) == 0


def test_the_form_takes_a_picture_says_who_sees_it_and_takes_it_away(cast, otto):
    his, url = square_of(otto), "/de/meine-seite/profil/"
    said = {f"{field}_for": "me" for field in ProfileField} | {"name_for": "members", "picture_for": "villages"}
    file = SimpleUploadedFile("ich.exe", file_of(flag()).read(), "text/html")
    assert his.post(url, {**said, "picture": file}).status_code == 302
    assert "Das Bild ist gleich da." in his.page("meine-seite/profil/")
    run_due()
    picture = Picture.objects.get()
    address = picture.renditions[0]["name"].split("-")[0]
    assert address in cast.at_the_square("anna").page(f"mitglied/{otto.code}/")
    assert 'alt="Otto"' in cast.at_the_square("anna").page(f"mitglied/{otto.code}/")
    assert address not in cast.at_the_square("dirk").page(f"mitglied/{otto.code}/")
    his.post(url, {**said, "picture_for": "members"})
    assert Portrait.objects.get().seen_by == SeenBy.MEMBERS
    his.post(url, {**said, "picture_away": "on"})
    assert not Portrait.objects.exists()
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_said_and_nothing_typed_is_lost(otto):
    said = {f"{field}_for": "me" for field in ProfileField} | {"name_for": "members", "picture_for": "members"}
    answer = square_of(otto).post("/de/meine-seite/profil/", {
        **said, "about": "Backt.", "picture": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg"),
    })  # fmt: skip
    page = answer.content.decode()
    assert "Dieses Bild können wir nicht zeigen." in page
    assert "Backt." in page
    assert not Picture.objects.exists()


def test_a_second_picture_takes_the_place_of_the_first_which_is_erased(otto):
    first = shown(otto).picture_id
    second = shown(otto).picture_id
    assert list(Picture.objects.values_list("pk", flat=True)) == [second] != [first]


def test_under_16_a_picture_is_for_the_villages_at_most_whatever_is_written(cast, otto):
    portrait = shown(otto)
    Joining.objects.create(identity=otto, way="card", is_minor=True, guardian="Ida", joined_at=NOW)
    young = Identity.objects.get(pk=otto.pk)
    assert portrait_on_page(member_of_code(young.code, actor(young)), actor(young))
    assert portrait_on_page(read_again(young), cast.actor("dirk")) is None
    portrait.identity = young
    with pytest.raises(Problem, match="16"):
        change_portrait(portrait, seen_by=SeenBy.MEMBERS, by=actor(young), now=NOW)
    page = square_of(young).page("meine-seite/profil/")
    assert 'value="public"' not in page


def test_nobody_hangs_a_picture_for_others(cast, otto):
    with pytest.raises(Refused):
        show_portrait(otto, picture=Picture(pk=1), seen_by=SeenBy.PUBLIC, by=cast.actor("anna"), now=NOW)


def test_connectors_have_their_face_on_the_village_page_when_they_want_it(kranenburg, person):
    ben = person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel")])
    niel = kranenburg.village("niel")
    portrait = shown(ben)
    with CaptureQueriesContext(connection) as asked:
        assert [face.picture for face in connectors_of([niel], VISITOR)] == [portrait.picture]
    assert len(asked) == 1
    change_portrait(portrait, seen_by=SeenBy.MEMBERS, by=actor(ben), now=NOW)
    assert [face.picture for face in connectors_of([niel], VISITOR)] == [None]


def test_it_is_in_ones_data_and_erased_with_one(otto):
    shown(otto, SeenBy.ME)
    with override("en"):
        assert "The picture of you" in [str(part.label) for part in shown_parts(actor(otto))[0]]
    archive = zipfile.ZipFile(write_archive(otto, actor(otto), square="Niel", language="de", now=NOW))
    assert [name for name in archive.namelist() if name.endswith(".jpg")]
    erase_identity(otto, by=INSTALLER, now=NOW)
    assert not Portrait.objects.exists()
    assert not Picture.objects.exists()


def test_shown_to_fewer_it_lies_elsewhere_and_the_address_it_had_leads_nowhere(otto):
    portrait, by = shown(otto), actor(otto)

    def address():
        return picture_url(Picture.objects.get(), 320)

    before, square = address(), square_of(otto)
    assert square.get(before).status_code == 200
    change_portrait(portrait, seen_by=SeenBy.VILLAGES, by=by, now=NOW)
    run_due()
    narrower = address()
    assert narrower != before
    assert square.get(before).status_code == 404
    assert square.get(narrower).status_code == 200
    change_portrait(portrait, seen_by=SeenBy.PUBLIC, by=by, now=NOW)
    run_due()
    assert address() == narrower, "shown to more it stays where it is"
    hide_page(otto, is_hidden=True, by=INSTALLER, now=NOW)
    run_due()
    assert square.get(narrower).status_code == 404
