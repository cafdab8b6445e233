"""Joining cards on paper: what stands on one, and eight of them on a sheet of A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.text import in_language
from dorfplatz.members.models import CardBatch
from dorfplatz.press.engine import Job
from dorfplatz.press.letters import printable, well
from dorfplatz.press.qr import qr_drawing
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url

FOLDER, TEMPLATE = Path(__file__).parent / "sheets", "cards.typ"


def cards_job(batch: CardBatch, codes: Sequence[str], municipality: Municipality) -> Job:
    """The sheets. They are set at once and given out: kept nowhere, as the codes are."""
    language, name = municipality.default_language, municipality.area.name
    address = joining_address(municipality)
    short = address.partition("://")[2]
    data: dict[str, Any] = {
        "language": language,
        "accent": municipality.accent,
        "author": printable(in_language(name, language)),
        "words": [
            {
                key: said if key == "language" else well(said, code)
                for key, said in card_words(code, batch, name).items()
            }
            for code in municipality.languages[:2]
        ],
        "address": short.rstrip("/"),
        "cards": [{"code": code, "qr": qr_drawing(card_address(address, code)), "words": code} for code in codes],
    }
    with override(language):
        data["title"] = printable(_("Cards for %(area)s") % {"area": in_language(batch.area.name, language)})
        data["until"] = " · ".join(_until(code, batch) for code in municipality.languages[:2])
    return Job(FOLDER, TEMPLATE, data)


def joining_address(municipality: Municipality) -> str:
    """Where a code is typed; with the code behind it, where it is scanned to."""
    with override(municipality.default_language):
        return base_url(municipality) + reverse("members:type_code")


def card_address(address: str, code: str) -> str:
    return f"{address}{code.replace('-', '')}/"


def card_words(language: str, batch: CardBatch, name: Mapping[str, str]) -> dict[str, str]:
    """What stands on a card in one language."""
    with override(language):
        told = {"village": in_language(batch.area.name, language), "square": in_language(name, language)}
        return {
            "language": language,
            "title": _("Welcome to the square of %(village)s") % told,
            "how": _("Scan this, or open the address and type the code."),
            "who": _for_whom(batch.uses),
        }


def _for_whom(uses: int) -> str:
    return _("For one person.") if uses == 1 else _("For your household, up to %(n)d people.") % {"n": uses}


def _until(language: str, batch: CardBatch) -> str:
    with override(language):
        return _("until %(day)s") % {"day": date_format(timezone.localtime(batch.expires_at), "SHORT_DATE_FORMAT")}
