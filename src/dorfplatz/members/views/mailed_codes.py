"""Logging in with a code that comes by mail, for who has no password at hand."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import public
from dorfplatz.members import limits
from dorfplatz.members.forms import ForgottenForm, StepForm
from dorfplatz.members.mailed_codes import Asked, asked_in, may_type, opens, send_code
from dorfplatz.members.queries import identity_of_email
from dorfplatz.members.turnstiles import LOGIN, turnstile
from dorfplatz.members.views.entering import let_in, own_address
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@turnstile(LOGIN)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: SquareRequest) -> HttpResponse:
    """An address in, a code out, the code in: the same answers for every address, known or not."""
    if request.municipality is None:
        raise Http404
    asked = asked_in(request.session, now=timezone.now())
    if asked and request.method == "POST" and "code" in request.POST:
        return _typed(request, asked)
    form = ForgottenForm(request.POST if "email" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        after = own_address(request, request.POST.get("next", ""))
        send_code(request, form.cleaned_data["email"], after=after)
        return redirect("members:by_code")
    if asked and request.method != "POST" and "anew" not in request.GET:
        return _page(request, asked, StepForm())
    asks_for = request.POST.get("next") or request.GET.get("next", "")
    after = own_address(request, asks_for) if asks_for else ""
    return render(request, "members/ask_for_code.html", {"form": form, "after": after})


def _typed(request: SquareRequest, asked: Asked) -> HttpResponse:
    form, now = StepForm(request.POST), timezone.now()
    by_address = limits.count_attempt(limits.LOGIN_PER_ADDRESS, limits.client_address(request), now=now)
    if not form.is_valid():
        return _page(request, asked, form)
    if not (may_type(asked, now=now) and by_address):
        form.add_error("code", _("These were many attempts. Please ask for another code."))
        return _page(request, asked, form, status=429)
    if opens(request.session, asked, form.cleaned_data["code"], now=now):
        identity = identity_of_email(asked.email)
        if identity and identity.login and identity.login.is_active and not identity.is_blocked:
            return let_in(request, identity.login, identity, after=asked.after)
    form.add_error("code", _("This code is not right, or was used already. Please look at the mail once more."))
    return _page(request, asked, form)


def _page(request: SquareRequest, asked: Asked, form: StepForm, *, status: int = 200) -> HttpResponse:
    return render(request, "members/type_mailed_code.html", {"form": form, "email": asked.email}, status=status)
