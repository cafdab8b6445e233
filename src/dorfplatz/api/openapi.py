"""Words of OpenAPI 3.1 that both descriptions share. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dorfplatz.api.answers import JSON, PROBLEM

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "string", "enum": ["true", "false"]}
PROBLEM_SCHEMA: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
}


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def array(name: str) -> Schema:
    return {"type": "array", "items": reference(name)}


def entity(properties: Mapping[str, Schema], required: Sequence[str], *, open_ended: bool = False) -> Schema:
    """An object with these properties and no others, so that nothing is given away unsaid."""
    said: Schema = {"type": "object", "required": list(required), "properties": dict(properties)}
    return said if open_ended else {**said, "additionalProperties": False}


def parameter(name: str, schema: Schema, about: str, *, many: bool = False) -> dict[str, Any]:
    """A question in the address; `many` may be asked several times."""
    shape = {"type": "array", "items": schema, "maxItems": 40} if many else schema
    return {"name": name, "in": "query", "required": False, "description": about, "schema": shape}


def path_id(name: str = "id", schema: Schema | None = None) -> dict[str, Any]:
    shape = schema or {"type": "string", "format": "uuid"}
    return {"name": name, "in": "path", "required": True, "description": "Its identifier.", "schema": shape}


def operation(
    name: str,
    about: str,
    parameters: Sequence[dict[str, Any]],
    answer: Schema,
    *,
    media: str = JSON,
    can_miss: bool = False,
) -> dict[str, Any]:
    faults = {"400": "What was asked cannot be understood.", **({"404": "There is no such thing."} if can_miss else {})}
    responses = {
        "200": {"description": "As asked.", "content": {media: {"schema": answer}}},
        "304": {"description": "Not changed since the ETag that was sent."},
        **{code: _fault(words) for code, words in faults.items()},
    }
    return {"operationId": name, "summary": about, "parameters": list(parameters), "responses": responses}


def _fault(words: str) -> dict[str, Any]:
    return {"description": words, "content": {PROBLEM: {"schema": reference("problem")}}}


def described(
    *, title: str, about: str, server: str, paths: Mapping[str, Any], schemas: Mapping[str, Schema]
) -> dict[str, Any]:
    """The document around the paths."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": title,
            "version": "1",
            "description": f"{about} Licence and source of the data stand in every answer; no key is needed.",
            "license": {"name": "CC BY 4.0; OpenStreetMap’s part ODbL 1.0", "url": f"{server}/"},
        },
        "servers": [{"url": server}],
        "paths": dict(paths),
        "components": {"schemas": {**schemas, "problem": PROBLEM_SCHEMA}},
    }
