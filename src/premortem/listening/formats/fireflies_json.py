"""Fireflies' transcripts, as its public GraphQL API gives them (docs.fireflies.ai/schema/transcript).

    {"data": {"transcript": {"title": "…", "date": 1700000000000, "dateString": "2023-11-14T22:13:20Z",
        "meeting_attendees": [{"displayName": "…", "email": "…", "name": "…"}],
        "sentences": [{"index": 0, "speaker_name": "…", "text": "…", "raw_text": "…",
                       "start_time": 1.2, "end_time": 3.4}]}}}

Times are seconds from the start. `data.transcripts` may hold a list of them; the wrapping may be absent. A sentence is
a turn, as a cue is. The layout of the web application's own JSON download is not documented and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from premortem.ledger.contents import Conversation, Mention, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.json_export import Object, inside, objects, parsed, refuse_empty, words
from premortem.listening.formats.times import instant, number_of_seconds

NAME = "Fireflies JSON"
PRECEDENCE = 31
"""With the other JSON exports, which exclude each other by their keys."""


def recognises(document: Document) -> bool:
    """Sentences with `speaker_name` (or `speaker_id`) and `text`."""
    return any(
        ("speaker_name" in sentence or "speaker_id" in sentence) and ("text" in sentence or "raw_text" in sentence)
        for transcript in _transcripts(parsed(document))
        for sentence in objects(transcript.get("sentences"))
    )


def read(document: Document) -> list[Conversation]:
    """One call for each transcript. Raises Unreadable where none holds a word."""
    calls = [call for one in _transcripts(parsed(document)) if (call := _call(document, one)).turns]
    refuse_empty(document, calls, "sentences")
    return calls


def _transcripts(whole: object) -> Iterator[Object]:
    data = inside(whole, "data")
    for place in (whole, data, inside(data, "transcript"), inside(whole, "transcript")):
        if isinstance(place, dict) and isinstance(place.get("sentences"), list):
            yield place
    for listed in (whole, inside(data, "transcripts"), inside(whole, "transcripts")):
        yield from (one for one in objects(listed) if isinstance(one.get("sentences"), list))


def _call(document: Document, transcript: Object) -> Conversation:
    speakers = {words(one.get("id")): words(one.get("name")) for one in objects(transcript.get("speakers"))}
    return Conversation(
        type="call",
        format=NAME,
        turns=tuple(
            Turn(
                text,
                words(sentence.get("speaker_name")) or speakers.get(words(sentence.get("speaker_id"))),
                number_of_seconds(sentence.get("start_time")),
                number_of_seconds(sentence.get("end_time")),
            )
            for sentence in objects(transcript.get("sentences"))
            if (text := words(sentence.get("text")) or words(sentence.get("raw_text"))) is not None
        ),
        at=instant(transcript.get("dateString")) or instant(transcript.get("date")),
        subject=words(transcript.get("title")),
        mentions=tuple(_attendees(transcript)),
        remarks=document.remarks,
    )


def _attendees(transcript: Object) -> Iterator[Mention]:
    told = list(objects(transcript.get("meeting_attendees")))
    for one in told:
        name, email = words(one.get("displayName")) or words(one.get("name")), words(one.get("email"))
        if name or email:
            yield Mention(how="listed", name=name, email=email)
    addresses = transcript.get("participants")
    known = {words(one.get("email")) for one in told}
    for address in addresses if isinstance(addresses, list) else ():
        if (email := words(address)) is not None and email not in known:
            yield Mention(how="listed", email=email)
