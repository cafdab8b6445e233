"""What lies in a letter: told by its content, for the two sides only, and gone with the letter."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import system
from dorfplatz.letters.actions import throw_away_thread, withhold_letter
from dorfplatz.letters.enclosing import LARGEST_PDF, all_tokens, discard, told_name
from dorfplatz.letters.models import Enclosure, Letter
from dorfplatz.letters.tasks import sweep_documents
from dorfplatz.letters.tests.test_letters import path
from dorfplatz.media.models import Picture
from dorfplatz.media.store import names_of
from dorfplatz.media.tests.corpus import exif_with_place
from dorfplatz.media.tests.photos import file_of, flag
from dorfplatz.members.actions import erase_identity
from dorfplatz.members.sockets import personal_data
from tests.fixtures.kranenburg import NOW

PDF = b"%PDF-1.4\n1 0 obj<</Title(Plan)>>endobj\ntrailer<<>>\n%%EOF\n"
pytestmark = pytest.mark.usefixtures("at_eleven")


@pytest.fixture(autouse=True)
def empty_store():
    for token in list(all_tokens()):
        discard(token)


def plan(name="Plan.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "text/html")


def photo():
    return SimpleUploadedFile("x.pdf", file_of(flag(), exif=exif_with_place()).read(), "application/pdf")


def sent(cast, *files, text="Anbei.", key="a"):
    form = {"text": text, "form_key": key * 32, "enclosed": files}
    return cast.at_the_square("anna").post(path("write", code=cast.dirk.code), form)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_document_is_a_download_as_it_was_sent_and_for_the_two_only(cast):
    assert sent(cast, plan("../../Der Plan\u202e.PDF")).status_code == 302
    page = path("enclosure", pk=Enclosure.objects.get().pk)
    got = cast.at_the_square("dirk").get(page)
    assert body(got) == PDF
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="Der Plan.pdf"'
    assert (got["X-Content-Type-Options"], "no-store" in got["Cache-Control"]) == ("nosniff", True)
    assert "sandbox" in got["Content-Security-Policy"]
    assert (
        "Der Plan.pdf"
        in cast.at_the_square("dirk").get(path("thread", code=Letter.objects.get().thread.code)).content.decode()
    )
    for name in ("ben", "admin", "carla"):
        assert cast.at_the_square(name).get(page).status_code == 404


def test_a_picture_is_made_anew_without_its_place_and_its_address_says_nothing(cast, square):
    assert sent(cast, photo()).status_code == 302
    thread = path("thread", code=Letter.objects.get().thread.code)
    assert "unterwegs" in cast.at_the_square("dirk").get(thread).content.decode()
    run_due()
    shown = cast.at_the_square("dirk").get(thread).content.decode()
    picture = Picture.objects.get()
    assert picture.token not in shown, "the name of the copy is the permission to it"
    got = body(cast.at_the_square("dirk").get(re.search(r'<img src="([^"]+)"', shown)[1]))
    assert got.startswith(b"\xff\xd8")
    assert b"Exif" not in got
    for other in (cast.at_the_square("ben"), square):
        assert other.get(path("enclosure", pk=Enclosure.objects.get().pk)).status_code in {302, 404}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([SimpleUploadedFile("plan.pdf", b"<html><script>", "application/pdf")], "Bild"),
        ([SimpleUploadedFile("plan.pdf", b"%PDF-1.4 cut off", "application/pdf")], "Bild"),
        ([SimpleUploadedFile("a.svg", b"<svg/>", "image/svg+xml")], "Bild"),
        ([SimpleUploadedFile("a.pdf", b"", "application/pdf")], "Bild"),
        ([plan(f"{n}.pdf") for n in range(6)], "höchstens 5"),
        ([plan(content=PDF[:-6] + b" " * LARGEST_PDF + b"%%EOF\n")], "10 MB"),
    ],
)
def test_what_cannot_lie_in_a_letter_is_said_and_nothing_is_lost(cast, files, words):
    answer = sent(cast, plan(), *files) if len(files) == 1 else sent(cast, *files)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Anbei." in answer.content.decode()
    assert not Letter.objects.exists()
    assert not list(all_tokens())


def test_the_same_form_twice_encloses_once(cast):
    for _ in range(2):
        assert sent(cast, plan()).status_code == 302
    assert (Letter.objects.count(), Enclosure.objects.count(), len(list(all_tokens()))) == (1, 1, 1)


def test_what_both_have_thrown_away_is_gone_with_its_files(cast):
    sent(cast, plan(), photo())
    run_due()
    thread, token = Letter.objects.get().thread, Picture.objects.get().token
    assert list(names_of(token))
    for name in ("anna", "dirk"):
        throw_away_thread(thread, by=cast.actor(name), now=NOW + timedelta(hours=1))
    run_due()
    assert not Enclosure.objects.exists()
    assert not Picture.objects.exists()
    assert not list(all_tokens())
    assert not list(names_of(token))


def test_who_leaves_takes_what_she_enclosed_along_and_gets_it_before(cast):
    sent(cast, plan())
    part = personal_data["letters.inside"]
    assert [row["name"] for row in part.rows(cast.anna.pk)] == ["Plan.pdf"]
    assert [read() for _name, read in part.files(cast.anna.pk)] == [PDF]
    erase_identity(cast.anna, by=system("leaving"), now=NOW)
    run_due()
    assert Letter.objects.get().text == "Anbei."
    assert not Enclosure.objects.exists()
    assert not list(all_tokens())


def test_in_a_letter_that_is_withheld_nothing_is_opened(cast):
    sent(cast, plan())
    withhold_letter(Letter.objects.get(), is_withheld=True, by=system("moderation"), now=NOW)
    assert cast.at_the_square("dirk").get(path("enclosure", pk=Enclosure.objects.get().pk)).status_code == 404


def test_documents_that_no_letter_knows_are_swept_up(cast):
    sent(cast, plan())
    sent(cast, plan(), key="b")
    Letter.objects.latest("pk").enclosures.all().delete()
    sweep_documents.func()
    assert set(all_tokens()) == {Enclosure.objects.get().token}


@pytest.mark.parametrize(
    "name", ["", ".", "..", "/", "a/../b", "\x00\n", "CON.", "x" * 500, "\u202egpj.exe", '";\r\nX: y']
)
def test_whatever_a_file_is_called_it_gets_a_harmless_name(name):
    told = told_name(name)
    assert re.fullmatch(r"[^/\\\x00-\x1f\u202e\"]{1,84}\.pdf", told)
