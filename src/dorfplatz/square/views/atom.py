"""Posts as an Atom feed (RFC 4287), under the village filter: what everybody may read, for feed readers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.square.atom_feed import FeedWords, atom_of
from dorfplatz.square.enums import Sort
from dorfplatz.square.queries import feed_entries
from dorfplatz.square.room import require_room
from dorfplatz.villages.filter import read_filter
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def atom(request: SquareRequest) -> HttpResponse:
    """The newest posts. The same for everybody, whoever asks: a reader's address is no login."""
    require_room(request)
    languages = request.municipality.languages
    language = request.GET.get("lang", "")
    language = language if language in languages else languages[0]
    sort = request.GET.get("sort", "")
    sort = sort if sort in Sort.values else ""
    villages = read_filter(request.site, request.GET)
    origin = request.build_absolute_uri("/")[:-1]
    with translation.override(language):
        names = [in_language(area.name, language) for area in villages.chosen] or [
            in_language(request.municipality.area.name, language)
        ]
        query = urlencode([("lang", language), *villages.parameters, *([("sort", sort)] if sort else [])])
        words = FeedWords(
            title=_("Posts from %(where)s") % {"where": ", ".join(names)},
            language=language,
            origin=origin,
            address=f"{origin}{reverse('feeds:atom')}?{query}",
            page=f"{origin}{reverse('square:feed')}?{urlencode(villages.parameters)}".rstrip("?"),
        )
        text = atom_of(words, feed_entries(villages, now=timezone.now(), sort=sort))
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response
