"""What the journal tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class ThingsTouched(Fact):
    """Something was done to these things: each as the journal names it (“entry:12”), with the area it was done in."""

    touched: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class ErasedForGood(Fact):
    """The journal has new lines whose verb is one of `sockets.erasures`."""

    verb: str
