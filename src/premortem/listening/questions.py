"""The questions in what somebody says, with or without a question mark: speech recognisers drop most of them.

A sentence that ends in '?' is a question. One that does not may be: where it opens as questions do ('do you', 'how
many', 'what kind of trucks are'), after the small words that talk begins with ('so, um, well'), where such an opening
stands in the middle of a run without punctuation, or where it ends in a tag ("isn't it"). A text that writes question
marks at all is believed where it writes a full stop instead, save that 'walk me through it.' asks all the same.
'Is that right' and 'really', alone, are nods and no questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Asked(NamedTuple):
    """A question at characters `start` to `end` of the text; `open` where it invites more than yes or no."""

    start: int
    end: int
    open: bool


def questions(text: str) -> list[Asked]:
    """The questions of a text, in order; they never overlap. Whether anybody expects an answer is not judged."""
    marks = "?" in text
    found: list[Asked] = []
    for start, end in _sentences(text):
        run = _Run.of(text, start, end)
        if text[start:end].rstrip("\"'”’)!.… ").endswith("?"):
            found.append(Asked(start, end, _is_open(run)))
        elif _TELL_ME.match(run.words, run.begin):
            found.append(Asked(start, end, True))
        elif not (marks and text[start:end].endswith((".", "!"))):
            found += _unmarked(run)
    return found


def invites_more(question: str) -> bool:
    """Whether a question invites more than yes or no."""
    return _is_open(_Run.of(question, 0, len(question)))


_SENTENCE = re.compile(r"[^\s](?:[^.?!…\n]|[.?!…]+(?![\s\"'”’).?!…]|$))*(?:[.?!…]+[\"'”’)]*|(?=\n|$))")
_SHORT_FORM = re.compile(r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|vs|etc|approx|e\.g|i\.e)|\b[a-z])\.$", re.IGNORECASE)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences: to a mark of their end or the end of a line; 'Dr. Okoye' is not the end of one."""
    begun: int | None = None
    for match in _SENTENCE.finditer(text):
        start = match.start() if begun is None else begun
        if _SHORT_FORM.search(match[0]) and not text.startswith("\n", match.end()) and match.end() < len(text.rstrip()):
            begun = start
            continue
        begun = None
        yield start, match.end()


class _Run(NamedTuple):
    """The words of a sentence in lower case, without 'uh' and stutters; `at` tells where each stands in the text."""

    words: str
    at: dict[int, int]
    start: int
    end: int

    @property
    def begin(self) -> int:
        """Where `words` come to the point, after the small words that talk begins with."""
        lead = _LEAD.match(self.words)
        return lead.end() if lead else 0

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Run:
        spoken: list[tuple[str, int]] = []
        for match in _WORD.finditer(text, start, end):
            word = match[0].lower().replace("’", "'")
            if word in _HESITATIONS:
                continue
            spoken.append((word, match.start()))
            _drop_stutter(spoken)
        words, at = "", {}
        for word, where in spoken:
            words += " " if words else ""
            at[len(words)] = where
            words += word
        return cls(words, at, start, end)


_WORD = re.compile(r"\w+(?:['’]\w+)*", re.UNICODE)
_HESITATIONS = frozenset({"uh", "um", "er", "erm", "uhm", "eh", "ah", "hm", "hmm", "mm", "em"})


def _drop_stutter(spoken: list[tuple[str, int]]) -> None:
    """Forget the first of two equal words, or pairs of words, in a row: 'do do you', 'what is what is'."""
    if len(spoken) > 1 and spoken[-1][0] == spoken[-2][0]:
        del spoken[-2]
    elif len(spoken) > 3 and [w for w, _ in spoken[-2:]] == [w for w, _ in spoken[-4:-2]]:
        del spoken[-4:-2]


