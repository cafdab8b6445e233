"""Keeping the words of a place, and deciding what leaves the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.languages.enums import Treatment
from dorfplatz.languages.facts import LocalWordsChanged, OutsideTranslationDecided
from dorfplatz.languages.models import LocalWord, OutsideTranslation
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.policies import can_manage_municipality

MOST_WORDS = 500


@dataclass(frozen=True)
class WordDraft:
    """A word, and what it is called elsewhere."""

    word: str
    language: str
    treatment: Treatment
    says: Mapping[str, str] = field(default_factory=dict)

    @property
    def others(self) -> dict[str, str]:
        return {code: said for code, said in self.says.items() if said and code != self.language}


@transaction.atomic
def add_local_word(municipality: Municipality, *, draft: WordDraft, by: Actor, now: datetime) -> LocalWord:
    """Raises Problem for a word that is there already, and for more than anybody can look after."""
    can_manage_municipality(by, municipality).require()
    if municipality.local_words.count() >= MOST_WORDS:
        raise Problem(_("There is room for %(most)d words.") % {"most": MOST_WORDS})
    word = LocalWord(municipality=municipality)
    _write(word, draft)
    record_act("local_word.added", by=by, now=now, thing=f"local-word:{word.pk}")
    announce(LocalWordsChanged(municipality.pk, word.forms))
    return word


@transaction.atomic
def change_local_word(word: LocalWord, *, draft: WordDraft, by: Actor, now: datetime) -> None:
    """Raises Problem for a word that is there already."""
    can_manage_municipality(by, word.municipality).require()
    before = word.forms
    _write(word, draft)
    record_act("local_word.changed", by=by, now=now, thing=f"local-word:{word.pk}")
    announce(LocalWordsChanged(word.municipality_id, tuple(dict.fromkeys([*before, *word.forms]))))


@transaction.atomic
def remove_local_word(word: LocalWord, *, by: Actor, now: datetime) -> None:
    can_manage_municipality(by, word.municipality).require()
    record_act("local_word.removed", by=by, now=now, thing=f"local-word:{word.pk}")
    word.delete()
    announce(LocalWordsChanged(word.municipality_id, word.forms))


@transaction.atomic
def decide_outside_translation(municipality: Municipality, *, is_allowed: bool, by: Actor, now: datetime) -> None:
    """Whether public texts may be sent to a service outside to be translated. Members are told of a yes."""
    can_manage_municipality(by, municipality).require()
    known = OutsideTranslation.objects.filter(municipality=municipality).first()
    if (known.is_allowed if known else False) == is_allowed:
        return
    said = {"is_allowed": is_allowed, "decided_at": now}
    OutsideTranslation.objects.update_or_create(municipality=municipality, defaults=said)
    verb = "outside_translation.allowed" if is_allowed else "outside_translation.ended"
    record_act(verb, by=by, now=now, thing=f"outside-translation:{municipality.pk}")
    announce(OutsideTranslationDecided(municipality.pk, is_allowed))


def _write(word: LocalWord, draft: WordDraft) -> None:
    same = LocalWord.objects.filter(municipality=word.municipality, language=draft.language, word=draft.word)
    if same.exclude(pk=word.pk).exists():
        raise Problem(_("“%(word)s” is in the list already.") % {"word": draft.word})
    word.word, word.language, word.treatment, word.says = draft.word, draft.language, draft.treatment, draft.others
    word.save()
