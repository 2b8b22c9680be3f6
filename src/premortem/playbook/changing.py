"""One setting of a playbook's text changed: its line is written anew, and all else stays as somebody wrote it.

changed(text, table, key, literal)   the text with the key set, or taken out

Where a line belongs is only guessed; then the text is read, and a guess counts if it says what is meant and nothing
else has changed. So a comment, or a text of several lines that looks like the key, can't lead it astray.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import islice
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
TRIES = 200
"""Ends that are tried for a value, at most; a reason or a number ends on its own line."""


class NotSafely(ValueError):
    """The text is written in a way in which this key can't be changed by itself."""


def literal(words: str) -> str:
    """Words as TOML writes them, on one line."""
    return json.dumps(" ".join(words.split()), ensure_ascii=False).replace("\x7f", "\\u007f")


def changed(text: str, table: str, key: str, value: str | None) -> str:
    """The text with a key of a table set to a literal, or without it where that is None.

    Raises NotSafely where it can't be done by one line.
    """
    told = _read(text)
    if told is None or not isinstance(told.get(table, {}), dict):
        raise NotSafely(key)
    holds = told.get(table, {})
    if value is None and key not in holds:
        return text
    meant = {**told, table: {name: one for name, one in holds.items() if name != key}}
    if value is not None:
        meant[table][key] = tomllib.loads(f"x = {value}")["x"]
    ways = _anew(text, table, key, value) if key in holds else _added(text, table, f"{_named(key)} = {value}")
    for way in ways:
        if _read(way) == meant:
            return way
    raise NotSafely(key)


def _anew(text: str, table: str, key: str, value: str | None) -> Iterator[str]:
    """The text with each line that might be the key's written anew, one after the other."""
    start = 0
    for line in text.split("\n"):
        name, equals, _ = line.partition("=")
        if equals and _read(f"{name}=0") in ({key: 0}, {table: {key: 0}}):
            rest = text[start + len(name) + 1 :]
            if (end := _value_end(rest)) is not None:
                yield _put(text[:start], f"{name}=", rest[:end], rest[end:], value)
        start += len(line) + 1


def _put(before: str, name: str, former: str, after: str, value: str | None) -> str:
    comment, _, below = after.partition("\n")
    if value is None:
        return before + (f"{comment.lstrip()}\n" if comment.strip() else "") + below
    gap, end = former[: len(former) - len(former.lstrip())], former[len(former.rstrip()) :]
    return f"{before}{name}{gap}{value}{end}{after}"


def _value_end(rest: str) -> int | None:
    """Where the value ends that a text begins with: before a comment, or at a line's end."""
    ends = (one.start() for one in re.finditer(r"#|\n|\Z", rest))
    return next((end for end in islice(ends, TRIES) if _read(f"x={rest[:end]}") is not None), None)


def _added(text: str, table: str, line: str) -> Iterator[str]:
    """The text with a line more: beneath what its table has, right beneath the table's head, or in a new table."""
    lines = text.split("\n")
    heads = [number for number, one in enumerate(lines) if one.lstrip().startswith("[") and _read(one) is not None]
    for number in heads:
        if _read(lines[number]) == {table: {}}:
            end = next((head for head in heads if head > number), len(lines))
            filled = [at for at in range(number, end) if lines[at].strip() and not lines[at].lstrip().startswith("#")]
            for at in (filled[-1], number):
                yield "\n".join([*lines[: at + 1], line, *lines[at + 1 :]])
    above = f"{text.rstrip()}\n\n" if text.strip() else ""
    yield f"{above}[{table}]\n{line}\n"


def _named(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
