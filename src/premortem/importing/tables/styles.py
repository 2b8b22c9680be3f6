"""Cells → moments and numbers, in the one style that a column keeps.

The style is found from the column's own cells. Where nothing in it shows which part of 03/04/2024 is the month, or
whether 1.234 is more than a thousand, the style stays open, and whoever imports is asked: a guess would be wrong in
silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from msgspec import Struct

from premortem.ledger.fold import noon

Order = Literal["year first", "day first", "month first", "open", "both"]
"""`open`: nothing shows which; `both`: some cells show one and some the other."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier enero gennaio",
            "feb februar february février febrero febbraio",
            "mar mär märz march mars marzo",
            "apr april avril abril aprile",
            "may mai mayo maggio",
            "jun juni june juin junio giugno",
            "jul juli july juillet julio luglio",
            "aug august août agosto",
            "sep sept september septembre septiembre settembre",
            "oct okt oktober october octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec dez dezember december décembre diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}
_CLOCK = r"(?:,?[T ]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?)?"
PARTS = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_CLOCK}\s*$")
YEARS = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}\s*$")
NAMED = re.compile(
    r"(?:[^\W\d]+,\s*)?(?:(\d{1,2})(?:st|nd|rd|th)?\.?[- ]([^\W\d]+)\.?|([^\W\d]+)\.?[- ](\d{1,2})(?:st|nd|rd|th)?)"
    r",?[- ]"
    rf"(\d{{4}}|\d{{2}}){_CLOCK}\s*$"
)
SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?$")
"""A day as Excel counts them, from 1954 to 2119."""
EPOCH = re.compile(r"1\d{12}$")
"""Milliseconds since 1970, as HubSpot's interface writes a moment."""
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 12, 31, tzinfo=UTC)
EMPTY = frozenset({"", "-", "--", "—", "n/a", "na", "null", "none", "nil", "(blank)", "(no value)", "undefined"})
"""Cells that hold nothing."""


class Moment(Struct, frozen=True):
    """When something was; a day alone stands at noon UTC of it."""

    at: datetime
    day_only: bool


class Days(Struct):
    """How a column writes days. `zoned`: its times say their zone; `serial`: Excel's numbers stand in it."""

    order: Order
    example: str = ""
    zoned: bool = False
    timed: bool = False
    serial: bool = False
    zone: tzinfo = UTC

    def read(self, cell: str) -> Moment | None:
        """None for a cell that is no day in this style, or none that is."""
        try:
            found = self._read(cell)
            return found if found is not None and EARLIEST <= found.at <= LATEST else None
        except (ValueError, OverflowError):
            return None

    def _read(self, cell: str) -> Moment | None:
        if cell[4:5] == "-":
            if len(cell) == 10:
                return Moment(noon(date.fromisoformat(cell)), True)
            try:
                return self._zoned(datetime.fromisoformat(cell.removesuffix(" UTC").replace(" +", "+")))
            except ValueError:
                pass
        if found := YEARS.match(cell):
            return self._told(int(found[1]), int(found[2]), int(found[3]), found.groups()[3:])
        if found := PARTS.match(cell):
            one, other, year = int(found[1]), int(found[2]), _year(found[3])
            if self.order in ("open", "both") and one != other and max(one, other) <= 12:
                return None
            day_first = self.order == "day first" if max(one, other) <= 12 else one > 12
            month, day = (other, one) if day_first else (one, other)
            return self._told(year, month, day, found.groups()[3:])
        if (found := NAMED.match(cell)) and (month := MONTHS.get((found[2] or found[3]).lower(), 0)):
            return self._told(_year(found[5]), month, int(found[1] or found[4]), found.groups()[5:])
        if EPOCH.match(cell):
            return Moment(datetime.fromtimestamp(int(cell) / 1000, UTC), False)
        if self.serial and SERIAL.match(cell):
            return self._counted(float(cell.replace(",", ".")))
        return None

    def _told(self, year: int, month: int, day: int, clock: tuple[str | None, ...]) -> Moment:
        hour, minute, second, half = clock
        if hour is None:
            return Moment(noon(date(year, month, day)), True)
        hours = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
        return self._zoned(datetime(year, month, day, hours, int(minute or 0), int(second or 0)))  # noqa: DTZ001

    def _counted(self, days: float) -> Moment:
        moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))  # noqa: DTZ001  a spreadsheet's day
        return Moment(noon(moment.date()), True) if moment.time() == time.min else self._zoned(moment)

    def _zoned(self, moment: datetime) -> Moment:
        known = moment if moment.tzinfo is not None else moment.replace(tzinfo=self.zone)
        return Moment(known.astimezone(UTC), False)


