"""Days and periods as people say them → '2026-05-09' or '2026-05-21/2026-05-31', seen from the day of the touch.

    'Tuesday the fourth'  '14 June'  'by the end of Q3'  'next Thursday'  'KW 23'  'before Easter'  'mid August'

What is said looks ahead: 'March' in May is next year's. A day that cannot be told ('4/5', 'a fortnight after the AGM')
has a span and no value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from premortem.listening.small_letters import small

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_WEEKDAY_NUMBERS = {name[:3]: number for number, name in enumerate(_WEEKDAYS)}
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_ORDINALS = {word: number for number, word in enumerate((*_UNITS, *_TEENS), 1)}
_ORDINALS |= {"twentieth": 20, "thirtieth": 30}
_ORDINALS |= {f"twenty{gap}{unit}": 20 + n for n, unit in enumerate(_UNITS, 1) for gap in ("-", " ")}
_ORDINALS |= {f"thirty{gap}first": 31 for gap in ("-", " ")}
_ORDINALS |= {
    f"{ten}-{unit}": n for ten, unit, n in (("twenty", "one", 21), ("twenty", "two", 22), ("twenty", "six", 26))
}

_BEGIN = """
before by until till in after from since for of around say to on the this next coming last first second third fourth
end middle mid start beginning late early half back q kw calendar week tomorrow
good easter christmas xmas new thanksgiving memorial labor labour midsummer diwali whitsun pentecost halloween carnival
ramadan eid
"""
"""What else a day or period begins with, but for digits."""

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


class Said(NamedTuple):
    """Characters `start` to `end` of a text name a day or period; `exact` where it is one single day."""

    start: int
    end: int
    value: str | None
    exact: bool


@cache
def _pattern() -> re.Pattern[str]:
    months = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    months += "|nov(?:ember)?|dec(?:ember)?"
    days = r"mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs|r|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    words = [word.replace(" ", r"\s") for word in sorted(_ORDINALS, key=len, reverse=True)]
    nth, long = "|".join(words), "|".join(word for word in words if len(word) > 6)
    number = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{nth})"
    feast = (
        r"(?:good\sfriday|easter|christmas|xmas|new\syear(?:['’]s)?|thanksgiving|memorial\sday|lab(?:o|ou)r\sday|midsummer"
        r"|(?:the\s)?fourth\sof\sjuly|july\sfourth|diwali|whitsun|pentecost|halloween|carnival|ramadan|eid|the\sholidays"
        r"|the\s(?:summer|christmas|easter)\s(?:break|holidays)|half\sterm)"
    )
    part = r"(?:end|middle|mid|start|beginning|late|early|first\sweek|last\sweek|second\shalf|first\shalf|back\send)"
    begin = "|".join(sorted({word[:3] for word in (*_MONTHS, *_WEEKDAYS, *_ORDINALS, *_BEGIN.split())}))
    return re.compile(  # of small letters alone, and looked at only where one may begin: six times as fast
        rf"""\b(?=\d|{begin})(?:
          (?P<iso>20\d\d-\d\d-\d\d)
        | (?P<bound>(?:before|by|until|till)\s)?(?P<feast>{feast})
        | (?P<part>{part})[\s-](?:days\s)?(?:of|in)?\s?(?:the\s)?(?:(?P<pmonth>{months})|q(?P<pq>[1-4])
            |(?P<prel>(?:next|this|the)?\s?(?:week|month|quarter|year|summer|spring|autumn)))(?:\s(?P<pyear>20\d\d))?
        | (?:(?P<wday1>{days})[.,]?\s)?(?:the\s)?(?P<dom>{number})\s(?:of\s)?(?P<month>{months})
            (?:,?\s(?P<year>20\d\d))?
        | (?:(?P<wday2>{days})[.,]?\s)?(?P<month2>{months})[.,]?\s(?:the\s)?(?P<dom2>{number})(?![\d%:])
            (?:,?\s(?P<year2>20\d\d))?
        | (?P<wday3>{days})[.,]?\s(?:the\s)?(?P<dom3>{number})(?![\d%:.])
        | (?P<far>next|this|on|by|coming|last)\s(?P<wday4>{days})(?![.,]?\s(?:(?:the\s)?{number}|{months})\b)
        | (?P<wday5>monday|tuesday|wednesday|thursday|friday|saturday|sunday|thurs|tues|weds)(?:\s(?P<week>week))?
        | (?:q(?P<q>[1-4])|(?P<qnth>first|second|third|fourth)\squarter)(?:\s(?P<qyear>20\d\d))?
        | (?:kw|calendar\sweek|week)\s(?P<kw>[1-5]?\d)\b
        | (?P<soon>tomorrow|the\sday\safter\stomorrow)
        | (?P<rel>(?:next|this)\s(?:week|month|quarter|year|spring|summer|autumn|fall|winter|f(?:inancial|iscal)\syear))
        | (?:the|this|next)\s(?P<season>spring|summer|autumn)
        | (?:in|by|until|till|before|after|from|since|for|of|around|say|to|the)\s(?P<month4>{months})
            (?:\s(?P<year4>20\d\d))?(?!\s?\d)
        | (?P<month3>january|february|april|june|july|august|september|october|november|december)
            (?:\s(?P<year3>20\d\d))?
        | (?P<num>\d{{1,2}}[/.]\d{{1,2}}(?:[/.](?:20)?\d\d)?)(?![\d%])(?!\s(?:percent|million|k\b))
        | (?:on|until|by|before|after|from|for)\sthe\s(?P<dom4>{number})(?![\d%:.-]|\s(?:of\s)?(?:{months})\b)
        | the\s(?P<dom5>\d{{1,2}}(?:st|nd|rd|th)|{long})
            (?!\s(?:of\s)?(?:{months})\b)(?!\s(?:time|one|floor|round|question|year|person|thing|half|of\sus))
        )(?!\w)""",
        re.VERBOSE,
    )


def days_said(text: str, today: date) -> list[Said]:
    """The days and periods that a text names, in order. `today` is the day on which it was said."""
    return [
        Said(hit.start(), hit.end(), _written(span), span is not None and span[0] == span[1])
        for hit in _pattern().finditer(small(text))
        for span in (_resolved(hit, today),)
    ]


def bare_days(text: str, today: date) -> list[Said]:
    """A day said by its number alone where a sentence begins: 'Twenty-ninth works', 'yes, the 4th'.

    Only where days are being spoken of anyway does 'second' mean one.
    """
    hit = _bare().match(text)
    if hit is None:
        return []
    try:
        day = _coming_day(_number(hit["day"].lower()), today, None)
    except ValueError:
        return []
    return [Said(hit.start("day"), hit.end("day"), day.isoformat(), True)]


@cache
def _bare() -> re.Pattern[str]:
    nth = "|".join(sorted(_ORDINALS, key=len, reverse=True))
    return re.compile(
        rf"(?:(?:yes|yeah|yep|okay|ok|so|oh|right|and|then|by|the|um|uh|let['’]s say|no),?\s+){{0,3}}"
        rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{nth})(?!\w)(?!\s(?:time|one|of all|thing|floor|place|question)\b)",
        re.IGNORECASE,
    )


_Span = tuple[date, date]


def _written(span: _Span | None) -> str | None:
    if span is None:
        return None
    return span[0].isoformat() if span[0] == span[1] else f"{span[0].isoformat()}/{span[1].isoformat()}"


def _resolved(hit: re.Match[str], today: date) -> _Span | None:
    said = {key: text for key, text in hit.groupdict().items() if text}
    try:
        return _resolve(said, today)
    except ValueError:  # 'the thirtieth of February': said, and no day
        return None


def _resolve(said: dict[str, str], today: date) -> _Span | None:
    month = said.get("month") or said.get("month2")
    if "iso" in said:
        return _day(date.fromisoformat(said["iso"]))
    if "feast" in said:
        return _feast(said["feast"], today, bounded="bound" in said)
    if "part" in said:
        return _part(said, today)
    if month:
        year = said.get("year") or said.get("year2")
        return _day(_day_of_month(_number(said.get("dom") or said["dom2"]), _month(month), today, year))
    if dom := said.get("dom3") or said.get("dom4") or said.get("dom5"):
        return _day(_coming_day(_number(dom), today, said.get("wday3")))
    if weekday := said.get("wday4") or said.get("wday5"):
        return _weekday(weekday, said, today)
    if month := said.get("month3") or said.get("month4"):
        return _whole_month(_month(month), today, said.get("year3") or said.get("year4"))
    return _period(said, today)


def _period(said: dict[str, str], today: date) -> _Span | None:
    if quarter := said.get("q") or said.get("qnth"):
        number = int(quarter) if quarter.isdigit() else _ORDINALS[quarter]
        return _quarter(number, today, said.get("qyear"))
    if "kw" in said:
        monday = date.fromisocalendar(today.year, int(said["kw"]), 1)
        monday = (
            monday if monday >= today - timedelta(days=7) else date.fromisocalendar(today.year + 1, int(said["kw"]), 1)
        )
        return monday, monday + timedelta(days=4)
    if "soon" in said:
        return _day(today + timedelta(days=2 if "after" in said["soon"] else 1))
    if "season" in said:
        return _season(said["season"], today)
    if "rel" in said:
        return _relative(said["rel"], today)
    return _numeric(said["num"], today) if "num" in said else None


def _day(day: date) -> _Span:
    return day, day


def _number(said: str) -> int:
    word = re.sub(r"\s", " ", said)
    return _ORDINALS[word] if word in _ORDINALS else int(re.sub(r"\D", "", word))


def _month(said: str) -> int:
    return _MONTH_NUMBERS[said[:3]]


def _day_of_month(day: int, month: int, today: date, year: str | None) -> date:
    if year:
        return date(int(year), month, day)
    this = date(today.year, month, day)
    return this if this >= today - timedelta(days=45) else date(today.year + 1, month, day)


def _coming_day(day: int, today: date, weekday: str | None) -> date:
    """The next month that has this day, and where a weekday was said, the next in which it falls on that."""
    year, month = today.year, today.month
    first: date | None = None
    for _ in range(7):
        if day <= monthrange(year, month)[1]:
            there = date(year, month, day)
            if there >= today:
                first = first or there
                if weekday is None or there.weekday() == _weekday_number(weekday):
                    return there
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if first is None:
        raise ValueError(day)
    return first


def _weekday_number(said: str) -> int:
    return _WEEKDAY_NUMBERS[said[:3]]


def _weekday(said: str, all_said: dict[str, str], today: date) -> _Span:
    ahead = (_weekday_number(said) - today.weekday() - 1) % 7 + 1
    far = all_said.get("far")
    if far == "last":
        return _day(today - timedelta(days=7 - (ahead % 7)))
    if "week" in all_said or (far == "next" and today.weekday() + ahead <= 6):
        ahead += 7
    return _day(today + timedelta(days=ahead))


def _whole_month(month: int, today: date, year: str | None) -> _Span:
    number = int(year) if year else today.year + (month < today.month)
    return date(number, month, 1), date(number, month, monthrange(number, month)[1])


def _quarter(number: int, today: date, year: str | None) -> _Span:
    when = int(year) if year else today.year + (number < (today.month + 2) // 3)
    return date(when, 3 * number - 2, 1), date(when, 3 * number, monthrange(when, 3 * number)[1])


def _season(name: str, today: date) -> _Span:
    first, last = _SEASONS[name]
    year = today.year + (last < today.month)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _relative(said: str, today: date) -> _Span | None:
    which, _, unit = said.partition(" ")
    step = which == "next"
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
        return monday, monday + timedelta(days=4)
    if unit == "month":
        year, month = (today.year, today.month + step) if today.month + step <= 12 else (today.year + 1, 1)
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if unit == "quarter":
        quarter = (today.month + 2) // 3 + step
        return (
            _quarter(quarter - 4, today, str(today.year + 1))
            if quarter > 4
            else _quarter(quarter, today, str(today.year))
        )
    if unit == "year":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    return _season(unit, today) if unit in _SEASONS else None


def _part(said: dict[str, str], today: date) -> _Span | None:
    whole = None
    if "pmonth" in said:
        whole = _whole_month(_month(said["pmonth"]), today, said.get("pyear"))
    elif "pq" in said:
        whole = _quarter(int(said["pq"]), today, said.get("pyear"))
    elif "prel" in said:
        words = said["prel"].split()
        which = words[0] if words[0] in ("next", "this") else "this"
        whole = _relative(f"{which} {words[-1]}", today)
    if whole is None:
        return None
    third = max(1, (whole[1] - whole[0]).days // 3)
    part = re.sub(r"\s+", " ", said["part"])
    if part == "first week":
        return whole[0], whole[0] + timedelta(days=6)
    if part == "last week":
        return whole[1] - timedelta(days=6), whole[1]
    if part in ("end", "late", "back end", "second half"):
        return whole[1] - timedelta(days=third), whole[1]
    if part in ("middle", "mid"):
        return whole[0] + timedelta(days=third), whole[1] - timedelta(days=third)
    return whole[0], whole[0] + timedelta(days=third)


def _feast(name: str, today: date, bounded: bool) -> _Span | None:
    day = _next_feast(re.sub(r"\s+", " ", name), today)
    if day is None:
        return None
    return (min(today, day), day) if bounded else _day(day)


def _next_feast(name: str, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        day = _feast_in(name, year)
        if day is None or day >= today:
            return day
    return None


def _feast_in(name: str, year: int) -> date | None:
    """The day of a feast that the calendar tells; None for those that follow the moon or the school."""
    if name in ("christmas", "xmas", "the holidays", "the christmas break", "the christmas holidays"):
        return date(year, 12, 25)
    if name.startswith("new year"):
        return date(year, 1, 1)
    if "july" in name:
        return date(year, 7, 4)
    if name == "halloween":
        return date(year, 10, 31)
    if name == "easter" or name == "good friday":
        return _easter(year) - timedelta(days=2 * (name == "good friday"))
    if name in ("whitsun", "pentecost"):
        return _easter(year) + timedelta(days=49)
    if name == "midsummer":
        return date(year, 6, 24)
    if name == "thanksgiving":
        return _nth_weekday(year, 11, 3, 4)
    if name.startswith("lab"):
        return _nth_weekday(year, 9, 0, 1)
    if name == "memorial day":
        return max(date(year, 5, day) for day in range(25, 32) if date(year, 5, day).weekday() == 0)
    return None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian rule, as Meeus, Jones and Butcher wrote it down."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _numeric(said: str, today: date) -> _Span | None:
    """'28/5' and '4/30' tell their month; '4/5' does not."""
    first, second, *year = (int(number) for number in re.split(r"[/.]", said))
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if first > 12 or first == second else (second, first)
    if month > 12 or day > 31 or not month or not day:
        return None
    return _day(_day_of_month(day, month, today, str(2000 + year[0] % 100) if year else None))
