"""The municipality's own pages: written by its admins, read by everybody."""

from __future__ import annotations

import pytest

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.villages.actions import PageText, create_page, move_page, remove_page
from dorfplatz.villages.actions.pages import MOST_PAGES
from dorfplatz.villages.enums import PageKind
from dorfplatz.villages.models import FreePage
from tests.fixtures.kranenburg import INSTALLER, NOW, Square


@pytest.fixture
def make(kranenburg):
    def create(title: str = "Über uns", body: str = "", kind: PageKind = PageKind.FREE, **values) -> FreePage:
        text = PageText(values.pop("titles", {"de": title}), {"de": body} if body else {}, **values)
        return create_page(kranenburg.municipality, kind=kind, text=text, by=INSTALLER, now=NOW)

    return create


def form(**changes):
    empty = {f"{key}_{code}": "" for key in ("title", "body") for code in ("de", "nl", "en")}
    return {"version": 0, **empty, "title_de": "Über uns", "is_published": "on", **changes}


def test_a_page_is_added_shown_and_linked_at_the_foot(admin_square, square):
    sent = form(kind="about", title_nl="Over ons", body_de="# Wer\n\nWir *alle*.", body_nl="Wij.")
    page = admin_square.post("/de/einstellungen/neue-seite/", sent, follow=True).content.decode()
    assert "<h2>Wer</h2>" in page
    assert "<em>alle</em>" in page
    assert 'href="/de/seite/ueber-uns/">Über uns</a>' in square.page("doerfer/")
    dutch = Square("nl").page("pagina/ueber-uns/")
    assert "<h1>Over ons</h1>" in dutch
    assert "Wij." in dutch


def test_a_reader_of_another_language_is_shown_the_one_there_is_marked_as_such(make):
    make(body="Nur auf Deutsch.")
    assert '<article class="stack" lang="de">' in Square("nl").page("pagina/ueber-uns/")


def test_what_is_not_shown_is_there_for_admins_only(make, square, admin_square):
    make(is_published=False)
    assert square.get("/de/seite/ueber-uns/").status_code == 404
    assert "/seite/ueber-uns/" not in square.page("doerfer/")
    assert "nur Sie" in admin_square.page("seite/ueber-uns/")


def test_the_text_is_never_markup_of_its_own(make, square):
    make(title="<script>alert(1)</script>", body="<script>alert(2)</script>[x](javascript:alert(3))")
    slug = FreePage.objects.get().slug
    page = square.page(f"seite/{slug}/")
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_a_page_is_changed_and_keeps_its_address(make, admin_square):
    make()
    answer = admin_square.post("/de/einstellungen/seiten/ueber-uns/", form(title_de="Wir", body_de="Neu"))
    assert answer["Location"] == "/de/seite/ueber-uns/"
    page = FreePage.objects.get()
    assert (page.title, page.body, page.version) == ({"de": "Wir"}, {"de": "Neu"}, 1)


def test_who_saves_second_is_told(make, admin_square):
    make()
    admin_square.post("/de/einstellungen/seiten/ueber-uns/", form(body_de="eins"))
    page = admin_square.post("/de/einstellungen/seiten/ueber-uns/", form(body_de="zwei")).content.decode()
    assert "Jemand anders" in page
    assert FreePage.objects.get().body == {"de": "eins"}


def test_pages_are_moved(make, admin_square):
    for title in ("A", "B", "C"):
        make(title)
    admin_square.post("/de/einstellungen/seiten/c/verschieben/", {"up": "1"})
    assert [page.slug for page in FreePage.objects.all()] == ["a", "c", "b"]
    admin_square.post("/de/einstellungen/seiten/a/verschieben/", {"down": "1"})
    assert [page.slug for page in FreePage.objects.all()] == ["c", "a", "b"]
    assert not move_page(FreePage.objects.first(), up=True, by=INSTALLER, now=NOW)


def test_removing_asks_first_and_happens_once(make, admin_square):
    page = make()
    assert "entfernen?" in admin_square.page("einstellungen/seiten/ueber-uns/entfernen/")
    assert FreePage.objects.exists()
    admin_square.post("/de/einstellungen/seiten/ueber-uns/entfernen/")
    assert not FreePage.objects.exists()
    remove_page(page, by=INSTALLER, now=NOW)


def test_of_some_kinds_there_is_one(make):
    make(kind=PageKind.ABOUT)
    make(title="Noch eine")
    with pytest.raises(Problem):
        make(kind=PageKind.ABOUT)


def test_the_same_title_gets_another_address(make):
    assert [make().slug, make().slug, make("!?").slug] == ["ueber-uns", "ueber-uns-2", "free"]


def test_there_are_not_endlessly_many(make, kranenburg):
    FreePage.objects.bulk_create(
        FreePage(municipality=kranenburg.municipality, slug=f"p{n}", title={"de": "x"}) for n in range(MOST_PAGES)
    )
    with pytest.raises(Problem):
        make()


@pytest.mark.parametrize("titles", [{}, {"de": ""}, {"de": "x" * 121}])
def test_a_page_needs_a_title_of_some_length(make, titles):
    with pytest.raises(Problem):
        make(titles=titles)


def test_only_admins_write_pages(kranenburg):
    with pytest.raises(Refused):
        create_page(kranenburg.municipality, kind=PageKind.FREE, text=PageText({"de": "x"}, {}), by=VISITOR, now=NOW)
