"""The acts' documents as the API's own: a msgspec Struct goes out, or comes in, without being written down twice.

Shown[Review]   what a route answers: the document as it is, encoded by msgspec
Given[Wish]     what a route is given as its body: checked by msgspec, with the place of a mistake in its message

django-ninja speaks pydantic, which knows no Structs. Both names mark a type with hooks that let it through, and leave a
mark in pydantic's JSON Schema, in whose place `schema.py` puts the schema that msgspec gives of the type.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

import msgspec
from ninja.params.models import Body
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")
MARK = "x-struct"
"""In a JSON Schema: the name under which a type lies in TYPES."""
TYPES: dict[str, Any] = {}
"""Every type that some route shows or takes, by its name."""


class _Struct:
    """Pydantic's hooks for the type that it marks."""

    def __init__(self, *, read: bool) -> None:
        self._read = read

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        name = TYPES.setdefault(str(source), source) and str(source)
        if not self._read:
            return core_schema.any_schema(metadata={MARK: name})
        return core_schema.no_info_plain_validator_function(_reader(source), metadata={MARK: name})

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {MARK: schema["metadata"][MARK]}


def _reader(wanted: Any) -> Any:
    def read(value: Any) -> Any:
        try:
            return msgspec.convert(value, wanted)
        except msgspec.ValidationError as mistake:
            raise PydanticCustomError("given", "{why}", {"why": str(mistake)}) from mistake

    return read


Shown = Annotated[T, _Struct(read=False)]
Given = Annotated[T, _Struct(read=True), Body(...)]
