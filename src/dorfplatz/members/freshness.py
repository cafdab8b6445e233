"""Before what must not be done from a screen left open: whoever showed that it is her long ago shows it again.

    @needs(MANAGE_ROLES)
    @fresh_login
    def roles(request): …

Looking is not asked about, unless the view shows what it should not (`@fresh_login_to_look`). What a form has sent is
kept: the page that asks for a proof carries it along, and the view gets it afterwards. What proves it: the password, a
code from the app or the spare ones, a passkey, or a code by mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from dorfplatz.members import limits
from dorfplatz.members.factors import factors_of
from dorfplatz.members.forms import ProveForm
from dorfplatz.members.mailed_codes import send_code
from dorfplatz.members.models import Login
from dorfplatz.members.proofs import NotProven, proves
from dorfplatz.members.session_keys import renew_key
from dorfplatz.members.sessions import is_fresh, mark_shown
from dorfplatz.villages.request import SquareRequest

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
SEND, LOOK = "prove-send", "prove-look"
PROOFS = ("prove-password", "prove-code", "prove-credential")


def fresh_login(view: V) -> V:
    """Whoever sends something to this view has shown in the last quarter of an hour that it is her, or shows it now."""
    return _guarded(view, unasked=LOOKING)


def fresh_login_to_look(view: V) -> V:
    """The same for who only looks: for reveals."""
    return _guarded(view, unasked=frozenset())


def _guarded(view: V, *, unasked: frozenset[str]) -> V:
    @wraps(view)
    @sensitive_post_parameters(*PROOFS)
    def guarded(request: SquareRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in unasked or is_fresh(request.session, now=timezone.now()):
            return view(request, *args, **kwargs)
        form = ProveForm(request.POST if any(request.POST.get(name) for name in PROOFS) else None)
        if form.is_bound and form.is_valid() and _is_proven(request, form):
            # Without a form of the view's own there was only somebody looking: on to a plain look.
            is_look = request.POST.get(LOOK) == "1"
            return redirect(request.get_full_path()) if is_look else view(request, *args, **kwargs)
        if SEND in request.POST:
            send_code(request, cast("Login", request.user).email)
        return _ask(request, form)

    return cast("V", guarded)


def _is_proven(request: SquareRequest, form: ProveForm) -> bool:
    login, now = cast("Login", request.user), timezone.now()
    # Somebody at an unlocked screen could guess here as well as on the login page.
    if not limits.count_attempt(limits.LOGIN_PER_ACCOUNT, f"login:{login.pk}", now=now):
        form.add_error("password", _("These were many attempts. Please wait ten minutes."))
        return False
    try:
        factor = proves(request, login, form.cleaned_data, now=now)
    except NotProven as problem:
        form.add_error(problem.field, str(problem))
        return False
    mark_shown(request.session, now=now, factor=factor)
    renew_key(request)
    return True


def _ask(request: SquareRequest, form: ProveForm) -> HttpResponse:
    login = cast("Login", request.user)
    factors = factors_of(login)
    is_sent = SEND in request.POST
    context = {
        "form": form, "carried": list(_carried(request)), "is_look": request.method in LOOKING,
        "has_password": login.has_usable_password(), "factors": factors, "is_sent": is_sent,
        "takes_code": bool(factors.app) or is_sent or bool(form.errors.get("code")),
    }  # fmt: skip
    answer = render(request, "members/prove.html", context)
    add_never_cache_headers(answer)
    return answer


def _carried(request: SquareRequest) -> Iterator[tuple[str, str]]:
    """The fields that were sent, to be sent again; files are not."""
    for name, values in request.POST.lists():
        if name not in {"csrfmiddlewaretoken", SEND, *PROOFS}:
            yield from ((name, str(value)) for value in values)
