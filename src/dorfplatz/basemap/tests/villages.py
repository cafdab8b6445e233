"""An extract of a small piece of Niel, for tests of the base map."""

from __future__ import annotations

from dorfplatz.basemap.tests.extracts import Extract


def niel() -> Extract:
    lanes = Extract()
    lanes.line(1, [(51.8250, 6.0180), (51.8262, 6.0202), (51.8270, 6.0230)], highway="residential", name="Dorfstraße")
    lanes.line(2, [(51.8240, 6.0150), (51.8300, 6.0150)], highway="secondary", name="Kapellenweg", ref="K 5")
    lanes.line(3, [(51.8240, 6.0100), (51.8300, 6.0100)], waterway="river", name="Wyler Meer", name__nl="Wylermeer")
    lanes.line(4, [(51.8260, 6.0190), (51.8275, 6.0190)], highway="footway")
    lanes.square(
        10,
        51.8264,
        6.0203,
        side=0.0002,
        building="yes",
        addr__street="Dorfstraße",
        addr__housenumber="2",
        addr__postcode="47559",
        addr__city="Kranenburg",
    )
    lanes.square(
        11,
        51.8266,
        6.0206,
        side=0.0002,
        building="yes",
        addr__street="Dorfstraße",
        addr__housenumber="12a",
        addr__postcode="47559",
    )
    lanes.node(12, 51.8267, 6.0210, addr__street="Dorfstraße", addr__housenumber="12", addr__postcode="47559")
    lanes.node(13, 51.8240, 5.9740, addr__street="Dorfstraße", addr__housenumber="1", addr__postcode="47559")
    lanes.square(20, 51.8200, 6.0200, side=0.004, landuse="forest")
    lanes.square(21, 51.8280, 6.0240, side=0.001, natural="water", name="Weiher")
    lanes.node(30, 51.8264, 6.0203, place="village", name="Niel", population="222")
    lanes.node(31, 48.1, 11.5, place="city", name="München")
    return lanes  # fmt: skip
