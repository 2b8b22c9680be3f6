"""What words say about who is who: introductions, names called out, whom a note says we met.

All patterns want names written with a capital letter, so a recogniser that writes none gives no clue rather than a
false one. A word that the same talk also writes small is no name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from premortem.ledger.contents import Turn

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŠŽČŚŻ][\w’'-]*"
_PARTICLE = r"(?:van|der|den|de|la|el|al|von|da|dos|di|bin|ter|ten)"
_HONORIFIC = r"(?:Dr|Mr|Mrs|Ms|Prof|Herr|Frau|Me|Maitre|Maître)\.?"
NAME = rf"(?:{_HONORIFIC} |[A-Z]\. ?)?{_CAPITAL}(?: (?:{_PARTICLE} )*{_CAPITAL}(?:\.(?= [a-z(]))?)?"
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """I Yes Yeah No Okay OK Ok So And But Well Right Sorry Thanks Thank Hi Hello Hey Good Great Grand Sure Now Then
        Oh Ah Um Uh Look Listen Perfect Lovely Cheers Morning Exactly Correct Monday Tuesday Wednesday Thursday Friday
        Saturday Sunday January February March April May June July August September October November December We You
        They He She It That This There What How Where When Why Who Can Could Do Does Is Are If Not Just Maybe Excel Ja
        Nee Oui Afternoon Evening Everyone Everybody All Guys Folks Team Christmas Easter English German French Dutch
        Mhm Fine Honestly Actually Anyway Please Also Because Here Let Speaker Guest Hang Wait Quick Fair Nice Cool
        Brilliant Wonderful Absolutely Indeed True Understood Agreed Got In On At For From My Our Your The A""",
    )
)

_GREETING = r"(?i:hi|hello|hey|morning|good morning|good afternoon|welcome|thanks|thank you|cheers|sorry)"
_SOFT_START = rf"(?:(?:{_GREETING}|(?i:and|so|but|over to you|okay|right)),? )?"
_ONE_OR_TWO = rf"{_CAPITAL}(?: {_CAPITAL})?"

_MYSELF = re.compile(
    rf"\b(?:[Tt]his is|[Mm]y name(?:[’']s| is)) (?P<a>{NAME})"
    rf"|\b(?:[Ii]t[’']s|[Ii][’']m|[Ii] am)(?: just| only)? (?P<b>{NAME})(?=[.,!?]| here| from| and|$)"
    rf"|(?:^|[.,!?] )(?P<c>{NAME}) (?:here|speaking)\b"
)
_CALLED = re.compile(
    rf"(?:^|[.!?,] ){_SOFT_START}(?P<a>{_ONE_OR_TWO})"
    r"(?=,|\?|\.\.\.| [-–—]| (?:is that you|are you|can you|do you|what|how|you[’']ve|you[’']re))"
    rf"|, (?P<b>{_ONE_OR_TWO})(?=[.?!]|$)"
    rf"|(?:^|[.!?,] ){_GREETING},? (?P<c>{_CAPITAL})|^(?P<d>{_CAPITAL})[.?!]?$"
)
_THANKED = re.compile(rf"^(?:{_GREETING}|(?i:okay|right)),? (?P<a>{_CAPITAL})(?=[.,!?]|$)")
_BESIDE = re.compile(
    rf"(?:[’']ve got|have|[’']ve|got|here with|that[’']s gotta be|is that|and|joined by) (?P<a>{_ONE_OR_TWO})"
    r"(?= (?:here\b|in here|with (?:me|us)|next to|beside|on the (?:phone|line))|[.?!]|$)"
)
_OURS = re.compile(
    rf"\b(?:my|our) (?:colleague|boss|[\w-]+(?: [\w-]+){{0,2}}),? (?P<a>{NAME})"
    rf"|(?P<b>{NAME}),? (?:from|on) our (?:side|end|team)"
    rf"|(?:this is|have|[’']ve|with me is|joined by) (?P<c>{NAME})(?: with me)?,?"
    r" (?:(?:who|he|she)(?: is|[’']s) )?(?:my|our|runs?|heads?)\b"
    rf"|(?:[’']ve|have|got) (?P<d>{NAME}) with me"
)


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    found = [next(group for group in match.groups() if group) for match in pattern.finditer(text)]
    return [
        name
        for name in found
        if name.split()[0] not in _NO_NAMES
        and not _only_letters(name)
        and not re.search(r"[’'](?:m|ve|re|ll|d|s)$", name)
    ]


def introduces_self(text: str) -> list[str]:
    """Names by which a voice introduces itself: 'this is Ken', 'Ken here'."""
    return _names(_MYSELF, text)


def called_out(text: str) -> list[str]:
    """Names that a turn calls out to: 'Kim, can you hear us', 'and the lorries, Olu?'."""
    return _names(_CALLED, text[:1].upper() + text[1:]) if text else []


def introduces_ours(text: str) -> list[str]:
    """Names that a turn of ours gives to our own people: 'our engineer Mia', 'Mia from our side'."""
    return _names(_OURS, text)


def names_for_voice(turns: Sequence[Turn], label: str, taken: Iterable[str], known: Iterable[str]) -> Counter[str]:
    """What a voice without a name is called in a call: how often each name points to it.

    A name by which it introduces itself in its first three turns counts five times; one that is called out right before
    it speaks, or greeted or thanked right after, once; so does one of whom somebody says at the start of the call that
    they sit beside them. `taken` are first names of those who speak under their own. In a talk without capital letters
    the names `known` are still seen.
    """
    texts = _with_capitals([turn.text for turn in turns], known)
    others = {name.lower() for name in taken} | {
        word for text in texts for word in re.findall(r"\b[a-z][\w’'-]*", text)
    }
    votes: Counter[str] = Counter()
    own = [at for at, turn in enumerate(turns) if turn.speaker == label]
    for at in own[:3]:
        votes.update(dict.fromkeys(introduces_self(texts[at]), 5))
    for at in own:
        if at > 0 and turns[at - 1].speaker != label:
            votes.update([name for name in called_out(texts[at - 1]) if name.split()[0].lower() not in others][-1:])
        if at + 1 < len(turns) and turns[at + 1].speaker != label:
            votes.update(_names(_THANKED, texts[at + 1])[:1])
    for turn, text in list(zip(turns, texts, strict=True))[:_START_OF_CALL]:
        votes.update(_names(_BESIDE, text) if turn.speaker != label else [])
    return Counter({name: count for name, count in votes.items() if name.split()[0].lower() not in others})


_START_OF_CALL = 8
"""Turns in which people say who sits with them."""


def _with_capitals(texts: list[str], known: Iterable[str]) -> list[str]:
    """The same texts; in a talk that has next to no capital letters, the first names that are known get theirs."""
    whole = "".join(texts)
    if sum(c.isupper() for c in whole) * 200 > len(whole):
        return texts
    names = "|".join(sorted(re.escape(name.lower()) for name in known if len(name) > 2))
    return [re.sub(rf"\b(?:{names})\b", lambda m: m[0].capitalize(), text) for text in texts] if names else texts


_BOUND = r"(?=[\s.,;:()/+&]|$)"
_WITH = r"(?:w/\.?|w\.?|with)"
_REACHED = re.compile(
    r"(?:^|[.;\n(,-]\s*|\b(?:I|we|We|and|then)\s+)(?:[Ff]inally |[Qq]uick |[Jj]ust |[Nn]ice |[Ss]hort )*"
    r"(?:[Rr]ang|[Pp]honed|[Cc]alled|[Mm]et(?: with)?|[Ss]poke (?:\d+ mins? )?(?:to|with)|[Tt]alked (?:to|with)"
    r"|[Vv]isited|[Ss]aw|[Rr]eached|[Bb]umped into|[Rr]an into|[Cc]aught(?: up with)?|[Gg]ot(?: hold of)?"
    rf"|(?:(?:[Hh]ad )?(?:[Cc]offee|[Ll]unch|[Dd]inner)|[Tt]el\.?|[Pp]hone|[Cc]all|[Pp]hone call|[Oo]ne) {_WITH}"
    r"|(?:[Dd]ebrief|[Mm]eeting|[Dd]ay|[Nn]ight|[Hh]our|mins?|hrs|hours|[Ss]ession|[Tt]oday)"
    rf" (?:[^.\n,]{{0,20}} )?{_WITH}|(?:[Ww]alk(?:ed)?|[Vv]isit(?:ed)?) [^.\n]{{0,40}}?{_WITH}|all day {_WITH})"
    rf"\s*(?P<who>{NAME}){_BOUND}(?P<more>(?:(?:,| and| \+| &|, and)(?: \([^)]*\))? {NAME}{_BOUND}(?: \([^)]*\))?)*)"
)
_CAME_TO_US = re.compile(
    rf"(?P<who>{NAME})(?: \([^)]*\))? (?:(?:rang|called|phoned) (?:me|us)|came by|came up|sat in"
    r"|sat down with (?:me|us)|joined us|(?:walked|took|followed|showed|told) (?:me|us)|answered|picked up)\b"
)
_NOT_REACHED = re.compile(
    r"^[^.\n(]{0,40}?\b(?:voicemail|vmail|VM|no answer|no reply|twice|times|didn[’']t (?:pick up|answer)"
    r"|left (?:a )?message|did not (?:pick up|answer)|out of office|on leave|not picking up"
    r"|booked|planned|scheduled|tomorrow|next week)\b"
)
_UNREAL = re.compile(
    r"\b(?:not|never|n[’']t|to|will|would|could|should|if|want(?:s|ed)? to|hope to|tried|need to|he|she|they)\s*$", re.I
)


def met(text: str) -> list[str]:
    """Names of whom a note says that we met them or spoke to them; 'called Aga twice, voicemail' is not that."""
    found: list[tuple[int, str]] = []
    for match in _REACHED.finditer(text):
        if _NOT_REACHED.match(text[match.end() :]) or _UNREAL.search(text, max(0, match.start() - 40), match.start()):
            continue
        names = [match["who"], *re.findall(rf"(?:,| and| \+| &) ({NAME})", match["more"] or "")]
        found += [(match.start(), name) for name in names]
    for match in _CAME_TO_US.finditer(text):
        found.append((match.start(), match["who"]))
    names = [name.removesuffix("'s") for _, name in sorted(found, key=lambda pair: pair[0])]
    return list(dict.fromkeys(name for name in names if name.split()[0] not in _NO_NAMES and not _only_letters(name)))


def _only_letters(name: str) -> bool:
    """Initials and abbreviations, 'GT' or 'HSE': too little to know somebody by."""
    return name.isupper() and len(name) <= 4
