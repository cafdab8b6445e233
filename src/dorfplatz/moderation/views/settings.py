"""What a municipality looks at first: rules, newcomers in a crowd, words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.entries.sockets import kinds
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.moderation.actions import add_rule, change_guard, remove_rule
from dorfplatz.moderation.enums import SET_RULES, When, Whom
from dorfplatz.moderation.forms import GuardForm, RuleForm
from dorfplatz.moderation.guards import watch_of
from dorfplatz.moderation.policies import can_set_rules
from dorfplatz.moderation.wording import first_match
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


@needs(SET_RULES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SquareRequest) -> HttpResponse:
    """The rules as they are, and the forms to change them. “Try it” saves nothing."""
    can_set_rules(request.viewer, request.municipality).require()
    watch = watch_of(request.municipality)
    guard = watch.guard
    known = {"version": guard.version, "crowd": guard.crowd, "words": guard.words}
    act = request.POST.get("act", "")
    rule_form = RuleForm(request.POST if act == "add" else None, site=request.site)
    guard_form = GuardForm(request.POST if act in ("save", "try") else None, initial=known)
    tried = None
    if act == "add" and rule_form.is_valid() and _added(request, rule_form):
        return redirect("moderation:settings")
    if act == "save" and guard_form.is_valid() and _saved(request, guard_form):
        return redirect("moderation:settings")
    if act == "try" and guard_form.is_valid():
        tried = first_match(guard_form.cleaned_data["probe"], guard_form.cleaned_data["words"])
    now = timezone.now()
    labels = {kind.key: kind.label for kind in kinds}
    context = {
        "rules": [{"rule": rule, "kind": labels.get(rule.kind, rule.kind)} for rule in watch.rules],
        "rule_form": rule_form,
        "guard_form": guard_form,
        "slow_until": guard.slow_until if guard.slow_until and guard.slow_until > now else None,
        "tried": tried,
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("What is looked at"), is_current=True)],
    }
    is_wrong = bool(rule_form.errors or guard_form.errors)
    return render(request, "moderation/settings.html", context, status=422 if is_wrong else 200)


def _added(request: SquareRequest, form: RuleForm) -> bool:
    said = form.cleaned_data
    try:
        add_rule(
            request.municipality, area=form.areas.get(said["area"]), kind=said["kind"], whom=Whom(said["whom"]),
            when=When(said["when"]), by=request.viewer, now=timezone.now(),
        )  # fmt: skip
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("From now on somebody looks at these."))
    return True


def _saved(request: SquareRequest, form: GuardForm) -> bool:
    try:
        change_guard(
            request.municipality, change=form.change(), version=form.cleaned_data["version"], by=request.viewer,
            now=timezone.now(),
        )  # fmt: skip
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("Saved."))
    return True


@needs(SET_RULES)
@require_POST
def rule_remove(request: SquareRequest, pk: int) -> HttpResponse:
    """Look at these no longer."""
    if remove_rule(request.municipality, pk=pk, by=request.viewer, now=timezone.now()):
        messages.success(request, _("The rule is gone."))
    return redirect("moderation:settings")
