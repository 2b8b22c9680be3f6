"""Zoom's transcript JSON, as Zoom Phone and cloud recordings give it.

    {"type": "zoom_transcript", "ver": 1, "recording_id": "…", "recording_start": "2026-01-01T10:00:00Z",
     "timeline": [{"text": "…", "ts": "00:00:04.880", "end_ts": "00:00:05.480",
                   "users": [{"username": "…", "multiple_people": false}]}]}

An entry may have `username` itself in place of `users`. An entry is a turn, as a cue is. Zoom's `timeline.json` of a
meeting has the same outline and no words: it tells who had the floor. It is refused, with what to export instead.
"""

from __future__ import annotations

import re

from premortem.errors import Unreadable
from premortem.ledger.contents import Conversation, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.json_export import Object, inside, objects, parsed, refuse_empty, words
from premortem.listening.formats.times import CLOCK, instant, seconds

NAME = "Zoom JSON"
PRECEDENCE = 32
"""With the other JSON exports, which exclude each other by their keys."""


def recognises(document: Document) -> bool:
    """A `timeline` whose entries have `ts`."""
    whole = parsed(document)
    return inside(whole, "type") == "zoom_transcript" or any("ts" in one for one in objects(inside(whole, "timeline")))


def read(document: Document) -> list[Conversation]:
    """One call. Raises Unreadable where the timeline has no words."""
    whole = parsed(document)
    entries = list(objects(inside(whole, "timeline")))
    if entries and not any("text" in entry for entry in entries):
        raise Unreadable(
            document.name,
            "timeline",
            "it is Zoom's timeline, which tells who had the floor and holds no words",
            "Download the recording's audio transcript (.vtt) and import that.",
        )
    turns = tuple(
        Turn(text, _speaker(entry), _clock(entry.get("ts")), _clock(entry.get("end_ts")))
        for entry in entries
        if (text := words(entry.get("text"))) is not None
    )
    refuse_empty(document, turns, "timeline")
    return [
        Conversation(
            type="call",
            format=NAME,
            turns=turns,
            at=instant(inside(whole, "recording_start")),
            subject=words(inside(whole, "topic")),
            remarks=document.remarks,
        )
    ]


def _speaker(entry: Object) -> str | None:
    """Where several had the floor at once nobody can tell whose words these are."""
    users = [name for user in objects(entry.get("users")) if (name := words(user.get("username"))) is not None]
    return words(entry.get("username")) or (users[0] if len(users) == 1 else None)


def _clock(value: object) -> float | None:
    return seconds(value) if isinstance(value, str) and re.fullmatch(CLOCK, value) else None