def _year(told: str) -> int:
    year = int(told)
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def found_days(cells: Iterable[str], zone: tzinfo = UTC) -> Days:
    """The style of a column of days, by all of its cells that are not empty."""
    shows: set[Order] = set()
    style = Days("year first", zone=zone)
    filled = serials = 0
    unclear = ""
    for cell in cells:
        filled += 1
        if cell[4:5] == "-" or YEARS.match(cell) or EPOCH.match(cell):
            style.example = style.example or cell
            style.timed = style.timed or len(cell) > 10
            style.zoned = style.zoned or bool(re.search(r"(Z|UTC|GMT|[+-]\d\d:?\d\d)$", cell[10:]))
        elif found := PARTS.match(cell):
            one, other = int(found[1]), int(found[2])
            style.example = cell if one > 12 or other > 12 else style.example or cell
            style.timed = style.timed or found[4] is not None
            if one > 12 or other > 12:
                shows.add("day first" if one > 12 else "month first")
            elif "." in cell[:3] and cell.count(".") >= 2:
                shows.add("day first")  # with points the day always comes first
            else:
                unclear = cell
        elif SERIAL.match(cell):
            serials += 1
            style.example = style.example or cell
        elif NAMED.match(cell):
            style.example = style.example or cell
    style.serial = serials > 0.5 * filled
    style.order = "both" if len(shows) == 2 else shows.pop() if shows else "open" if unclear else "year first"
    return style


CURRENCIES = {"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "R$": "BRL", "zł": "PLN", "₩": "KRW", "₺": "TRY"}
"""Signs that stand for one currency; '$', '¥' and 'kr' stand for several, so they say nothing sure."""
CODE = re.compile(r"\b([A-Z]{3})\b")
NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][-+]?\d+)?$")
_MONEY = re.compile(r"R\$|zł|kr\.?|[$€£¥₹₽₩₺%\s'’\u00a0\u202f_]|\b[A-Z]{3}\b")


class Numbers(Struct):
    """How a column writes numbers: what parts decimals, None where nothing shows it."""

    decimal: Literal[".", ",", "both"] | None
    example: str = ""

    def read(self, cell: str) -> float | None:
        """None for a cell that is no number in this style."""
        try:
            return float(cell)
        except ValueError:
            pass
        told = _bare(cell)
        if told is None or (self.decimal in (None, "both") and _shows(told) == "either"):
            return None
        comma = _shows(told) == "," if self.decimal in (None, "both") else self.decimal == ","
        if _shows(told) not in ("", "either", "," if comma else "."):
            return None
        try:
            return float(told.replace(".", "").replace(",", ".") if comma else told.replace(",", ""))
        except ValueError:
            return None


def found_numbers(cells: Iterable[str]) -> Numbers:
    """The style of a column of numbers, by all of its cells that are not empty."""
    shown: set[str] = set()
    example = unclear = ""
    for cell in cells:
        told = _bare(cell)
        shows = _shows(told) if told is not None else ""
        if shows == "either":
            unclear = cell
        elif shows:
            shown.add(shows)
            example = example or cell
        else:
            example = example or (cell if told is not None else "")
    if len(shown) == 2:
        return Numbers("both", example)
    return Numbers("," if "," in shown else "." if shown or not unclear else None, example or unclear)


def _bare(cell: str) -> str | None:
    """A number without its currency and its grouping blanks; None where it is none."""
    told = _MONEY.sub("", cell)
    if told.startswith("(") and told.endswith(")"):
        told = "-" + told[1:-1]
    if told.endswith("-"):
        told = "-" + told[:-1]
    return told if NUMBER.match(told) else None


def _shows(told: str) -> str:
    """What parts decimals in this number: '.', ',', '' for neither, 'either' where it may be one or the other."""
    comma, point = told.rfind(","), told.rfind(".")
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    if comma < 0 and point < 0:
        return ""
    mark, other = (",", ".") if comma >= 0 else (".", ",")
    if told.count(mark) > 1:
        return other  # it groups thousands
    behind = len(told) - max(comma, point) - 1
    before = max(comma, point) - (told[:1] in "-+")
    return "either" if behind == 3 and 1 <= before <= 3 and told.lstrip("-+")[0] != "0" else mark


def currency_in(cell: str) -> str | None:
    """The currency that an amount names for sure: '€ 5.000' is EUR; '$ 5,000' may be one of many."""
    for sign, code in CURRENCIES.items():
        if sign in cell:
            return code
    found = CODE.search(cell)
    return found[1] if found else None
