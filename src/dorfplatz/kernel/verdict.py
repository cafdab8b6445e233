"""Permission that answers with a reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Whether something is allowed, and why not. `reason` is a translatable sentence for the person."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise Refused with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


class Refused(Exception):
    """An action that its actor may not do. The message is for the person."""

    @property
    def reason(self) -> str:
        return str(self.args[0]) if self.args else ""


class Problem(ValueError):
    """Input that cannot be used, said in one sentence in the reader's language. Nothing has been changed."""


ALLOWED = Verdict(True)


def refused(reason: str) -> Verdict:
    return Verdict(False, reason)


def allowed_if(condition: bool, reason: str) -> Verdict:
    return ALLOWED if condition else refused(reason)
