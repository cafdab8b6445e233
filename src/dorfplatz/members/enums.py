"""Roles: bundles of capabilities held in an area and everything below it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    EDITOR = "editor", _("Editor")
    CONNECTOR = "connector", _("Buurtverbinder")
    MODERATOR = "moderator", _("Moderator")
    OFFICER = "officer", _("Municipal officer")
    ADMIN = "admin", _("Municipality admin")
    OPERATOR = "operator", _("Operator")


class WhyLeaving(TextChoices):
    ASKED = "asked", _("you asked for it")
    INACTIVE = "inactive", _("you have not been here for long")


class LookedAt(TextChoices):
    """Pages on which people with a role see what is not for everybody."""

    ROLES = "roles", _("the list of roles")


# Roles that an admin of the municipality gives and ends; the operator's are given at the machine.
GIVEN_BY_ADMINS = (Role.EDITOR, Role.CONNECTOR, Role.MODERATOR, Role.OFFICER, Role.ADMIN)
MANAGE_ROLES = "members.manage_roles"
MAKE_CARDS = "members.make_cards"
