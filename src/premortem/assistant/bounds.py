"""What an assistant is given stays short: words around a quote, long texts and long lists are cut, and it says so."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.witness import Cited

Document = TypeVar("Document", bound=Struct)
AROUND, LONGEST, MOST = 120, 6_000, 60
"""Characters of the words before and after a quote, of any other text, and how many of a list are given."""


def bounded(document: Document) -> tuple[Document, int]:
    """The document with what is long in it cut, and how many texts and lists were."""
    cutting = _Cutting()
    return cutting.struct(document), cutting.cut


class _Cutting:
    def __init__(self) -> None:
        self.cut = 0

    def struct(self, one: Document) -> Document:
        if isinstance(one, Cited):
            one = replace(one, before=_tail(one.before), after=_head(one.after))
        told = {name: self._any(getattr(one, name)) for name in one.__struct_fields__}
        return replace(one, **told)

    def _any(self, value: Any) -> Any:
        if isinstance(value, Struct):
            return self.struct(value)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list | tuple):
            if type(value) not in (list, tuple):
                return value  # a named tuple is short
            kept = value[:MOST]
            self.cut += len(kept) < len(value)
            return type(value)(self._any(each) for each in kept)
        if isinstance(value, dict):
            return {name: self._any(each) for name, each in value.items()}
        return value

    def _text(self, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        self.cut += 1
        return f"{text[:LONGEST]} … [{len(text) - LONGEST} characters more]"


def _tail(words: str) -> str:
    return words if len(words) <= AROUND else "… " + words[-AROUND:]


def _head(words: str) -> str:
    return words if len(words) <= AROUND else words[:AROUND] + " …"
