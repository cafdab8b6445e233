"""Modules that are imported when they are first needed: a start does not wait for what only a few requests use."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Late:
    """Stands for the module of that name, and imports it with the first look at what is in it.

    Type checkers are given the module itself::

        if TYPE_CHECKING:
            import shapely
        else:
            shapely = Late("shapely")
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._name), attribute)
        setattr(self, attribute, found)
        return found
