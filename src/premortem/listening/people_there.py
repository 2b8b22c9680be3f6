"""What words around a name say of whoever bears it: that they are in this call, are greeted, only listen, or are away.

Every function takes the words before the name and those behind it.
"""

from __future__ import annotations

import re

BEFORE, AFTER = 60, 160
"""How many characters before and behind a name are looked at."""

_IS = r"(?:['’]s| is| are|['’]re)(?: (?:also|just|too|already|now|still|both))*"
_NOT_NOW = (
    r"(?! (?:next|tomorrow|until|till|since|every|again|later|twice|in (?:spirit|the summer|\w+ minutes)|on \w+days?"
    r"|for (?:\w+ )?(?:years?|months?|weeks)|from (?:next|\w+day)|only))"
)
_BESIDE_US = (
    r"(?:(?:sitting )?(?:right |here )?(?:next to|beside|opposite) (?:me|us)|(?:here )?(?:at|on) my (?:right|left|side)"
    r"|listening in|on mute|muted)"
)
_WITH_US = (
    rf"(?:{_BESIDE_US}|(?:in )?here{_NOT_NOW}|(?:in here )?with (?:me|us){_NOT_NOW}|listening(?! to\b)"
    r"|sitting (?:here|by me|with (?:me|us)|across from (?:me|us)|at the (?:end|table|back)"
    r"|in(?= (?:with|today|on (?:this|the call))\b|[.,!?;]|$))|here in the (?:room|call|meeting)"
    r"|in the (?:room|call|meeting|corner)(?= (?:with|too|also|as well|today|here)\b)"
    r"|(?:dialled|dialed|dialling|dialing) in|on the (?:line|call|phone|bridge|other line|screen)"
    r"|joining(?! (?:later|next|in|the (?:firm|company|team)|on \w+day)))"
)
_STOPS = r"[.,!?;]|$"
_AS_WELL = r"(?= (?:as well|too|also|us (?:too|as well|today|here)|the call|today|me here)\b)"
_MORE = (
    r"(?:,? and (?:[\w.]+ ){0,2}?[\w]+)?(?:,? (?:from|of|in) (?:the )?[\w-]+(?: [\w-]+)?)?"
    r"(?:,? (?:our|my|the) [\w ]{2,30},?)?"
)
"""'… and Viktor', '… from the dispatch desk', '…, our controller,'"""

_THERE_AFTER = re.compile(
    rf"{_MORE}(?:{_IS} (?:{_WITH_US}|on(?= (?:too|also|as well|here|from|mute)\b|{_STOPS})"
    r"|come (?:up|along|over|down)\b)"
    rf"|(?: just| has|['’]s)* (?:joined|dialled in){_AS_WELL}"
    rf"|(?: has|['’]s) (?:just |also )?(?:joined|come in|dialled in)(?={_STOPS})"
    rf"|,? {_BESIDE_US})"
)
_THERE_BEFORE = re.compile(
    r"(?:\b(?:here|sitting|sat) with|\bjoined (?:today |here )?by|\bwith me (?:here )?(?:is|are|i have|today is)"
    r"|\b(?:next to|beside) me (?:is|sits|are)|\b(?:it['’]s|it is|just|we are|we['’]re) (?:me|myself|i) and"
    r"|\bnumber(?:['’]s| is)|\bsay (?:hi|hello) to) (?:(?:also|my colleague|our \w+|\w+ and) )?$",
    re.IGNORECASE,
)
_GOT = re.compile(
    r"\b(?:I|we)(?:['’]ve| have)(?: also| still)?(?: got)?"
    r" (?:my colleague,? |our (?:[\w-]+ ){1,3}|\w+(?: \w+)?,? and )?$",
    re.IGNORECASE,
)
_GOT_HERE = re.compile(rf"{_MORE},? (?:{_WITH_US}|on (?:too|as well)\b)")
_SHE_IS_HERE = re.compile(rf"[^.?!]{{0,50}}[.!] (?:She|He)(?:['’]s| is) {_WITH_US}")
_THIS_IS = re.compile(r"[.,!] (?:and )?this is (?:also )?$", re.IGNORECASE)
_WHO_IS = re.compile(r",? (?:from|our|my|who|(?:he|she)['’]s|(?:he|she) \w+s)\b")


