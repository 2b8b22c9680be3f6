"""A tool: what it is called, what it asks for, the document it gives, and that document in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct

from premortem.assistant.reader import Reader
from premortem.assistant.tools.schema import schema_of

Deal = Annotated[str, Meta(description="The id of a deal, as list_deals gives it.", min_length=1, max_length=200)]
Page = Annotated[int, Meta(description="Which page of a long answer.", ge=1, le=10_000)]


class Tool(NamedTuple):
    """`act` raises PremortemError; `gives` is the document's type, or its schema where the type is heavy to load.

    `destructive`: it sets something aside or rejects it, so that a person should be asked first.
    """

    name: str
    title: str
    description: str
    asks: type[Struct]
    gives: type[Struct] | Mapping[str, Any]
    act: Callable[[Reader, Any], Struct]
    told: Callable[[Any], str]
    writes: bool = False
    destructive: bool = False

    @property
    def input_schema(self) -> dict[str, Any]:
        return schema_of(self.asks)

    @property
    def output_schema(self) -> dict[str, Any]:
        return dict(self.gives) if isinstance(self.gives, Mapping) else schema_of(self.gives)
