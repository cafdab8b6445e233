"""The OpenAPI 3.1 description of our own interface. Pure."""

from __future__ import annotations

from typing import Any

from dorfplatz.api.answers import GEOJSON
from dorfplatz.api.openapi import (
    TEXT,
    Schema,
    array,
    described,
    entity,
    operation,
    parameter,
    path_id,
    reference,
)
from dorfplatz.api.paging import LAST_PAGE, MOST_PER_PAGE
from dorfplatz.places.enums import OfferedBy, PlaceKind, Status, StepFree
from dorfplatz.places.map_filter import GENERATIONS, OPEN_CHOICES, SIDES

NUMBER_OR_NOT: Schema = {"type": ["number", "null"]}
WHOLE: Schema = {"type": "integer", "minimum": 0}
WHOLE_OR_NOT: Schema = {"type": ["integer", "null"], "minimum": 0}
YES_NO: Schema = {"type": "boolean"}
YES_NO_OR_NOT: Schema = {"type": ["boolean", "null"]}
DATE_OR_NOT: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
URI: Schema = {"type": "string", "format": "uri"}
URI_OR_NOT: Schema = {"type": ["string", "null"], "format": "uri"}
TEXT_OR_NOT: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "array", "items": TEXT}


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def _whole(properties: dict[str, Schema], *, open_ended: bool = False) -> Schema:
    """Every name is always there."""
    return entity(properties, tuple(properties), open_ended=open_ended)


_SAID = {"attribution": TEXT, "sources": array("source")}
_ENTRY: dict[str, Schema] = {
    "code": TEXT, "kind": _one_of(*PlaceKind.values), "title": TEXT, "text": TEXT, "language": TEXT,
    "original_language": TEXT, "categories": array("name"), "villages": array("name"), "serves": array("name"),
    "lat": NUMBER_OR_NOT, "lon": NUMBER_OR_NOT, "street": TEXT, "postcode": TEXT, "town": TEXT, "phone": TEXT,
    "email": TEXT, "website": TEXT, "opening_hours": TEXT, "opening_hours_words": TEXT, "opening_hours_note": TEXT,
    "open": YES_NO_OR_NOT, "free": YES_NO_OR_NOT, "cost": TEXT, "step_free": _one_of(*StepFree.values),
    "access": TEXT, "generations": {"type": "array", "items": _one_of(*GENERATIONS)}, "minimum_age": WHOLE_OR_NOT,
    "maximum_age": WHOLE_OR_NOT, "languages": TEXTS, "offered_by": _one_of("", *OfferedBy.values),
    "how_to_apply": TEXT, "status": _one_of(*Status.values), "missing_in_source": YES_NO, "alert": TEXT,
    "confirmed_on": DATE_OR_NOT, "changed_at": MOMENT, "url": URI, "source": TEXT, "original": TEXT,
}  # fmt: skip
_PIN: dict[str, Schema] = {
    "id": TEXT, "code": TEXT, "kind": TEXT, "name": TEXT, "category": TEXT, "villages": TEXTS, "url": URI,
    "open": YES_NO_OR_NOT, "confirmed_on": DATE_OR_NOT, "source": TEXT, "shape": TEXT, "colour": TEXT, "icon": TEXT,
}  # fmt: skip
_AREA: dict[str, Schema] = {
    "name": TEXT, "slug": TEXT, "approximate": YES_NO, "tint": WHOLE, "country": TEXT, "lat": NUMBER_OR_NOT,
    "lon": NUMBER_OR_NOT, "url": TEXT,
}  # fmt: skip
_POSITION: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


def _collection(properties: dict[str, Schema], geometry: Schema) -> Schema:
    feature = _whole({"type": {"const": "Feature"}, "geometry": geometry, "properties": _whole(properties)})
    return _whole({"type": {"const": "FeatureCollection"}, **_SAID, "features": {"type": "array", "items": feature}})


