"""Joining cards: typed or scanned by neighbours, made and printed by connectors."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import needs, public
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import Newcomer, join_with_card, make_cards, withdraw_cards
from dorfplatz.members.enums import MAKE_CARDS
from dorfplatz.members.forms import CardJoinForm, CardsForm, CodeForm
from dorfplatz.members.models import Card, CardBatch
from dorfplatz.members.queries import agreed_wordings, card_batches, villages_for_cards
from dorfplatz.members.views.entering import enter
from dorfplatz.ui.parts import Step
from dorfplatz.ui.qr import qr_svg
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: SquareRequest) -> HttpResponse:
    """For who cannot scan: the code from the card leads on to joining."""
    if request.municipality is None:
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = "".join(letter for letter in form.cleaned_data["code"] if letter.isalnum())
        if code:
            return redirect("members:join", code=code)
        form.add_error("code", _("Please type the letters and digits that stand on the card."))
    return render(request, "members/type_code.html", {"form": form})


def join_by_card(request: SquareRequest, card: Card, code: str) -> HttpResponse:
    """Name, mail, password, age, the house rules: then one is a member of the card's village."""
    municipality, area = request.municipality, card.batch.area
    seen = digest_of(agreed_wordings(municipality))
    form = CardJoinForm(request.POST or None, seen=seen)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        newcomer = Newcomer(
            name=said["name"], email=said["email"], password=said["password"], language=get_language() or "de",
            guardian=said["guardian"] if form.is_minor else None,
        )  # fmt: skip
        try:
            identity = join_with_card(
                code, newcomer=newcomer, seen=said["seen"], municipality=municipality, by=request.viewer,
                now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
            form.show_again(seen)
        else:
            assert identity.login is not None  # noqa: S101  join_with_card gives one
            enter(request, identity.login, identity)
            return redirect(request.site.url_of(area))
    return render(request, "members/join_by_card.html", {"form": form, "area": area})


@needs(MAKE_CARDS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: SquareRequest) -> HttpResponse:
    """The batches of one's villages, and the form for another. The new cards are shown once, to be printed."""
    villages = villages_for_cards(request.site, request.viewer)
    form = CardsForm(request.POST or None, villages=villages)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            batch, codes = make_cards(
                form.areas[said["village"]], count=said["count"], uses=int(said["uses"]),
                lasts_days=int(said["lasts"]), by=request.viewer, now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return render(request, "members/card_sheet.html", _sheet(request, batch, codes))
    context = {
        "form": form,
        "batches": card_batches(request.site, request.viewer)[:50],
        "now": timezone.now(),
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("Joining cards"), is_current=True)],
    }
    return render(request, "members/cards.html", context)


def _sheet(request: SquareRequest, batch: CardBatch, codes: list[str]) -> dict[str, object]:
    municipality = request.municipality
    with override(municipality.default_language):
        address = base_url(municipality) + reverse("members:type_code")
    words = [_card_words(code, batch, municipality.area.name) for code in municipality.languages[:2]]
    return {
        "batch": batch,
        "words": words,
        "address": address.partition("://")[2],
        "cards": [{"code": code, "svg": qr_svg(f"{address}{code.replace('-', '')}/")} for code in codes],
        "steps": [
            Step(_("Settings"), reverse("villages:settings")),
            Step(_("Joining cards"), reverse("members:cards")),
            Step(_("To print"), is_current=True),
        ],
    }


def _card_words(language: str, batch: CardBatch, name: dict[str, str]) -> dict[str, str]:
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


@needs(MAKE_CARDS)
@require_POST
def withdraw_batch(request: SquareRequest, pk: int) -> HttpResponse:
    """Make all cards of a batch worthless."""
    withdraw_cards(
        get_object_or_404(card_batches(request.site, request.viewer), pk=pk), by=request.viewer, now=timezone.now()
    )
    messages.success(request, _("These cards do not work any more. Who has joined stays a member."))
    return redirect("members:cards")
