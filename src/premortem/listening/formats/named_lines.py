"""A transcript whose lines begin with their speaker: `Full Name: text`.

Lines without a name go on with the turn above them. Headings of notes (`Budget: 40k`, `Next step: …`), prose
(`Note: …`) and addresses (`http://…`) are no speakers.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.labels import speakers_of, split_label

NAME = "named lines"
PRECEDENCE = 60
"""After stamped lines, which have names and times."""

_TITLE_LINES = 12
"""So many lines may stand before the first speaker: a title, a date, who was there."""


class _Said(Struct):
    speaker: str
    lines: list[str]


def recognises(document: Document) -> bool:
    """Two speakers at least, one of whom comes back, or a short text in which every line has its speaker."""
    lines = [line.strip() for line in document.lines if line.strip()]
    speakers = speakers_of(lines)
    labels = [split[0] for line in lines if (split := split_label(line)) is not None and split[0] in speakers]
    if len(set(labels)) < 2 or not any(_label(line) in speakers for line in lines[:_TITLE_LINES]):
        return False
    return len(labels) == len(lines) or max(Counter(labels).values()) > 1


def read(document: Document) -> list[Conversation]:
    """One call; what stands before the first speaker is its subject."""
    speakers = speakers_of(line.strip() for line in document.lines)
    before: list[str] = []
    said: list[_Said] = []
    for line in document.lines:
        split = split_label(line.strip())
        if split is not None and split[0] in speakers:
            said.append(_Said(split[0], [split[1]]))
        elif said:
            said[-1].lines.append(line.strip())
        elif line.strip():
            before.append(line.strip())
    turns = tuple(Turn("\n".join(one.lines).strip(), one.speaker) for one in said)
    left_out = (f"{len(before) - 1} lines before the first speaker were left out.",) if len(before) > 1 else ()
    return [
        Conversation(
            type="call",
            format=NAME,
            turns=turns,
            subject=before[0] if before else None,
            remarks=(*document.remarks, *left_out),
        )
    ]


def _label(line: str) -> str | None:
    split = split_label(line)
    return split[0] if split is not None else None
