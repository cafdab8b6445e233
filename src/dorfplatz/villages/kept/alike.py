"""Pages made once for all who see alike, and given to each in a frame of her own.

To members; and to visitors those that are not kept as a whole, as there are too many addresses of that sort.

Such a page is made for nobody in particular: whoever makes it is given a request that knows neither session nor cookie,
and a viewer without a name (`Actor.sight`). So it cannot show what only one person may see, and is right for everybody
who holds the same roles at the same places, is apart from the same people, and asks the same.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dorfplatz.kernel.keeping import Share
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.filter import read_filter
from dorfplatz.villages.kept.calendar import Calendar
from dorfplatz.villages.kept.notes import is_kept_whole
from dorfplatz.villages.queries import edition_to_keep_under
from dorfplatz.villages.request import SquareRequest

Make = Callable[[SquareRequest], Mapping[str, Any]]
# The blocks of `ui/pieces.html`, in their order.
BLOCKS = (
    "title", "title_end", "description", "head", "body_class", "page_width", "above", "main", "aside", "below",
    "attribution", "scripts",
)  # fmt: skip
# Nobody who writes can know it.
CUT = f"-{secrets.token_hex(16)}-"
PAGE_BYTES = 2_000  # of its key and Python's own book-keeping
COMPRESSION = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page. For the people `about` whom it is it may say something else."""

    text: str
    about: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Kept:
    packed: bytes
    about: frozenset[int]
    until: datetime


def _memory(share: Share) -> EditionMemory[_Kept]:
    return EditionMemory(share.bytes(), size_of=lambda page: len(page.packed) + PAGE_BYTES)


# Apart, so that a machine that reads every page there is never displaces those of members.
_members, _visitors = _memory(Share.ALIKE), _memory(Share.VISITORS)
_calendar = Calendar()


class RequestOfMany(SquareRequest):
    """The same question, asked by nobody in particular: what stands in `address`, and no more."""

    def __init__(self, request: SquareRequest, address: str) -> None:
        super().__init__()
        self.method = "GET"
        self.path, _mark, query = address.partition("?")
        self.path_info, self.GET = self.path, QueryDict(query)
        name, port = request.META.get("SERVER_NAME", ""), request.META.get("SERVER_PORT", "")
        self.META = {"HTTP_HOST": request.get_host(), "SERVER_NAME": name, "SERVER_PORT": port, "QUERY_STRING": query}
        self._own_scheme = request.scheme or "http"
        self.resolver_match = request.resolver_match
        self.LANGUAGE_CODE = request.LANGUAGE_CODE
        self.municipality, self.site, self.viewer = request.municipality, request.site, request.viewer.sight
        lazy: Any = SimpleLazyObject(lambda: read_filter(request.site, self.GET))
        self.village_filter = self.usual_villages = lazy

    def _get_scheme(self) -> str:
        return self._own_scheme

    @property
    def key(self) -> tuple[object, ...]:
        """All that such a request tells, but for the moment."""
        where = self.get_full_path(), self.scheme, self.get_host(), get_language()
        return self.municipality.pk, *where, self.viewer


def page_for_all_alike(request: SquareRequest, template: str, address: str, make: Make) -> HttpResponse:
    """The page at this address, kept for others who see alike until something changes or its moment comes.

    Build the address from what was understood, never from what was sent. `make` gives the template's context for the
    request it is given, and looks at nothing else; the template extends `ui/page.html` and has no form that is posted.
    """
    if not request.viewer.is_member and is_kept_whole(request):
        return render(request, template, make(request))

    def piece(asked: RequestOfMany) -> Piece:
        return Piece(render_to_string(template, {**make(asked), "cut": CUT}, request=asked))

    found = _piece(RequestOfMany(request, address), template, piece).text.split(CUT)
    pieces = {name: _made(text) for name, text in zip(BLOCKS, found, strict=True)}
    return render(request, "ui/framed.html", {"pieces": pieces})


def piece_for_all_alike(
    request: SquareRequest, name: str, address: str, make: Callable[[SquareRequest], Piece]
) -> SafeString | None:
    """A piece of the page at this address, kept in the same way; None for those whom it is about."""
    found = _piece(RequestOfMany(request, address), name, make)
    return None if request.viewer.identity_id in found.about else _made(found.text)


def _made(text: str) -> SafeString:
    """What a template has made, and was put away since."""
    return SafeString(text)  # nosec B703  a template has escaped it


def _piece(asked: RequestOfMany, name: str, make: Callable[[RequestOfMany], Piece]) -> Piece:
    pages = _members if asked.viewer.is_member else _visitors
    key, now = (name, *asked.key), timezone.now()
    edition = None if settings.DEBUG else edition_to_keep_under(asked.municipality.pk)
    kept = pages.find(key, edition)
    if kept is not None and now < kept.until:
        return Piece(zlib.decompress(kept.packed).decode(), kept.about)
    made = make(asked)
    if edition is not None:
        packed = zlib.compress(made.text.encode(errors="surrogatepass"), COMPRESSION)
        pages.keep(key, edition, _Kept(packed, made.about, _calendar.next_moment(asked.site, edition, now)))
    return made


def forget_all() -> None:
    """For tests, whose editions begin at the same numbers."""
    _members.clear()
    _visitors.clear()
    _calendar.clear()
