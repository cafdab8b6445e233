"""Choices about areas that other apps may need without the tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaKind(TextChoices):
    REGION = "region", _("Region")
    MUNICIPALITY = "municipality", _("Municipality")
    VILLAGE = "village", _("Village")


class Stage(TextChoices):
    """How far a village’s square is: who sees it, and where."""

    PREPARING = "preparing", _("being prepared")
    SOFT = "soft", _("soft start")
    OPEN = "open", _("open")


class OutlineOrigin(TextChoices):
    NONE = "none", _("no outline")
    GIVEN = "given", _("given")
    COMPUTED = "computed", _("computed, approximate")


class PageKind(TextChoices):
    ABOUT = "about", _("About us")
    ASSOCIATION = "association", _("Association")
    FUNDERS = "funders", _("Funders")
    FREE = "free", _("Page of our own")


class LegalKind(TextChoices):
    """What each municipality tells its readers, whether or not it has found words of its own."""

    RULES = "rules", _("House rules")
    PRIVACY = "privacy", _("Privacy")
    IMPRINT = "imprint", _("Imprint")
    ACCESSIBILITY = "accessibility", _("Accessibility")


TINT_COUNT = 9
OUTSIDE_TINT = 0  # grey: places outside the municipality
MANAGE = "villages.manage"
PREPARE = "villages.prepare"  # fill a village that is not open yet, and open it
