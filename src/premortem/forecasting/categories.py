"""Where a deal stands on the forecast, by its gates alone, and what its entry says: an amount, a window, the evidence.

    commit            every gate is passed
    best case         the money and the buyer's own date are there, nothing has failed; what is unknown is an assumption
    pipeline          the buyer talks to us, and the money is not denied
    not on forecast   it is not budgeted, or no buyer was ever heard, or it has ended

The stage has no part in it, and neither has any number. What the buyer did not say is an assumption, and named as one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from msgspec import Struct

from premortem.forecasting.gate import Gate, Gates
from premortem.forecasting.key_facts import by_the_buyer, dated, key_facts
from premortem.ledger.deal import Deal
from premortem.ledger.deciding import day_of_their_own
from premortem.ledger.entries import FactId, Forecast
from premortem.ledger.norms import Norms
from premortem.ledger.saying import listed, on

Category = Literal["commit", "best_case", "pipeline", "not_on_forecast"]
CATEGORIES: tuple[Category, ...] = ("commit", "best_case", "pipeline", "not_on_forecast")
CALLED: dict[Category, str] = {
    "commit": "commit",
    "best_case": "best case",
    "pipeline": "pipeline",
    "not_on_forecast": "not on the forecast",
}
GATE_CALLED = {
    "budget": "a budget",
    "category": "this purchase in it",
    "money_when": "when the money is there",
    "champion": "a champion with power",
    "two_sources": "two sources for each key fact",
    "fresh": "evidence of this season",
    "buyers_date": "the buyer's own date",
}
METHOD = "gates"


class Placed(NamedTuple):
    """The category, why it is that one, and what has to be done next, where it is something else than a question."""

    category: Category
    because: str
    task: str | None = None


class OnForecast(Struct, frozen=True):
    """What an entry on the forecast says. `window` is the first and last day in which it is to close; `amount` is in
    the deal's own currency; `evidence` are the facts that passed gates rest on."""

    amount: float | None
    currency: str | None
    window: tuple[date, date]
    by_the_buyer: bool
    """Whether the window is the buyer's own; if not, it is an assumption from the cycle."""
    evidence: tuple[FactId, ...]
    assumptions: tuple[str, ...]
    theirs_passed: date | None = None
    """The last day that the buyer named, where it has passed."""


def category(gates: Gates, deal: Deal) -> Placed:
    """Where a deal stands on the forecast. It follows from the gates, from nothing else."""
    if deal.outcome is not None:
        return Placed("not_on_forecast", f"it has ended: {deal.outcome[1].status.replace('_', ' ')}")
    if gates.of("budget").state == "failed":
        return Placed("not_on_forecast", "it is not budgeted", "get into the budget")
    if not deal.closest_buyers:
        return Placed("not_on_forecast", "no buyer was ever heard", "get to speak with the buyer")
    failed, unknown = gates.in_state("failed"), gates.in_state("unknown")
    if not failed and not unknown:
        return Placed("commit", f"all {len(gates.gates)} gates are passed")
    if not failed and gates.of("budget").state == gates.of("buyers_date").state == "passed":
        return Placed("best_case", f"the money and their date are there; not known: {_named(unknown)}")
    because = [f"it fails on {_named(failed)}"] if failed else []
    because += [f"not known: {_named(unknown)}"] if unknown else []
    return Placed("pipeline", "; ".join(because))


def _named(some: tuple[Gate, ...]) -> str:
    return listed(GATE_CALLED[gate.name] for gate in some)


def entry(gates: Gates, deal: Deal, norms: Norms) -> OnForecast:
    """What a deal's entry on the forecast says, every assumption in it named."""
    window, theirs, why = _window(gates, deal, norms)
    currency = deal.opened.currency if deal.opened else None
    assumed = [*why, *_amount_assumed(deal, currency)]
    assumed += [f"{GATE_CALLED[gate.name]}: {gate.says}" for gate in gates if gate.state == "unknown"]
    return OnForecast(deal.amount, currency, window, theirs, gates.facts, tuple(assumed), _passed(deal))


def forecast(gates: Gates, deal: Deal, norms: Norms) -> Forecast:
    """The entry as the ledger keeps it: by the end of the window, without a probability, since gates give none."""
    told, placed = entry(gates, deal, norms), category(gates, deal)
    return Forecast(
        method=METHOD,
        by=told.window[1],
        category=placed.category,
        amount=told.amount,
        evidence=told.evidence,
        assumptions=told.assumptions,
    )


def _window(gates: Gates, deal: Deal, norms: Norms) -> tuple[tuple[date, date], bool, list[str]]:
    """The buyer's own days; else, honestly wide, from the short end of a won deal's life to the long end."""
    today = deal.as_of.date()
    theirs = day_of_their_own(deal)
    told = dated(key_facts(deal)["the buyer's date"].words) if theirs is None or theirs < today else (theirs, theirs)
    if gates.of("buyers_date").state == "passed" and told is not None:
        return (max(told[0], today), told[1]), True, []
    began = (deal.created or deal.as_of).date()
    low, high = (timedelta(days=norm.value) for norm in (norms.cycle_days_low, norms.cycle_days_high))
    first, last = max(today, began + low), began + high
    if last <= today:
        last = today + timedelta(days=norms.cycle_days.value)
        why = f"the window is a guess: it is older than the long end of a cycle ({norms.cycle_days_high.source})"
        return (today, last), False, [why]
    why = f"the window {on(first)} to {on(last)} is from the length of a cycle ({norms.cycle_days_low.source})"
    return (first, last), False, [why]


def _passed(deal: Deal) -> date | None:
    """The buyer's last day, if it is behind us: whoever named one did not name none."""
    told, theirs = dated(key_facts(deal)["the buyer's date"].words), day_of_their_own(deal)
    last = max((one for one in (told[1] if told else None, theirs) if one is not None), default=None)
    return last if last is not None and last < deal.as_of.date() else None


def _amount_assumed(deal: Deal, currency: str | None) -> list[str]:
    """What of the amount is our own row's word: all of it, unless the buyer named a sum that covers it."""
    if deal.amount is None:
        return ["no amount is known"]
    sums = [money for known in by_the_buyer(deal, "budget_confirmed") if (money := _money(known.fact.value))]
    if not sums:
        return [f"the amount of {deal.amount:,.0f} is our own row's; the buyer named no sum"]
    named, in_what = sums[-1]
    if in_what and currency and in_what != currency:
        return [f"the amount is in {currency}, and the buyer spoke of {named:,.0f} {in_what}"]
    if named < deal.amount:
        return [f"the amount of {deal.amount:,.0f} is our own row's; the buyer spoke of {named:,.0f}"]
    return []


def _money(value: str | None) -> tuple[float, str | None] | None:
    """'11000 USD' as a number and its currency; None where it is no sum."""
    number, _, in_what = (value or "").partition(" ")
    try:
        return float(number), in_what or None
    except ValueError:
        return None
