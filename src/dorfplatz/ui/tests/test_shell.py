import pytest
from django.shortcuts import render
from django.utils.translation import gettext_lazy, override

from dorfplatz.ui.context import Shell
from dorfplatz.ui.parts import Place, Village


def door(sockets, key, url, **more):
    return sockets.Door(key, key.title(), "map", lambda request: url, **more)


def test_the_navigation_shows_only_rooms_that_are_there(request_at, empty_sockets):
    sockets = empty_sockets
    sockets.navigation.plug("map", door(sockets, "map", "/de/karte/", room="places"), rank=20)
    sockets.navigation.plug("square", door(sockets, "square", "/de/", prefix=False), rank=10)
    sockets.navigation.plug("dates", door(sockets, "dates", "/de/termine/", room="events"))
    sockets.navigation.plug("desk", door(sockets, "desk", "/de/desk/", available=lambda r: r.viewer.is_member))

    assert [d.key for d in Shell(request_at()).navigation] == ["square", "map"]


def test_the_door_one_has_come_through_is_marked(request_at, empty_sockets):
    sockets = empty_sockets
    sockets.navigation.plug("square", door(sockets, "square", "/de/", prefix=False), rank=10)
    sockets.navigation.plug("map", door(sockets, "map", "/de/karte/?village=niel"), rank=20)

    assert [d.is_current for d in Shell(request_at("/de/karte/sport/")).navigation] == [False, True]
    assert [d.is_current for d in Shell(request_at("/de/")).navigation] == [True, False]


def test_a_label_may_be_a_lazy_word_or_depend_on_the_request(request_at, empty_sockets):
    sockets = empty_sockets
    sockets.account.plug("me", sockets.Door("me", lambda r: r.path, "user", lambda r: "/me/"), rank=1)
    sockets.account.plug("map", sockets.Door("map", gettext_lazy("Map"), "map", lambda r: "/m/"), rank=2)

    assert [d.label for d in Shell(request_at("/de/x/")).account] == ["/de/x/", "Karte"]


def test_only_the_municipalitys_languages_are_offered(request_at):
    languages = Shell(request_at("/de/ui/?a=1")).languages

    assert [(x.code, x.url, x.is_current) for x in languages] == [
        ("de", "/de/ui/?a=1", True),
        ("nl", "/nl/ui/?a=1", False),
    ]


def test_without_a_municipality_there_is_still_a_page(request_at, empty_sockets):
    request = request_at()
    request.municipality = None

    assert Shell(request).name == "Dorfplatz"
    assert Shell(request).place == Place("Dorfplatz", url="/de/")
    assert len(Shell(request).languages) == 3


def test_the_masthead_says_where_one_stands_and_offers_the_others(request_at, empty_sockets):
    empty_sockets.places.plug("none", lambda r: None, rank=1)
    empty_sockets.places.plug(
        "v", lambda r: Place("Niel", 8, within="Kranenburg", choices=[Village("Mehr", 5, "/de/mehr/")]), rank=2
    )
    html = render(request_at(), "ui/page.html").content.decode()

    assert "<title>Niel · Kranenburg</title>" in html
    assert 'class="tint-5" href="/de/mehr/"' in html
    assert "Dorf wählen" in html


@pytest.mark.parametrize(
    ("template", "language", "words"),
    [
        ("404.html", "de", "Hier ist nichts."),
        ("404.html", "nl", "Hier is niets."),
        ("403.html", "de", "Diese Tür ist für Sie verschlossen."),
        ("403.html", "nl", "Deze deur is voor u gesloten."),
        ("400.html", "de", "Das haben wir nicht verstanden."),
        ("400.html", "nl", "Dat hebben we niet begrepen."),
        ("500.html", "de", "Das hat nicht geklappt."),
        ("500.html", "nl", "Dat is niet gelukt."),
    ],
)
def test_error_pages_speak_the_readers_language(request_at, template, language, words):
    with override(language):
        html = render(request_at(f"/{language}/x/"), template).content.decode()

    assert words in html


def test_a_refusal_gives_its_reason(request_at):
    assert "Nur für Niel." in render(request_at(), "403.html", {"reason": "Nur für Niel."}).content.decode()
