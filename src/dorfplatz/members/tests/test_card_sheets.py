"""Joining cards as a PDF: what is on it, and that the codes are kept nowhere."""

import re

import pypdfium2 as pdfium
import pytest
import zxingcpp

from dorfplatz.members.actions import make_cards, withdraw_cards
from dorfplatz.members.card_sheets import cards_job
from dorfplatz.members.enums import Role
from dorfplatz.press.engine import typeset
from dorfplatz.press.models import Printing
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import square_of

MM = 72 / 25.4


@pytest.fixture
def made(kranenburg):
    return make_cards(kranenburg.village("niel"), count=9, uses=4, lasts_days=90, by=INSTALLER, now=NOW)


def test_eight_cards_stand_on_a_sheet_each_with_its_code_to_scan_and_to_type(kranenburg, made):
    batch, codes = made
    document = typeset(cards_job(batch, codes, kranenburg.municipality), at=NOW)
    assert document.page_count == 2
    assert b"pdfuaid" in document.content
    with pdfium.PdfDocument(document.content) as pdf:
        pictures = [page.render(scale=200 / 72).to_pil() for page in pdf]
        said = [page.get_textpage().get_text_bounded() for page in pdf]
    read = [one.text for picture in pictures for one in zxingcpp.read_barcodes(picture)]
    assert sorted(read) == sorted(f"http://localhost/de/mitmachen/{code.replace('-', '')}/" for code in codes)
    assert all(code in said[0] for code in codes[:8])
    assert "Willkommen auf dem Dorfplatz von Niel" in " ".join(said[0].split())


@pytest.mark.parametrize(
    "name", ["Niel", "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsdorf", "علي محمود الحسن"]
)
def test_no_card_writes_beyond_itself_whatever_the_village_is_called(kranenburg, made, name):
    batch, codes = made
    Area.objects.filter(pk=batch.area_id).update(name={"und": name})
    batch.area.refresh_from_db()
    document = typeset(cards_job(batch, codes[:8], kranenburg.municipality), at=NOW)
    with pdfium.PdfDocument(document.content) as pdf:
        assert len(pdf) == 1
        text = pdf[0].get_textpage()
        boxes = [[side / MM for side in text.get_rect(at)] for at in range(text.count_rects())]
    for left, foot, right, head in boxes:
        assert left % 105 >= 7.5, (left, right)
        assert right - left // 105 * 105 <= 105 - 7.5, (left, right)
        assert 7 <= foot % (297 / 4) <= head % (297 / 4) <= 297 / 4 - 7


def test_who_made_them_gets_the_pdf_from_the_page_that_shows_them_and_nothing_is_kept(kranenburg, person):
    ben = square_of(person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel")]))
    form = {"village": "niel", "count": 8, "uses": 4, "lasts": 90}
    page = ben.post("/de/einstellungen/einladungskarten/", form).content.decode()
    codes = re.findall(r'name="code" value="([^"]+)"', page)
    address = re.search(r'action="(/de/einstellungen/einladungskarten/\d+/pdf/)"', page)[1]
    assert len(codes) == 8
    answer = ben.post(address, {"code": codes})
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    with pdfium.PdfDocument(answer.content) as pdf:
        assert codes[0] in pdf[0].get_textpage().get_text_bounded()
    assert not Printing.objects.exists()


def test_codes_that_are_not_of_the_batch_are_not_printed(kranenburg, person, made):
    batch, codes = made
    ben = square_of(person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel")]))
    address = f"/de/einstellungen/einladungskarten/{batch.pk}/pdf/"
    assert ben.post(address, {"code": ["0000-0000-0000", "x"]}).status_code == 302
    assert ben.post(address, {}).status_code == 302
    withdraw_cards(batch, by=INSTALLER, now=NOW)
    assert ben.post(address, {"code": codes}).status_code == 302
