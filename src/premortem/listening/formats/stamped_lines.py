"""A transcript with a time at each turn, as text exports have it.

`[00:12:03] Name: text`, `[00:12:03] Name` above the text, `Name  00:12:03` above the text (Otter, Teams), or a time on
a line of its own above `Name: text` (Google Meet). A turn starts at its time; where it ends is not said.
"""

from __future__ import annotations

import re

from msgspec import Struct

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.labels import could_be_handle, names_somebody, split_label
from premortem.listening.formats.times import CLOCK, day_written, seconds

NAME = "stamped lines"
PRECEDENCE = 50
"""Before named lines, whose lines are a part of these; after the formats that say by themselves what they are."""

_STAMP_FIRST = re.compile(
    rf"\s*(?:\[(?P<a>{CLOCK})\]|\((?P<b>{CLOCK})\)|(?P<c>{CLOCK}))(?=[\s\]\)–—:-]|$)[\s–—-]*(?P<rest>.*)$"
)
_STAMP_LAST = re.compile(rf"\s*(?P<who>\S.{{0,59}}?)(?:\s{{2,}}|\t|\s(?=[\[(])|\s)[\[(]?(?P<at>{CLOCK})[\])]?:?\s*$")
_CHAT = re.compile(rf"{CLOCK}\t[^\t]{{1,60}}:\t")


class _Said(Struct):
    speaker: str | None
    start: float | None
    lines: list[str]


class _Opening(Struct, frozen=True):
    """What a line opens: a turn of `speaker` with the first words `text`; with neither, only a time."""

    start: float
    speaker: str | None
    text: str
    alone: bool = False


def recognises(document: Document) -> bool:
    """Two stamped speakers at least, or one at the very beginning."""
    lines = [line for line in document.lines if line.strip()]
    opened = [opening is not None and (opening.speaker is not None or opening.alone) for opening in map(_opens, lines)]
    named = any((opening := _opens(line)) is not None and opening.speaker for line in lines) or any(
        _named(line) for line in lines
    )
    return named and (sum(opened) > 1 or opened[:1] == [True])


def read(document: Document) -> list[Conversation]:
    """One call; what stands before the first turn is its subject, and its day where a line says one."""
    before: list[str] = []
    said: list[_Said] = []
    clock: float | None = None
    stamped = False
    for line in document.lines:
        opening = _opens(line)
        by_name = _named(line) if stamped else None
        if opening is not None and opening.alone:
            clock, stamped = opening.start, True
        elif opening is not None:
            said.append(_Said(opening.speaker, opening.start, [opening.text]))
        elif by_name is not None or (clock is not None and line.strip()):
            said.append(_Said(by_name[0] if by_name else None, clock, [by_name[1] if by_name else line.strip()]))
            clock = None  # one time on a line of its own is the start of one turn only
        elif said:
            said[-1].lines.append(line.strip())
        elif line.strip():
            before.append(line.strip())
    return [_call(document, said, before)]


def _call(document: Document, said: list[_Said], before: list[str]) -> Conversation:
    at = next((day for line in before if (day := day_written(line)) is not None), None)
    remarks = list(document.remarks)
    if len(before) > 1:
        remarks.append(f"{len(before) - 1} lines before the first turn were left out.")
    if _CHAT.match(document.text):
        remarks.append("It looks like the chat of a meeting, not like what was spoken.")
    return Conversation(
        type="call",
        format=NAME,
        turns=tuple(Turn("\n".join(one.lines).strip(), one.speaker, one.start) for one in said),
        at=at,
        day_only=at is not None,
        subject=before[0] if before else None,
        remarks=tuple(remarks),
    )


def _opens(line: str) -> _Opening | None:
    """What a line opens, if it has a time at its beginning or, after a name, at its end."""
    first = _STAMP_FIRST.match(line)
    if first is not None:
        start = seconds(first["a"] or first["b"] or first["c"])
        rest = first["rest"].strip().lstrip("])").strip()
        if not rest:
            return _Opening(start, None, "", alone=True)
        split = split_label(rest)
        if split is not None and (names_somebody(split[0]) or could_be_handle(split[0])):
            return _Opening(start, *split)
        if names_somebody(rest) and len(rest) <= 60:
            return _Opening(start, rest, "")
        return _Opening(start, None, rest) if first["c"] is None else None
    last = _STAMP_LAST.match(line)
    if last is not None and names_somebody(last["who"].strip().rstrip("-–—").strip()):
        return _Opening(seconds(last["at"]), last["who"].strip().rstrip("-–—").strip(), "")
    return None


def _named(line: str) -> tuple[str, str] | None:
    split = split_label(line.strip())
    return split if split is not None and names_somebody(split[0]) else None
