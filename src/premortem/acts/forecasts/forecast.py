"""Forecast: all open deals by a day; the period's sum as a distribution, the categories, and what would change them.

forecast(ledger, rules, today, by)      the document that `premortem forecast --json` prints
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from premortem.acts.forecasts.forecast_basis import Basis, Standing, basis, standing_of
from premortem.acts.forecasts.forecast_moves import Move, moves
from premortem.acts.forecasts.forecast_numbers import Numbers, numbers, outlook, period_end
from premortem.acts.forecasts.forecast_shown import (
    AtStake,
    CategoryShown,
    ChangedShown,
    ForecastDocument,
    SlippedShown,
    TotalShown,
    WouldChange,
    deal_numbers,
    rests,
)
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Witness
from premortem.forecasting.categories import CATEGORIES
from premortem.forecasting.methods import CALLED, EVER, METHODS
from premortem.forecasting.totals import UNCHANGED_DAYS, by_week, coverage, slips
from premortem.forecasting.weeks import WEEK, seen, week_ends
from premortem.ledger.entries import Entry
from premortem.ledger.store import Ledger

MOST = 5
"""Deals that are named as those whose evidence would change most."""
A_WEEK = timedelta(days=WEEK)


def forecast(
    ledger: Ledger,
    rules: Rules | None = None,
    today: date = date.max,
    by: date | None = None,
    wanted: dict[str, float] | None = None,
) -> ForecastDocument:
    """All open deals as they stand on `today`, by the end of the day `by` (the quarter's, unless given).

    `wanted` is what the period is to bring, by currency. Raises Unknown for a day that is not to come.
    """
    rules, by = rules or rules_of(ledger), by or period_end(today)
    told = list(ledger.store.read_each(ledger.store.deals()))
    known = basis(told, today, rules)
    found = numbers(known, by)
    return ForecastDocument(
        day=today,
        by=by,
        open=len(found),
        rests=rests(known),
        totals=totals(known, found, by, wanted or {}),
        categories=_categories(known.standing),
        deals=[deal_numbers(one, today) for one in sorted(found, key=_place)],
        would_change_most=would_change_most(ledger, known.standing),
        changed=changed(ledger, dict(told), known, rules),
        slipped=_slipped(known),
    )


def _place(told: Numbers) -> tuple[int, float, str]:
    one = told.one
    return CATEGORIES.index(one.placed.category), -(one.deal.amount or 0.0), one.deal.id


def totals(known: Basis, found: Sequence[Numbers], by: date, wanted: dict[str, float]) -> list[TotalShown]:
    """The period's total in each currency; currencies are never added up."""
    currencies = sorted({told.one.currency for told in found})
    return [
        _total(known, [one for one in found if one.one.currency == each], by, wanted.get(each)) for each in currencies
    ]


def _total(known: Basis, found: Sequence[Numbers], by: date, wanted: float | None) -> TotalShown:
    counted = [told for told in found if _on_it(told)]
    standing = [told.one for told in counted]
    amounts = [one.deal.amount or 0.0 for one in standing]
    ahead = outlook(known, by, standing)
    fan = []
    if ahead is not None and standing:
        ends = week_ends(known.day, by)
        fan = by_week(amounts, ahead.won_by_week(), known.together.value, ends)
    backed = sum(amount * _passed(one) for amount, one in zip(amounts, standing, strict=True))
    return TotalShown(
        currency=found[0].one.currency,
        deals=len(counted),
        without_amount=sum(one.deal.amount is None for one in standing),
        open_amount=sum(amounts),
        left_out=sum(told.one.deal.amount or 0.0 for told in found if not _on_it(told)),
        fan=fan,
        at_stake=_at_stake(counted, fan[-1].expected if fan else None),
        rests_on_evidence=backed,
        wanted=wanted,
        coverage=coverage(wanted, backed) if wanted is not None else None,
    )


def _on_it(told: Numbers) -> bool:
    return told.one.placed.category != "not_on_forecast"


def _passed(one: Standing) -> float:
    return len(one.gates.in_state("passed")) / len(one.gates.gates)


def _at_stake(counted: Sequence[Numbers], at_base: float | None) -> list[AtStake]:
    """What each method expects. While single deals get no number, the base rate still holds for all of them."""
    found = []
    for method in (one for one in METHODS if one not in EVER):
        said = [(told.one.deal.amount or 0.0, told.chances[method].won) for told in counted]
        numbered = [amount * won for amount, won in said if won is not None]
        expected, deals = (sum(numbered), len(numbered)) if numbered else (None, 0)
        if method == "base_rate" and not numbered and at_base is not None:
            expected, deals = at_base, len(counted)
        found.append(AtStake(method, CALLED[method], expected, deals, len(counted)))
    return found


def _categories(standing: Sequence[Standing]) -> list[CategoryShown]:
    found = []
    for category in CATEGORIES:
        there = [one for one in standing if one.placed.category == category]
        amounts: dict[str, float] = {}
        for one in there:
            if one.deal.amount is not None:
                amounts[one.currency] = amounts.get(one.currency, 0.0) + one.deal.amount
        found.append(CategoryShown(category, len(there), dict(sorted(amounts.items()))))
    return found


def would_change_most(ledger: Ledger, standing: Iterable[Standing]) -> list[WouldChange]:
    """One unknown of each deal, the one that moves it furthest; by amount times how far."""
    best = [(one, found[0]) for one in standing if (found := [move for move in moves(one) if move.moves])]
    best.sort(key=lambda pair: (-(pair[0].deal.amount or 0.0) * pair[1].steps, pair[0].deal.id))
    return [would_change(ledger, one, move) for one, move in best[:MOST]]


def would_change(ledger: Ledger, one: Standing, move: Move, witness: Witness | None = None) -> WouldChange:
    """What would move a deal, with names put back."""
    witness = witness or Witness(one.deal, ledger.contents)
    opened = one.deal.opened
    return WouldChange(
        deal=one.deal.id,
        name=one.deal.name,
        amount=one.deal.amount,
        currency=opened.currency if opened else None,
        unknown=move.called,
        now=move.now,
        if_so=move.if_so,
        if_not=move.if_not,
        ask=witness.sentence(move.ask) if move.ask else None,
        to=witness.name(move.to),
    )


def changed(ledger: Ledger, told: dict[str, list[Entry]], known: Basis, rules: Rules) -> list[ChangedShown]:
    """Open deals that stand elsewhere than a week ago, and the touches we learned of since."""
    before = known.day - A_WEEK
    found = []
    for now in known.standing:
        then_seen = seen(told[now.deal.id], before)
        then = standing_of(then_seen, before, now.norms, rules.playbook.cadence)
        if then is None or then.placed.category == now.placed.category:
            continue
        witness, had = Witness(now.deal, ledger.contents), {touch.id for touch in then.deal.touches}
        came = [witness.touch_name(touch.id) for touch in now.deal.touches if touch.id not in had]
        line = ChangedShown(
            now.deal.id, now.deal.name, then.placed.category, now.placed.category, now.placed.because, came
        )
        found.append(line)
    return found


def _slipped(known: Basis) -> SlippedShown:
    found = [(one.deal.id, slips(one.deal, known.day)) for one in known.standing]
    return SlippedShown(
        deals=sum(one.times > 0 for _, one in found),
        times=sum(one.times for _, one in found),
        unchanged=[deal for deal, one in found if one.stale],
        unchanged_for_days=UNCHANGED_DAYS,
    )
