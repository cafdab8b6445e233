"""Answers, for those whom they concern; and what somebody has set out herself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from dorfplatz.entries.enums import State
from dorfplatz.entries.policies import area_paths
from dorfplatz.exchange.enums import LOOK_AFTER, AnswerState
from dorfplatz.exchange.models import Answer, AnswerQuerySet, Exchange
from dorfplatz.kernel.actor import Actor

MOST = 200


def _whole(answers: AnswerQuerySet) -> AnswerQuerySet:
    return answers.select_related("helper__home_area", "exchange__entry__author", "exchange__set_out_by")


def answers_seen(exchange: Exchange, viewer: Actor) -> list[Answer]:
    """The answers to one entry that this viewer may read, oldest first."""
    return list(_whole(Answer.objects.filter(exchange=exchange).visible_to(viewer)).order_by("said_at", "pk")[:MOST])


def answers_for(code: str, viewer: Actor) -> AnswerQuerySet:
    """The same, asked by the entry's code, for one of them to be picked."""
    return _whole(Answer.objects.filter(exchange__entry__code=code.lower()).visible_to(viewer))


def own_answer(exchange: Exchange, viewer: Actor) -> Answer | None:
    """What the viewer has answered and not taken back."""
    mine = Answer.objects.filter(exchange=exchange, helper_id=viewer.identity_id or 0)
    return mine.exclude(state=AnswerState.WITHDRAWN).order_by("-pk").first()


def own_answers(viewer: Actor) -> list[Answer]:
    """Where the viewer has offered to help, newest first."""
    mine = _whole(Answer.objects.filter(helper_id=viewer.identity_id or 0)).exclude(state=AnswerState.WITHDRAWN)
    seen = mine.filter(exchange__entry__state=State.PUBLISHED).exclude(exchange__entry__author_id__in=viewer.apart_from)
    return list(seen.order_by("-said_at", "-pk")[:MOST])


def own_exchanges(viewer: Actor) -> QuerySet[Exchange]:
    """What the viewer has set out for herself or for others, newest first, with how many answers wait."""
    me = viewer.identity_id or 0
    mine = Exchange.objects.filter(Q(entry__author_id=me) | Q(set_out_by_id=me)).exclude(entry__state=State.REMOVED)
    waiting = Count("answers", Q(answers__state=AnswerState.OPEN))
    return (
        mine.annotate(waiting=waiting)
        .select_related("entry__author", "set_out_by")
        .prefetch_related("entry__placements__area", "entry__texts")
        .order_by("-entry__created_at", "-pk")[:MOST]
    )


def calls_of(viewer: Actor) -> list[Answer]:
    """Answers for people without internet whom this connector rings: those to be told of."""
    mine = Answer.objects.filter(exchange__set_out_by_id=viewer.identity_id or 0, state=AnswerState.OPEN)
    found = _whole(mine.visible_to(viewer)).prefetch_related("exchange__entry__placements__area")
    in_charge = (answer for answer in found.order_by("said_at", "pk")[:MOST])
    return [a for a in in_charge if _is_in_charge(viewer, area_paths(a.exchange.entry))]


def _is_in_charge(viewer: Actor, paths: Iterable[str]) -> bool:
    return any(viewer.holds(LOOK_AFTER, path) for path in paths)


def public_thanks(exchange: Exchange, viewer: Actor) -> list[Answer]:
    """Thanks that may stand there for all, by the helper's word; not of people a block parts from the viewer."""
    shown = Answer.objects.filter(exchange=exchange, shows_thanks=True).exclude(helper_id__in=viewer.apart_from)
    return list(shown.select_related("helper").order_by("thanked_at", "pk"))
