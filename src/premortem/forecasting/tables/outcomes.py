"""How each deal of a table ended: which column says it, and which of its values mean won, lost, and not ended yet."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from premortem.errors import Unreadable
from premortem.forecasting.tables.mapping import Mapping, plain
from premortem.forecasting.tables.reading import Table
from premortem.forecasting.tables.values import as_days


def _words(told: str) -> frozenset[str]:
    return frozenset(told.split("|"))


WON = _words(
    "won|win|closed won|close won|closedwon|deal won|sold|signed|order|ordered|success|successful|accepted|approved|"
    "converted|customer|gewonnen|auftrag|gagné|gagne|gagnée|ganado|ganada|vinto|vinta|ganho|ganha|wygrana|wygrany|"
    "vundet|vunnen|vunnet|voitettu|выиграна|成約|受注|赢单"
)
LOST = _words(
    "lost|loss|lose|closed lost|close lost|closedlost|deal lost|no decision|closed no decision|closed other|"
    "disqualified|unqualified|abandoned|cancelled|canceled|rejected|declined|dead|dropped|churned|not won|withdrawn|"
    "failed|verloren|absage|perdu|perdue|perdido|perdida|perso|persa|przegrana|tabt|förlorad|tapt|hävitty|проиграна|"
    "失注|输单"
)
FIRST_WON = _words("won|gewonnen|gagné|gagnée|ganado|ganada")
FIRST_LOST = _words("lost|verloren|perdu|perdue|perdido|perdida")
BEFORE = _words("closed|close|deal|geschlossen|fermé|fermée|cerrado|cerrada")
"""May stand before these: 'Closed Lost: no budget'."""
YES, NO = _words("1|true|yes|y|t|ja|oui|si|sí|sim"), _words("0|false|no|n|f|nein|non|não|nao")
SAYS_WON = _words(
    "won|is won|iswon|win|closed won|is closed won|deal won|converted|is converted|success|sold|outcome|target|label|"
    "y|result|purchased|signed|won flag|gewonnen"
)
LIKELY_NAMES = ("outcome", "status", "result", "stage", "deal status", "state", "won")
END_NUMBERS = 8
"""How many of a column's values a message names."""


class Outcomes(NamedTuple):
    """Each row's end: True won, False lost, None not ended. `values` says which of the column's were taken as what."""

    column: str
    ended: list[bool | None]
    values: dict[str, list[str]]
    until: list[date | None] | None = None
    """For wins within so many days: the day on which that time had passed, for wins too, else early ones seem more."""


def find_outcomes(table: Table, mapping: Mapping) -> Outcomes:
    """By the mapping, else by the words that firms use. Raises Unreadable where no column tells, or all end alike."""
    if mapping.won_date:
        found = _won_within(table, mapping)
    else:
        column = mapping.outcome or _column(table)
        found = _read(table, column, mapping)
    won, lost = found.ended.count(True), found.ended.count(False)
    if not won or not lost:
        missing = "won" if not won else "lost"
        told = ", ".join(f"'{value}'" for value, _ in Counter(table.column(found.column)).most_common(END_NUMBERS))
        raise Unreadable(
            table.file,
            f"column '{found.column}'",
            f"none of its values means {missing}; it holds {told}",
            f'Say which do in a TOML file, {missing} = ["…"], and name it with --columns FILE.',
        )
    return found


def _column(table: Table) -> str:
    """The column whose filled cells are most often a word for won or lost, both of which occur."""
    best, most = None, 0.0
    for name in table.header:
        told = [_meaning(value, name) for value in table.column(name)]
        won, lost = told.count(True), told.count(False)
        if won and lost:
            named = plain(name) in SAYS_WON or any(one in plain(name) for one in LIKELY_NAMES)
            fit = (won + lost) / len(told) + named
            if fit > most:
                best, most = name, fit
    if best is None:
        raise Unreadable(table.file, "line 1", _nothing_found(table), _remedy(table))
    return best


def _nothing_found(table: Table) -> str:
    return f"no column says which deals were won and which lost (columns: {', '.join(table.header)})"


def _remedy(table: Table) -> str:
    days = [
        name
        for name in table.header
        if set(plain(name).split()) & {"won", "win", "signed"} and as_days(table.column(name)) is not None
    ]
    if days:
        told = f'won_date = "{days[0]}" and within_days = 30 (won if within so many days of its start)'
    else:
        told = 'outcome = "the column", won = ["its values that mean won"], lost = ["…"]'
    return f"Write {told} into a TOML file, and name it with --columns FILE."


def _meaning(value: str, column: str) -> bool | None:
    """What a cell says where nobody told what it means."""
    words = plain(value)
    words = words.strip("0123456789 ") or words
    if words in WON:
        return True
    if words in LOST:
        return False
    first, *then = words.removeprefix(words.split()[0] if _is_before(words) else "").split() or [""]
    if first in FIRST_WON | FIRST_LOST and then[:1] != ["t"]:
        return first in FIRST_WON
    if plain(column) in SAYS_WON:
        number = words.removesuffix(" 0") if words in ("1 0", "0 0") else words
        return True if number in YES else False if number in NO else None
    return None


def _is_before(words: str) -> bool:
    return bool(words) and words.split()[0] in BEFORE


def _read(table: Table, column: str, mapping: Mapping) -> Outcomes:
    told: dict[str, bool | None] = {
        plain(value): end for end, values in ((True, mapping.won), (False, mapping.lost)) for value in values
    }
    told |= {plain(value): None for value in mapping.open}
    cells = table.column(column)
    meaning: dict[str, bool | None] = {}
    for value in dict.fromkeys(cells):
        if mapping.won and mapping.lost:
            meaning[value] = told.get(plain(value))
        else:
            meaning[value] = told.get(plain(value), _meaning(value, column) if plain(value) not in told else None)
    values: dict[str, list[str]] = {"won": [], "lost": [], "open": []}
    for value, end in meaning.items():
        values["won" if end else "open" if end is None else "lost"].append(value)
    return Outcomes(column, [meaning[cell] for cell in cells], values)


def _won_within(table: Table, mapping: Mapping) -> Outcomes:
    """Won if the day lies at most so long after the start; open as long as that time has not passed."""
    column, days = str(mapping.won_date), mapping.within_days or 0
    start = as_days(table.column(mapping.start), mapping.day_first) if mapping.start else None
    won_on = as_days(table.column(column), mapping.day_first)
    if start is None or won_on is None:
        which = column if won_on is None else mapping.start or "start"
        raise Unreadable(
            table.file, f"column '{which}'", "it holds no days", "Name with start and won_date columns of days."
        )
    last = max(day for day in (*start, *won_on) if day is not None)
    limit = timedelta(days=days)
    ended: list[bool | None] = []
    until: list[date | None] = []
    for began, on in zip(start, won_on, strict=True):
        ended.append(_end(began, on, last, limit))
        until.append(None if began is None else began + limit)
    says = {
        "won": [f"within {days} days of {mapping.start}"],
        "lost": ["later, or never"],
        "open": ["too young to tell"],
    }
    return Outcomes(column, ended, says, until)


def _end(began: date | None, on: date | None, last: date, limit: timedelta) -> bool | None:
    if began is None:
        return None
    if on is not None:
        return on <= began + limit
    return False if began + limit <= last else None
