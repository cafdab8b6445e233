"""Writing posts and changing them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.comments.queries import takes_comments
from dorfplatz.entries.actions import Draft, hang_chosen
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.form_keys import given_form_key, new_form_key
from dorfplatz.entries.models import Entry
from dorfplatz.entries.once import written_once
from dorfplatz.entries.picture_form import PictureForm
from dorfplatz.entries.policies import can_set_out
from dorfplatz.entries.tongue import author_language
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem, Refused, refused
from dorfplatz.square.actions import PostDraft, change_post, write_post
from dorfplatz.square.enums import Reach, Sort
from dorfplatz.square.forms import PostForm
from dorfplatz.square.models import Post
from dorfplatz.square.policies import can_change_post
from dorfplatz.square.room import require_room
from dorfplatz.square.sorts import RULES, rules_of
from dorfplatz.square.views.opened import opened, page_of
from dorfplatz.ui.parts import Step
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


@members_only
@require_safe
def choose(request: SquareRequest) -> HttpResponse:
    """What would you like to write? Each sort with a sentence."""
    require_room(request)
    _require_somewhere(request)
    sorts = [
        {"label": sort.label, "about": rules.about, "icon": rules.icon, "colour": rules.colour,
         "url": reverse("square:write", kwargs={"sort": sort.value})}
        for sort, rules in RULES.items()
    ]  # fmt: skip
    return render(request, "square/choose.html", {"sorts": sorts, "steps": _steps()})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SquareRequest, sort: str) -> HttpResponse:
    """The form of a new post; sent twice it writes one. Pictures stay even where something is wrong."""
    require_room(request)
    if sort not in Sort.values:
        raise Http404
    _require_somewhere(request)
    now, key = timezone.now(), given_form_key(request.POST.get("form_key", ""))
    pictures = PictureForm(form_key=key, by=request.viewer, language=request.LANGUAGE_CODE)
    if request.method != "POST":
        form = _form(request, Sort(sort), initial={**_first_values(request, Sort(sort)), "form_key": new_form_key()})
        return _shown(request, form, pictures)
    are_taken = pictures.take(request, now=now)
    form = _form(request, Sort(sort), data=pictures.sent(request))
    if form.is_valid() and are_taken:
        entry = _written(request, form, now)
        if entry is not None:
            _thank(request, entry)
            return redirect(page_of(entry))
    return _shown(request, form, pictures)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, code: str) -> HttpResponse:
    """The form of a post that is there; what it said before is kept."""
    post = opened(request, code)
    can_change_post(request.viewer, post).require()
    now, key = timezone.now(), given_form_key(request.POST.get("form_key", ""))
    pictures = PictureForm(form_key=key, by=request.viewer, language=request.LANGUAGE_CODE, entry=post.entry)
    if request.method != "POST":
        form = _form(request, Sort(post.sort), post, initial={**_present_values(post), "form_key": new_form_key()})
        return _shown(request, form, pictures, post)
    are_taken = pictures.take(request, now=now)
    form = _form(request, Sort(post.sort), post, data=pictures.sent(request))
    if form.is_valid() and are_taken and _changed(request, form, post, now):
        hang_chosen(post.entry, form_key=key, by=request.viewer, now=now)
        _thank(request, post.entry, is_change=True)
        return redirect(page_of(post.entry))
    return _shown(request, form, pictures, post)


def _require_somewhere(request: SquareRequest) -> None:
    """Raise Refused for those who may write in no village here."""
    verdicts = [can_set_out(request.viewer, [str(area.path)]) for area in request.site.villages]
    if not any(verdicts):
        (verdicts[0] if verdicts else refused("")).require()


def _form(request: SquareRequest, sort: Sort, post: Post | None = None, **kwargs: Any) -> PostForm:
    site, language = request.site, request.LANGUAGE_CODE
    able = [area for area in site.villages if can_set_out(request.viewer, [str(area.path)])]
    villages = [(area.pk, in_language(area.name, language)) for area in able]
    if post is not None:  # where it stands already, it may stay
        known = {pk for pk, _name in villages}
        others = [p.area for p in post.entry.placements.all() if p.area_id not in known]
        villages += [(area.pk, in_language(area.name, language)) for area in others]
    is_draft = post is None or post.entry.state == State.DRAFT
    return PostForm(
        sort=sort, villages=villages, languages=request.municipality.languages,
        author_language=author_language(request), is_draft=is_draft, **kwargs,
    )  # fmt: skip


def _first_values(request: SquareRequest, sort: Sort) -> dict[str, Any]:
    """A new form: for one's own village, for everybody, with what this sort proposes."""
    home = request.site.by_id.get(request.viewer.home_area_id or 0)
    chosen = request.usual_villages.only or home
    return {
        "villages": [chosen.pk] if chosen is not None else [],
        "reach": Reach.ALL,
        "has_comments": rules_of(sort).comments_open,
        "language": "",
        "hours": "24",
        "until": _last_day(timezone.now() + lasts) if (lasts := rules_of(sort).lasts) else None,
    }


