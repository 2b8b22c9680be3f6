"""How the talk of a call was shared: by time where its file has times, by words where it has none.

    share              a person's talk over everybody's talk; a second in which two speak counts to each of them
    longest_monologue  the longest stretch of one voice; an 'mm-hm' or 'right, yeah' of another does not end it
    first_buyer_turn   what passed before the buyer's side first spoke
    silent             who was listed or invited and never spoke

A cue of no length, or far longer than its words take, counts as long as its words take at 150 a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from premortem.ledger.contents import Conversation, Turn
from premortem.ledger.entries import Measures, Part, PersonId, Side, Voice

WORDS_PER_SECOND = 2.5
BACK_CHANNEL_WORDS = 2
PAUSE_SECONDS = 10.0
"""How long a cue may be beyond twice and a half what its words take: people stop to think."""


class _Said(Struct):
    """One turn as it counts: who, how many words, how long, from when to when (None without usable times)."""

    voice: str | None
    words: int
    length: float
    span: tuple[float, float] | None


def measure(
    conversation: Conversation,
    speakers: Sequence[PersonId | None],
    parts: Sequence[Part],
    sides: Mapping[PersonId, Side],
    questions: Mapping[PersonId, int],
) -> Measures | None:
    """The measures of a call; None for mails, notes and calls in which nobody said a word.

    `speakers` has one entry a turn; `questions` counts the questions of each person. Talk of a voice that is nobody's
    counts to the whole and to no person, so shares sum to less than 1 then.
    """
    if conversation.type != "call" or not any(turn.text.split() for turn in conversation.turns):
        return None
    spans = _spans(conversation.turns)
    by_time = sum(span is not None for span in spans) * 2 > len(spans)
    said = [
        _Said(speaker or turn.speaker, words, _length(words, span, by_time), span if by_time else None)
        for turn, speaker, span, words in zip(
            conversation.turns, speakers, spans, (len(turn.text.split()) for turn in conversation.turns), strict=True
        )
    ]
    talk = {voice: _talk([one for one in said if one.voice == voice]) for voice in {one.voice for one in said}}
    whole = sum(talk.values())
    spoke = Counter(speaker for speaker in speakers if speaker is not None)
    voices = [
        Voice(
            person=person,
            share=talk[person] / whole if whole else 0.0,
            words=sum(one.words for one in said if one.voice == person),
            turns=turns,
            questions=questions.get(person, 0),
            seconds=talk[person] if by_time else None,
            longest_monologue=_longest(said, person),
        )
        for person, turns in spoke.items()
    ]
    voices.sort(key=lambda voice: (-voice.share, voice.person))
    buyers = [speaker is not None and sides.get(speaker) == "buyer" for speaker in speakers]
    return Measures(
        by="time" if by_time else "words",
        voices=tuple(voices),
        first_buyer_turn=_before(said, buyers.index(True)) if True in buyers else None,
        silent=tuple(dict.fromkeys(p.person for p in parts if p.how in _INVITED and p.person not in spoke)),
    )


_INVITED = frozenset({"listed", "to", "cc"})


def _spans(turns: Sequence[Turn]) -> list[tuple[float, float] | None]:
    """From when to when each turn goes; a turn without an end goes to the next one's start, if its words allow that."""
    following = [turn.start for turn in turns[1:]] + [None]
    spans: list[tuple[float, float] | None] = []
    for turn, next_start in zip(turns, following, strict=True):
        end = turn.end if turn.end is not None else next_start
        usable = turn.start is not None and end is not None and _plausible(end - turn.start, len(turn.text.split()))
        spans.append((turn.start, end) if usable and turn.start is not None and end is not None else None)
    return spans


def _plausible(seconds: float, words: int) -> bool:
    return 0 < seconds <= PAUSE_SECONDS + 2.5 * words / WORDS_PER_SECOND


def _length(words: int, span: tuple[float, float] | None, by_time: bool) -> float:
    if not by_time:
        return float(words)
    return span[1] - span[0] if span is not None else words / WORDS_PER_SECOND


def _talk(said: Sequence[_Said]) -> float:
    """How long one voice talks: its cues may overlap each other, and each second counts once to it."""
    total = sum(one.length for one in said if one.span is None)
    until = float("-inf")
    for start, end in sorted(one.span for one in said if one.span is not None):
        total += max(0.0, end - max(start, until))
        until = max(until, end)
    return total


def _longest(said: Sequence[_Said], person: PersonId) -> float:
    longest = current = 0.0
    for one in said:
        if one.voice == person:
            current += one.length
            longest = max(longest, current)
        elif one.words > BACK_CHANNEL_WORDS:
            current = 0.0
    return longest


def _before(said: Sequence[_Said], turn: int) -> float:
    """What passed before a turn: seconds between two starts where both are known, else all that was said before it."""
    first, then = said[0].span, said[turn].span
    if first is not None and then is not None and then[0] >= first[0]:
        return then[0] - first[0]
    return sum(one.length for one in said[:turn])
