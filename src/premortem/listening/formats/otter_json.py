"""Otter's speech JSON.

    {"speech": {"title": "…", "created_at": 1704067200, "duration": 1847,
        "speakers": [{"id": 7, "speaker_name": "…"}],
        "transcripts": [{"transcript": "…", "speaker_id": 7, "start_offset": 1324, "end_offset": 1912}]}}

Otter publishes no documentation of it; this is the outline that open clients of its service agree on, and no other is
read (Otter's exports to text and SRT are read as such). They disagree on the unit of the offsets, milliseconds or
samples at 16 kHz: the speech's own duration decides, and where it can't the times are left out. The wrapping `speech`
may be absent.
"""

from __future__ import annotations

from collections.abc import Sequence

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.json_export import Object, inside, objects, parsed, refuse_empty, words
from premortem.listening.formats.times import instant, number_of_seconds

NAME = "Otter JSON"
PRECEDENCE = 33
"""With the other JSON exports, which exclude each other by their keys."""

_UNITS = (1000, 16_000)
_CLOSE = 0.25
"""The last words end within this share of the duration, else the unit does not fit."""


def recognises(document: Document) -> bool:
    """Entries of `transcripts` with `transcript` and a speaker or an offset."""
    return any(
        "transcript" in one and ("start_offset" in one or "speaker_id" in one or "speaker_name" in one)
        for one in objects(_speech(parsed(document)).get("transcripts"))
    )


def read(document: Document) -> list[Conversation]:
    """One call. Raises Unreadable where it holds no word."""
    speech = _speech(parsed(document))
    entries = [one for one in objects(speech.get("transcripts")) if words(one.get("transcript"))]
    refuse_empty(document, entries, "transcripts")
    names = {
        words(one.get("id")) or words(one.get("speaker_id")): words(one.get("speaker_name")) or words(one.get("name"))
        for one in objects(speech.get("speakers"))
    }
    unit = _unit(entries, number_of_seconds(speech.get("duration")))
    untimed = () if unit else ("Its times are in a unit that can't be told, and were left out.",)
    return [
        Conversation(
            type="call",
            format=NAME,
            turns=tuple(_turn(one, names, unit) for one in entries),
            at=instant(speech.get("start_time")) or instant(speech.get("created_at")),
            subject=words(speech.get("title")),
            remarks=(*document.remarks, *untimed),
        )
    ]


def _speech(whole: object) -> Object:
    for place in (inside(whole, "speech"), whole):
        if isinstance(place, dict) and isinstance(place.get("transcripts"), list):
            return place
    return {}


def _turn(entry: Object, names: dict[str | None, str | None], unit: int | None) -> Turn:
    speaker = words(entry.get("speaker_id"))
    return Turn(
        words(entry.get("transcript")) or "",
        words(entry.get("speaker_name")) or names.get(speaker) or words(entry.get("speaker_model_label")),
        number_of_seconds(entry.get("start_offset"), unit) if unit else None,
        number_of_seconds(entry.get("end_offset"), unit) if unit else None,
    )


def _unit(entries: Sequence[Object], duration: float | None) -> int | None:
    ends = [end for one in entries if (end := number_of_seconds(one.get("end_offset"))) is not None]
    if not ends or not duration:
        return None
    return next((unit for unit in _UNITS if abs(max(ends) / unit - duration) <= duration * _CLOSE), None)
