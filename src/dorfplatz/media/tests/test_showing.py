"""Pictures on pages and over HTTP."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from dorfplatz.media.actions import accept_upload
from dorfplatz.media.enums import PictureState
from dorfplatz.media.queries import pictures_by_id
from dorfplatz.media.tests.photos import ANNA, NOW, WORDS, file_of, flag, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return tmp_path


# On the page


def test_a_page_gets_every_size_in_every_format_with_words_in_the_readers_language():
    picture = ready(file_of(flag(1500, 1000)))
    template = Template('{% load media %}{% picture picture sizes="50vw" css="photo" %}')
    with override("nl"):
        html = template.render(Context({"picture": picture}))
    assert 'alt="De kerk van Niel"' in html
    assert 'width="1500" height="1000"' in html
    assert 'loading="lazy"' in html
    assert '<picture class="photo">' in html
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    for copy in picture.renditions:
        assert f"/media/{copy['name']} {copy['width']}w" in html
    with override("de"):
        assert 'alt="Die Kirche von Niel"' in template.render(Context({"picture": picture}))


def test_words_about_a_picture_cannot_break_out_of_the_page():
    picture = ready(file_of(flag()), alt='"><script>alert(1)</script>')
    html = Template("{% load media %}{% picture picture eager=True %}").render(Context({"picture": picture}))
    assert "<script" not in html
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_waiting_picture_says_so_and_a_refused_or_missing_one_shows_nothing():
    picture = accept_upload(file_of(flag()), alt=WORDS, by=ANNA, now=NOW)
    template = Template("{% load media %}{% picture picture %}")
    with override("de"):
        assert "Das Bild ist gleich da." in template.render(Context({"picture": picture}))
    picture.state = PictureState.REFUSED
    assert template.render(Context({"picture": picture})).strip() == ""
    assert template.render(Context({"picture": None})).strip() == ""


def test_previews_take_the_jpeg_nearest_to_a_width():
    picture = ready(file_of(flag(1500, 1000)))
    template = Template("{% load media %}{% picture_url picture 600 %}")
    assert re.fullmatch(r"/media/[\w-]{22}-640\.jpg", template.render(Context({"picture": picture})))
    assert template.render(Context({"picture": None})) == ""


def test_pictures_of_a_whole_page_are_one_query(django_assert_num_queries):
    pictures = [accept_upload(file_of(flag(8, 8)), alt="", by=ANNA, now=NOW) for _ in range(3)]
    with django_assert_num_queries(1):
        assert set(pictures_by_id([picture.pk for picture in pictures] + [None])) == {p.pk for p in pictures}


# Over HTTP


def test_a_copy_is_served_as_what_it_is_and_can_do_nothing(client, kranenburg):
    picture = ready(file_of(flag()))
    for copy in picture.renditions:
        answer = client.get(f"/media/{copy['name']}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == f"image/{copy['format']}"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "immutable" in answer["Cache-Control"]
        assert "max-age=31536000" in answer["Cache-Control"]
        assert len(b"".join(answer.streaming_content)) == copy["size"] == int(answer["Content-Length"])
        assert client.get(f"/media/{copy['name']}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_only_reading_is_possible(client, kranenburg):
    name = ready(file_of(flag())).renditions[0]["name"]
    assert client.head(f"/media/{name}").status_code == 200
    assert client.post(f"/media/{name}").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "", "x", "../dorfplatz.sqlite3", "..%2fdorfplatz.sqlite3", "%2e%2e/secret-key", "pictures/", "secret-key",
        "A" * 22 + "-320.jpg", "A" * 22 + "-320.svg", "A" * 22 + "-320.html", "A" * 22, "A" * 22 + "-320.jpg%00",
    ],
)  # fmt: skip
def test_nothing_else_is_to_be_had(client, kranenburg, home, path):
    Path(home / "secret-key").write_text("secret")
    assert client.get(f"/media/{path}").status_code == 404


def test_an_upload_in_quarantine_is_not_to_be_had(client, kranenburg):
    picture = accept_upload(file_of(flag()), alt=WORDS, by=ANNA, now=NOW)
    for name in (picture.token, f"{picture.token}-320.jpg", f"../quarantine/{picture.token}"):
        assert client.get(f"/media/{name}").status_code == 404
