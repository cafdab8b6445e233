"""The colours of the Lower Rhine, and its skies from top to horizon."""

from dorfplatz.portal.demo.scenery.canvas import rgb

PAPER, MIST = rgb("FBF4E6"), rgb("EAE3D2")
MEADOW, DEEP, SPRING = rgb("7FA65B"), rgb("2F6B4F"), rgb("A9C26E")
WATER, RHINE = rgb("8FB4C4"), rgb("1F5673")
WHEAT, EARTH = rgb("E3C46F"), rgb("B48A5E")
BRICK, ROOF = rgb("A63D2F"), rgb("8A4B38")
MORNING = ((0, rgb("9CC3D5")), (300, rgb("CFE0DC")), (520, rgb("F8E7C8")))
NOON = ((0, rgb("6FA9CC")), (330, rgb("B4D5E2")), (560, rgb("F2EEDC")))
EVENING = ((0, rgb("5F7FA6")), (230, rgb("B9A5B8")), (400, rgb("EDB38C")), (540, rgb("F9DDA6")))
SILVER = ((0, rgb("A9BEC8")), (320, rgb("D3DCDB")), (540, rgb("F3EDDF")))
