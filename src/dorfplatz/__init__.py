"""Dorfplatz: the village square, online and on paper."""

__version__ = "0.1.0"
