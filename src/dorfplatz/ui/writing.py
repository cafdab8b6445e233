"""The simple marks of texts, for people who never saw them: what a big button writes around the chosen words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Mark:
    """One button of the writer. `sample` stands between the marks where nothing was chosen."""

    key: str
    label: str
    icon: str
    before: str
    after: str
    sample: str
    each_line: bool = False

    @property
    def written(self) -> str:
        return f"{self.before}{self.sample}{self.after}"


def marks() -> list[Mark]:
    """In the order in which people look for them. What they write is what `kernel.text.render` reads."""
    return [
        Mark("bold", _("Bold"), "bold", "**", "**", _("important")),
        Mark("italic", _("Slanted"), "italic", "*", "*", _("a title")),
        Mark("list", _("List"), "list", "- ", "", _("bread"), each_line=True),
        Mark("heading", _("Heading"), "heading", "## ", "", _("What to bring"), each_line=True),
        Mark("link", _("Link"), "link", "[", "](https://example.org)", _("words to tap")),
        Mark("quote", _("Quote"), "quote", "> ", "", _("what somebody said"), each_line=True),
    ]
