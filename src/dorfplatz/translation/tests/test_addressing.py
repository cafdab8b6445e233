"""Formal or informal: as the author began."""

import pytest

from dorfplatz.translation.addressing import address_of


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("Bitte melden Sie sich bei Anna.", "de", "formal"),
        ("Wir freuen uns auf Ihren Besuch.", "de", "formal"),
        ("Kommt alle, wir freuen uns auf euch!", "de", "informal"),
        ("Hast du Zeit? Bring deine Freunde mit.", "de", "informal"),
        ("Sie kommt morgen. Ihr Hund auch.", "de", ""),
        ("Der Chor probt am Dienstag.", "de", ""),
        ("Wenn Sie können, bring dein Rad mit.", "de", ""),
        ("Kunt u helpen?", "nl", "formal"),
        ("Neem uw fiets mee.", "nl", "formal"),
        ("Kom je ook? Neem jullie kinderen mee.", "nl", "informal"),
        ("Om 10 uur bij de kerk.", "nl", ""),
        ("Can you help?", "en", ""),
    ],
)
def test_the_form_is_the_one_that_is_used_and_none_where_it_is_unclear(text, language, form):
    assert address_of(text, language) == form