def _present_values(post: Post) -> dict[str, Any]:
    entry = post.entry
    reach = Reach.ALL
    if entry.audience == Audience.MEMBERS:
        reach = Reach.MEMBERS_AND_MUNICIPALITY if entry.is_for_municipality else Reach.MEMBERS
    return {
        "title": entry.title,
        "body": entry.body,
        "tips": post.tips,
        "villages": [placement.area_id for placement in entry.placements.all()],
        "reach": reach,
        "has_comments": takes_comments(entry),
        "language": entry.language,
        "until": _last_day(entry.expires_at) if entry.expires_at else None,
        "publish_at": entry.publish_at,
    }


def _last_day(moment: datetime) -> Any:
    """The last day on which it stands; it goes in the night after it."""
    local = timezone.localtime(moment)
    return (local - timedelta(microseconds=1)).date() if local.hour == 0 else local.date()


def _draft(form: PostForm, now: datetime, present: datetime | None = None) -> PostDraft:
    cleaned = form.cleaned_data
    audience, is_for_municipality = form.audience
    return PostDraft(
        sort=form.sort,
        words=Draft(
            title=cleaned["title"],
            body=cleaned["body"],
            language=cleaned["language"],
            areas=_areas(cleaned["villages"]),
            audience=audience,
            is_for_municipality=is_for_municipality,
            expires_at=form.expires_at(now, present),
        ),
        tips=cleaned.get("tips", ""),
        has_comments=cleaned["has_comments"],
    )


def _areas(ids: list[int]) -> list[Area]:
    return list(Area.objects.filter(pk__in=ids).order_by("pk"))


def _written(request: SquareRequest, form: PostForm, now: datetime) -> Entry | None:
    """What this form has written; None where it could not, and says why."""
    key, by = form.cleaned_data["form_key"], request.viewer

    def write_it() -> Entry:
        post = write_post(_draft(form, now), by=by, now=now, **_when(request, form))
        hang_chosen(post.entry, form_key=key, by=by, now=now)
        return post.entry

    try:
        return written_once(key, write_it, by=by, now=now)[0]
    except (Problem, Refused) as problem:
        form.add_error(None, str(problem))
        return None


def _changed(request: SquareRequest, form: PostForm, post: Post, now: datetime) -> bool:
    draft = _draft(form, now, post.entry.expires_at)
    try:
        change_post(post, draft=draft, by=request.viewer, now=now, **_when(request, form))
    except (Problem, Refused) as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _when(request: SquareRequest, form: PostForm) -> dict[str, Any]:
    """Kept as a draft, published now, or at the moment said."""
    if request.POST.get("keep") == "draft":
        return {"publish": False}
    return {"publish_at": form.cleaned_data.get("publish_at")}


def _thank(request: SquareRequest, entry: Entry, *, is_change: bool = False) -> None:
    fresh = Entry.objects.only("state", "publish_at").get(pk=entry.pk)
    if fresh.state == State.PUBLISHED:
        messages.success(request, _("Saved. Thank you!") if is_change else _("It stands on the square. Thank you!"))
    elif fresh.state == State.WAITING:
        messages.success(request, _("Thank you! Somebody looks at it before it appears."))
    elif fresh.publish_at:
        messages.success(request, _("It is kept and appears by itself at the time you said."))
    else:
        messages.success(request, _("The draft is kept. Only you see it."))


def _steps() -> list[Step]:
    return [Step(_("Posts"), reverse("square:feed"))]


def _shown(request: SquareRequest, form: PostForm, pictures: PictureForm, post: Post | None = None) -> HttpResponse:
    wrong = bool(form.errors or pictures.errors)
    context = {
        "form": form,
        "pictures": pictures,
        "post": post,
        "is_draft": post is None or post.entry.state == State.DRAFT,
        "sort_label": Sort(form.sort).label,
        "rules": form.rules,
        "steps": _steps(),
        "cancel_url": page_of(post.entry) if post else reverse("square:feed"),
        "more_is_open": any(name in form.errors for name in ("language", "publish_at"))
        or bool(post and post.entry.publish_at),
    }
    return render(request, "square/write.html", context, status=422 if wrong else 200)
