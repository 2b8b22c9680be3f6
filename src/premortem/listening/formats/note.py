"""A note as a seller types it after a call or a visit. Its first line may say `Note by NAME, DATE`.

DATE is a day, or a moment as ISO 8601 writes it with its zone: 2026-06-02T02:00:00Z.

The whole text after that line is one turn, spoken by the note's author.
"""

from __future__ import annotations

import re

from premortem.ledger.contents import Conversation, Mention, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.times import day_written, instant

NAME = "note"
PRECEDENCE = 10
"""By its first line, so before every format that goes by the shape of lines."""

_FIRST_LINE = re.compile(
    r"\s*notes?\s+(?:taken\s+|written\s+)?(?:by|from)\s+(?P<name>[^,:;(\n]{2,80}?)\s*(?:[,:;(]|$)", re.I
)


def recognises(document: Document) -> bool:
    """The first line names an author; a text without one is left to `plain_text`."""
    return _FIRST_LINE.match(_first(document.text)) is not None


def read(document: Document) -> list[Conversation]:
    """One note."""
    return [as_note(document)]


def as_note(document: Document) -> Conversation:
    """The note: author and day from a first line `Note by NAME, DATE`, where there is one, and the rest verbatim."""
    text = document.text.strip()
    signed = _FIRST_LINE.match(_first(text))
    if signed is None:
        return Conversation(type="note", format=NAME, turns=(Turn(text),), remarks=document.remarks)
    first, _, rest = text.partition("\n")
    stamp = re.search(r"\d{4}-\d\d-\d\dT\S+", first)
    moment = instant(stamp[0]) if stamp else None
    at = moment or day_written(first)
    author = signed["name"].strip()
    return Conversation(
        type="note",
        format=NAME,
        turns=(Turn(rest.strip(), author),),
        at=at,
        day_only=moment is None and at is not None,
        mentions=(Mention(how="author", name=author),),
        remarks=document.remarks,
    )


def _first(text: str) -> str:
    return text.lstrip().partition("\n")[0]
