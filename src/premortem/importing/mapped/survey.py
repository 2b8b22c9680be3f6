"""In which styles an export writes its days and numbers, found before anything is read for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, tzinfo
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.mapped.mapping import Mapping
from premortem.importing.tables.sheet import Sheet, nobody
from premortem.importing.tables.styles import EMPTY, Days, Numbers, found_days, found_numbers
from premortem.ledger.case_safe import case_safe

Kind = Literal["days", "numbers"]
SAMPLE = 3_000
"""Rows that are looked at first; the rest only where these leave something open."""


class StyleFound(Struct, frozen=True):
    """How a column is read, and an example; `asks` where the data leave it open, and the import has to be told."""

    file: str
    column: str
    style: str
    example: str
    asks: str = ""


class Survey:
    """The styles of the columns that a mapping names, each looked at once."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self.same_id: Callable[[str], str] = case_safe if mapping.ids == "salesforce" else str
        """How an id is written, where there are several ways."""
        self.zone: tzinfo = ZoneInfo(mapping.time_zone) if mapping.time_zone else UTC
        self.found: list[StyleFound] = []
        self._days: dict[tuple[str, int], Days] = {}
        self._numbers: dict[tuple[str, int], Numbers] = {}

    def look(self, sheet: Sheet, days: Sequence[int], numbers: Sequence[int]) -> None:
        """Find the styles of these columns of a sheet."""
        days = [place for place in days if (sheet.file, place) not in self._days]
        numbers = [place for place in numbers if (sheet.file, place) not in self._numbers]
        sample = list(islice(sheet.rows(nobody), SAMPLE))
        for place in days:
            self._days[sheet.file, place] = found_days(_filled(iter(sample), place), self.zone)
        for place in numbers:
            self._numbers[sheet.file, place] = found_numbers(_filled(iter(sample), place))
        self._look_further(sheet, days, numbers, len(sample) == SAMPLE)
        self._help_each_other(sheet, days, numbers)
        self._note(sheet, days, numbers)

    def days(self, sheet: Sheet, place: int) -> Days:
        return self._days[sheet.file, place]

    def numbers(self, sheet: Sheet, place: int) -> Numbers:
        return self._numbers[sheet.file, place]

    def settle(self) -> None:
        """Raises Unreadable for the first column whose style the data leave open, and nobody has told."""
        for one in self.found:
            if one.asks:
                raise Unreadable(one.file, f"column '{one.column}'", one.style, one.asks)

    def _look_further(self, sheet: Sheet, days: list[int], numbers: list[int], more: bool) -> None:
        """All rows, for columns of which the first ones leave the style open."""
        for place in days if more else ():
            if self._days[sheet.file, place].order in ("open", "day first", "month first"):
                self._days[sheet.file, place] = found_days(_filled(sheet.rows(nobody), place), self.zone)
        for place in numbers if more else ():
            if self._numbers[sheet.file, place].decimal is None:
                self._numbers[sheet.file, place] = found_numbers(_filled(sheet.rows(nobody), place))

    def _help_each_other(self, sheet: Sheet, days: list[int], numbers: list[int]) -> None:
        """A file is written by one program: what one of its columns shows holds for those that show nothing."""
        orders = {self._days[sheet.file, place].order for place in days} & {"day first", "month first"}
        for place in days:
            style = self._days[sheet.file, place]
            if style.order in ("open", "both") and self._mapping.days:
                style.order = self._mapping.days  # type: ignore[assignment]  # checked on reading
            elif style.order == "open" and len(orders) == 1:
                style.order = next(iter(orders))
        decimals = {self._numbers[sheet.file, place].decimal for place in numbers} & {".", ","}
        for place in numbers:
            number = self._numbers[sheet.file, place]
            if number.decimal in (None, "both") and self._mapping.decimals:
                number.decimal = self._mapping.decimals  # type: ignore[assignment]  # as above
            elif number.decimal is None and len(decimals) == 1 and "," in decimals | {"."}:
                number.decimal = next(iter(decimals))

    def _note(self, sheet: Sheet, days: list[int], numbers: list[int]) -> None:
        for place in days:
            style = self._days[sheet.file, place]
            if style.example:
                self.found.append(_day_style(sheet, place, style, self._mapping))
        for place in numbers:
            number = self._numbers[sheet.file, place]
            if number.example:
                self.found.append(_number_style(sheet, place, number))


def _day_style(sheet: Sheet, place: int, style: Days, mapping: Mapping) -> StyleFound:
    column = sheet.header[place]
    if style.order == "open":
        why = f"nothing shows which part of {style.example} is the month"
        asks = 'Write days = "day first" or "month first" into a mapping (see --preview), and name it with --mapping.'
        return StyleFound(sheet.file, column, why, style.example, asks)
    if style.order == "both":
        told = "days and months change places from row to row: only those are taken that are sure"
        return StyleFound(sheet.file, column, told, style.example)
    told = "days as Excel counts them" if style.serial else f"days, {style.order}"
    if style.timed:
        zone = "with their zone" if style.zoned else f"taken as {mapping.time_zone or 'UTC'}"
        told += f", times {zone}"
    return StyleFound(sheet.file, column, told, style.example)


def _number_style(sheet: Sheet, place: int, number: Numbers) -> StyleFound:
    column = sheet.header[place]
    if number.decimal is None:
        why = f"nothing shows whether {number.example} is more than a thousand"
        asks = 'Write decimals = "." or decimals = "," into a mapping (see --preview), and name it with --mapping.'
        return StyleFound(sheet.file, column, why, number.example, asks)
    if number.decimal == "both":
        told = "some numbers part decimals by a point and some by a comma: only those are taken that are sure"
        return StyleFound(sheet.file, column, told, number.example)
    called = "point" if number.decimal == "." else "comma"
    return StyleFound(sheet.file, column, f"numbers, decimals parted by a {called}", number.example)


def _filled(rows: Iterator[tuple[int, list[str]]], place: int) -> Iterator[str]:
    for _, cells in rows:
        cell = cells[place].strip()
        if cell.lower() not in EMPTY:
            yield cell
