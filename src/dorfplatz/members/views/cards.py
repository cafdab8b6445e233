"""Joining cards: typed or scanned by neighbours, made and printed by connectors."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import needs, public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import (
    Newcomer,
    ask_again,
    join_with_card,
    make_cards,
    settle_with_card,
    withdraw_cards,
)
from dorfplatz.members.card_sheets import card_address, card_words, cards_job, joining_address
from dorfplatz.members.enums import MAKE_CARDS
from dorfplatz.members.forms import CardJoinForm, CardsForm, CodeForm, SettleForm
from dorfplatz.members.models import Card, CardBatch, Identity
from dorfplatz.members.queries import agreed_wordings, card_batches, codes_of_batch, joins_by_mail, villages_for_cards
from dorfplatz.members.views.entering import enter
from dorfplatz.press.engine import SettingFailed, typeset
from dorfplatz.ui.parts import Step
from dorfplatz.ui.qr import qr_svg
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.legal import digest_of
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
    context = {"form": form, "by_mail": joins_by_mail(request.municipality)}
    return render(request, "members/type_code.html", context)


def settle_by_card(request: SquareRequest, card: Card, code: str, identity: Identity) -> HttpResponse:
    """For who is a member already: one tick, one button, and one is at home in the card's village too."""
    municipality = request.municipality
    seen = digest_of(agreed_wordings(municipality))
    form = SettleForm(request.POST or None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            area = settle_with_card(
                code, identity=identity, seen=form.cleaned_data["seen"], municipality=municipality,
                by=request.viewer, now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Welcome! You are at home in %(area)s too.") % {"area": area})
            return redirect(request.site.url_of(area))
    return render(request, "members/settle_by_card.html", {"form": form, "area": card.batch.area, "person": identity})


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
    asked = {name: request.GET[name] for name in ("village", "name", "count") if name in request.GET}
    form = CardsForm(request.POST or None, villages=villages, initial=asked)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            batch, codes = make_cards(
                form.areas[said["village"]], count=said["count"], uses=int(said["uses"]),
                lasts_days=int(said["lasts"]), name=said["name"], by=request.viewer, now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return render(request, "members/card_sheet.html", _sheet(request, batch, codes))
    context = {
        "form": form,
        "batches": card_batches(request.site, request.viewer)[:50],
        "now": timezone.now(),
        "by_mail": joins_by_mail(request.municipality),
        "may_allow": request.viewer.holds(MANAGE, request.municipality.path),
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("Joining cards"), is_current=True)],
    }
    return render(request, "members/cards.html", context)


@needs(MAKE_CARDS)
@never_cache
@require_POST
def cards_pdf(request: SquareRequest, pk: int) -> HttpResponse:
    """The cards just made, eight on a sheet. The codes come from the page that shows them; nothing is kept."""
    batch = get_object_or_404(card_batches(request.site, request.viewer), pk=pk)
    codes = codes_of_batch(batch, request.POST.getlist("code"))
    if not codes:
        messages.error(request, _("These cards are not known here. Please make new ones."))
        return redirect("members:cards")
    try:
        document = typeset(cards_job(batch, codes, request.municipality), at=timezone.now())
    except SettingFailed:
        messages.error(request, _("The PDF could not be made. Please print this page instead, or try once more."))
        return render(request, "members/card_sheet.html", _sheet(request, batch, codes))
    response = HttpResponse(document.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_("cards")}-{batch.area.slug}.pdf"'
    return response


def _sheet(request: SquareRequest, batch: CardBatch, codes: Sequence[str]) -> dict[str, object]:
    municipality = request.municipality
    address = joining_address(municipality)
    return {
        "batch": batch,
        "words": [card_words(code, batch, municipality.area.name) for code in municipality.languages[:2]],
        "address": address.partition("://")[2],
        "cards": [{"code": code, "svg": qr_svg(card_address(address, code))} for code in codes],
        "steps": [
            Step(_("Settings"), reverse("villages:settings")),
            Step(_("Joining cards"), reverse("members:cards")),
            Step(_("To print"), is_current=True),
        ],
    }


@needs(MAKE_CARDS)
@require_POST
def withdraw_batch(request: SquareRequest, pk: int) -> HttpResponse:
    """Make all cards of a batch worthless."""
    batch, now = get_object_or_404(card_batches(request.site, request.viewer), pk=pk), timezone.now()
    withdraw_cards(batch, by=request.viewer, now=now)
    if request.POST.get("ask_again"):
        count = ask_again(batch, by=request.viewer, now=now)
        told = {"count": count}
        messages.success(request, _("The cards do not work any more. Asked again who they are: %(count)d.") % told)
    else:
        messages.success(request, _("These cards do not work any more. Who has joined stays a member."))
    return redirect("members:cards")