def told_there(before: str, after: str) -> bool:
    """'Devan's come up', 'I'm here with Rui', 'I've got Carla in here with me', 'and this is Kim from finance'."""
    if _THERE_AFTER.match(after) or _THERE_BEFORE.search(before):
        return True
    if _SHE_IS_HERE.match(after) or (_GOT.search(before) and _GOT_HERE.match(after)):
        return True
    return _THIS_IS.search(before) is not None and _WHO_IS.match(after) is not None


_SEEN = re.compile(r"\b(?:I|we) (?:can )?(?:also )?see(?: that)? (?:an? )?$", re.IGNORECASE)
_SEEN_HERE = re.compile(rf"{_IS} (?:on|here|in|with us|joined)\b|,? (?:too|as well|also)\b|{_STOPS}")


def seen(before: str, after: str) -> bool:
    """'I see Keisha's on', 'we see a Tunde, hello'."""
    return _SEEN.search(before) is not None and _SEEN_HERE.match(after) is not None


_GREETING = re.compile(
    r"(?:^|\W)(?<!say )(?<!says )(?<!said )(?<!saying )(?:hi|hey|hello|hiya|welcome"
    r"|(?:good )?(?:morning|afternoon|evening))(?: there| again| also| to you)?,? $",
    re.IGNORECASE,
)
_AFTER_GREETING = re.compile(
    rf"{_STOPS}| (?:welcome|hi|hey|hello|so|and|I|we|good|great|nice|how|thanks|thank|you|lovely|okay)\b"
)


def greeted(before: str, after: str) -> bool:
    """'Hey Rick', 'welcome, Giulia'; not 'say hi to Rick', nor 'welcome Mary gold team'."""
    return _GREETING.search(before) is not None and _AFTER_GREETING.match(after) is not None


_LISTENS = re.compile(
    r"[^.?!]{0,70}?(?:[.!] (?=(?:He|She)['’ ])[^.?!]{0,60}?)??"
    r"\b(?:(?:only|just|mostly|quietly)(?: (?:going to|gonna|here to|be|wants? to))* listen(?:s|ing)?\b(?! to\b)"
    r"|(?:is|['’]s|am|be) (?:only |just |also )?listening\b(?! to\b)|listening in\b|listens? in\b|listens along\b"
    r"|(?:is|['’]s|are) (?:still |probably )?(?:on mute|muted)|(?:camera|mic) (?:is )?off)"
)


def listens(after: str) -> bool:
    """'… from payroll, she only listens', '… is on mute', '…, he said he'd just listen in'."""
    return _LISTENS.match(after) is not None


_AWAY = re.compile(
    r"[^.?!]{0,60}?\b(?:can(?:['’]t|not)|couldn['’]t|won['’]t|sends?|sent|apologi\w+|excuses? (?:him|her)|regrets"
    r"|(?:on|in|at) (?:holidays?|leave|vacation|another|a train|a plane)|sick|ill|off today|stuck|trying"
    r"|parking|fighting|(?:running|is|be|bit) late|later(?= on|[.,!?;]|$)|next (?:time|week|call)|tomorrow"
    r"|will (?:join|come|be)|['’]ll (?:join|come|be (?:here|on|with|along))|on (?:his|her|their|the) way"
    r"|in (?:\w+ )?minutes"
    r"|(?:not|isn['’]t|wasn['’]t|aren['’]t)(?: \w+)? (?:here|there|on|joining|coming|able|with|in)\b)",
    re.IGNORECASE,
)


def away(after: str) -> bool:
    """'… can't make it', '… sends apologies', '… will join next time', '… is stuck in traffic'."""
    return _AWAY.match(after) is not None
