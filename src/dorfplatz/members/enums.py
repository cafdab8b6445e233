"""Roles: bundles of capabilities held in an area and everything below it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    EDITOR = "editor", _("Editor")
    CONNECTOR = "connector", _("Buurtverbinder")
    MODERATOR = "moderator", _("Moderator")
    OFFICER = "officer", _("Municipal officer")
    ADMIN = "admin", _("Municipality admin")
    OPERATOR = "operator", _("Operator")


class WayIn(TextChoices):
    """How somebody joined by herself."""

    CARD = "card", _("with a card")
    MAIL = "mail", _("with an e-mail address")
    INVITATION = "invitation", _("by an invitation")


class WordAs(TextChoices):
    """As what somebody said that she knows a newcomer."""

    CONNECTOR = "connector", _("Buurtverbinder")
    NEIGHBOUR = "neighbour", _("neighbour")
    ORGANIZATION = "organization", _("organisation")


class SeenBy(TextChoices):
    """Who reads a line of somebody's page, from the narrowest to the widest."""

    ME = "me", _("only me")
    CONNECTORS = "connectors", _("the Buurtverbinder")
    VILLAGES = "villages", _("members of my villages")
    MEMBERS = "members", _("all members")
    PUBLIC = "public", _("everybody")


# How wide somebody under 16 is seen at most.
UNDER_16 = (SeenBy.ME, SeenBy.CONNECTORS, SeenBy.VILLAGES)


class ProfileField(TextChoices):
    """What somebody may say of herself. Nothing of it is needed."""

    NAME = "name", _("My name and my page")
    ABOUT = "about", _("A few words about me")
    LANGUAGES = "languages", _("Languages I speak")
    DOES = "does", _("What I do")
    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail address")
    LISTED = "listed", _("On the list of neighbours")

    @classmethod
    def without_words(cls) -> tuple[ProfileField, ...]:
        """Where there is nothing to write: only who reads it."""
        return (cls.NAME, cls.LISTED)


class ConsentBy(TextChoices):
    """How somebody without internet said that another may act for her."""

    PHONE = "phone", _("by phone")
    SPOKEN = "spoken", _("in person")
    WRITTEN = "written", _("in writing")


class WhyLeaving(TextChoices):
    ASKED = "asked", _("you asked for it")
    INACTIVE = "inactive", _("you have not been here for long")


class LookedAt(TextChoices):
    """Pages on which people with a role see what is not for everybody."""

    ROLES = "roles", _("the list of roles")
    PROFILE = "profile", _("your page")
    MEMBERS = "members", _("the list of members")


# Roles that an admin of the municipality gives and ends; the operator's are given at the machine.
GIVEN_BY_ADMINS = (Role.EDITOR, Role.CONNECTOR, Role.MODERATOR, Role.OFFICER, Role.ADMIN)
# What a role is for, in a sentence.
PURPOSES = {
    Role.EDITOR: _("Keeps entries and dates of a village right, for clubs that cannot do it themselves."),
    Role.CONNECTOR: _(
        "A trained neighbour who keeps one to three villages alive and acts for people without internet."
    ),
    Role.MODERATOR: _("Keeps the rules, with a reason and a record for each decision."),
    Role.OFFICER: _("Informs the villages for the municipality. Never reads what is for members only."),
    Role.ADMIN: _("Sets up villages, roles, texts and look. There is always at least one."),
}
MANAGE_ROLES = "members.manage_roles"
MAKE_CARDS = "members.make_cards"
SEE_MEMBERS = "members.see"
ACT_FOR = "members.act_for"
WRITE_TO_MINORS = "members.write_to_minors"
# Roles near personal data: they count only for who came in by two steps.
SECURED_ROLES = frozenset({Role.CONNECTOR, Role.MODERATOR, Role.OFFICER, Role.ADMIN, Role.OPERATOR})
SUSPEND = "members.suspend"
CURB = "members.curb"
CURBS = {"write": "no_writing_until", "letters": "no_letters_until"}
