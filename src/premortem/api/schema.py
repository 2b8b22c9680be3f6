"""The API's description in OpenAPI 3.1: django-ninja's, with msgspec's schemas, and what holds for every route."""

from __future__ import annotations

from typing import Any

import msgspec

from premortem.api.once import HEADER, LONGEST
from premortem.api.problems import MEDIA_TYPE, Problem
from premortem.api.shown import MARK, TYPES

PLACE = "#/components/schemas/{name}"
EVERY = {
    "401": "No key that holds",
    "403": "The key, or its member, may not do this",
    "404": "No such thing, or not yours to see",
    "422": "What was sent does not fit",
    "429": "Asked too often",
    "503": "The ledger is busy",
}
OF_WRITES = {
    "400": "The body is no JSON",
    "409": "The same is being done, or was done meanwhile",
    "413": "Too large",
    "415": "No JSON",
}
IDEMPOTENCY = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
    "description": "Sent again within a day with the same key, a request is not done again: its first answer comes.",
}


def completed(described: dict[str, Any]) -> dict[str, Any]:
    """django-ninja's description, with each type's own schema, and with what the gate answers."""
    names = sorted(TYPES)
    given, components = msgspec.json.schema_components([*(TYPES[name] for name in names), Problem], ref_template=PLACE)
    schemas = dict(zip(names, given, strict=False))
    told: dict[str, Any] = _marked(described, schemas)
    told["components"]["schemas"] |= components
    told["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    told["security"] = [{"key": []}]
    for methods in told["paths"].values():
        for method, one in methods.items():
            _complete(method, one, given[-1])
    return told


def _marked(part: Any, schemas: dict[str, dict[str, Any]]) -> Any:
    """The same, with a type's schema wherever its mark stands."""
    if isinstance(part, dict):
        if MARK in part:
            return schemas[part[MARK]]
        return {name: _marked(value, schemas) for name, value in part.items()}
    if isinstance(part, list):
        return [_marked(one, schemas) for one in part]
    return part


def _complete(method: str, one: dict[str, Any], shape: dict[str, Any]) -> None:
    """Add to an operation the problems that it may tell of, and for a write the key under which it is done once."""
    writes = method != "get"
    one["summary"] = one["description"].partition(". ")[0].partition(".\n")[0].removesuffix(".").replace("\n", " ")
    if writes:
        one["parameters"] = [*one["parameters"], IDEMPOTENCY]
    one["responses"] = {str(status): told for status, told in one["responses"].items()}
    for status, says in (EVERY | (OF_WRITES if writes else {"400": "The address is none"})).items():
        one["responses"].setdefault(status, {"description": says, "content": {MEDIA_TYPE: {"schema": shape}}})
