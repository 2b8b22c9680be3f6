"""SubRip subtitles (.srt): numbered cues with times and, in a recorder's export, `Full Name: text`."""

from __future__ import annotations

from premortem.ledger.contents import Conversation
from premortem.listening.formats import cues
from premortem.listening.formats.document import Document

NAME = "SRT"
PRECEDENCE = 21
"""After WebVTT, which has the same cues under a first word of its own."""


def recognises(document: Document) -> bool:
    """A timing with an arrow within the first lines that hold anything: its number may be missing."""
    filled = [line for line in document.lines[:40] if line.strip()]
    return cues.has_cues(filled[:4])


def read(document: Document) -> list[Conversation]:
    """One call. Raises Unreadable where it breaks off inside a cue."""
    found = cues.cues_of(document)
    remarks = cues.remarks_on(document, found)
    return [Conversation(type="call", format=NAME, turns=cues.turns_of(found.cues), remarks=remarks)]
