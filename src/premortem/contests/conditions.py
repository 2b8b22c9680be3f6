"""Conditions that hide in the words of a contest: a bar, a look at the firm's own result, a way out, somebody's taste.

A contest is kept only where somebody wins whatever happens. Words that make it depend on anything else are found here,
in English, and told with the reason. It is strict on purpose: a harmless sentence is soon said otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Kind = Literal["bar", "firm", "way_out", "taste", "condition", "no_prize"]

WHY: dict[Kind, str] = {
    "bar": "it sets a bar. If nobody clears it nobody wins, and whoever sees early that they can't stops trying",
    "firm": "it makes the prize depend on how the firm does. Then the best can win and get nothing",
    "way_out": "it leaves a way to take the prize back. What was promised and not paid ends every later contest",
    "taste": "somebody's opinion decides. Nobody could see at any time where they stand",
    "condition": "it sets a condition. A contest has none: whoever has the most wins",
    "no_prize": "it doesn't say what there is to win. A prize is named in one line that everybody may read",
}
REMEDY: dict[Kind, str] = {
    "bar": "Leave the bar out: 'whoever books the most' is enough, and somebody always does.",
    "firm": "Promise only what you will give in a bad year too; a trophy is fine.",
    "way_out": "Leave it out. If the price makes you uneasy, choose a smaller prize.",
    "taste": "Let the metric decide alone.",
    "condition": "Leave it out, or say it without a condition.",
    "no_prize": "Name it, however small: a cup, a dinner, the best parking place for a quarter.",
}

_NUMBER = (
    r"(?:(?:eur|usd|gbp|chf|[€$£])\s?)?(?:\d[\d.,']*(?:\s\d{3}\b)*|(?:an?|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred)(?:\s(?:hundred|thousand|million))?)"
    r"(?:\s?(?:%|per\s?cent|k|m|mn|mio|thousand|million|billion))?"
)
_DIGITS = (
    r"(?!20[2-4]\d\b)(?:(?:eur|usd|gbp|chf|[€$£])\s?)?\d[\d.,']*"  # 2026 is a year
    r"(?:\s?(?:%|per\s?cent|k|m|mn|mio|thousand|million|billion))?"
)
_AIM = r"(?:quotas?|targets?|goals?|plan|objectives?|budget|forecast|numbers?|last year)"
_WHOSE = r"(?:(?:the|your|their|our|his|her|its|a|an|sales|annual|yearly|quarterly|monthly|revenue|team)\s+){0,3}"
_SELLS = r"(?:(?:sell|book|clos|sign|land)(?:s|e|es|ed|ing)?|sold|bring(?:s|ing)?(?:\sin)?|turns?\sover)"
_THINGS = r"(?:deals?|customers?|accounts?|orders?|contracts?|logos?|cars?|licen[cs]es?|units?|bookings?|sales)"
_WON = r"(?:deals?|customers?|accounts?|orders?|contracts?|logos?|bookings?)"
_FIRM = (
    r"(?:the\s+)?(?:company|firm|business|revenues?|profits?|budgets?|funds|board|group|division|ebitda|margins?"
    r"|results?|cash|market|we|management)"
)

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("firm", rf"(?:only\s)?(?:if|when|once|unless|while|as long as|provided|should)\s(?:that\s)?(?:our\s)?{_FIRM}\b"),
    (
        "firm",
        r"(?:budget|funds|profits?|revenues?|results?|cash|business|market)\s(?:\w+\s)?(?:permit\w*|allow\w*|willing)",
    ),
    ("firm", r"subject to\s(?:\w+\s){0,2}(?:budget|funds|funding|profits?|revenues?|results?|availability)"),
    ("way_out", r"discretion\w*|reserves?\s(?:\w+\s){0,2}rights?|rights? (?:is|are) reserved|rights? reserved"),
    ("way_out", r"cancel\w*|void\w*|withdraw\w*|revok\w*|revoc\w*|terminat\w*|suspend\w*|forfeit\w*|claw\w*[\s-]?back"),
    (
        "way_out",
        r"(?:may|might|can|could)\s(?:be\s|still\s)?(?:chang|amend|modif|revis|review|alter|substitut|reduc|adjust|replac)\w*",
    ),
    ("way_out", r"subject to\s(?:\w+\s){0,2}(?:change|approval|review|confirmation|amendment|sign[\s-]?off)"),
    ("way_out", r"no\s(?:awards?|prizes?|winners?|obligation|guarantee|car|claim|entitlement)|substitut\w*"),
    ("way_out", r"(?:not|never|nothing)\s(?:\w+\s)?(?:awarded|paid|given|owed|binding|guaranteed|handed)"),
    ("way_out", r"without (?:prior )?notice|as (?:we|management|they) sees? fit|where appropriate|or not at all"),
    (
        "way_out",
        r"withh[eo]ld\w*|(?:no ?body|no one|none) wins|ends? early|pull(?:s|ed)?\s(?:the|this)|decides? not to",
    ),
    ("way_out", r"only (?:be )?(?:made|awarded|paid|given|valid|applies|when|in (?:a|the))"),
    ("way_out", r"pending\s\w+|to be approved|(?:approved|confirmed|signed off) by|non-?binding"),
    ("way_out", r"(?:may|might)\s\w+|falls? away|lapses?|expires?|zero (?:prizes?|winners?|awards?)"),
    (
        "taste",
        r"(?:decided|chosen|selected|picked|judged|voted|named) by|jury|panel of|judges?|(?:boss|manager)'s choice",
    ),
    ("taste", r"(?:manag\w+|director|ceo|vp|board|we)\s(?:will\s)?(?:decides?|chooses?|picks?|selects?|judges?)"),
    (
        "taste",
        r"(?:final|last) (?:decision|say|word)|most (?:deserving|promising|improved)"
        r"|in (?:our|the) (?:opinion|judge?ment)",
    ),
    ("no_prize", r"tbd|tba|tbc|to be (?:announced|decided|confirmed|determined|defined)|(?:a |some )?surprises?"),
    ("no_prize", r"secret|something nice|we will see|we'll see"),
    (
        "bar",
        r"(?:must|shall|has to|have to|needs? to|required to|ought to)\s\w+"
        r"|require[sd]?|requirements?|mandatory|needs?|needed",
    ),
    ("bar", r"exceed\w*|surpass\w*|outperform\w*|in excess of|at (?:the )?(?:least|minimum)|minimum|minimal|min\."),
    ("bar", r"(?:not?|never|nothing)\s(?:less|fewer|lower|under|below|smaller|worse)(?:\sthan)?|upwards? of"),
    ("bar", rf"{_NUMBER}(?:\s\w+)?\sor\s(?:more|better|higher|above|over|greater)|{_DIGITS}\s?\+|and (?:up|above)\b"),
    ("bar", r"thresholds?|cut-?offs?|hurdles?|floor (?:of|price|amount|value)|(?:a|revenue|sales) floor|baselines?"),
    ("bar", r"qualif(?:y|ies|ied|ying|ication)\w*|(?:to be|only|become) eligible|eligible (?:only|if|when|once)"),
    ("bar", rf"{_NUMBER}\s(?:over|above|of|beyond|past|on|under|below|more than)\s{_WHOSE}{_AIM}"),
    ("bar", rf"(?:over|above|beyond|past)\s{_WHOSE}{_AIM}\sby\s{_NUMBER}|(?:double|triple|twice|half)\s{_WHOSE}{_AIM}"),
    ("bar", rf"(?:more|greater|higher|larger|bigger|better|over|above|beyond|past|upward)\s(?:than\s)?{_DIGITS}"),
    ("bar", rf"(?:more|greater|higher) than\s{_NUMBER}\s{_THINGS}|{_NUMBER}\s(?:\w+\s)?times\s{_WHOSE}{_AIM}"),
    (
        "bar",
        r"(?:reach|hit|meet|make|achieve|attain|clear|pass|beat|cross|break|touch|fulfil|get to|arrive at|deliver"
        r"|topp?(?=s|ed|ing))"
        rf"\w*\s{_WHOSE}(?:{_AIM}|{_DIGITS}|a million)",
    ),
    ("bar", rf"(?:past|above|beyond|below|under|ahead of|behind)\s{_WHOSE}{_AIM}|with\s{_NUMBER}\s(?:new\s)?{_THINGS}"),
    ("bar", rf"{_SELLS}\s(?:\w+\s)?{_NUMBER}(?:\s\w+)?\s{_THINGS}|{_SELLS}\s(?:\w+\s)?{_DIGITS}|{_SELLS}\sa million"),
    ("bar", rf"win\w*\s{_NUMBER}\s(?:\w+\s)?{_THINGS}|{_DIGITS}\s(?:new\s|closed\s|won\s)?{_WON}"),
    (
        "bar",
        r"first\s(?:\w+\s)?(?:to|who|that)\s\w+|(?:on|above|below) (?:target|quota|plan)"
        r"|(?:the|their|your) targets?",
    ),
    ("bar", r"(?:targets?|quotas?|goals?) (?:is|are|of|=|:)|attain\w*|gates?|(?:north|south|shy) of"),
    (
        "bar",
        rf"(?:doubl|tripl|quadrupl|halv)\w*\s{_WHOSE}{_AIM}|(?:{_NUMBER}|several)\stimes\s(?:as|what|more|{_WHOSE}{_AIM})",
    ),
    (
        "bar",
        r"\d[\d.,]*\s?(?:%|per\s?cent)(?!\s(?:bonus|off|discount|raise|of (?:your|their|the) (?:salary|bookings?)))",
    ),
    ("condition", r"if|unless|provided|providing|as long as|so long as|on condition|conditions? apply|conditional\w*"),
    ("condition", r"subject to|contingent\w*|depend(?:s|ing|ent) (?:on|upon)|only when|whenever|in case|in the event"),
    (
        "condition",
        r"assuming|(?:only|just) (?:to|the|in|at|with|after)|(?:given|paid|awarded) only"
        r"|except(?:ing|ions?|ed)?|excluding|exclu(?:des?|ded)|only (?:for )?(?:those|people|sellers|whoever)",
    ),
    (
        "condition",
        r"terms (?:and conditions )?apply|restrictions apply|\*\s*see|see (?:the )?(?:terms|conditions|rules)",
    ),
)
_FOUND = tuple((kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)) for kind, pattern in _PATTERNS)


class Condition(Struct, frozen=True):
    """Words that make somebody's win depend on more than the others' numbers."""

    kind: Kind
    words: str


def conditions(text: str) -> list[Condition]:
    """What of a text is a condition, in the order of the text; of words found twice the first kind counts."""
    plain = _plain(text)
    taken: list[tuple[int, int, Condition]] = []
    for kind, pattern in _FOUND:
        for start, end in _spans(pattern, plain):
            if all(end <= other or start >= until for other, until, _ in taken):
                taken.append((start, end, Condition(kind, plain[start:end])))
    return [found for _, _, found in sorted(taken, key=lambda one: one[:2])]


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(text):
        yield found.span()


def _plain(text: str) -> str:
    """One line, straight quotes, no invisible characters: what hides from the eye doesn't hide from the reading."""
    same = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("_", " ")
    seen = "".join(" " if letter.isspace() else letter for letter in same if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split())
