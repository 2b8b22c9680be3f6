# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Whether a question takes up what the other side just said, or goes on to the next thing on a list.

Two signs count, and nothing else. Either the question *takes up a word* that the other side brought in within its last
two turns and that the asker's side had not used before ('eleven doors went out wrong' … 'who found the doors?'). Or it
*asks for more* right behind their words: 'why is that', 'how many of those', 'and then what', 'which ones', 'does she
know?'. Courtesies, and questions about one's own proposal ('does that make sense', 'would that help', 'shall we'), are
none. What is doubtful is none either: half of all follow-ups are not counted (figures: docs/coaching.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec.structs import replace

from premortem.ledger.entries import Question
from premortem.listening.everyday_words import COMMON, NODS, POINTERS
from premortem.listening.scene import Scene

TURNS_TAKEN_UP = 2
"""How many of the other side's turns a question may take up, the latest ones."""

REACH = 6
"""How many turns back these may stand: what was said before that is no longer 'just'."""

SHORT_LEAD = 7
"""Words of one's own before the question ('Ouch, I can imagine.') behind which 'that' still means theirs."""

WORDS_BEFORE_IT_POINTS = 4
"""Words within a question before it points back; behind more of them 'that' means the question's own words."""


def with_follow_ups(scene: Scene, asked: Iterable[Question]) -> tuple[Question, ...]:
    """The questions of a touch, each with whether it follows up. In a mail or a note nobody 'just' said anything."""
    if scene.conversation.type != "call":
        return tuple(asked)
    return tuple(replace(one, follow_up=_in_scene(scene, one)) for one in asked)


def follows_up(lead: str, question: str, theirs: Sequence[str], own: Sequence[str], right_behind: bool = True) -> bool:
    """Whether a question follows up on `theirs`, what the other side said in its last turns, the latest last.

    `lead` is what stands before the question in its own turn, `own` what the asker's side said in the turns around
    theirs; `right_behind` says that the other side had the word right before this turn.
    """
    asked, before = _plain(question), _plain(lead)
    if not theirs or _compiled(_OWN_PROPOSAL).search(asked):
        return False
    news = _told_by(*theirs) - _told_by(*own)
    if news & _told_by(question):
        return True
    echoed = news & _told_by(" ".join(lead.split()[-SHORT_LEAD:]))
    close = right_behind and (bool(echoed) or len(before.split()) <= SHORT_LEAD)
    return close and _asks_for_more(asked, _plain(" ".join(theirs)))


def _in_scene(scene: Scene, asked: Question) -> bool:
    """Nods of either side part nothing; whoever stands on no known side takes up whatever somebody else said."""
    turn = scene.turns[asked.turn].text
    lead = turn[: asked.start]
    side = scene.side(asked.turn)
    theirs: list[str] = []
    own = [lead, *_names(scene)]
    right_behind: bool | None = None
    for number in range(asked.turn - 1, max(-1, asked.turn - 1 - REACH), -1):
        text = scene.turns[number].text
        if _only_nods(text):
            continue
        colleague = side != "unknown" and scene.side(number) == side
        ours = colleague or (asked.person is not None and scene.speakers[number] == asked.person)
        right_behind = not ours if right_behind is None else right_behind
        if ours:
            own.append(text)
        elif len(theirs) < TURNS_TAKEN_UP:
            theirs.append(text)
    return follows_up(lead, turn[asked.start : asked.end], theirs[::-1], own, bool(right_behind))


def _names(scene: Scene) -> list[str]:
    """What those who are there are called: to call somebody by their name takes up nothing."""
    there = [scene.people[one] for one in scene.present if one in scene.people]
    return [name for one in there for name in (one.name, *one.aliases) if name]


_LETTERS = re.compile(r"\b[A-Z]{2,3}\b")
"""'ERP', 'HR', 'SLA': short, and still the name of a thing."""
_NO_THING = frozenset({"OK", "PM", "AM", "TV", "UK", "US", "EU"})

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def _plain(text: str) -> str:
    """The words alone, in lower case."""
    return " ".join(word.lower().replace("’", "'") for word in _WORD.findall(text))


def _only_nods(text: str) -> bool:
    return all(word in NODS for word in _plain(text).split())


def _told_by(*texts: str) -> set[str]:
    """The words that stand for things, cut to their stems."""
    told = {_stem(word) for text in texts for word in _plain(text).split() if _tells(word)}
    return told | {letters.lower() for text in texts for letters in _LETTERS.findall(text) if letters not in _NO_THING}


def _tells(word: str) -> bool:
    bare = word.partition("'")[0]
    return (len(bare) > 3 or bare.isdigit()) and bare not in COMMON and _stem(bare) not in COMMON


def _stem(word: str) -> str:
    bare = word.partition("'")[0]
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "y", "e"):
        if bare.endswith(ending) and len(bare) - len(ending) > 2:
            return bare.removesuffix(ending)
    return bare


