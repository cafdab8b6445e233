"""On what ground somebody reports and somebody decides: a law, or one of the house rules, in words for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorfplatz.moderation.enums import Rank


@dataclass(frozen=True)
class Ground:
    """`laws` names the law by country; a ground without is a house rule. `needs_name` as in Art. 16 (2) (c) DSA."""

    key: str
    label: str | Promise
    rank: Rank
    laws: Mapping[str, str] = field(default_factory=dict)
    needs_name: bool = True

    @property
    def is_legal(self) -> bool:
        return bool(self.laws)

    def law(self, country: str) -> str:
        """The law in that country, else in the other one."""
        return self.laws.get(country) or next(iter(self.laws.values()), "")


_ALL = (
    Ground("life", _("Somebody’s life or safety is in danger"), Rank.LIFE,
           {"DE": "§§ 126, 241 StGB", "NL": "art. 285 Sr"}),
    Ground("children", _("Sexual abuse of children"), Rank.LIFE,
           {"DE": "§§ 176–176e, 184b StGB", "NL": "art. 240b–249 Sr"}, needs_name=False),
    Ground("hate", _("Incitement to hatred, forbidden symbols"), Rank.LAW,
           {"DE": "§§ 86a, 130 StGB", "NL": "art. 137c–137e Sr"}),
    Ground("insult", _("Insult or slander"), Rank.LAW, {"DE": "§§ 185–187 StGB", "NL": "art. 261–262, 266 Sr"}),
    Ground("privacy", _("Private things or pictures of a person without her consent"), Rank.LAW,
           {"DE": "Art. 6 DSGVO, § 22 KunstUrhG", "NL": "art. 6 AVG, art. 21 Auteurswet"}),
    Ground("fraud", _("Fraud or a trap"), Rank.LAW, {"DE": "§ 263 StGB", "NL": "art. 326 Sr"}),
    Ground("goods", _("Forbidden goods: weapons, drugs and the like"), Rank.LAW,
           {"DE": "§ 52 WaffG, § 29 BtMG", "NL": "art. 26 WWM, art. 2 Opiumwet"}),
    Ground("copyright", _("Somebody else’s picture or text, without leave"), Rank.LAW,
           {"DE": "§ 97 UrhG", "NL": "art. 1 Auteurswet"}),
    Ground("other_law", _("Something else that the law forbids"), Rank.LAW,
           {"DE": "Art. 3 Buchst. h DSA", "NL": "art. 3 onder h DSA"}),
    Ground("violence", _("Violence, or a call for it"), Rank.RULE),
    Ground("rude", _("Unfriendly, insulting, belittling"), Rank.RULE),
    Ground("gossip", _("About people who are not there"), Rank.RULE),
    Ground("private", _("Passes on private things: address, telephone, letters"), Rank.RULE),
    Ground("youth", _("Not fit for children and young people"), Rank.RULE),
    Ground("untrue", _("Not true, or misleading"), Rank.RULE),
    Ground("advertising", _("Advertising, or the same again and again"), Rank.RULE),
    Ground("misplaced", _("In the wrong place here"), Rank.RULE),
    Ground("other_rule", _("Something else that the house rules do not allow"), Rank.RULE),
)  # fmt: skip

GROUNDS: Mapping[str, Ground] = {ground.key: ground for ground in _ALL}


def choices_by_sort() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """For a form: what the law forbids, then the house rules."""
    return [
        (_("Against the house rules"), [(g.key, g.label) for g in _ALL if not g.is_legal]),
        (_("Against the law"), [(g.key, g.label) for g in _ALL if g.is_legal]),
    ]


def label_of(key: str) -> str:
    """In the active language; "" for a ground that is none (any more)."""
    return str(GROUNDS[key].label) if key in GROUNDS else ""
