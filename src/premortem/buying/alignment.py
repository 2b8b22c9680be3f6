"""Who agrees on what: on the problem, on the solution, on the timing. Who says nothing agrees to nothing.

A purchase waits for the last of the three and the last of the people; a yes of one is no yes of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from premortem.ledger.entries import Agreement, Hash, PersonId

On = Literal["problem", "solution", "timing"]
ON: tuple[On, ...] = get_args(On)
QUESTIONS: dict[On, str] = {
    "problem": "Do you see the problem as it is written here?",
    "solution": "Is this the way to solve it, as far as you can tell today?",
    "timing": "Is this the time to do it?",
}


class Cell(NamedTuple):
    """What one person says of one thing; `agrees` is None where nobody knows."""

    on: On
    agrees: bool | None
    words: Hash | None
    told: bool
    """Whether anybody told at all: 'not sure' is an answer, silence is none."""


class Row(NamedTuple):
    person: PersonId
    cells: tuple[Cell, ...]


def matrix(people: Iterable[PersonId], said: Mapping[tuple[PersonId, str], Agreement]) -> list[Row]:
    """Each of these people with a cell for each of the three things."""
    return [Row(one, tuple(_cell(on, said.get((one, on))) for on in ON)) for one in people]


def _cell(on: On, said: Agreement | None) -> Cell:
    return Cell(on, None, None, False) if said is None else Cell(on, said.agrees, said.words, True)


def not_told(rows: Iterable[Row]) -> int:
    """How many cells nobody has said anything of."""
    return sum(not cell.told for row in rows for cell in row.cells)