def _asks_for_more(asked: str, theirs: str) -> bool:
    words = _compiled(_SMALL_WORDS).sub("", asked)
    if _compiled(_COURTESY).search(words):
        return False
    more = _compiled(_MORE).search(words)
    if more is not None and words[: more.start()].count(" ") <= WORDS_BEFORE_IT_POINTS:
        return True
    if _compiled(_ALONE).search(words) or _is_echo(words, theirs):
        return True
    return any(
        _compiled(pronoun).search(words) and _compiled(spoken_of).search(theirs) for pronoun, spoken_of in _SOMEBODY
    )


def _is_echo(words: str, theirs: str) -> bool:
    """'In a box?', 'there was a second?': a few words that end on one of theirs."""
    *rest, last = words.split() or [""]
    if len(rest) >= LONGEST_ECHO or len(last) < SHORTEST_ECHOED or last in NODS or last in POINTERS:
        return False
    return re.search(rf"\b{re.escape(last)}\b", " ".join(theirs.split()[-60:])) is not None


LONGEST_ECHO, SHORTEST_ECHOED = 4, 3
"""How many words an echo has at most, and letters the word that it repeats at least."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_SMALL_WORDS = r"^(?:(?:so|and|but|well|oh|okay|ok|right|ah|sorry|wait|hang on|hold on|hm|mm|ouch|wow|no|yeah|yes|then(?! what)|just|really|i see|because)\b ?)+(?=.)"

_OWN_PROPOSAL = (
    r"^(?:\w+ ){0,4}?(?:shall|should|can|could|may|might|will|won't|do) (?:i|we|us)\b|\b(?:would|will|could|might|does|do|did) (?:it|that|this|those|they|any of (?:it|that|this)) (?:help|work for|suit|be (?:ok|okay|fine|all right|alright|possible|useful|helpful|fair|worth)|make (?:any )?sense|make it easier|sound|answer|fit|look|match|clear|interest)"
    r"|\bhow (?:does|would|do) (?:that|this|it) (?:sound|look|feel|suit|work for)|\b(?:make|makes) sense\b|\bwhat if (?:we|i)\b|\bwant (?:me|us) to\b|\b(?:would|do) you mind\b|\bwould you like\b|\b(?:hear|see) (?:me|my|us|the screen)\b|\bwalk (?:through|over) (?:my|our)\b|\blet (?:me|us)\b|^(?:\w+ ){0,3}?(?:could|can|would|will) you (?:\w+ )?(?:send|bring|forward|introduce|set|put|invite|book|get (?:me|us))\b|^(?:bring|send|take)\b|\bleaves? (?:us|me)\b|\bis there (?:a world|any world|a chance|any chance|any way|a way)\b|\bsomething (?:we|i) could\b|\bin front of\b|\b(?:next|this) (?:monday|tuesday|wednesday|thursday|friday|week)\b|\bwhat (?:time|day)\b"
)
"""Questions about one's own doing: they ask nothing more of what was said."""

