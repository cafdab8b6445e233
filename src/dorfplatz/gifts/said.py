"""Gifts in words: what it is called, when, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, pgettext_lazy

from dorfplatz.gifts.enums import Way
from dorfplatz.gifts.models import Gift
from dorfplatz.gifts.skills import SKILLS
from dorfplatz.members.enums import SeenBy

# Above what somebody else can.
OF_OTHERS = {
    Way.OFFER: pgettext_lazy("gift", "Does for others"),
    Way.TOGETHER: pgettext_lazy("gift", "Likes to do with others"),
    Way.LEARN: pgettext_lazy("gift", "Would like to learn"),
}


@dataclass(frozen=True)
class Line:
    """One gift as a page shows it. `language` is of what is in somebody's own words."""

    gift: Gift
    name: str
    name_language: str
    words: str
    when: str
    seen_by: str

    @property
    def title(self) -> str:
        """Above it: as she would say it herself, or as one says it of somebody who was listened to."""
        return str(self.gift.get_way_display()) if self.gift.conversation_id is None else self.title_of_way

    @property
    def title_of_way(self) -> str:
        return str(OF_OTHERS[Way(self.gift.way)])


def line_of(gift: Gift) -> Line:
    skill = SKILLS.get(gift.skill)
    name = name_of(gift)
    more = gift.words if skill and gift.words.casefold() != name.casefold() else ""
    said = [gift.get_often_display(), days_of(gift)]
    when = ", ".join(str(word) for word in said if word)
    return Line(gift, name, "" if skill else gift.language, more, when, str(SeenBy(gift.seen_by).label))


def name_of(gift: Gift) -> str:
    """The skill in the reader's language; what somebody wrote herself, as she wrote it."""
    skill = SKILLS.get(gift.skill)
    return skill.name_in(get_language() or "de") if skill else gift.words or gift.skill


def days_of(gift: Gift) -> str:
    """“Mo, Th”; "" for any day."""
    return ", ".join(str(WEEKDAYS_ABBR[day]) for day in gift.days)