_YOU = r"(?:you|they|we|he|she|it|that|this|there|your|these|those|any\w*|y'all|everybody|everyone)"
_DO = r"(?:do|does|did|are|is|was|were|have|has|can|could|will|would|should)"
_NOT = r"(?:don't|doesn't|didn't|aren't|isn't|wasn't|weren't|haven't|hasn't|can't|couldn't|won't|wouldn't|shouldn't)"
_LEAD = re.compile(
    r"(?:(?:so|well|and|but|or|oh|okay|ok|yeah|now|then|hey|right|i mean|you know|yes|yep|no|like|just|huh|because"
    r"|cause|anyway|actually|also|alright|all right|see|let's see|let me see|gosh|wow|great|sure|plus|by the way"
    r"|i guess|i was wondering|i wonder|say|first|good|sorry|my question is|the question is|quick question|grand"
    r"|perfect|listen|look|thanks|cool|fine|lovely)\s+)+"
)
_OPENINGS = re.compile(
    "|".join(
        (
            rf"(?:{_DO}|{_NOT}) {_YOU} (?!something\b|is\b|was\b|so\b|funny\b)[\w']",  # do you …, isn't it …
            r"(?:do|does|did|are|were|has|can|could|should|would|shall|may)"
            r" (?:we|i|the|your|my|their|his|her|people) [\w']",
            r"(?:is|was) (?:your|their|his|her|our|anybody|someone|somebody|the [\w']+ [\w'])",
            rf"(?:what|how|where|when|why|whose)(?:'s|'re|'d|'ll| {_DO}| {_NOT}) [\w']",
            r"who(?:'s|'re|'d)? (?:is|do|does|did|would|else|are|was|will|should|can|the|your|that|this|in charge)\b",
            r"who (?!knows|cares)\w+s (?:it|that|this|these|them|the|your|off|for)\b",
            r"which (?:one|ones|of|do|did) (?!course)[\w']",
            # what kind of trucks are …; but not 'what happens is', 'how people live'
            r"(?:what|which|how|whose)"
            r"(?: (?!(?:i|you|they|we|he|she|it|the|that|happen\w*|people|gets?|makes?)\b)[\w']+){1,4}?"
            rf" (?:{_DO}|{_NOT}) ",
            r"how (?:many|much|long|old|often|far|big|about|come|large|soon|late)\b(?! (?:i|it|we|she|he)\b)",
            r"what (?:kinds?|types?|sort|part|about|else|if|year|time|color|size|other|city|area)\b",
            r"(?:what|why|how so|why not|where|who|when)$",
            r"any(?:thing|body|one)? (?:else|questions|comments|idea|chance)\b",
        )
    )
)
_TELL_ME = re.compile(
    r"(?:please )?(?:(?:walk|talk|take) (?:me|us) through|tell (?:me|us) (?:about|how|what|why|more)"
    r"|describe (?:for|to) (?:me|us))\b"
)
_NOD = re.compile(
    r"(?:is|isn't|was) (?:that|it) (?:right|true|so|something|funny)$"
    r"|(?:do|did|are|is|have) (?:you|they|it|that|he|she)$"
)
_INSIDE = re.compile(
    r"(?<!so )(?<!than )(?<!as )(?<!nor )(?<!neither )(?<!or )(?<!what )(?<!said )(?<!say )(?<!says )"
    r"\b(?:(?:what|how|where|when|why|who) )?(?:do|did|are|have|would|could|can) you (?!know\b|see\b)[\w']"
)
_TAG = re.compile(
    rf"[\w'] (?:{_NOT} (?:it|they|you|he|she|we)|or what|(?:or )?(?:is|are|do|does) (?:it|they|you|he|she) not)$"
    r"|^(?:how|what) about .*|(?:\w+ ){4}(?:is that|would that be) (?:right|correct|fair)$"
)


def _unmarked(run: _Run) -> Iterator[Asked]:
    begin = run.begin
    if _NOD.match(run.words, begin):
        return
    starts = [match.start() for match in _INSIDE.finditer(run.words, begin + 1)]
    if _OPENINGS.match(run.words, begin):
        starts = [begin, *(start for start in starts if start - begin > _APART)]
    if not starts:
        if _TAG.search(run.words, begin):
            yield Asked(run.start, run.end, False)
        return
    places = [run.start if start == begin else run.at[start] for start in starts]
    for start, place, end in zip(starts, places, [*places[1:], run.end], strict=True):
        yield Asked(place, end, _opens(run.words, start))


_APART = 40
"""Characters between two openings in one run before the second counts as another question."""

_WH = re.compile(r"(?:what|how|where|when|why|who|whose|which)\b(?! about it\b)")
_ASKS_TO_TELL = re.compile(
    r"(?:can|could|would|will) you (?:please |just |maybe |quickly )*"
    r"(?:(?:walk|talk|take) (?:me|us)|tell|describe|explain|share|give)\b"
)
_WH_LATER = re.compile(
    rf"\b(?:what|how|where|when|why|who|which)(?:'s|'re|'d| (?:[\w']+ ){{0,3}}?{_DO}| happens| happened) "
)


def _opens(words: str, start: int) -> bool:
    return any(opening.match(words, start) for opening in (_WH, _TELL_ME, _ASKS_TO_TELL))


def _is_open(run: _Run) -> bool:
    """Of a sentence known to be a question: does it open with a wh-word, or come to one after a preamble?"""
    begin = run.begin
    if _TAG.search(run.words) and not _WH.match(run.words, begin):
        return False
    if _opens(run.words, begin):
        return True
    return not re.match(rf"(?:{_DO}|{_NOT}) ", run.words[begin:]) and bool(_WH_LATER.search(run.words, begin))
