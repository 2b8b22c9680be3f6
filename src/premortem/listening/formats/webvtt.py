"""WebVTT, as Zoom, Microsoft Teams and Google Meet write it.

Zoom numbers its cues and writes `Full Name: text`; Teams writes `<v Full Name>text</v>`, sometimes several voices in a
cue; Meet writes either. Hours may be missing, commas may stand for dots, blank lines may be gone. One cue is one turn,
also where it names no speaker; only a cue with several voices is several turns.
"""

from __future__ import annotations

from premortem.errors import Unreadable
from premortem.ledger.contents import Conversation
from premortem.listening.formats import cues
from premortem.listening.formats.document import Document

NAME = "WebVTT"
PRECEDENCE = 20
"""By its first word, so before every format that goes by the shape of lines."""


def recognises(document: Document) -> bool:
    """The first word says so; without it, cues in a file whose name ends in .vtt."""
    first = next((line.strip() for line in document.lines if line.strip()), "")
    return first.split()[:1] == ["WEBVTT"] or (document.ends_with(".vtt") and cues.has_cues(document.lines))


def read(document: Document) -> list[Conversation]:
    """One call. Raises Unreadable where it holds no cue or breaks off inside one."""
    found = cues.cues_of(document)
    if not found.cues:
        raise Unreadable(document.name, "", "it holds no cue: no line with '-->'", "Export the transcript again.")
    remarks = cues.remarks_on(document, found)
    return [Conversation(type="call", format=NAME, turns=cues.turns_of(found.cues), remarks=remarks)]
