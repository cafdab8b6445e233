"""A part of an address that takes whatever is left of it, line breaks included."""

from __future__ import annotations

from django.urls import register_converter


class Anything:
    regex = r"[\s\S]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Anything, "anything")