SCHEMAS: dict[str, Schema] = {
    "name": _whole({"slug": TEXT, "name": TEXT}),
    "source": _whole({"key": TEXT, "name": TEXT, "url": URI, "licence": TEXT, "licence_url": URI}),
    "entry": _whole(_ENTRY),
    "entry_alone": _whole({**_SAID, **_ENTRY}),
    "entries": _whole(
        {**_SAID, "total": WHOLE, "page": WHOLE, "per_page": WHOLE, "pages": WHOLE, "entries": array("entry")}
    ),
    "categories": _whole(
        {
            **_SAID,
            "categories": {
                "type": "array",
                "items": _whole({"slug": TEXT, "name": TEXT, "parent": TEXT_OR_NOT, "own": YES_NO}),
            },
        }
    ),
    "villages": _whole({**_SAID, "villages": array("village")}),
    "village": _whole(
        {
            "slug": TEXT, "name": TEXT, "country": TEXT, "lat": NUMBER_OR_NOT, "lon": NUMBER_OR_NOT,
            "inhabitants": WHOLE_OR_NOT, "outside": YES_NO, "neighbours": TEXTS, "url": URI_OR_NOT,
        }
    ),
    "map": _collection(_PIN, _whole({"type": {"const": "Point"}, "coordinates": _POSITION})),
    "areas": _collection(
        _AREA,
        {
            "oneOf": [
                {"type": "null"},
                _whole({"type": _one_of("Point", "Polygon", "MultiPolygon"), "coordinates": {"type": "array"}}),
            ]
        },
    ),
}  # fmt: skip

LANG = parameter("lang", _one_of("de", "nl", "en"), "Language of names and texts; else that of Accept-Language.")


def _filter(name: str, about: str, values: tuple[str, ...] = (), *, many: bool = False) -> dict[str, Any]:
    """Like the page, the interface does not ask what it does not understand; so any text is allowed."""
    hint = f" One of: {', '.join(values)}." if values else ""
    return parameter(name, {**TEXT, **({"examples": list(values)} if values else {})}, f"{about}{hint}", many=many)


FILTERS = [
    _filter("village", "In that village, by its slug; may be repeated.", many=True),
    _filter("neighbours", "With the neighbours of the villages.", ("1",)),
    _filter("category", "In that category or one below it, by its slug; may be repeated.", many=True),
    _filter("open", "Open then.", OPEN_CHOICES),
    _filter("language", "That language is spoken there; may be repeated.", ("de", "nl", "en"), many=True),
    _filter("free", "Free of charge.", ("1",)),
    _filter("step_free", "Step-free.", ("1",)),
    _filter("generation", "For that generation; may be repeated.", tuple(GENERATIONS), many=True),
    _filter("by", "Offered by them; may be repeated.", tuple(OfferedBy.values), many=True),
    _filter("side", "On that side of the border.", SIDES),
    _filter("q", "With these words."),
    _filter("bbox", "Within west,south,east,north, in degrees."),
]
_PAGING = [
    parameter("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "Which page, from 1."),
    parameter("per_page", {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE}, "How many on a page."),
]


def document(base: str) -> dict[str, Any]:
    """The whole description, with the server it is asked of."""
    separator = parameter("separator", _one_of("comma", "semicolon"), "Between the cells; comma unless said.")
    asked = [*FILTERS, LANG]
    one = path_id("code", {"type": "string", "pattern": "^[0-9a-z]{1,12}$"})
    get = {
        "/entries": operation("entries", "A page of the social map.", [*asked, *_PAGING], reference("entries")),
        "/entries/{code}": operation("entry", "One entry.", [one, LANG], reference("entry_alone"), can_miss=True),
        "/categories": operation("categories", "The two levels of the taxonomy.", [LANG], reference("categories")),
        "/villages": operation("villages", "Villages, and neighbours outside.", [LANG], reference("villages")),
        "/map.geojson": operation("map", "The social map as points.", asked, reference("map"), media=GEOJSON),
        "/areas.geojson": operation("areas", "Outlines of the villages.", [LANG], reference("areas"), media=GEOJSON),
        "/places.csv": operation("places", "The social map as a table.", [*asked, separator], TEXT, media="text/csv"),
    }
    return described(
        title="Dorfplatz",
        about="What everybody may see of the square, under the filters of its social map.",
        server=f"{base}/api/v1",
        paths={path: {"get": said} for path, said in get.items()},
        schemas=SCHEMAS,
    )
