"""Tags and filters that every template has: words, icons, form fields, slots."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.http import HttpRequest
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dorfplatz.kernel import text
from dorfplatz.ui import said
from dorfplatz.ui.context import Shell, address_in
from dorfplatz.ui.icons import ICONS, SPRITE
from dorfplatz.ui.kept_parts import kept_parts
from dorfplatz.ui.sockets import slots
from dorfplatz.ui.writing import marks

register = template.Library()


def _language() -> str:
    return get_language() or "en"


@register.filter
def in_language(texts: object) -> str:
    """A text kept by language, in the reader's. Anything that is no mapping comes back as it is."""
    if isinstance(texts, Mapping):
        return text.in_language(texts, _language())
    return "" if texts is None else str(texts)


@register.filter
def rendered(written: object) -> text.Markup:
    """What a person wrote, as safe HTML."""
    return text.render(str(written or ""))


@register.filter
def excerpt(written: object, longest: int = 160) -> str:
    """The beginning of what a person wrote, without its marks, in one line."""
    return text.excerpt(str(written or ""), longest)


@register.filter
def machine_time(moment: datetime) -> str:
    """A moment as HTML's `datetime` reads it, to the second, in the reader's time zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.filter
def said_time(moment: object) -> str:
    """A datetime as people say it: “heute, 19 Uhr”. "" for nothing."""
    if not isinstance(moment, datetime):
        return ""
    return said.said_moment(moment, now=timezone.now(), language=_language())


@register.filter
def said_date(day: object) -> str:
    """A date or datetime as people say it: “Sonntag, 6. Dezember”. "" for nothing."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    if not isinstance(day, date):
        return ""
    return said.said_day(day, today=timezone.localdate(), language=_language())


@register.filter
def said_distance(metres: object) -> str:
    return said.said_distance(float(metres), _language()) if isinstance(metres, int | float) else ""


@register.simple_tag
def part(name: str, /, **values: Any) -> str:
    """A part that comes many times on a page, or on many pages: as if included with these values “only”, but quicker.

    For parts made of their values alone: nothing of the request, and not of the time. A room's own part is named by its
    template.
    """
    return kept_parts.part(name, values)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite. It is decoration: the word stands beside it. Raises ValueError for an unknown name."""
    if name not in ICONS:
        raise ValueError(f"no icon “{name}”: ui/frontend/icons.txt lists the ones there are")
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "", static(SPRITE), name,
    )  # fmt: skip


def _request(context: RequestContext) -> HttpRequest:
    """The request, also inside an include that passes nothing on (“only”)."""
    request = getattr(context, "request", None) or context.get("request")
    if not isinstance(request, HttpRequest):
        raise template.TemplateSyntaxError("this tag needs a template rendered with its request")
    return request


@register.simple_tag(takes_context=True)
def translate_url(context: RequestContext, language: str) -> str:
    """The address of this very page, with its query, in another language."""
    return address_in(_request(context).get_full_path(), language)


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, /, **values: Any) -> SafeString:
    """Everything that apps have plugged into the slot, given the request and the tag's named values."""
    request = _request(context)
    return format_html_join("", "{}", ((piece(request, values),) for piece in slots.pieces(name)))


@register.simple_tag(takes_context=True)
def twice(context: RequestContext, name: str, /) -> SafeString:
    """A part of the frame that stands at two places of a page: made once for both."""
    shell: Shell = context["shell"]
    if name not in shell.made:
        shell.made[name] = render_to_string(name, {"shell": shell})
    return shell.made[name]


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: Any) -> str:
    """The present query string with some values replaced, or left out where they are empty: "?page=2&q=x"."""
    query = _request(context).GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, **attributes: Any) -> dict[str, Any]:
    """One field of a form: label, help, error in a sentence, the input described by both."""
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}-help")
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    attrs: dict[str, Any] = {name.replace("_", "-"): value for name, value in attributes.items()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "kind": _kind_of(bound),
        "described": " ".join(described),
        "control": bound.as_widget(attrs=attrs),
    }


@register.inclusion_tag("ui/parts/writer.html", takes_context=True)
def writer(context: RequestContext, bound: BoundField) -> dict[str, Any]:
    """A field for a text of some length, with big buttons for its marks and a look at how it will be."""
    return {**field(bound), "marks": marks(), "request": context.get("request")}


def _kind_of(bound: BoundField) -> str:
    widget = bound.field.widget
    kinds: list[tuple[type, str]] = [
        (CheckboxSelectMultiple, "choices"),
        (RadioSelect, "choices"),
        (CheckboxInput, "check"),
        (FileInput, "file"),
    ]
    return next((kind for widget_type, kind in kinds if isinstance(widget, widget_type)), "line")


@register.inclusion_tag("ui/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form in their order, with the list of what is not right yet above them."""
    return {"form": form}


@register.inclusion_tag("ui/parts/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """What is not right yet, as a list of links to the fields. Nothing where all is well."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}
