"""How a deal came to stand where it stands: what was recorded of it, and which touches moved it.

A touch moves a deal where its category, or its learned number by five points, is another after it. The deal is looked
at as it could be known then, by what is learned today: so a move is the deal's own, never the model's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.forecasts.forecast_basis import Basis, Standing
from premortem.acts.witness import Witness
from premortem.forecasting.cadence import cadence_of
from premortem.forecasting.categories import category
from premortem.forecasting.evidence import evidence_of
from premortem.forecasting.gates import gates
from premortem.forecasting.methods import CALLED
from premortem.forecasting.settling import chance_to_win
from premortem.forecasting.weeks import WEEK, weeks_until
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import Entry, Forecast
from premortem.ledger.fold import history

MOVED = 0.05


class Moment(Struct, frozen=True):
    """A day on which a forecast was recorded (by `method`), or a touch moved the deal (`touch`, with why).

    `won` is the chance to be won by `by`, null where there was none.
    """

    on: date
    by: date
    category: str | None
    won: float | None
    method: str | None
    called: str | None
    touch: str | None
    why: str | None


def history_of(
    known: Basis, one: Standing, entries: Sequence[Entry], by: date, witness: Witness, cadence: str | None
) -> list[Moment]:
    """In the order of time; of one day, what moved the deal first."""
    found = [*_moved(known, one, entries, by, witness, cadence), *_recorded(entries)]
    return sorted(found, key=lambda moment: (moment.on, moment.touch is None))


def _recorded(entries: Sequence[Entry]) -> Iterator[Moment]:
    for each in entries:
        if isinstance(told := each.body, Forecast):
            called = CALLED.get(told.method, told.method)
            yield Moment(each.at.date(), told.by, told.category, told.won, told.method, called, None, None)


def _moved(
    known: Basis, one: Standing, entries: Sequence[Entry], by: date, witness: Witness, cadence: str | None
) -> Iterator[Moment]:
    stood: str | None = None
    had: float | None = None
    for touch, then in history(entries):
        found = gates(then, one.norms, cadence_of(one.norms, cadence))
        placed, won = category(found, then), _won(known, one, touch, then, by)
        moved = won is not None and (had is None or abs(won - had) >= MOVED)
        if placed.category != stood or moved:
            name = witness.touch_name(touch.id)
            yield Moment(touch.at.date(), by, placed.category, won, None, None, name, placed.because)
            stood, had = placed.category, won


def _won(known: Basis, one: Standing, touch: DealTouch, then: Deal, by: date) -> float | None:
    """The chance to be won by the day, as today's model would have said it after a touch."""
    began = one.deal.created
    if known.learned.hazards_ is None or began is None:
        return None
    age = max(0, (touch.at.date() - began.date()).days // WEEK)
    weeks = weeks_until(touch.at.date(), by)
    return chance_to_win(known.learned, age, evidence_of(then, one.norms), weeks)
