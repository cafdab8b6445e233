"""The one mail there is: enough neighbours have said yes."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.text import in_language
from dorfplatz.launch.queries import Yes
from dorfplatz.mail.actions import post_mail
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import base_url, municipality_of

TEMPLATE = "mail/launch/enough"


def tell_enough(person: Identity, area: Area, yes: Yes, *, now: datetime) -> bool:
    """In the person's language; whether there was anybody to write to."""
    municipality, language = municipality_of(area), str(person.language)
    if municipality is None or person.login is None:
        return False
    with override(language):
        said = {"village": in_language(area.name, language), "said": yes.said, "wanted": yes.wanted}
        context = {
            "subject": _("%(village)s: enough neighbours have said yes") % said,
            "text": _(
                "%(said)d neighbours of %(village)s have said yes; %(wanted)d were wanted. You can open the square "
                "now. It never opens by itself: look once more at the checklist, and choose the moment."
            )
            % said,
            "link": base_url(municipality) + reverse("launch:kit", args=[area.slug]),
            "name": person.name,
            "square": in_language(municipality.area.name, language),
        }
    key = f"launch.enough:{area.pk}:{person.pk}:{now.date().isoformat()}"
    post_mail(key=key, to=person.login.email, template=TEMPLATE, context=context, language=language, now=now)
    return True
