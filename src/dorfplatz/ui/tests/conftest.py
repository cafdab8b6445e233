from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils import translation

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.registry import Registry
from dorfplatz.ui import sockets
from dorfplatz.ui.templatetags import ui as tags  # read now: later it would take the empty slots for the real ones


@pytest.fixture
def request_at():
    """Makes a request as the middleware would hand it to a view, without a database."""

    def make(path="/de/ui/", language="de", **extra):
        request = RequestFactory().get(path, **extra)
        area = SimpleNamespace(name={"und": "Kranenburg"})
        request.municipality = SimpleNamespace(area=area, languages=["de", "nl"], rooms_off=["events"])
        request.viewer = VISITOR
        return request

    return make


@pytest.fixture(autouse=True)
def _german():
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def empty_sockets(monkeypatch):
    """Sockets without what the other apps have plugged in."""
    for name in ("navigation", "tools", "menu", "account", "links", "places", "style_parts"):
        monkeypatch.setattr(sockets, name, Registry(name))
    empty = sockets.Slots()
    monkeypatch.setattr(sockets, "slots", empty)
    monkeypatch.setattr(tags, "slots", empty)
    return sockets
