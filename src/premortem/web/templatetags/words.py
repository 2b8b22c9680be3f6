"""How pages write numbers, days and names of checks, in the manner of the member who reads them."""

from __future__ import annotations

import re
from datetime import date, datetime

from django import template

from premortem.acts.looking.norms import CALLED as NORMS_CALLED
from premortem.acts.witness import Cited
from premortem.checks.called import called
from premortem.learning.intervals import Interval
from premortem.ledger.claims import CLAIMS
from premortem.web.manner import day_written, moment_written, month_written, written

register = template.Library()


@register.filter
def plain(name: str) -> str:
    """'economic_buyer_unmet' as people say it."""
    return str(name).replace("_", " ")


@register.filter
def check_named(name: str) -> str:
    """'economic_buyer_unmet' in plain words: 'nobody has met whoever signs'."""
    return called(str(name))


@register.filter
def norm_named(name: str) -> str:
    """'winner_fades_days' in plain words."""
    return NORMS_CALLED.get(name, (plain(name), ""))[0]


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """'1,234', or with places behind the point; nothing where there is no number."""
    return "" if value is None else written(value, places)


@register.filter
def figure(value: float | None) -> str:
    """'0.55', '14': as many places as it has, at most two; nothing where there is none."""
    return "" if value is None else written(value, next(n for n in (0, 1, 2) if n == 2 or round(value, n) == value))


@register.filter
def percent(share: float | None) -> str:
    """0.43 as '43%'; nothing where there is no share."""
    return "" if share is None else f"{written(share * 100)}%"


@register.filter
def points(more: Interval) -> str:
    """'+20 points (+2 to +38)': how far one share is above another, with its interval."""
    value, low, high = (
        f"{'+' if end >= 0 else '−'}{written(abs(end) * 100)}" for end in (more.value, more.low, more.high)
    )
    return f"{value} points ({low} to {high})"


@register.filter
def money(amount: float | None, currency: str | None = None) -> str:
    """'480,000 EUR'; nothing where there is no amount."""
    return "" if amount is None else f"{written(amount)} {currency or ''}".strip()


@register.filter
def day(moment: date | datetime | str | None) -> str:
    """'5 Mar 2026'."""
    if not moment:
        return ""
    return day_written(_read(moment) if isinstance(moment, str) else moment)


@register.filter
def moment(at: datetime | str | None) -> str:
    """'5 Mar 2026, 14:30'."""
    if not at:
        return ""
    return moment_written(datetime.fromisoformat(at) if isinstance(at, str) else at)


@register.filter
def month(of: date | str | None) -> str:
    """'2026-11' as 'Nov 2026'."""
    if not of:
        return ""
    return month_written(date.fromisoformat(f"{of[:7]}-01") if isinstance(of, str) else of)


@register.filter
def said_on(cited: Cited) -> str:
    """When words were said: '4 Mar 2025, 5:35 into the call', or the day alone; nothing where they were erased."""
    into = "" if cited.start is None else f", {_clock(cited.start)} into the call"
    return f"{day(cited.day or cited.at)}{into}"


@register.filter(is_safe=True)
def in_words(text: str) -> str:
    """'call of 2026-03-05' as 'call of 5 Mar 2026'."""
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda found: day(found.group()), text)


@register.filter
def comes_to(value: str, claim: str) -> str:
    """What a fact comes to, as people write it: its day or period, its amount or number, or its words."""
    kind = CLAIMS[claim].value or "" if claim in CLAIMS else ""
    try:
        if "day" in kind or re.fullmatch(r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?", value):
            first, _, last = value.partition("/")
            return " to ".join(dict.fromkeys(day(one) for one in (first, last) if one))
        if kind in ("the amount", "the number"):
            amount, _, currency = value.partition(" ")
            return money(float(amount), currency)
    except ValueError:
        return value
    return plain(value)


def _clock(seconds: int) -> str:
    """'5:35', '1:02:03'."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"


def _read(text: str) -> date | datetime:
    if "," in text:  # '2026-03-05, 00:02:27 in': the day, and how far into a call
        text = text.partition(",")[0]
    return date.fromisoformat(text) if len(text) <= len("2026-03-05") else datetime.fromisoformat(text)
