"""Record forecasts when they are made, so that they can be held against the end: a rep's own call, and every method's.

call(…)                what a rep says of a deal
record_forecasts(…)    what each method says of every open deal today; once a day and method
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from premortem.acts.forecasts.forecast_basis import Standing, basis
from premortem.acts.forecasts.forecast_numbers import numbers, period_end
from premortem.acts.playbook import Rules, rules_of
from premortem.errors import Unknown
from premortem.forecasting.categories import CATEGORIES, Category, entry
from premortem.forecasting.methods import Chance
from premortem.ledger.entries import Entry, Forecast
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.store import Ledger, MovedOn

REP = "rep"


class Recorded(Struct, frozen=True):
    """How many forecasts were written on `day` for the day `by`, of so many open deals; `before` were there already."""

    day: date
    by: date
    deals: int
    written: int
    before: int
    schema: str = "premortem.recorded/1"


def call(
    ledger: Ledger, deal: str, by: date, who: str, now: datetime, won: float | None = None, category: str | None = None
) -> Forecast:
    """Enter a rep's own call: the chance to win by a day, a category, or both. The newest call counts.

    Raises Unknown for a deal that is not open, a day that is past, a chance outside 0..1, or for no call at all.
    """
    entries = ledger.store.read(deal)
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    known = deal_as_of(entries, end_of(now.date()))
    if known.outcome is not None:
        raise Unknown(f"'{deal}' has ended", "A call can be made on an open deal only.")
    if by < now.date():
        raise Unknown(f"{by} is past", "Name a day to come: --by YYYY-MM-DD.")
    if won is None and category is None:
        raise Unknown("a call needs a chance or a category", "Give --won 0.6, or --category commit, or both.")
    if won is not None and not 0 <= won <= 1:
        raise Unknown(f"{won} is no chance", "Give a number from 0 to 1, as --won 0.6.")
    said = Forecast(REP, by, _category(category) if category else None, known.amount, won)
    _append(ledger, Entry(deal, now, now, f"user:{who}", said))
    return said


def _category(told: str) -> Category:
    name = told.strip().casefold().replace(" ", "_").replace("-", "_")
    found = next((one for one in CATEGORIES if one == name), None)
    if found is None:
        raise Unknown(f"'{told}' is no category", f"There are: {', '.join(CATEGORIES)}.")
    return found


def _append(ledger: Ledger, one: Entry) -> None:
    ledger.store.append([one])
    ledger.reading.refresh(one.deal)


def record_forecasts(
    ledger: Ledger, who: str, now: datetime, rules: Rules | None = None, by: date | None = None
) -> Recorded:
    """Write down what each method says today of every open deal, unless it was written today; the rep's own calls are
    entries already. Raises Unknown for a day that is not to come."""
    today = now.date()
    rules, by = rules or rules_of(ledger), by or period_end(today)
    told = list(ledger.store.read_each(ledger.store.deals()))
    known = basis(told, today, rules)
    written = before = 0
    found = numbers(known, by)
    for one in found:
        said = [_entry(one.one, chance, by) for chance in one.chances.values() if _tells(chance)]
        new = _write(ledger, one.one.deal.id, said, who, now)
        written, before = written + new, before + len(said) - new
    return Recorded(today, by, len(found), written, before)


def _tells(chance: Chance) -> bool:
    return chance.method != REP and (chance.won is not None or chance.category is not None)


def _entry(one: Standing, chance: Chance, by: date) -> Forecast:
    """`evidence` and `assumptions` are those of the gates: what the buyer said, and what nobody did."""
    told = entry(one.gates, one.deal, one.norms)
    return Forecast(
        method=chance.method,
        by=by,
        category=one.placed.category if chance.category is not None else None,
        amount=one.deal.amount,
        won=chance.won,
        lost=chance.lost,
        no_decision=chance.no_decision,
        interval=chance.interval,
        evidence=told.evidence if chance.method in ("gates", "learned") else (),
        assumptions=told.assumptions if chance.method == "gates" else (),
    )


def _write(ledger: Ledger, deal: str, said: Sequence[Forecast], who: str, now: datetime) -> int:
    """Append what was not written today. Where the deal got new entries meanwhile, it is looked at once more."""
    while True:
        entries = ledger.store.read(deal)
        done = _written_on(entries, now.date())
        fresh = [Entry(deal, now, now, f"user:{who}", each) for each in said if each.method not in done]
        if not fresh:
            return 0
        try:
            ledger.store.append(fresh, after=len(entries))
        except MovedOn:
            continue
        ledger.reading.refresh(deal)
        return len(fresh)


def _written_on(entries: Iterable[Entry], day: date) -> set[str]:
    return {one.body.method for one in entries if isinstance(one.body, Forecast) and one.at.date() == day}
