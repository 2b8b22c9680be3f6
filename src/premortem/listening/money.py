"""Amounts of money and other numbers as people say them → '35000 GBP', or '35000' where no currency is said.

'£35,000' '11 grand' '€48k' 'sixty thousand euros' '1.2m' 'R960 000' "CHF 146'000" 'three lakh rupees'
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from premortem.listening.small_letters import small

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: number for number, word in enumerate((*_UNITS, *_TEENS))}
_SMALL |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
_TIMES = {
    "hundred": 100,
    "k": 1_000,
    "grand": 1_000,
    "thousand": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "m": 1_000_000,
    "mill": 1_000_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_BEFORE = {
    "€": "EUR",
    "£": "GBP",
    "$": "USD",
    "₹": "INR",
    "us$": "USD",
    "a$": "AUD",
    "nz$": "NZD",
    "c$": "CAD",
    "r": "ZAR",
}
_CODES = (
    *("EUR", "GBP", "USD", "CHF", "NZD", "AUD", "CAD", "ZAR", "INR", "SEK"),
    *("NOK", "DKK", "KES", "NGN", "SGD", "PLN", "CZK", "AED", "JPY"),
)
_AFTER = {
    "euro": "EUR",
    "pound": "GBP",
    "quid": "GBP",
    "sterling": "GBP",
    "buck": "USD",
    "dollar": "USD",
    "rupee": "INR",
    "rand": "ZAR",
    "naira": "NGN",
    "franc": "CHF",
}
"""What a spoken currency most likely is. Dollars of other countries, shillings and crowns name no one currency."""


class Amount(NamedTuple):
    """Characters `start` to `end` of a text are this much; `currency` is an ISO code, None where it was not said."""

    start: int
    end: int
    number: float
    currency: str | None

    @property
    def value(self) -> str:
        number = f"{self.number:.2f}".rstrip("0").rstrip(".")
        return f"{number} {self.currency}" if self.currency else number


@cache
def _amount() -> re.Pattern[str]:
    words = "|".join(sorted(_SMALL, key=len, reverse=True))
    codes = "|".join(_CODES).lower()
    begin = "|".join(sorted({word[:3] for word in (*_SMALL, "hundred", "point")}))
    return re.compile(  # of small letters alone, and looked at only where one may begin: five times as fast
        rf"""(?<![\w.,€£$₹])(?=[\d$€£₹]|(?:us|a|nz|c)\$|r\s?\d|(?:{codes})\b|an?\s|{begin})
        (?P<before>(?:us|a|nz|c)?\$|[€£₹]|r(?=\s?\d)|(?:{codes})\b)?\s?
        (?P<number>\d{{1,3}}(?:[ ,.'’]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?
            |(?:an?\s(?=hundred|thousand|million|grand))?
             (?:(?:{words}|hundred|point)\b(?:[\s-](?:and\s)?(?=(?:{words}|hundred|point|thousand|grand|k|lakh|mill|crore|billion)))?)+
        )
        (?:\s?(?P<times>thousand|grand|million|mill|mio|lakhs?|crores?|billion|bn|k|m)(?![\w]))?
        (?:\s?(?P<after>euros?|pounds?|quid|sterling|bucks?|dollars?|rupees?|rand|naira|francs?|shillings?|kroner|kronor
            |crowns?|{codes}|€|£|\$)(?!\w))?""",
        re.VERBOSE,
    )


def amounts(text: str, bare: bool = False) -> list[Amount]:
    """The amounts of money in a text. A number counts where a currency or a 'grand', 'thousand', 'k' stands with it.

    `bare`: every number counts ('they budgeted sixty').
    """
    found = []
    for hit in _amount().finditer(small(text)):
        before, times, after = hit["before"], hit["times"], hit["after"]
        if before == "r" and text[hit.start("before")] != "R":
            before = None
        money = before or after or (times and (times != "m" or "." in hit["number"]))
        if not (bare or money):
            continue
        number = _number(hit["number"])
        if number is None:
            continue
        start = hit.start("before") if before else hit.start("number")
        number *= _TIMES[times] if times else 1
        found.append(Amount(start, hit.end(), number, _currency(before, after)))
    return found


def _currency(before: str | None, after: str | None) -> str | None:
    for said in (before, after):
        if said is None:
            continue
        if said.upper() in _CODES:
            return said.upper()
        known = _BEFORE.get(said.lower()) or _AFTER.get(said.lower().removesuffix("s"))
        if known:
            return known
    return None


def _number(said: str) -> float | None:
    """'146'000' → 146000, '1.2' → 1.2, 'two hundred and ten' → 210, 'one point two' → 1.2; None for no number."""
    if said[0].isdigit():
        if re.fullmatch(r"\d{1,3}(?:[ ,.'’]\d{3})+", said):
            return float(re.sub(r"\D", "", said))
        return float(said.replace(",", "."))
    return spoken_number(said)


def spoken_number(said: str) -> float | None:
    """A number in words: 'two hundred and ten', 'eleven and a half' without the half, 'one point two'."""
    whole, _, point = said.lower().replace("-", " ").partition(" point ")
    total = 0
    last = 0
    for word in whole.split():
        if word in _SMALL:
            last += _SMALL[word]
        elif word == "hundred":
            last = (last or 1) * 100
        elif word in ("thousand", "grand", "k"):
            total, last = total + (last or 1) * 1000, 0
        elif word not in ("a", "an", "and"):
            return None
    decimals = "".join(str(_SMALL[word]) for word in point.split() if word in _SMALL and _SMALL[word] < 10)
    number = total + last
    if not number and said.split()[0] not in ("a", "an"):
        return None
    return float(f"{number or 1}.{decimals}") if decimals else float(number or 1)
