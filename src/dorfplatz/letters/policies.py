"""Who may write to whom, and who reads it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused
from dorfplatz.letters.models import Letter, Thread
from dorfplatz.letters.sockets import addressee, keepers_of
from dorfplatz.members.enums import CURB
from dorfplatz.members.models import Identity
from dorfplatz.members.policies import can_write_to

NOT_THERE = _("This person cannot be written to (any more).")
NO_DESK = _("Nobody reads letters there (any more).")
CURBED = _("For now you cannot write letters. The letter you got says why, and until when.")
FOR_ANOTHER = _("Letters are written and read by oneself only, not for somebody else.")


def writes_for_herself(actor: Actor) -> Verdict:
    if not actor.is_member:
        return refused(str(_("Please log in first.")))
    if actor.hand_id is not None:
        return refused(str(FOR_ANOTHER))
    return refused(str(CURBED)) if "letters" in actor.curbs else ALLOWED


def can_begin_with(actor: Actor, identity: Identity) -> Verdict:
    """Whether the actor may begin a letter to this person, who must be able to read it."""
    if actor.is_member and actor.hand_id is not None:
        return refused(str(FOR_ANOTHER))
    return can_write_to(actor, identity) if identity.login_id else refused(str(NOT_THERE))


def can_begin_at(actor: Actor, desk: str, desk_id: int) -> Verdict:
    """Whether the actor may begin a letter to this organisation.

    Newcomers may: clubs are a way in. Under 16 one may not: who reads it there is a stranger.
    """
    may = writes_for_herself(actor)
    if not may:
        return may
    if actor.is_minor:
        return refused(str(_("Under 16 you write to others under 16, and to your Buurtverbinder.")))
    keepers = keepers_of(desk, desk_id)
    if actor.identity_id in keepers:
        return refused(str(_("You read the letters of this organisation yourself.")))
    return allowed_if(bool(keepers - actor.apart_from), str(NO_DESK))


def is_one_of_two(actor: Actor, thread: Thread) -> bool:
    """One of two people, or the one who wrote to an organisation."""
    seats = thread.seats.all()
    return actor.is_member and any(seat.identity_id == actor.identity_id and not seat.is_desk for seat in seats)


def is_at_desk(actor: Actor, thread: Thread) -> bool:
    """Whether the actor reads this for an organisation."""
    is_there = actor.is_member and bool(thread.desk) and not is_one_of_two(actor, thread)
    return is_there and actor.identity_id in keepers_of(thread.desk, thread.desk_id)


def is_between(actor: Actor, thread: Thread) -> bool:
    return actor.hand_id is None and (is_one_of_two(actor, thread) or is_at_desk(actor, thread))


def can_answer_in(actor: Actor, thread: Thread, other: Identity | None) -> Verdict:
    """Whoever has been written to may answer, and whoever wrote may go on, until a block or a farewell.

    `other` is the person on the other side; None where she has left, or where it is an organisation.
    """
    may = writes_for_herself(actor)
    if not may:
        return may
    if not is_between(actor, thread):
        return refused(str(NOT_THERE))
    if thread.desk and not is_at_desk(actor, thread):
        keepers = keepers_of(thread.desk, thread.desk_id) - actor.apart_from
        return allowed_if(bool(keepers) and addressee(thread.desk, thread.desk_id) is not None, str(NO_DESK))
    is_there = other is not None and not other.is_blocked and other.pk not in actor.apart_from
    return allowed_if(is_there, str(NOT_THERE))


def can_throw_away(actor: Actor, thread: Thread) -> Verdict:
    return allowed_if(is_between(actor, thread), str(_("These are somebody else’s letters.")))


def can_withhold(actor: Actor, letter: Letter) -> Verdict:
    """Whoever decides about reports where its author is at home."""
    home = letter.author.home_area if letter.author else None
    may = actor.is_system or (home is not None and actor.holds(CURB, str(home.path)))
    return allowed_if(may, str(_("Only moderators decide about reports.")))


def can_choose_mail(actor: Actor) -> Verdict:
    return allowed_if(actor.is_member and actor.hand_id is None, str(FOR_ANOTHER))
