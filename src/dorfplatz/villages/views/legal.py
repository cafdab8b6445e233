"""House rules, privacy, imprint, accessibility: as readers see them, and in the settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import needs, public
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.text import render as rendered
from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.parts import Step
from dorfplatz.villages.actions import PageText, publish_legal_text
from dorfplatz.villages.enums import MANAGE, LegalKind
from dorfplatz.villages.forms import LegalForm
from dorfplatz.villages.legal import Wording
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.queries import latest_legal_wordings, legal_wordings
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.views.own_pages import language_of
from dorfplatz.villages.views.settings_village import steps


@public
@require_safe
def legal(request: SquareRequest, kind: str) -> HttpResponse:
    """The version that counts, or an earlier one (`?version=2`), in the reader's language where there is one."""
    municipality = request.municipality
    if municipality is None:
        raise Http404
    versions = legal_wordings(municipality, LegalKind(kind))
    shown = _asked_for(versions, request.GET.get("version"))
    reader, order = get_language() or "de", list(municipality.languages)
    context = {
        "shown": shown,
        "address": reverse(f"villages:{kind}"),
        "is_latest": shown == versions[0],
        "others": [version for version in versions if version != shown],
        "title": in_language(shown.title, reader, order),
        "body": rendered(in_language(shown.body, reader, order), top=2),
        "body_language": language_of(shown.body, reader, order),
        "may_edit": bool(can_manage_municipality(request.viewer, municipality)),
    }
    return render(request, "villages/legal.html", context)


def _asked_for(versions: list[Wording], asked: str | None) -> Wording:
    """Raises Http404 for a version that never was."""
    if asked is None:
        return versions[0]
    found = next((version for version in versions if str(version.version) == asked), None)
    if found is None:
        raise Http404
    return found


@needs(MANAGE)
@require_safe
def legal_texts(request: SquareRequest) -> HttpResponse:
    can_manage_municipality(request.viewer, request.municipality).require()
    rows = [
        {"label": wording.kind.label, "wording": wording, "address": reverse(f"villages:{wording.kind}"),
         "is_needed": wording.kind == LegalKind.IMPRINT and not wording.version}
        for wording in latest_legal_wordings(request.municipality)
    ]  # fmt: skip
    context = {"rows": rows, "steps": steps(_("House rules and legal texts"))}
    return render(request, "villages/settings/legal_texts.html", context)


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def legal_form(request: SquareRequest, kind: str) -> HttpResponse:
    """Write the next version over the one that counts."""
    municipality = request.municipality
    can_manage_municipality(request.viewer, municipality).require()
    if kind not in LegalKind.values:
        raise Http404
    before = legal_wordings(municipality, LegalKind(kind))[0]
    form = LegalForm(request.POST or None, municipality=municipality, wording=before)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = _publish(request, before, form)
        except Problem as problem:
            form.tell(problem)
        else:
            messages.success(request, _("The new version counts from now on.") if is_new else _("It says so already."))
            return redirect(f"villages:{kind}")
    label = before.kind.label
    above = [Step(_("House rules and legal texts"), reverse("villages:settings_legal"))]
    context = {"form": form, "label": label, "steps": steps(str(label), above=above)}
    return render(request, "villages/settings/legal_form.html", context)


def _publish(request: SquareRequest, before: Wording, form: LegalForm) -> bool:
    text = PageText(
        title=form.texts("title", form.languages, before.title), body=form.texts("body", form.languages, before.body)
    )
    return publish_legal_text(
        request.municipality,
        kind=before.kind,
        text=text,
        version=form.seen_version,
        by=request.viewer,
        now=timezone.now(),
    )
