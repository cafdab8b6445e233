"""What the style page shows: every part in every state, with the villages of the first municipality."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.ui.forms import SampleForm, SamplePointForm
from dorfplatz.ui.icons import ICONS
from dorfplatz.ui.parts import (
    Card,
    Cell,
    FacetGroup,
    FacetValue,
    Fact,
    OpenLine,
    Person,
    Picture,
    Step,
    Strip,
    Village,
)  # fmt: skip
from dorfplatz.ui.pins import COLOURS, SHAPES

_NAMES = ("Kranenburg", "Nütterden", "Schottheide", "Wyler", "Mehr", "Frasselt", "Zyfflich", "Niel", "Grafwegen")


def samples() -> dict[str, Any]:
    return {
        "villages": _villages(),
        "cards": _cards(),
        "groups": _facet_groups(),
        "form": SampleForm(auto_id="sample_%s"),
        "wrong_form": SampleForm({"mail": "anna at example"}, auto_id="wrong_%s"),
        "writer_form": SampleForm(auto_id="writer_%s"),
        "point_form": SamplePointForm(initial={"lat": 51.8187, "lon": 6.0415}, auto_id="point_%s"),
        "qr": render_to_string("ui/style/sample-qr.html"),
        "facts": _facts(),
        "people": _people(),
        "strip": _strip(),
        "steps": [Step("Kranenburg", "#"), Step("Niel", "#"), Step("Dorfladen Niel", is_current=True)],
        "tabs": [Step(_("List"), "#", True, "list", 42), Step(_("Map"), "#", icon="map"), Step(_("Print"), "#")],
        "languages": [Step("Deutsch", is_current=True), Step("Nederlands", "#"), Step("English", "#")],
        "page": Paginator(range(90), 30).page(2),
        "icons": ICONS,
        "pins": list(zip(SHAPES, COLOURS, ICONS[150:], strict=False)),
        "colours": ("paper", "sheet", "well", "line", "ink", "ink-soft", "strong", "good", "link", "amber", "wrong"),
        "moments": [timezone.now() + timedelta(hours=h) for h in (1, 25, 73, 24 * 40)],
        "distances": (180.0, 840.0, 3240.0, 12400.0),
    }


def _villages() -> list[Village]:
    inside = [
        Village(name, tint, "#", 1200.0 * tint if tint % 3 == 0 else None, tint == 8)
        for tint, name in enumerate(_NAMES, start=1)
    ]
    return [*inside, Village("Groesbeek", 0, "#", 5300.0, note="Nederland")]


def _cards() -> list[Card]:
    niel, zyfflich, groesbeek = (
        Village("Niel", 8),
        Village("Zyfflich", 7, "", 3200.0),
        Village("Groesbeek", 0, "", 5300.0),
    )
    return [
        Card(
            "a1", "Dorfladen Niel", "#", "shopping-basket", _("Shops"),
            _("Bread, vegetables from the village, parcels. Coffee at the long table."), [niel],
            OpenLine(_("Open now, until 6 pm"), "open"), shape="square", colour="meadow", facts=(_("step-free"),),
            picture=_picture(),
        ),
        Card(
            "a2", "Schützenbruderschaft St. Bonifatius", "#", "target", _("Clubs and groups"),
            _("Marksmen since 1652, with a youth group and a brass band."), [zyfflich],
            OpenLine(_("Closed, opens tomorrow at 9 am"), "closed"),
            warning=_("Not confirmed since March 2025. It may have changed."), shape="circle", colour="brick",
        ),
        Card(
            "a3", "Zwembad De Lubert", "#", "waves", _("Nature and leisure"), "", [groesbeek],
            OpenLine(_("Closes soon, at 8 pm"), "soon"), source=_("from OpenStreetMap, as of 3 November"),
            shape="drop", colour="rhine", language="nl", facts=(_("step-free"), _("free of charge")),
        ),
        Card(
            "a4", _("Driving service of the parish"), "#", "car", _("Help in everyday life"),
            _("To the doctor, to the shops, to church. Ring the day before."), [niel, zyfflich],
            shape="diamond", colour="plum", is_draft=True,
        ),
    ]  # fmt: skip


def _picture() -> Picture:
    return Picture(static("ui/sample-picture.svg"), _("Farms, a church and poplars under a wide sky."), 1280, 720)


def _facet_groups() -> list[FacetGroup]:
    return [
        FacetGroup(
            "village", _("Village"),
            [FacetValue(n, "#", 41 - 4 * i, i == 7, tint=i + 1) for i, n in enumerate(_NAMES)], is_open=True,
        ),
        FacetGroup(
            "category", _("Category"),
            [
                FacetValue(_("Clubs and groups"), "#", 24, True, "users", below=[
                    FacetValue(_("Sports"), "#", 11, True), FacetValue(_("Music and theatre"), "#", 6),
                ]),
                FacetValue(_("Health and care"), "#", 8, icon="heart-pulse"),
                FacetValue(_("Emergency and advice"), "#", 0, icon="life-buoy"),
            ],
        ),
        FacetGroup(
            "open", pgettext("opening hours", "Open"),
            [FacetValue(_("now"), "#", 12), FacetValue(_("today"), "#", 19), FacetValue(_("at the weekend"), "#", 7)],
            one_of=True, help=_("Where the opening hours are known."),
        ),
    ]  # fmt: skip


def _facts() -> list[Fact]:
    return [
        Fact(_("Opening hours"), [_("Monday to Friday 8 am to 6 pm"), _("Saturday 8 am to 1 pm")], "clock"),
        Fact(_("Address"), ["Hauptstraße 12", "47559 Kranenburg-Niel"], "map-pin"),
        Fact(_("Telephone"), ["02826 000000"], "phone", "tel:02826000000"),
        Fact(_("Languages"), ["Deutsch, Nederlands"], "languages"),
    ]


def _people() -> list[Person]:
    return [
        Person("Anna Janßen", _("Buurtverbinder in Niel"), url="#", tint=8, lines=[_("Tuesdays at the village shop")]),
        Person("Willem van der Velde", _("Buurtverbinder in Zyfflich"), tint=7, picture=_picture()),
    ]


def _strip() -> Strip:
    cells = [
        Cell("Zyfflich", "M16 33L245 20L311 147L196 229L33 180Z", 7, 155, 123, is_approximate=True),
        Cell("Niel", "M245 20L491 49L507 180L311 147Z", 8, 393, 106, is_here=True, is_approximate=True),
        Cell("Mehr", "M491 49L704 98L687 245L507 180Z", 5, 605, 151, is_approximate=True),
        Cell("Wyler", "M33 180L196 229L180 344L49 327Z", 4, 115, 278, is_approximate=True),
        Cell("Kranenburg", "M196 229L311 147L507 180L491 360L180 344Z", 1, 335, 270, is_approximate=True),
        Cell("Nütterden", "M507 180L687 245L671 360L491 360Z", 2, 589, 295, is_approximate=True),
    ]
    dots = [(376.0, 65.0, "brick"), (429.0, 134.0, "meadow"), (353.0, 128.0, "rhine"), (448.0, 92.0, "amber")]
    return Strip(720, 376, cells, dots, _("Niel and its neighbours on the map, with four entries"))
