"""Timed cues, as WebVTT and SRT have them: lines → cues → turns. One cue is one turn, in the order of the file.

Written here rather than taken from a library because nothing may be dropped: a cue without a speaker, a cue without
text, a cue that follows another without the blank line between them all stay, and what can't be read is named.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from premortem.errors import Unreadable
from premortem.ledger.contents import Turn
from premortem.listening.formats.document import Document
from premortem.listening.formats.labels import speakers_of, split_label
from premortem.listening.formats.times import CLOCK, seconds

TIMING = re.compile(rf"\s*(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})(?:\s.*)?$")
_BROKEN_TIMING = re.compile(r"\s*\d{1,3}:\d{2}[\d:.,]*\s*(?:-{1,2}>?.*)?$")
_IDENTIFIER = re.compile(r"\s*(?:\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}(?:/\d+-\d+)?)\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>|</v>")
_STYLING = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<\d[\d:.]*>", re.IGNORECASE)
_AGAIN = "Export the transcript again."


class Cue(Struct, frozen=True):
    """A stretch of time and the lines shown in it. `line` counts from 1."""

    start: float
    end: float
    lines: tuple[str, ...]
    line: int


class Cues(Struct, frozen=True):
    """The cues of a file, and the numbers of the lines outside them that hold something other than a cue's number."""

    cues: tuple[Cue, ...]
    outside: tuple[int, ...]


def has_cues(lines: Iterable[str]) -> bool:
    """Whether any line is the timing of a cue."""
    return any("-->" in line and TIMING.match(line) for line in lines)


def cues_of(document: Document) -> Cues:
    """The cues of a file; comment and style blocks are no cues.

    Raises Unreadable where a timing can't be read or the file breaks off inside a cue.
    """
    lines = document.lines
    cues: list[Cue] = []
    outside: list[int] = []
    number = 0
    while number < len(lines):
        timing = TIMING.match(lines[number])
        if timing is None:
            number = _beside(document, number, outside)
            continue
        body_end = _end_of_body(document, number + 1)
        body = tuple(line.strip() for line in lines[number + 1 : body_end])
        cues.append(Cue(seconds(timing["start"]), seconds(timing["end"]), body, number + 1))
        number = body_end
    _refuse_cut_off(document, cues, outside)
    return Cues(tuple(cues), tuple(n for n in outside if not _IDENTIFIER.match(lines[n - 1])))


def turns_of(cues: Sequence[Cue]) -> tuple[Turn, ...]:
    """The turns of cues: speakers by voice tags if the file has any, else by labels before a colon."""
    if any(_VOICE.search(line) for cue in cues for line in cue.lines):
        return tuple(turn for cue in cues for turn in _voices(cue))
    speakers = speakers_of(_plain(" ".join(cue.lines)) for cue in cues)
    return tuple(turn for cue in cues for turn in _labelled(cue, speakers))


def remarks_on(document: Document, found: Cues) -> tuple[str, ...]:
    """What was odd about the file, in plain sentences."""
    if not found.outside:
        return document.remarks
    many = len(found.outside)
    told = "1 line stands outside any cue and was" if many == 1 else f"{many} lines stand outside any cue and were"
    return (*document.remarks, f"{told} left out, the first is line {found.outside[0]}.")


def _end_of_body(document: Document, number: int) -> int:
    """The line after a cue's text: a blank one, or the next cue's beginning where the blank one is missing."""
    lines = document.lines
    while number < len(lines) and lines[number].strip():
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if TIMING.match(lines[number]) or (_IDENTIFIER.match(lines[number]) and TIMING.match(following)):
            break
        _refuse_broken_timing(document, number)
        number += 1
    return number


def _beside(document: Document, number: int, outside: list[int]) -> int:
    """Past one line outside any cue, or past a whole comment or style block; notes what else stands there."""
    lines = document.lines
    line = lines[number].strip()
    if re.match(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)", line):
        number += 1
        while number < len(lines) and lines[number].strip() and not TIMING.match(lines[number]):
            number += 1
        return number
    if line:
        _refuse_broken_timing(document, number)
        outside.append(number + 1)
    return number + 1


def _refuse_broken_timing(document: Document, number: int) -> None:
    line = document.lines[number]
    if "-" in line and _BROKEN_TIMING.match(line):
        raise Unreadable(document.name, f"line {number + 1}", f"the time of a cue can't be read: '{line[:60]}'", _AGAIN)


def _refuse_cut_off(document: Document, cues: Sequence[Cue], outside: Sequence[int]) -> None:
    """A file that ends with a bare number, half a time, or a time without words was cut off while it was written."""
    filled = [number for number, line in enumerate(document.lines, 1) if line.strip()]
    last = filled[-1]
    line = document.lines[last - 1]
    closed = len(document.lines) > last + 1  # an empty cue that is closed by a blank line is whole
    bare = last in outside and (_IDENTIFIER.match(line) or _BROKEN_TIMING.match(line))
    if cues and (bare or (cues[-1].line == last and not closed)):
        raise Unreadable(document.name, f"line {last}", f"it breaks off after '{line[:60].strip()}'", _AGAIN)


def _voices(cue: Cue) -> list[Turn]:
    """A cue with several voices is several turns, which share its time by the length of what they say."""
    said: list[tuple[str | None, str]] = []
    speaker: str | None = None
    rest = " ".join(cue.lines)
    position = 0
    for tag in _VOICE.finditer(rest):
        said.append((speaker, rest[position : tag.start()]))
        speaker = _plain(tag[1]) or None if tag[1] is not None else None
        position = tag.end()
    said.append((speaker, rest[position:]))
    spoken = [(who, text) for who, words in said if (text := _plain(words)) or who]
    return _shared(cue, spoken or [(None, "")])


def _labelled(cue: Cue, speakers: frozenset[str]) -> list[Turn]:
    """A cue's label speaks all of it, unless a further line begins with the label of another speaker of the file."""
    said: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in cue.lines:
        plain = _plain(line)
        split = split_label(plain)
        if split is not None and split[0] in speakers:
            said.append((split[0], [split[1]]))
        else:
            said[-1][1].append(plain)
    spoken = [(who, " ".join(lines).strip()) for who, lines in said if who is not None or any(lines)]
    return _shared(cue, spoken or [(None, "")])


def _shared(cue: Cue, said: Sequence[tuple[str | None, str]]) -> list[Turn]:
    if len(said) == 1:
        return [Turn(said[0][1], said[0][0], cue.start, cue.end)]
    total = sum(len(text) for _, text in said) or 1
    turns, start = [], cue.start
    for number, (speaker, text) in enumerate(said, 1):
        end = cue.end if number == len(said) else round(start + (cue.end - cue.start) * len(text) / total, 3)
        turns.append(Turn(text, speaker, start, end))
        start = end
    return turns


def _plain(text: str) -> str:
    return html.unescape(_STYLING.sub("", text)).strip()