_COURTESY = r"^(?:how|what|where)(?:'s| is| are|'re)? (?:you|your|things|everybody|everyone|it going|the weather|up)\b|\bhow are you\b|^is (?:that|it) (?:right|ok|okay|fair|fine|true|so|all right|alright|possible|correct|you|your|everything|all)\b|^is that (?:a )?(?:yes|no|problem|issue)\b|\bsay that again\b"

_MORE = (
    r"\bwhy (?:is|was|are|were|do|did|does|has|have|would|isn't|wasn't|don't|didn't) (?:that|those|they|he|she)\b|\bwhy(?:'s| not| so)\b|\bhow (?:so|come)\b|\bin what (?:way|sense)\b"
    r"|\b(?:what|how) (?:do|did|would) you mean\b|\bmeaning (?:what|that)\b|\bwhat makes you (?:say|think|so)\b|\bwhy do you (?:say|think)\b|\b(?:tell (?:me|us)|say|hear|know) (?:a (?:bit|little) )?more\b"
    r"|\b(?:an|one|any) examples?\b|\bfor (?:example|instance)$|\bsuch as|\blike what\b|\bof (?:those|them|these|that)\b|\bwhich ones?\b"
    r"|\bthen what\b|\bwhat happen(?:s|ed) (?:then|next|after|afterwards|there|to (?:him|her|them|those|that))\b|\bthen what happen|\bwhat happened$|\b(?:and|what happens) after (?:that|those)\b"
    r"|\b(?:what|how|when|where|who|why|how (?:many|much|long|often|far|bad|big|late|old)|what \w+)(?:'s| is| was| are| were| does| did| do| has| had| will) (?:that|those)\b(?! (?:sound|look|work for|suit|(?:you|we|i) ))"
    r"|\b(?:what|who)(?:'s| is| was) (?:behind|driving|causing|in|doing) (?:that|those|them)\b"
    r"|\b(?:did|does|has|had|was|were) (?:that|those) (?!(?:make|sound|help|work|answer|fit|suit|be\b|right|ok|clear|come across|mean (?:i|we)))\w+"
    r"|\bis that (?:every|each|all|only|just|per|for|in|on|at|because|a one|typical|normal|usual|new|common|still|since|how|why|where|who|what|when|the (?:same|whole|only))\b"
    r"|\b(?:who|what|how|when|where|which|how (?:many|much|long|often))\b(?: \w+){1,5} (?:about|for|of|with|behind|from|to|by|after|before|like|do|does|did|cost|count|handle|fix|solve|cause|caused|explain|mean|run|runs|decide|decides|sign|signs) (?:that|those|them)$"
    r"|\bwho (?:\w+ )?(?:does|do|did|signs|runs|owns|decides|handles|makes|made|pays|checks|keeps|said|says|told|wants|fixes|fixed|noticed|carries) (?:that|those|them)\b"
)
"""Forms that point at what was just said, or ask for more of it."""

_ALONE = r"^(?:why|how|who|where|since when|when|what else|who else|how (?:many|much|long|often|bad|big|far|late|old|soon)|(?:what|which) (?!time\b|day\b|one\b)\w+|which one|what kind|what sort|by how much|from (?:whom|who|where)|with (?:whom|who|what)|by whom|until when|how long for|and)$"
"""A question of two or three words in all: nothing else fills it but what was just said."""

_SOMEBODY = (
    (
        r"\b(?:she|her)\b",
        r"\b(?:she|her|woman|lady|mum|wife|daughter|sister|girl|mrs|ms|director|manager|boss|cfo|ceo|cto|chief|head of)\b",
    ),
    (
        r"\b(?:he|him)\b",
        r"\b(?:he|him|his|guy|man|fella|fellow|bloke|lad|son|husband|brother|mr|director|manager|boss|cfo|ceo|cto|chief|head of)\b",
    ),
)
"""A question about 'her' or 'him' takes them up where the other side just spoke of such a person."""
