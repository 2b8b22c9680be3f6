"""A meeting that repeats → the days on which it took place (RFC 5545, 3.3.10), as far as calls are held so.

Daily, weekly (on several weekdays), monthly on the same day or the n-th weekday, yearly: what calendars offer in their
first menu. Of a rule beyond these only the first meeting is taken, and that is said.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from premortem.importing.calendar.zones import read_time

MOST = 1_000
"""Meetings of one series: nineteen years of weeks."""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "BYMONTHDAY", "BYMONTH"})


def occurrences(start: datetime, rule: str) -> list[datetime] | None:
    """The moments of a series, its first among them; None for a rule that is not understood."""
    told = {}
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        told[name.strip().upper()] = value.strip().upper()
    moments = _moments(start, told)
    if moments is None or not told.keys() <= _KNOWN:
        return None
    try:
        count = min(int(told.get("COUNT", MOST)), MOST)
    except ValueError:
        return None
    if count < 1:
        return None
    until = read_time(told["UNTIL"], None) if "UNTIL" in told else None
    if "UNTIL" in told and until is None:
        until = read_time(f"{told['UNTIL']}Z", None)
    found = []
    try:
        for moment in islice(moments, count):
            over = moment.astimezone(UTC) > until if isinstance(until, datetime) else until and moment.date() > until
            if over:
                break
            found.append(moment)
    except (OverflowError, ValueError):  # the next would be after the last day that a computer counts
        pass
    return found


def _moments(start: datetime, told: dict[str, str]) -> Iterator[datetime] | None:
    by_day = [one for one in told.get("BYDAY", "").split(",") if one]
    try:
        step = max(1, int(told.get("INTERVAL", "1")))
        same_day = told.get("BYMONTHDAY", str(start.day)) == str(start.day)
        same_month = told.get("BYMONTH", str(start.month)) == str(start.month)
    except ValueError:
        return None
    match told.get("FREQ"):
        case "DAILY" if not by_day and same_day and "BYMONTH" not in told:
            return (start + timedelta(days=step * number) for number in range(MOST))
        case "WEEKLY" if set(by_day) <= set(DAYS) and "BYMONTH" not in told:
            return _weekly(start, step, sorted(DAYS.index(one) for one in by_day) or [start.weekday()])
        case "MONTHLY" if same_day and "BYMONTH" not in told:
            return _monthly(start, step, by_day)
        case "YEARLY" if same_day and same_month and not by_day:
            return _monthly(start, 12 * step, [])
        case _:
            return None


def _weekly(start: datetime, step: int, weekdays: list[int]) -> Iterator[datetime]:
    monday = start - timedelta(days=start.weekday())
    for week in range(MOST):
        for weekday in weekdays:
            moment = monday + timedelta(days=7 * step * week + weekday)
            if moment >= start:
                yield moment


def _monthly(start: datetime, step: int, by_day: list[str]) -> Iterator[datetime]:
    for number in range(MOST):
        months = start.month - 1 + step * number
        year, month = start.year + months // 12, months % 12 + 1
        if year > start.year + 100:
            return
        day = start.day if not by_day else nth_weekday(year, month, by_day[0])
        if day is not None and day <= calendar.monthrange(year, month)[1]:
            moment = start.replace(year=year, month=month, day=day)
            if moment >= start:
                yield moment


def nth_weekday(year: int, month: int, told: str) -> int | None:
    """The day of '2TU', the second Tuesday, or '-1FR', the last Friday."""
    weekday, number = told[-2:], told[:-2]
    if weekday not in DAYS or not number.lstrip("+-").isdigit():
        return None
    days = [week[DAYS.index(weekday)] for week in calendar.monthcalendar(year, month)]
    days = [one for one in days if one]
    at = int(number)
    return days[at - 1 if at > 0 else at] if 0 < abs(at) <= len(days) else None
