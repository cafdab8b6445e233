"""Mails around introductions: what is asked, and where to answer. No name before both have said yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.actor import system
from dorfplatz.kernel.text import in_language
from dorfplatz.mail.actions import post_mail
from dorfplatz.matching.addresses import question_token
from dorfplatz.matching.models import AskedPerson, Introduction
from dorfplatz.matching.queries import things_again
from dorfplatz.matching.sources import Thing
from dorfplatz.matching.words import theme_in_words
from dorfplatz.villages.queries import base_url, municipality_of

TEMPLATE = "mail/matching/note"
POST = system("matching")


@dataclass(frozen=True)
class Note:
    """A mail's words, in the language that is active."""

    subject: str
    text: str
    label: str
    link: str


def ask_person(person: AskedPerson, *, now: datetime) -> bool:
    """Ask somebody whether she would like to be introduced; whether there is anybody to write to."""
    introduction = person.introduction
    with override(_language(person)):
        said = {"name": _connector(introduction), "title": _title(person, now), "theme": theme_of(introduction)}
        if said["theme"]:
            text = _(
                "%(name)s is a Buurtverbinder and thinks that somebody nearby might fit “%(title)s”. It is about: "
                "%(theme)s. May we introduce you two? Each of you hears the other’s name only when both have said yes."
            )
        else:
            text = _(
                "%(name)s is a Buurtverbinder and thinks that somebody nearby might fit “%(title)s”. May we introduce "
                "you two? Each of you hears the other’s name only when both have said yes."
            )
        link = reverse("matching:by_mail", args=[question_token(person)])
        subject = _("May we introduce you to somebody?")
        return _post(f"matching.ask:{person.pk}", person, Note(subject, text % said, _("Look and answer"), link), now)


def tell_noted(person: AskedPerson, *, now: datetime) -> None:
    """That somebody else has noted a yes for her: it can be taken back."""
    with override(_language(person)):
        text = _("%(name)s has noted that you said yes to an introduction, for “%(title)s”. If that is not so, say no.")
        said = {"name": _connector(person.introduction), "title": _title(person, now)}
        note = Note(_("Your yes is noted"), text % said, _("Look at it"), reverse("matching:mine"))
        _post(f"matching.noted:{person.pk}", person, note, now)


def tell_introduced(person: AskedPerson, other: AskedPerson, *, now: datetime) -> None:
    """Tell one of the two who the other is."""
    with override(_language(person)):
        thing = _thing(other, now)
        name = other.identity.name if other.identity else thing.name if thing else "–"
        said = {"name": name, "connector": _connector(person.introduction), "title": _title(other, now)}
        if other.identity is not None and other.identity.login_id:
            text = _("You have both said yes: meet %(name)s, “%(title)s”. Who writes first?")
            link, label = reverse("letters:write", args=[other.identity.code]), _("Write a letter")
        else:
            text = _("You have both said yes: meet %(name)s, “%(title)s”. %(connector)s rings and brings you together.")
            link, label = reverse("matching:mine"), _("Look at it")
        note = Note(_("You have both said yes"), text % said, label, link)
        _post(f"matching.introduced:{person.pk}", person, note, now)


def tell_not(person: AskedPerson, *, now: datetime) -> None:
    """Tell somebody who had said yes that nothing comes of it, and nothing more."""
    with override(_language(person)):
        text = _("The introduction for “%(title)s” did not work out this time. Thank you for having said yes!")
        said = {"title": _title(person, now)}
        note = Note(_("It did not work out"), text % said, _("See how it goes on"), reverse("matching:mine"))
        _post(f"matching.not:{person.pk}", person, note, now)


def tell_thanks(person: AskedPerson, thankful: AskedPerson, *, now: datetime) -> None:
    with override(_language(person)):
        said = {"name": thankful.identity.name if thankful.identity else _connector(thankful.introduction)}
        text = _("%(name)s says thank you. How good that you two know each other now!") % said
        note = Note(_("Somebody thanks you"), text, _("Look at it"), reverse("matching:mine"))
        _post(f"matching.thanks:{person.pk}", person, note, now)


def theme_of(introduction: Introduction) -> str:
    return theme_in_words(introduction.theme) if introduction.theme else ""


def _connector(introduction: Introduction) -> str:
    return introduction.connector.name if introduction.connector else _("A Buurtverbinder")


def _language(person: AskedPerson) -> str:
    return str(person.identity.language) if person.identity else "de"


def _thing(person: AskedPerson, now: datetime) -> Thing | None:
    return things_again([person.thing], POST, now=now).get(person.thing)


def _title(person: AskedPerson, now: datetime) -> str:
    found = _thing(person, now)
    return found.title if found else "–"


def _post(key: str, person: AskedPerson, note: Note, now: datetime) -> bool:
    identity, municipality = person.identity, municipality_of(person.introduction.area)
    if identity is None or identity.login is None or municipality is None or identity.is_blocked:
        return False
    context = {
        "subject": note.subject,
        "text": note.text,
        "label": note.label,
        "link": base_url(municipality) + note.link,
        "name": identity.name,
        "square": in_language(municipality.area.name, identity.language),
    }
    post_mail(key=key, to=identity.login.email, template=TEMPLATE, context=context, language=identity.language, now=now)
    return True
