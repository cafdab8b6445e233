"""Candidates out of thin air, and what one reads in a finished PDF."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

from dorfplatz.kernel.geo import Point
from dorfplatz.noticeboard.filling import Asked, Candidate, Said
from dorfplatz.noticeboard.guides.contents import Chapter, GuideAsked, GuideEntry
from dorfplatz.places.queries import PaperLine, terms_of_municipality
from tests.fixtures.kranenburg import NOW, Kranenburg

WORDS = (
    "Wir treffen uns am Brunnen und gehen über den Deich nach Zyfflich Kaffee gibt es danach im Heimathaus bring "
    "eine Laterne mit Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung auch Kinder sind willkommen"
).split()
STRANGE = (
    "x" * 80, "علي محمود الحسن", "דוד בן־גוריון", "Ελένη", "Đặng Thị", "🎄🎅 Advent", "\u202eumgedreht", "#let x = 1",
    "$a_b$",
    "https://example.org/ein/sehr/langer/weg/der/nicht/endet?und=noch&mehr=davon", "*fett* _kursiv_ @ref <label>",
)  # fmt: skip
SECTIONS = ("dates", "exchange", "news", "place", "welcome")
MM = 72 / 25.4
SPACE = 1.5
HANGING = ",.;:-‐–—’”“!\x02"  # the last is how the reader says a hyphen that the engine has set


def asked(kranenburg: Kranenburg, *languages: str, area: str = "niel") -> Asked:
    since = date(2026, 11, 23)
    return Asked(
        kranenburg.site, kranenburg.village(area), since, since + timedelta(days=6), languages or ("de",),
        terms_of_municipality(kranenburg.municipality), NOW,
    )  # fmt: skip


def some_words(chance: random.Random, most: int) -> str:
    words = [chance.choice(STRANGE if chance.random() < 0.08 else WORDS) for _ in range(chance.randint(1, 60))]
    return " ".join(words)[: chance.randint(1, most)]


def a_week(seed: int, languages: tuple[str, ...] = ("de",)) -> list[Candidate]:
    """From nothing at all to far too much; titles up to 200 letters, words of 80, names from right to left."""
    chance = random.Random(seed)
    count = chance.choice([0, 1, 3, 8, 20, 60])
    made = []
    for number in range(count):
        said = {
            code: Said(
                title=some_words(chance, 200) or "Ohne", kicker=some_words(chance, 60), text=some_words(chance, 400),
                note=some_words(chance, 90), language=chance.choice(["de", "nl"]),
            )
            for code in languages
        }  # fmt: skip
        made.append(Candidate(
            f"e{number}", chance.choice(SECTIONS), chance.random() * 100, said, f"/e/{number:07}", entry_id=number + 1
        ))  # fmt: skip
    order = {section: place for place, section in enumerate(SECTIONS)}
    return sorted(made, key=lambda candidate: order[candidate.section])


def guide_asked(kranenburg: Kranenburg, *languages: str, area: str = "") -> GuideAsked:
    where = kranenburg.village(area) if area else kranenburg.municipality.area
    terms = terms_of_municipality(kranenburg.municipality)
    return GuideAsked(kranenburg.site, where, languages or ("de",), terms, NOW)


def some_chapters(seed: int, asked: GuideAsked, most: int = 40) -> list[Chapter]:
    """Entries as nobody would write them, in a few chapters, all over the villages."""
    chance = random.Random(seed)
    count, number, chapters = chance.choice([1, 4, most]), 0, []
    villages = [asked.area] if asked.is_village else list(asked.site.villages)
    for _chapter in range(chance.randint(1, 4)):
        entries = []
        for _entry in range(count):
            number += 1
            village = chance.choice(villages)
            lines = [_line(chance, number, village, code) for code in asked.languages]
            entries.append(GuideEntry(number, lines, chance.choice(asked.terms.all).id))
        chapters.append(Chapter([some_words(chance, 60) or "Ohne" for _code in asked.languages], entries))
    return chapters


def _line(chance: random.Random, number: int, village: Any, language: str) -> PaperLine:
    near = [chance.gauss(0, 0.004) for _axis in range(2)]
    return PaperLine(
        id=number, category_id=1, title=some_words(chance, 200) or "Ohne", lead=some_words(chance, 220),
        language=chance.choice(["", "nl"]), villages=[some_words(chance, 30)],
        hours=chance.choice(["", "Mo–Fr 8–18 Uhr", some_words(chance, 400)]), address=some_words(chance, 80),
        phone=chance.choice(["", "02826 000-607"]), email=chance.choice(["", f"{'x' * 60}@example.org"]),
        code=f"{number:07}", is_from_osm=chance.random() < 0.5,
        point=Point(village.lat + near[0], village.lon + near[1]) if chance.random() < 0.9 else None,
        area_ids=[village.pk], assured_on=chance.choice([None, NOW.date()]), is_missing=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A run of text on a page, in millimetres from the left and from the foot."""

    page: int
    left: float
    foot: float
    right: float
    head: float
    text: str

    @property
    def is_turned(self) -> bool:
        """Words from right to left are read in another order than they stand: their box spans their neighbours."""
        return any(unicodedata.bidirectional(letter) in ("R", "AL", "RLO", "RLE", "RLI") for letter in self.text)


