"""What the worker does for members."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from dorfplatz.jobs.job import job
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.text import in_language
from dorfplatz.members.actions import send_reset_link
from dorfplatz.members.limits import forget_attempts
from dorfplatz.members.queries import language_of_email
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url


@job()
def mail_reset_link(email: str, municipality_id: int) -> None:
    """Whether the address is known is looked up here, so that the page answers everybody alike and as fast."""
    municipality = Municipality.objects.select_related("area").get(pk=municipality_id)
    language = language_of_email(email) or municipality.default_language

    def link(uid: str, token: str) -> str:
        with override(language):
            return base_url(municipality) + reverse("members:new_password", args=[uid, token])

    send_reset_link(
        email,
        link=link,
        square=in_language(municipality.area.name, language),
        by=system("password reset"),
        now=timezone.now(),
    )


@job()
def forget_old_attempts() -> None:
    forget_attempts(now=timezone.now())
