"""The columns of one table by what they tell, and their cells read: text, moments, numbers, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable

from premortem.importing.mapped.mapping import Names, Part, listed
from premortem.importing.mapped.survey import Survey
from premortem.importing.tables.sheet import NotTaken, Sheet, Told
from premortem.importing.tables.styles import EMPTY, Days, Moment, Numbers

DAYS = ("created", "modified", "planned_close", "ended", "at", "day", "done_at")
NUMBERS = ("amount", "end_amount", "micros")
IDS = frozenset({"id", "deal", "contact", "user", "account", "owner", "people", "same_as"})
"""What may be the id of a record."""
QUOTED = re.compile(r'="(.*)"$')
BROKEN = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|WERT|BEZUG|NV)[!?]?$", re.IGNORECASE)
YES = frozenset({"1", "true", "yes", "y", "t", "ja", "oui", "sí", "si", "wahr", "vrai", "x", "won", "closed"})
NO = frozenset({"0", "false", "no", "n", "f", "nein", "non", "falsch", "faux", "open"})


class Columns:
    """A table and the part of a mapping that reads it. Cells that can't be read are told, once each."""

    def __init__(self, sheet: Sheet, part: Part, survey: Survey, told: Told) -> None:
        self.sheet, self._told = sheet, told
        self._same_id = survey.same_id
        self._said: set[tuple[int, int]] = set()
        self.at: dict[str, int] = {}
        for field in part.__struct_fields__:
            names: Names = getattr(part, field)
            if field not in ("table", "needs", "fields", "called", "form", "not_done", "models"):
                place = next((found for name in listed(names) if (found := sheet.place(name)) is not None), None)
                if place is not None:
                    self.at[field] = place
        days = [place for field, place in self.at.items() if field in DAYS]
        numbers = [place for field, place in self.at.items() if field in NUMBERS]
        survey.look(sheet, days, numbers)
        self._days: dict[int, Days] = {place: survey.days(sheet, place) for place in days}
        self._numbers: dict[int, Numbers] = {place: survey.numbers(sheet, place) for place in numbers}

    def has(self, *fields: str) -> bool:
        return all(field in self.at for field in fields)

    def text(self, line: int, cells: list[str], field: str) -> str:
        """'' where the column is not there, the cell holds nothing, or what it holds is a formula."""
        place = self.at.get(field)
        value = "" if place is None else self.cell(line, cells, place)
        return self._same_id(value) if value and field in IDS else value

    def cell(self, line: int, cells: list[str], place: int) -> str:
        value = cells[place].strip()
        if value[:1] not in ("=", "#"):
            return "" if value.lower() in EMPTY else value
        if quoted := QUOTED.match(value):
            return quoted[1]
        if value[0] == "=" and len(value) > 1:
            why = "a formula stands here, and nobody computed it"
            self.odd(line, cells, place, why, "Copy the column and paste it as values, then export it again.")
            return ""
        if BROKEN.match(value):
            self.odd(line, cells, place, "an error of the spreadsheet stands here", "Write the value itself.")
            return ""
        return value

    def moment(self, line: int, cells: list[str], field: str) -> Moment | None:
        value = self.text(line, cells, field)
        if not value:
            return None
        place = self.at[field]
        style = self._days[place]
        found = style.read(value)
        if found is None:
            why, remedy = _no_day(value, style)
            self.odd(line, cells, place, why, remedy)
        return found

    def number(self, line: int, cells: list[str], field: str) -> float | None:
        value = self.text(line, cells, field)
        if not value:
            return None
        place = self.at[field]
        found = self._numbers[place].read(value)
        if found is None or found != found or found in (float("inf"), float("-inf")):
            why = "this is no number as the others of its column are: it may stand in the wrong column"
            self.odd(line, cells, place, why, "Write it as the others are written, or shift the row's cells back.")
            return None
        return found

    def truth(self, line: int, cells: list[str], field: str) -> bool | None:
        value = self.text(line, cells, field).casefold()
        return True if value in YES else False if value in NO else None

    def odd(self, line: int, cells: list[str], place: int, why: str, remedy: str, whole: bool = False) -> None:
        if (line, place) in self._said:
            return
        self._said.add((line, place))
        file, column = self.sheet.file, self.sheet.header[place]
        self._told(NotTaken(file, line, column, cells[place], why, remedy, whole, tuple(cells)))

    def refuse(self, line: int, cells: list[str], field: str, why: str, remedy: str) -> None:
        """Tell that a whole row is not taken, because of one of its cells."""
        place = self.at.get(field)
        if place is None:
            self._told(NotTaken(self.sheet.file, line, "", "", why, remedy, True, tuple(cells)))
        else:
            self.odd(line, cells, place, why, remedy, whole=True)


def _no_day(value: str, style: Days) -> tuple[str, str]:
    if not any(one.isdigit() for one in value):
        why = "this is no day: a cell may be missing before it, so that the row is shifted"
        return why, "Shift the row's cells back, or write the day."
    if style.order in ("open", "both"):
        return "which part of it is the month can't be told", "Write it as YYYY-MM-DD."
    return f"this is no day that there is, {style.order}", "Write it as YYYY-MM-DD."


def columns_of(sheets: Iterable[Sheet], part: Part, survey: Survey, told: Told) -> list[Columns]:
    """The tables that this part of a mapping reads; several of the same kind are one below the other."""
    return [Columns(sheet, part, survey, told) for sheet in sheets if part.fits(sheet)]