def boxes(content: bytes) -> list[Box]:
    """Text boxes of every page."""
    found = []
    with pdfium.PdfDocument(content) as pdf:
        for number in range(len(pdf)):
            text = pdf[number].get_textpage()
            unseen = _soft_hyphens(text)
            for at in range(text.count_rects()):
                sides = text.get_rect(at)
                if tuple(round(side, 1) for side in sides) in unseen:
                    continue
                found.append(Box(number, *(side / MM for side in sides), text.get_text_bounded(*sides)))
    return found


def _soft_hyphens(text: pdfium.PdfTextPage) -> set[tuple[float, ...]]:
    """Where the reader puts them: in a line from right to left on the letter before, a second time."""
    said = text.get_text_range()
    if "\u00ad" not in said:
        return set()
    found = [at for at in range(text.count_chars()) if text.get_text_range(at, 1) == "\u00ad"]
    return {tuple(round(side, 1) for side in text.get_charbox(at)) for at in found}


def letters(content: bytes) -> list[Box]:
    """Every letter and mark of every page, without spaces."""
    found = []
    with pdfium.PdfDocument(content) as pdf:
        for number in range(len(pdf)):
            text = pdf[number].get_textpage()
            found += [
                Box(number, *(side / MM for side in text.get_charbox(at)), said)
                for at in range(text.count_chars())
                if (said := text.get_text_range(at, 1)).strip()
            ]
    return found


def beyond(found: list[Box], right: float, content: bytes) -> list[Box]:
    """Letters that stick out to the right; a mark at the end of a line may hang into the margin, as wide as it is, and
    a space, which nobody sees, however far."""
    out = [box for box in found if box.right > right + 0.3]
    seen = letters(content) if any(box.text[-1:].isspace() for box in out) else []

    def hanging(box: Box) -> float:
        if box.text in HANGING:
            return box.right - box.left
        if not box.text[-1:].isspace():
            return 0
        last = max((one.right for one in seen if _is_within(one, box)), default=box.right)
        return box.right - last

    return [box for box in out if box.right > right + 0.3 + hanging(box)]


def _is_within(letter: Box, box: Box) -> bool:
    around = box.left - 0.1 <= letter.left and letter.right <= box.right + 0.1
    return letter.page == box.page and around and box.foot - 1 <= letter.foot and letter.head <= box.head + 1


def words_of(content: bytes) -> list[str]:
    """What is to be read on each page."""
    with pdfium.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def page_sizes(content: bytes) -> list[tuple[float, float]]:
    with pdfium.PdfDocument(content) as pdf:
        return [(page.get_width() / MM, page.get_height() / MM) for page in pdf]


def page_pictures(content: bytes, dpi: int) -> list[Image.Image]:
    with pdfium.PdfDocument(content) as pdf:
        return [page.render(scale=dpi / 72).to_pil() for page in pdf]


def codes(content: bytes) -> list[str]:
    """What an independent reader of codes finds on the pages at 200 dpi."""
    found: list[Any] = []
    for picture in page_pictures(content, 200):
        found += zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return sorted(one.text for one in found)


def overlapping(found: list[Box], slack: float = 0.6) -> list[tuple[Box, Box]]:
    """Pairs of boxes on one page that lie on one another by more than a slanting letter hangs over: the farther, the
    larger it is.
    """
    pairs = []
    for index, one in enumerate(found):
        for other in found[index + 1 :]:
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.head, other.head) - max(one.foot, other.foot)
            hangs = max(slack, 0.12 * min(one.head - one.foot, other.head - other.foot))
            if one.page == other.page and wide > hangs and high > 0.25 and not (one.is_turned or other.is_turned):
                pairs.append((one, other))
    return pairs
