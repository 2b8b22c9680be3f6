"""How pages write numbers, days and names of checks, in the manner of the member who reads them."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from premortem.learning.intervals import Interval
from premortem.web.manner import day_written, moment_written, written

register = template.Library()


@register.filter
def plain(name: str) -> str:
    """'economic_buyer_unmet' as people say it."""
    return str(name).replace("_", " ")


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


def _read(text: str) -> date | datetime:
    if "," in text:  # '2026-03-05, 00:02:27 in': the day, and how far into a call
        text = text.partition(",")[0]
    return date.fromisoformat(text) if len(text) <= len("2026-03-05") else datetime.fromisoformat(text)
