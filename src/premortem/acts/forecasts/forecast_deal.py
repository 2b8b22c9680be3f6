"""Forecast of one deal: its gates, what each method says and why, what would move it, and how it came to stand there.

forecast_deal(ledger, deal, rules, today, by)    the document that `premortem forecast DEAL --json` prints
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.forecasts.forecast import would_change
from premortem.acts.forecasts.forecast_basis import Basis, Standing, basis
from premortem.acts.forecasts.forecast_history import Moment, history_of
from premortem.acts.forecasts.forecast_moves import moves
from premortem.acts.forecasts.forecast_numbers import numbers, period_end
from premortem.acts.forecasts.forecast_shown import DealNumbers, Rests, WouldChange, deal_numbers, rests
from premortem.acts.forecasts.gates import GatesDocument, gates_of_deal
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.forecasting.settling import Settled, reasons, settled
from premortem.forecasting.weeks import seen, weeks_until
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.store import Ledger

MOST = 5


class ReasonShown(Struct, frozen=True):
    """A piece of evidence, and how much it adds to the log odds of winning, against the firm's average open deal."""

    says: str
    adds: float


class SettledShown(Struct, frozen=True):
    """An unknown, and the chance to be won by the day if it is so, and if it is not."""

    says: str
    if_so: float
    if_not: float


class DealForecast(Struct, frozen=True):
    """One open deal by a day. `speaks_for`, `speaks_against` and `settled` are empty where nothing was learned; then
    `would_move` still tells what each unknown gate would change. `history` begins with the oldest."""

    day: date
    by: date
    rests: Rests
    numbers: DealNumbers
    gates: GatesDocument
    speaks_for: list[ReasonShown]
    speaks_against: list[ReasonShown]
    settled: list[SettledShown]
    would_move: list[WouldChange]
    history: list[Moment]
    schema: str = "premortem.deal-forecast/1"


def forecast_deal(
    ledger: Ledger, deal: str, rules: Rules | None = None, today: date = date.max, by: date | None = None
) -> DealForecast:
    """An open deal as it stands on `today`, by the end of the day `by` (the quarter's, unless given).

    Raises Unknown for a deal that is not there, that has ended, or for a day that is not to come.
    """
    rules, by = rules or rules_of(ledger), by or period_end(today)
    told = list(ledger.store.read_each(ledger.store.deals()))
    entries = seen(next((all_ for name, all_ in told if name == deal), []), today)
    _open(entries, deal, today)
    known = basis(told, today, rules)
    one = next((standing for standing in known.standing if standing.deal.id == deal), None)
    if one is None:
        raise Unknown(
            f"nobody knows since when '{deal}' is open", "Enter in the CRM when it was created, and import it."
        )
    return _document(ledger, known, one, entries, by, rules)


def _open(entries: Sequence[Entry], deal: str, today: date) -> None:
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    outcome = deal_as_of(entries, end_of(today)).outcome
    if outcome is not None:
        ended = f"'{deal}' has ended: {outcome[1].status.replace('_', ' ')} on {outcome[0].date()}"
        raise Unknown(ended, f"`premortem replay {deal}` goes through it touch by touch.")


def _document(
    ledger: Ledger, known: Basis, one: Standing, entries: Sequence[Entry], by: date, rules: Rules
) -> DealForecast:
    witness = Witness(one.deal, ledger.contents)
    good, bad = reasons_of(known, one)
    return DealForecast(
        day=known.day,
        by=by,
        rests=rests(known),
        numbers=deal_numbers(numbers(known, by, [one])[0], known.day),
        gates=gates_of_deal(entries, ledger.contents, known.day, rules),
        speaks_for=good,
        speaks_against=bad,
        settled=[SettledShown(*each) for each in settled_of(known, one, by)[:MOST]],
        would_move=[would_change(ledger, one, move, witness) for move in moves(one)],
        history=history_of(known, one, entries, by, witness, rules.playbook.cadence),
    )


def reasons_of(known: Basis, one: Standing) -> tuple[list[ReasonShown], list[ReasonShown]]:
    if known.learned.hazards_ is None:
        return [], []
    good, bad = reasons(known.learned, one.age, one.evidence)
    return [ReasonShown(*each) for each in good], [ReasonShown(*each) for each in bad]


def settled_of(known: Basis, one: Standing, by: date) -> list[Settled]:
    if known.learned.hazards_ is None:
        return []
    return settled(known.learned, one.age, one.evidence, weeks_until(known.day, by))
