import re
from pathlib import Path

import pytest
from django.test.signals import template_rendered
from django.utils.translation import override

from dorfplatz.ui import views
from dorfplatz.ui.icons import ICONS
from dorfplatz.ui.kept_parts import KeptParts
from dorfplatz.ui.pins import COLOURS, SHAPES
from dorfplatz.ui.templatetags import ui as tags

HERE = Path(views.__file__).parent


@pytest.mark.parametrize("language", ["de", "nl", "en"])
def test_the_style_page_shows_in_every_language_without_inline_style_or_script(request_at, language):
    with override(language):
        html = views.style(request_at(f"/{language}/ui/")).content.decode()

    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db(transaction=False)
def test_every_part_is_on_the_style_page(request_at, monkeypatch):
    # A part that an earlier test had made is not rendered again.
    monkeypatch.setattr(tags, "kept_parts", KeptParts())
    shown = set()

    def note(template, **_):
        shown.add(template.name)

    template_rendered.connect(note)
    try:
        views.style(request_at())
    finally:
        template_rendered.disconnect(note)
    parts = {f"ui/parts/{path.name}" for path in (HERE / "templates/ui/parts").glob("*.html")}

    assert parts - shown == set()


def test_every_tint_colour_and_shape_is_known_to_the_styles():
    tokens = (HERE / "frontend/css/tokens.css").read_text()
    shapes = (HERE / "frontend/shapes.json").read_text()

    assert [c for c in COLOURS if f".colour-{c} " not in tokens or f"--pin-{c}:" not in tokens] == []
    assert [s for s in SHAPES if f'"{s}":' not in shapes] == []


def test_no_icon_is_listed_twice():
    assert len(set(ICONS)) == len(ICONS)
