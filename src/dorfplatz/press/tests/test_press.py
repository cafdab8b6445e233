import time

import pypdfium2 as pdfium
import pytest
from django.core.files.storage import default_storage

from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.actor import system
from dorfplatz.press.actions import order_printing, withdraw_printings
from dorfplatz.press.engine import Job, SettingFailed, ask, typeset
from dorfplatz.press.letters import letters, printable
from dorfplatz.press.models import Printing
from dorfplatz.press.queries import open_printing
from dorfplatz.press.sockets import Composed, Sheet, sheets
from dorfplatz.press.typography import set_well
from tests.fixtures.kranenburg import NOW

BY = {"by": system("test"), "now": NOW}
PLAIN = """#import "base.typ": *
#set document(title: data.title)
#show: set-type.with(10pt, "de")
= #data.title
#context [#metadata(measure(data.title).height / 1mm) <high>]
#note-pages
"""


@pytest.fixture
def job(tmp_path):
    def make(template=PLAIN, title="Niel", **more):
        (tmp_path / "t.typ").write_text(template)
        return Job(tmp_path, "t.typ", {"title": title}, **more)

    return make


def test_a_template_and_data_become_a_tagged_pdf_with_its_fonts_in_it(job):
    document = typeset(job(title="Grüße aus Niel"), at=NOW)
    assert document.page_count == 1
    assert b"/MarkInfo" in document.content
    assert b"pdfuaid" in document.content
    with pdfium.PdfDocument(document.content) as pdf:
        assert "Grüße aus Niel" in pdf[0].get_textpage().get_text_range()


def test_the_engine_tells_what_a_template_notes(job):
    assert ask(job(), ["high"])["high"][0] > 1


def test_the_same_document_is_made_the_same_and_known_by_its_digest(job):
    assert typeset(job(), at=NOW).content == typeset(job(), at=NOW).content
    assert job().digest == job().digest
    assert job().digest != job(title="Mehr").digest
    assert job().digest != job(files={"a.jpg": b"x"}).digest


@pytest.mark.parametrize(
    "template",
    [
        '#import "@preview/cetz:0.3.0": *',
        '#read("/etc/passwd")',
        '#read("../../../../etc/passwd")',
        "#while true { }",
        '#let grow(x) = grow(x + x)\n#grow("a")',
    ],
)
def test_a_template_gets_neither_packages_nor_other_files_nor_all_the_time_there_is(job, template, monkeypatch):
    monkeypatch.setattr("dorfplatz.press.engine.SECONDS", 5)
    began = time.monotonic()
    with pytest.raises(SettingFailed):
        typeset(job(template), at=NOW)
    assert time.monotonic() - began < 30


def test_a_file_of_a_sheet_cannot_lie_elsewhere(job):
    with pytest.raises(ValueError, match="plain name"):
        typeset(job(files={"../out.pdf": b"x"}), at=NOW)


def test_what_no_font_has_and_what_turns_lines_round_is_left_out():
    assert printable("Advent 🎄 am Platz") == "Advent  am Platz"
    assert printable("\u202eniel") == "niel"
    assert {ord("ß"), ord("ĳ"), ord("ع"), ord("ש"), ord("–"), ord("€")} <= letters()
    assert printable("Niel → Kleve") == "Niel – Kleve"


def test_long_words_may_break():
    assert max(map(len, printable("x" * 80).split("\u00ad"))) <= 10
    assert "\u200b" in printable("https://example.org/ein/sehr/langer/weg/der/nicht/endet")


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("de", 'Der Chor "Düffelklang" singt', "Der Chor „Düffelklang“ singt"),
        ("nl", 'Het koor "Düffelklang" zingt', "Het koor “Düffelklang” zingt"),
        ("nl", "'s middags in 't dorp", "’s middags in ’t dorp"),
        ("de", "Ben's Tisch - bei Anna...", "Ben’s Tisch – bei Anna…"),
        ("de", "um 19 Uhr", "um 19\u00a0Uhr"),
    ],
)
def test_quotes_and_dashes_are_those_of_the_language(language, typed, wanted):
    assert set_well(typed, language) == wanted
    assert set_well(wanted, language) == wanted


@pytest.mark.django_db
def test_a_printing_is_made_once_for_the_same_content_and_goes_with_what_is_on_it(job):
    said = {"title": "Niel"}
    sheets.plug("test", Sheet("Test", lambda subject: Composed(job(**said), frozenset({"entry:7"}), {"seen": subject})))
    try:
        printing = order_printing("test", subject={"a": 1}, **BY)
        assert printing.is_under_way
        run_due()
        printing.refresh_from_db()
        assert (printing.is_ready, printing.page_count, printing.told) == (True, 1, {"seen": {"a": 1}})
        with open_printing(printing) as file:
            first = file.read()
        made = default_storage.get_modified_time(printing.path)
        assert order_printing("test", subject={"a": 1}, **BY).pk == printing.pk
        run_due()
        assert default_storage.get_modified_time(printing.path) == made
        said["title"] = "Mehr"
        order_printing("test", subject={"a": 1}, **BY)
        run_due()
        printing.refresh_from_db()
        with open_printing(printing) as file:
            assert file.read() != first
        assert withdraw_printings(["entry:7"], **BY) == 1
        run_due()
        assert not default_storage.exists(printing.path)
        assert not Printing.objects.exists()
    finally:
        del sheets._things["test"]
