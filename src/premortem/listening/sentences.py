"""Where sentences and clauses begin and end, and the shortest quote around a few words.

Spans are characters of the text as it came; nothing is normalised, so every span can be shown in its place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

SHORTEST, LONGEST = 3, 40
"""How many words a quote has."""

REACH = 600
"""How many characters around a few words are looked at; forty words are rarely more than half of it."""


class Sentence(NamedTuple):
    """Characters `start` to `end` of a text, with the words themselves. `asks`: it ends in a question mark."""

    start: int
    end: int
    text: str
    asks: bool


@cache
def _break() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<stop>[.?!…]+["'”’)\]]*)(?=\s|$)   # a stop, its closing quotes
          | \s*\n\s*(?:[-*•>]\s+|\d+[.)]\s+)?     # a new line, its bullet
          """,
        re.VERBOSE,
    )


@cache
def _no_stop() -> re.Pattern[str]:
    """What stands before a full stop that ends no sentence: a title, an abbreviation, an initial."""
    return re.compile(
        r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Mt|No|Nr|vs|approx|dept|ext|acc|incl|e\.g|i\.e|etc|Jan|Feb|Mar|Apr|Jun|Jul"
        r"|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|mgr|min|mins|hrs|a\.m|p\.m)|\b[A-Z])$"
    )


def sentences(text: str) -> list[Sentence]:
    """A text's sentences in order: broken at stops and at new lines, bullets left out."""
    found: list[Sentence] = []
    start = 0
    for cut in _break().finditer(text):
        stop = cut["stop"] or ""
        if stop == "." and (_no_stop().search(text, start, cut.start()) is not None) and cut.end() < len(text):
            continue
        _keep(found, text, start, cut.start() + len(stop))
        start = cut.end()
    _keep(found, text, start, len(text))
    return found


def _keep(found: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and any(letter.isalnum() for letter in text[start:end]):
        found.append(Sentence(start, end, text[start:end], "?" in text[max(start, end - 4) : end]))


@cache
def _clause_break() -> re.Pattern[str]:
    return re.compile(
        r"""[.?!…]["'”’)]*(?=\s|$)|[,;:](?=\s)|\s[-–—]+\s|[()]|\n|["“”](?=\s|\w)"""
        r"""|\s(?=(?:but|because|so|and (?:I|we|he|she|they|you|it|then|that|if|the)|if|when|which)\b)"""
    )


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[\w][\w'’.-]*")


def words_in(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in _word().finditer(text))


def quote(text: str, start: int, end: int) -> tuple[int, int]:
    """The shortest stretch around `start` to `end` that reads by itself: whole clauses, 3 to 40 words.

    A text of fewer than three words is its own quote.
    """
    first, last = _within(text, start, end)
    cuts = [first, *(cut.end() for cut in _clause_break().finditer(text, first, last)), last]
    first = max(i for i, cut in enumerate(cuts[:-1]) if cut <= start)
    last = min((i for i, cut in enumerate(cuts) if cut >= end), default=len(cuts) - 1)
    last = max(last, first + 1)
    while words_in(text[cuts[first] : cuts[last]]) < SHORTEST and (first > 0 or last < len(cuts) - 1):
        if last < len(cuts) - 1:
            last += 1
        else:
            first -= 1
    return _trimmed(text, *_no_longer(text, cuts[first], cuts[last], start))


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch in which a quote is looked for, so that a quote in a long note costs no more than one in a short."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    while first > 0 and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    return first, last


def just_before(text: str, at: int, reach: int = REACH) -> str:
    """What stands before a place, no further back than `reach` characters."""
    return text[max(0, at - reach) : at]


def opens_sentence(text: str, at: int) -> bool:
    """Whether a sentence or a bullet begins at this place."""
    before = just_before(text, at).rstrip(" \"'“‘-*•\n")
    return not before or before[-1] in ".?!:…" or "\n" in text[max(0, at - 4) : at]


def _no_longer(text: str, start: int, end: int, keep: int) -> tuple[int, int]:
    """At most forty words of it, with the character `keep` inside: from five words before it."""
    words = [(found.start(), found.end()) for found in _word().finditer(text, start, end)]
    if len(words) <= LONGEST:
        return start, end
    here = next((i for i, (_, stop) in enumerate(words) if stop > keep), len(words) - 1)
    first = max(0, min(here - 5, len(words) - LONGEST))
    return words[first][0], words[min(first + LONGEST, len(words)) - 1][1]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not (text[start].isalnum() or text[start] in "€$£'’+["):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:-–—("“.”'):
        end -= 1
    return start, end
