"""Parts that are kept look as if they were made anew."""

from dataclasses import dataclass, field
from datetime import date

from django.template import engines
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from dorfplatz.ui.kept_parts import UNSHOWN, KeptParts
from dorfplatz.ui.parts import Card, FacetValue, OpenLine, Village


def included(name, **values):
    words = " ".join(f"{key}={key}" for key in values)
    return engines["django"].from_string(f'{{% include "ui/parts/{name}.html" with {words} only %}}').render(values)


def test_a_part_is_what_including_it_gives_also_the_second_time():
    kept = KeptParts()
    card = Card("1", "Chor <b>", "/e/1", "music", "Vereine", villages=[Village("Niel", 2)], open=OpenLine("offen"))
    first, second = kept.part("card", {"card": card}), kept.part("card", {"card": card})
    assert str(first) == str(second) == included("card", card=card)
    assert "Chor &lt;b&gt;" in first
    assert first is second


def test_what_differs_in_anything_is_another_part():
    kept = KeptParts()
    texts = ["1", mark_safe("<b>1</b>"), "<b>1</b>"]
    values = [FacetValue(text, "/", count, is_on) for text in texts for count in (None, 0, 1) for is_on in (0, 1)]
    assert [kept.part("facet", {"value": v}) for v in values] == [included("facet", value=v) for v in values]
    assert len(kept) == len(values)


@dataclass(frozen=True)
class Dated(FacetValue):
    on: date = field(default=date(2026, 11, 23), metadata=UNSHOWN)


def test_what_only_its_makers_look_at_makes_no_difference():
    kept = KeptParts()
    first = kept.part("facet", {"value": Dated("Niel", "/")})
    assert kept.part("facet", {"value": Dated("Niel", "/", on=date(2027, 1, 1))}) is first
    assert kept.part("facet", {"value": Dated("Kekerdom", "/")}) is not first


def test_each_language_has_its_own():
    kept = KeptParts()
    value = FacetValue("Niel", "/", 3)
    with override("de"):
        german = kept.part("facet", {"value": value})
    with override("nl"):
        assert kept.part("facet", {"value": value}) != german


def test_words_that_wait_for_their_language_are_not_kept():
    kept = KeptParts()
    value = FacetValue(gettext_lazy("Search"), "/")
    with override("de"):
        assert "Suche" in kept.part("facet", {"value": value})
    with override("nl"):
        assert "Zoek" in kept.part("facet", {"value": value})
    assert len(kept) == 0


def test_they_take_no_more_room_than_they_may():
    kept = KeptParts(most_bytes=8_000)
    for number in range(100):
        kept.part("facet", {"value": FacetValue(f"Dorf {number}", "/", number)})
    assert 0 < len(kept) < 30
