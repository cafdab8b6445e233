"""The mail that brings a paper to somebody who prints it, and the link in it that ends that."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.kernel.text import in_language
from dorfplatz.mail.actions import Posting
from dorfplatz.mail.letter import written
from dorfplatz.noticeboard.days import said_days
from dorfplatz.noticeboard.enums import BOTH, PAPER, Shape
from dorfplatz.noticeboard.models import Paper, PaperSubscription
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url

_signer = Signer(salt="noticeboard.stop")


def stop_token(identity_id: int, area_id: int) -> str:
    """Says that whoever holds it got this area's paper mailed to that person. Works as long as the secret key does."""
    return _signer.sign(f"{identity_id}-{area_id}").replace(":", "~")


def read_stop_token(token: str) -> tuple[int, int] | None:
    """Whose and of which area; None for anything that we have not signed."""
    try:
        identity_id, _dash, area_id = _signer.unsign(token.replace("~", ":")).partition("-")
    except BadSignature:
        return None
    return int(identity_id), int(area_id)


def spoken_of(subscription: PaperSubscription, municipality: Municipality) -> tuple[str, ...]:
    """The languages that were asked for, as far as the square still has them."""
    asked = tuple(code for code in subscription.language.split(BOTH) if code in municipality.languages)
    return asked or (municipality.default_language,)


def posting_of(subscription: PaperSubscription, paper: Paper, municipality: Municipality) -> Posting:
    """In the reader's own language, whatever the paper's; the file goes with it when it leaves."""
    person, origin = subscription.identity, base_url(municipality)
    spoken = list(spoken_of(subscription, municipality))
    language = person.language
    with override(language):
        stop = origin + reverse("noticeboard:stop_mail", args=[stop_token(person.pk, paper.area_id)])
        context = {
            "name": person.name,
            "area": in_language(paper.area.name, language),
            "days": said_days(paper.starts_on, paper.ends_on, language),
            "sheet": Shape(subscription.form).label,
            "link": origin + reverse("noticeboard:paper", args=[paper.pk]),
            "stop": stop,
            "square": in_language(municipality.area.name, language),
        }
    return Posting(
        key=f"paper:{paper.pk}:{person.pk}",
        to=person.login.email if person.login else "",
        words=written("mail/noticeboard/paper", context, language),
        language=language,
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        enclosed={"by": PAPER, "what": {"paper": paper.pk, "form": subscription.form, "languages": spoken}},
    )
