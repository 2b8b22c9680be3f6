"""Gong's transcripts, as its public API gives them (`/v2/calls/transcript`).

    {"callTranscripts": [{"callId": "…", "transcript": [{"speakerId": "…", "topic": "…",
        "sentences": [{"start": 460, "end": 1010, "text": "…"}]}]}]}

Times are milliseconds from the start of the call. Speakers are ids only; whom they stand for is told by the call's
`parties`, from `/v2/calls/extensive`. A file may hold both answers: `calls` (each with `metaData` and `parties`) beside
`callTranscripts`, or, for one call, `metaData`, `parties` and `transcript` beside each other, also under `payload`.
Sources: Gong's API documentation (help.gong.io/apidocs) and the samples in Zoom's documentation of importing from Gong
(developers.zoom.us/docs/zra/supported-file-formats). A monologue, the stretch of one speaker on one topic, is a turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from premortem.ledger.contents import Conversation, Mention, Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.json_export import Object, inside, objects, parsed, refuse_empty, words
from premortem.listening.formats.times import instant, number_of_seconds

NAME = "Gong JSON"
PRECEDENCE = 30
"""With the other JSON exports, which exclude each other by their keys."""

_MILLISECONDS = 1000


def recognises(document: Document) -> bool:
    """Monologues with `speakerId` and `sentences`."""
    return any(
        "speakerId" in monologue and isinstance(monologue.get("sentences"), list)
        for call in _calls(parsed(document))
        for monologue in objects(call.get("transcript"))
    )


def read(document: Document) -> list[Conversation]:
    """One call for each transcript. Raises Unreadable where none holds a word."""
    whole = parsed(document)
    known = {words(inside(call, "metaData", "id")): call for call in objects(inside(whole, "calls"))}
    calls = []
    for transcript in _calls(whole):
        about = known.get(words(transcript.get("callId")), transcript)
        call = _call(document, transcript, about)
        if call.turns:
            calls.append(call)
    refuse_empty(document, calls, "callTranscripts")
    return calls


def _calls(whole: object) -> Iterator[Object]:
    """Each object that holds one call's `transcript`."""
    transcripts = inside(whole, "callTranscripts")
    if isinstance(transcripts, list):
        yield from objects(transcripts)
        return
    for one in (whole, inside(whole, "payload")):
        if isinstance(one, dict) and isinstance(one.get("transcript"), list):
            yield one


def _call(document: Document, transcript: Object, about: Object) -> Conversation:
    parties = list(objects(about.get("parties")))
    names = {words(party.get("speakerId")): _label(party) for party in parties}
    turns = tuple(turn for monologue in objects(transcript.get("transcript")) if (turn := _turn(monologue, names)))
    unknown = {turn.speaker for turn in turns if turn.speaker not in names.values()}
    told = (f"{len(unknown)} of its speakers are known by a number only.",) if unknown else ()
    return Conversation(
        type="call",
        format=NAME,
        turns=turns,
        at=instant(inside(about, "metaData", "started")),
        subject=words(inside(about, "metaData", "title")),
        mentions=tuple(_mention(party) for party in parties if _label(party)),
        remarks=(*document.remarks, *told),
    )


def _turn(monologue: Object, names: Mapping[str | None, str | None]) -> Turn | None:
    sentences = [sentence for sentence in objects(monologue.get("sentences")) if words(sentence.get("text"))]
    if not sentences:
        return None
    speaker = words(monologue.get("speakerId"))
    return Turn(
        " ".join(words(sentence["text"]) or "" for sentence in sentences),
        names.get(speaker) or speaker,
        number_of_seconds(sentences[0].get("start"), _MILLISECONDS),
        number_of_seconds(sentences[-1].get("end"), _MILLISECONDS),
    )


def _label(party: Object) -> str | None:
    return words(party.get("name")) or words(party.get("emailAddress")) or words(party.get("phoneNumber"))


def _mention(party: Object) -> Mention:
    return Mention(how="listed", name=words(party.get("name")), email=words(party.get("emailAddress")))
