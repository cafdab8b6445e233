"""Drawings of the Lower Rhine, made by the machine itself: the same from the same name, on every machine."""

from dorfplatz.portal.demo.scenery.people import Looks, draw_face
from dorfplatz.portal.demo.scenery.scenes import SCENES, draw_scene

__all__ = ["SCENES", "Looks", "draw_face", "draw_scene"]
