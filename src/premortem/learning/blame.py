"""Wording that blames, pointed out with what to write instead.

The whole firm lost the deal, so a post-mortem that looks for somebody to blame finds nothing else. This looks at words
only, and says of nobody that they did or did not do anything. It is conservative: where a sentence might as well be
about a product, a firm or ourselves ('we should have asked'), it is left alone. Nothing is held back because of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from msgspec import Struct

NAMES_A_CAUSE = "This can be read as blame on a person or a team."
MEASURES_SOMEBODY = "This measures a person. A post-mortem measures nobody."

NOT_SEEN = "what could not be seen, and since when: ‘Until 3 March nobody had asked who signs.’"
NOT_DONE = "what was not done, without whom: ‘The sheet for the board went out two weeks after the meeting.’"
NEXT_TIME = "what would make it easier next time: ‘A list of who takes part comes before the first trial.’"


class Blame(Struct, frozen=True):
    """Words that can be read as blame: characters `start` to `end` of the text, why, and what to write `instead`."""

    start: int
    end: int
    words: str
    why: str
    instead: str


class _Wording(NamedTuple):
    pattern: str
    why: str
    instead: str


OURS = (
    r"(?:you|sales|marketing|pre-?sales|the (?:rep|seller|salesman|salesperson|sdr|bdr|account executive)"
    r"|our (?:own )?(?:rep|seller|manager|team|people)|{names})"
)
"""Who is one of us for sure: 'they' and 'the team' may be the buyer's, and 'it' the product."""
SOMEBODY = rf"(?:he|she|{OURS})"
POSSESSIVE = r"(?:his|her|your|sales['’]s?|marketing['’]s|(?:the|our) (?:rep|seller|manager|team)['’]s|{names}['’]s)"

_WORDINGS = (
    _Wording(
        rf"\b{POSSESSIVE} (?:own )?(?:fault|blunder|incompetence|negligence|laziness|failure)\b",
        NAMES_A_CAUSE,
        NOT_SEEN,
    ),
    _Wording(rf"\b{POSSESSIVE} (?:own )?mistake\b", NAMES_A_CAUSE, NOT_SEEN),
    _Wording(rf"\bfault of {OURS}\b", NAMES_A_CAUSE, NOT_SEEN),
    _Wording(rf"\b(?:i |we )?blam(?:e|es|ed|ing) (?:it on )?{SOMEBODY}\b", NAMES_A_CAUSE, NOT_SEEN),
    _Wording(rf"\b{SOMEBODY} (?:(?:is|are|was|were) )?(?:solely |entirely )?to blame\b", NAMES_A_CAUSE, NOT_SEEN),
    _Wording(
        rf"\b{SOMEBODY} (?:(?:has|have|had) )?(?:simply |just |completely |totally )?"
        r"(?:failed to|forgot to|forgot|neglected to|did(?:n['’]t| not) bother|never bothered|"
        r"could(?:n['’]t| not) be bothered|"
        r"dropped the ball|messed (?:it )?up|screwed (?:it )?up|botched|blew it|let us down|let the (?:team|firm) down|"
        r"slept|was asleep|were asleep|did not care|didn['’]t care)\b",
        NAMES_A_CAUSE,
        NOT_DONE,
    ),
    _Wording(rf"\b{SOMEBODY} (?:clearly |really )?(?:should|ought to) have\b", NAMES_A_CAUSE, NEXT_TIME),
    _Wording(rf"\bif only {SOMEBODY} had\b", NAMES_A_CAUSE, NEXT_TIME),
    _Wording(rf"\bbecause {OURS} (?:never|did(?:n['’]t| not)|could(?:n['’]t| not))\b", NAMES_A_CAUSE, NOT_DONE),
    _Wording(
        rf"\b{SOMEBODY} (?:is|are|was|were)(?: just| simply| too| so| far too| rather)* "
        r"(?:lazy|careless|incompetent|sloppy|clueless|useless|negligent|unprofessional|stupid|inexperienced|"
        r"overconfident|arrogant|naive|naïve|asleep)\b",
        MEASURES_SOMEBODY,
        NOT_DONE,
    ),
    _Wording(
        r"\b(?:worst|weakest|poorest|least able|laziest) (?:\w+ )?"
        r"(?:rep|seller|salesman|salesperson|colleague|manager|team)\b",
        MEASURES_SOMEBODY,
        NEXT_TIME,
    ),
    _Wording(rf"\b{OURS} (?:always|never once|never ever) \w+", MEASURES_SOMEBODY, NOT_DONE),
)


def blaming(text: str, names: Collection[str] = ()) -> list[Blame]:
    """The words of a text that can be read as blame, in their order, none told twice.

    `names` are people of our own side: a name that is not among them may be a product's or a firm's.
    """
    found: list[Blame] = []
    for one in sorted(_hits(text, names), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _hits(text: str, names: Collection[str]) -> Iterator[Blame]:
    for wording in _WORDINGS:
        for hit in re.finditer(wording.pattern.replace("{names}", _any_of(names)), text, re.IGNORECASE):
            yield Blame(hit.start(), hit.end(), hit[0], wording.why, wording.instead)


def _any_of(names: Collection[str]) -> str:
    """A pattern for any of these names, whole or by one of its words; of none, one that nothing matches."""
    whole = {name.strip() for name in names if name.strip()}
    words = whole | {word for name in whole for word in name.split() if len(word) > 2 and word[:1].isupper()}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else r"(?!)"
