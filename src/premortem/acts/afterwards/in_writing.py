"""How names, numbers and days stand in a text, and how what takes their place is written."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from math import floor, log10

from premortem.errors import Unknown

LEFT_OUT = "[…]"
_ACRONYMS = """
CEO CFO CTO CIO COO CISO CRM ERP IT HR VP PDF API SLA RFP NDA FAQ ROI KPI QA PC SQL VPN URL USB SMS OK TV EU UK US
    USA UN EUR USD GBP CHF VAT GDPR ISO AM PM ID AI ETA FYI ASAP
"""
ACRONYMS = frozenset(_ACRONYMS.split())
GLUED = 5
"""From so many letters on, a part of a name is also seen within a longer word."""
WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W\d_]))*")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ ,.'’]\d{3})+(?!\d)|(?<![\w.,])\d{3,}(?:[.,]\d+)?(?![\w])")
CODE = re.compile(r"\b(?=\w*[^\W\d_])(?=(?:\w*\d){2})[\w/-]{4,}")
RELATIVE = re.compile(
    r"(?:(?:on|by|next|this|coming|last|the|day|after|until|till|before|from|for|in) )*"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)?(?:days?|tomorrow|thurs|tues|weds|weeks?|month|quarter|year|spring|summer"
    r"|autumn|fall|winter|financial year|fiscal year)(?: week)?"
)
LEADING = re.compile(r"(?:on|by|before|until|till|after|from|for|since|in|around|of|to) ", re.IGNORECASE)


def tidy(words: str) -> str:
    """The same name twice in a row stands once, and so does a gap."""
    words = re.sub(r"\[…\](?:[\s&,.'’-]{0,3}\[…\])+", LEFT_OUT, words)
    return re.sub(r"\b([A-Z]\w{2,})(?:[\s&-]{1,3}\1\b)+", r"\1", words)


def opens(words: str, start: int) -> bool:
    """Whether a word begins a sentence."""
    return not words[:start].strip() or words[:start].rstrip()[-1:] in ".!?:;…“”\"'‘(–—-"


def as_written(name: str, like: str) -> str:
    return name.lower() if like.islower() else name.upper() if like.isupper() and len(like) > 1 else name


def caseless(word: str) -> bool:
    """Whether a word is of a script that has no capitals, so that no name can be told in it."""
    return any(c.isalpha() and c.lower() == c.upper() for c in word)


def number_read(number: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[ ,.'’]\d{3})+", number):
        return float(re.sub(r"\D", "", number))
    return float(number.replace(",", "."))


def rounded(number: float) -> float:
    """To two digits."""
    if number == 0:
        return 0.0
    return float(round(number, 1 - floor(log10(abs(number)))))


def weeks_back(days: Collection[date], draw: int) -> int:
    """By how many whole weeks all days move, so that none falls on another. Raises Unknown where there is no such
    number."""
    span = (max(days) - min(days)).days // 7 if days else 0
    hidden = set(days)
    for tried in range(400):
        weeks = 26 + min(span, 260) + (draw // 7 + tried * 11) % 260
        if not {day - timedelta(weeks=weeks) for day in hidden} & hidden:
            return weeks
    raise Unknown("no shift of the days was found by which none falls on another", "This deal can't be told.")


def factor(amounts: Collection[float], draw: int) -> float:
    """By what all amounts are multiplied: between a half and twice, never near one, so that fewest become another."""
    hidden = {round(one) for one in amounts}

    def meets(times: float) -> int:
        return len({round(rounded(one * times)) for one in amounts} & hidden)

    drawn = [(draw // 11 + tried * 37) % 200 for tried in range(200)]
    return min((0.5 + one / 500 if one < 160 else 1.2 + (one - 160) / 50 for one in drawn), key=meets)
