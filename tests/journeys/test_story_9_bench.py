"""Story 9, up to the group: the bench on the square, written at the market stand, said “me too” to, and answered. By
requests, where every step is looked at; and in a real browser.
"""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from dorfplatz.channels.models import Note
from dorfplatz.wishes.models import Theme, Wish
from tests.fixtures.chromium import OpenWindow, Window


def path(name: str, **values: object) -> str:
    with override("de"):
        return reverse(f"wishes:{name}", kwargs=values)


def test_a_bench_from_the_market_stand_to_an_answer_and_an_ask(kranenburg, cast, at_eleven, square):
    zyfflich = kranenburg.village("zyfflich")
    ben, anna, dirk = (cast.at_the_square(name) for name in ("ben", "anna", "dirk"))

    # At the market stand: a sheet, typed off in the evening, thirteen ticks beside the bench.
    sheet = {
        "area": zyfflich.pk, "place": "Marktstand", "held_on": "2026-11-21", "form_key": "k" * 32,
        "mood_1": "wish", "sentence_1": "Eine Bank auf dem Dorfplatz", "on_paper_1": "13",
        "mood_2": "bothers", "sentence_2": "Die Laterne ist dunkel",
    }  # fmt: skip
    ben.post(path("new_chart"), sheet)
    bench = Wish.objects.get(entry__title="Eine Bank auf dem Dorfplatz")
    page = f"e/{bench.entry.code}/x/"

    # Ben sets its pin; a neighbour wishes the same in Dutch, and one theme gathers both.
    moved = {"mood": "wish", "title": "Eine Bank auf dem Dorfplatz", "villages": [zyfflich.pk], "audience": "public"}
    ben.post(path("edit", code=bench.entry.code), {**moved, "lat": "51.8242", "lon": "5.9741"})
    said = {"mood": "wish", "title": "Een bankje op het plein", "audience": "public", "form_key": "d" * 32}
    dirk.post(path("new"), {**said, "villages": [zyfflich.pk]})
    ben.post(path("themes"), {"de": "Sitzen", "nl": "Zitten"})
    ben.post(path("sort", code=bench.entry.code), {"theme": _theme()})
    assert "Een bankje op het plein" in ben.get(path("theme", theme_id=_theme())).text

    # The fourteenth says “me too” on the square; everybody sees how many, Ben sees who.
    anna.post(path("me_too", code=bench.entry.code), {"says": "yes"})
    assert "<strong>14</strong>" in square.page(page)
    assert "Anna, Niel" in ben.page(page)
    assert "Anna, Niel" not in square.page(page)
    assert "Eine Bank auf dem Dorfplatz" in square.page("wuensche/karte/", village="zyfflich")
    assert "Eine Bank auf dem Dorfplatz" in square.page("zyfflich/")

    # Answered; Anna hears of it, and an ask comes of the wish.
    answer = {"status": "heard", "words": "Balken gibt es. Wer sägt mit?", "form_key": "a" * 32}
    ben.post(path("answer", code=bench.entry.code), answer)
    assert [note.identity for note in Note.objects.filter(sort="wish")] == [cast.anna]
    assert "Eine Bank auf dem Dorfplatz" in anna.page("neues-fuer-mich/")
    way = re.search(r'href="([^"]+)"[^>]*>(?:(?!</a>).)*Daraus ein Gesuch machen', anna.page(page))
    assert way is not None
    form = anna.get(way[1].replace("&amp;", "&") + "&sort=help", follow=True).text
    assert 'value="Eine Bank auf dem Dorfplatz"' in form
    ask = {"title": "Wer sägt mit an der Bank?", "villages": [zyfflich.pk], "audience": "public", "form_key": "f" * 32}
    anna.post(way[1].replace("&amp;", "&") + "&sort=help", ask)
    assert "Wer sägt mit an der Bank?" in square.page(page)
    done = {"status": "done", "words": "Sie steht. Setzen Sie sich!", "form_key": "b" * 32}
    ben.post(path("answer", code=bench.entry.code), done)
    assert "erfüllt" in square.page(page)


def _theme() -> int:
    return Theme.objects.get().pk


BENCH = "Eine Bank unter der Linde am Deich"


@pytest.mark.browser
def test_in_a_browser_from_the_market_stand_to_the_group(window: OpenWindow) -> None:
    ben, anna, visitor = window("ben@example.org"), window("anna@example.org", width=390), window(width=390)

    # Ben types off the sheet of the market stand: thirteen ticks beside the bench. Then he sets its pin.
    page = ben.go("/de/wuensche/flipchart/")
    page.get_by_label("Für welches Dorf?").select_option("Zyfflich")
    page.locator("[name=place]").fill("Marktstand an der Linde")
    page.locator("[name=sentence_1]").fill(BENCH)
    page.locator("[name=on_paper_1]").fill("13")
    page.get_by_role("button", name="Alle auf den Platz stellen").click()
    ben.settle()
    page.locator("main").get_by_role("link", name=BENCH).first.click()
    ben.settle()
    expect(page.locator(".wish-count")).to_contain_text("13")
    address = page.url.removeprefix(ben.origin)
    _set_a_pin(ben)

    # Anna is the fourteenth: two taps from her village's list of wishes.
    anna.go("/de/wuensche/?village=zyfflich")
    anna.page.locator("main").get_by_role("link", name=BENCH).first.click()
    anna.settle()
    anna.page.get_by_role("button", name="Ich auch").click()
    anna.settle()
    expect(anna.page.locator(".wish-count strong")).to_have_text("14")

    # Those who joined in have become a group: Ben says so, Anna is told, everybody reads it.
    ben.go(address)
    page.locator("#answer [name=status][value=group]").check()
    page.locator("#answer [name=words]").fill("Sechs bauen mit, samstags um zehn an der Linde.")
    page.get_by_role("button", name="So sagen").click()
    ben.settle()
    anna.go("/de/neues-fuer-mich/")
    expect(anna.page.locator("main")).to_contain_text(BENCH)
    visitor.go(address)
    expect(visitor.page.locator(".wish-status")).to_contain_text("es gibt eine Gruppe")
    expect(visitor.page.locator(".wish-replies")).to_contain_text("samstags um zehn")
    expect(visitor.page.locator("main")).not_to_contain_text("Anna Verheyen")
    visitor.go("/de/wuensche/karte/?village=zyfflich")
    expect(visitor.page.locator("main")).to_contain_text(BENCH)


def _set_a_pin(ben: Window) -> None:
    page = ben.page
    page.locator(".entry-doing").get_by_role("link", name="Ändern").click()
    ben.settle()
    page.locator("summary", has_text="Karte").click()
    page.locator("[name=lat]").fill("51.8242")
    page.locator("[name=lon]").fill("5.9741")
    page.get_by_role("button", name="Speichern").click()
    ben.settle()
