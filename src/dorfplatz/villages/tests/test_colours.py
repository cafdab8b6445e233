"""The accent colour: contrast by the standard, refusal below AA, a variant for dark ground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.colours import (
    DARK_PAPER,
    LEAST_CONTRAST,
    LIGHT_GROUNDS,
    checked_accent,
    contrast,
    light_contrast,
    look_version,
    readable,
    stylesheet,
)

colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("colour", ["#A63D2F", "#2F6B4F", "#1F5673", "#a63d2f", "#000000"])
def test_readable_colours_are_taken(colour):
    accent = checked_accent(colour)
    assert accent.light == colour.upper()
    assert contrast(accent.dark, DARK_PAPER) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", ["#FFFF00", "#E8A33D", "#FFFFFF", "#F09A89"])
def test_pale_colours_are_refused_with_one_that_would_do(colour):
    with pytest.raises(Problem) as said:
        checked_accent(colour)
    better = readable(colour)
    assert better in str(said.value)
    assert checked_accent(better).light == better


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "#12345G", "a63d2f", "#A63D2F;}", "#A63D2F\n#"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(Problem):
        checked_accent(text)


@given(colours)
def test_whatever_is_made_readable_is_readable_everywhere(colour):
    found = readable(colour)
    assert all(contrast(found, ground) >= LEAST_CONTRAST for ground in LIGHT_GROUNDS)
    assert light_contrast(found) >= LEAST_CONTRAST


def test_the_stylesheet_sets_both_looks_and_its_version_follows_it():
    assert stylesheet("#A63D2F").startswith(":root{--accent:#a63d2f;--accent-dark:#")
    assert look_version("#A63D2F") == look_version("#a63d2f")
    assert look_version("#A63D2F") != look_version("#1F5673")


@pytest.mark.parametrize("kept", ["", "}body{display:none", "#FFFF00"])
def test_the_stylesheet_never_says_what_should_not_have_been_kept(kept):
    css = stylesheet(kept)
    assert css.count("{") == css.count("}") == 1
    assert "#ffff00" not in css
