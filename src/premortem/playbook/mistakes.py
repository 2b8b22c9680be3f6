"""What is wrong in a playbook, told so that it can be mended: the file, the line, the key, why, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct

Key = tuple[str, ...]
"""Where something stands: ('thresholds', 'silence_days')."""

SHOWN = 12
"""Names that an error lists at most; more are not read."""

_HEAD = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"""^\s*([\w.-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w-]+)*\s*=""")


class Mistake(Struct, frozen=True):
    """One mistake. `place` is the line, and the key where there is one."""

    file: str
    place: str
    why: str
    remedy: str

    @property
    def key(self) -> str:
        """What is wrong by its name, without the line: 'thresholds.silence_days'."""
        return self.place.rpartition(", ")[2]

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.why}. {self.remedy}"


class Places:
    """Knows on which line of a file a key stands, and keeps what is wrong with it."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._lines = _lines(text)
        self.mistakes: list[Mistake] = []

    def wrong(self, key: Key, why: str, remedy: str, nth: int = 0) -> None:
        """Keep a mistake; `nth` counts from 0 among tables of the same name."""
        named = ".".join(key)
        line = self._line(key, nth)
        self.mistakes.append(Mistake(self._file, f"line {line}, {named}" if line else named, why, remedy))

    def _line(self, key: Key, nth: int) -> int | None:
        """The line of a key, behind the nth head of its table, else of what it stands in; None where neither is."""
        heads, found = self._lines.get(key[:-1], []), self._lines.get(key, [])
        behind = [line for line in found if nth < len(heads) and line > heads[nth]]
        if behind or found:
            return behind[0] if behind else found[min(nth, len(found) - 1)]
        return self._line(key[:-1], nth) if len(key) > 1 else None


def meant(said: str, known: Iterable[str]) -> str:
    """'Did you mean …?' where something known is near, else what there is."""
    names = sorted(known)
    near = get_close_matches(said, names, n=2, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    more = f", and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"There are {', '.join(names[:SHOWN])}{more}." if names else "There are none."


def _lines(text: str) -> dict[Key, list[int]]:
    """On which lines each key stands, from 1. What stands in a text of several lines may be taken for a key: then a
    mistake names a line too near the top, and the right key all the same."""
    lines: dict[Key, list[int]] = {}
    table: Key = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = _parts(head[1])
            lines.setdefault(table, []).append(number)
        elif _KEY.match(line):
            lines.setdefault((*table, *_parts(line.partition("=")[0])), []).append(number)
    return lines


def _parts(dotted: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
