"""What the JSON exports of recorders have in common: reading them without a crash, and asking them for values.

An export may hold anything anywhere, so nothing is taken on trust: a value of another kind than asked for is None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from premortem.errors import Unreadable
from premortem.listening.formats.document import Document

Object = Mapping[str, object]

_AGAIN = "Export it again, or export it as WebVTT or text."
_BEGINS = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"\]]|\d+\s*[,\]]))")


def looks_like_json(document: Document) -> bool:
    """Whether the text begins as an object or a list does; '[00:12:03] Name' does not."""
    return _BEGINS.match(document.text) is not None


def parsed(document: Document) -> object:
    """The value that the file holds, or None where it is no JSON.

    Raises Unreadable where it begins as JSON and breaks, or is nested too deeply to be an export.
    """
    if not looks_like_json(document):
        return None
    kept = document.__dict__.get("parsed_json")
    if kept is None:
        kept = document.__dict__["parsed_json"] = (_load(document),)
    return kept[0]


def _load(document: Document) -> object:
    try:
        return json.loads(document.text)
    except json.JSONDecodeError as fault:
        raise Unreadable(
            document.name, f"line {fault.lineno}", f"it is broken JSON ({fault.msg.lower()})", _AGAIN
        ) from fault
    except RecursionError as fault:
        raise Unreadable(document.name, "", "it is JSON nested too deeply to be a transcript", _AGAIN) from fault
    except ValueError as fault:
        raise Unreadable(document.name, "", "it is JSON with a number too long to read", _AGAIN) from fault


def objects(value: object) -> Iterator[Object]:
    """The objects of a list; nothing where it is no list."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def inside(value: object, *keys: str) -> object:
    """What lies under keys, one below the other; None where the way ends."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def words(value: object) -> str | None:
    """A text without blanks at its ends, or a whole number as text; None for anything else, or an empty text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else None
    return value.strip() or None if isinstance(value, str) else None


def refuse_empty(document: Document, turns: object, what: str) -> None:
    """Raises Unreadable where an export holds no turn."""
    if not turns:
        raise Unreadable(document.name, what, "it holds no spoken words", _AGAIN)
