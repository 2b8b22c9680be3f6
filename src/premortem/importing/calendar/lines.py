"""A calendar's lines (RFC 5545, 3.1): folded lines put together, a name, its parameters and its value taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct


class Line(Struct, frozen=True):
    """One property: its name and parameters in capitals, values as they stand. `number` is its line in the file."""

    number: int
    name: str
    value: str
    told: dict[str, str] = {}


class Block(Struct):
    """What stands between BEGIN and END: its own lines, and the blocks in it. `whole` is False where the end lacks."""

    name: str
    number: int
    lines: list[Line] = []
    inside: list[Block] = []
    whole: bool = False

    def all(self, name: str) -> list[Line]:
        return [one for one in self.lines if one.name == name]

    def first(self, name: str) -> Line | None:
        return next((one for one in self.lines if one.name == name), None)

    def value(self, name: str) -> str:
        found = self.first(name)
        return "" if found is None else found.value


_NAME = re.compile(r"([A-Za-z0-9-]+)((?:;[^:;=]+=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):(.*)", re.S)
_PARAMETER = re.compile(r";([^:;=]+)=((?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)")


def lines_of(text: str) -> Iterator[Line]:
    """The properties of a calendar in their order; lines that are none are passed over."""
    number, held = 0, ""
    for count, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if raw[:1] in (" ", "\t") and held:
            held += raw[1:]
            continue
        if held and (line := _line(number, held)) is not None:
            yield line
        number, held = count, raw
    if held and (line := _line(number, held)) is not None:
        yield line


def _line(number: int, held: str) -> Line | None:
    found = _NAME.fullmatch(held)
    if found is None:
        return None
    told = {one[1].strip().upper(): one[2].strip().strip('"') for one in _PARAMETER.finditer(found[2])}
    return Line(number, found[1].upper(), found[3], told)


def blocks_of(text: str) -> Block:
    """A calendar's blocks, below one that holds all; what is cut off ends with the file."""
    root = Block("", 0, [], [], whole=True)
    open_blocks = [root]
    for line in lines_of(text):
        name = line.value.strip().upper()
        if line.name == "BEGIN":
            block = Block(name, line.number, [], [])
            open_blocks[-1].inside.append(block)
            open_blocks.append(block)
        elif line.name == "END" and any(one.name == name for one in open_blocks[1:]):
            while open_blocks[-1].name != name:
                open_blocks.pop()
            open_blocks.pop().whole = True
        else:
            open_blocks[-1].lines.append(line)
    return root


def unescaped(text: str) -> str:
    """A text as its writer meant it (RFC 5545, 3.3.11), on one line."""
    plain = re.sub(r"\\([\\;,nN])", lambda found: " " if found[1] in "nN" else found[1], text)
    return " ".join(plain.split())
