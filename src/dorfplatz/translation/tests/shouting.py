"""An engine that keeps to the protocol and whose work can be recognised: it says the same, aloud."""

from __future__ import annotations

from dorfplatz.translation.engines import choosing
from dorfplatz.translation.engines.protocol import EngineAway, Route, Standing


class Shouting:
    name, leaves_the_house, keeps_address = "shouting", False, False

    def __init__(self):
        self.asked, self.model, self.is_away = [], "first", False

    def standing(self):
        return Standing(True, True, "")

    def route(self, source, target):
        return Route(f"{source}-en-{target}", self.model)

    def translate(self, texts, _source, _target, **_address):
        if self.is_away:
            raise EngineAway("Away.")
        self.asked += texts
        return [text.upper() for text in texts]


def shouting_engine(monkeypatch):
    """This engine instead of the installation's, for one test."""
    engine = Shouting()
    monkeypatch.setattr(choosing, "_engine", lambda setting, folder: engine)
    return engine
