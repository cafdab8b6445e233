"""No engine: what people translate is shown, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dorfplatz.translation.engines.protocol import PairUnknown, Route, Standing


class Silent:
    name = "none"
    leaves_the_house = False
    keeps_address = False

    def standing(self) -> Standing:
        return Standing(False, True, _("Translation by machine is switched off; what people translated is shown."))

    def route(self, _source: str, _target: str) -> Route | None:
        return None

    def translate(self, _texts: Sequence[str], source: str, target: str, **_address: str) -> list[str]:
        raise PairUnknown(f"{source}-{target}")
