"""What `premortem forecast --json` prints of all open deals, and how its lines are made."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from premortem.acts.forecasts.forecast_basis import Basis
from premortem.acts.forecasts.forecast_numbers import Numbers
from premortem.forecasting.categories import CALLED as CATEGORY_CALLED
from premortem.forecasting.methods import CALLED, ENOUGH_CLOSED, EVER, Chance
from premortem.forecasting.totals import FanWeek, slips
from premortem.ledger.saying import counted

CATEGORY: dict[str, str] = dict(CATEGORY_CALLED.items())
"""How a category is spoken of."""


class RateShown(Struct, frozen=True):
    """A share with the ends of its 90% interval, of so many deals."""

    value: float
    low: float
    high: float
    of: int


class MethodShown(Struct, frozen=True):
    """A method's word on a deal. Probabilities are in 0..1, by the document's day, and null where it gives none; `low`
    and `high` are the 90% interval of `won`. The stage is labelled as no evidence. Where `ever`, `won` is the share won
    ever, of those that ended, not by the day."""

    method: str
    called: str
    says: str
    won: float | None
    lost: float | None
    no_decision: float | None
    low: float | None
    high: float | None
    category: str | None
    evidence: bool
    ever: bool


class DealNumbers(Struct, frozen=True):
    """An open deal on the forecast. `stands` names the method whose number counts; null where none gives one.

    `slipped` is how often our close was moved later, by `slipped_days`; `unchanged_days` since its row last changed.
    """

    id: str
    name: str
    account: str
    amount: float | None
    currency: str | None
    planned_close: date | None
    category: str
    because: str
    task: str | None
    gates_passed: int
    gates_failed: int
    gates_unknown: int
    stands: str | None
    methods: list[MethodShown]
    slipped: int
    slipped_days: int
    unchanged_days: int | None


class AtStake(Struct, frozen=True):
    """What a method that forecasts by the day expects the period to bring: the amounts of `deals` (of all `of`), each
    times its chance."""

    method: str
    called: str
    expected: float | None
    deals: int
    of: int


class TotalShown(Struct, frozen=True):
    """A period's total in one currency, from the deals on the forecast.

    `open_amount` is their whole amount, `left_out` that of deals not on the forecast. `fan` is the sum won by the end
    of each week, the last one the period's. `rests_on_evidence` is their amount, each times the share of its gates
    passed; `coverage` is that by `wanted`, where somebody said what is wanted.
    """

    currency: str
    deals: int
    without_amount: int
    open_amount: float
    left_out: float
    fan: list[FanWeek]
    at_stake: list[AtStake]
    rests_on_evidence: float
    wanted: float | None
    coverage: float | None

    @property
    def end(self) -> FanWeek | None:
        return self.fan[-1] if self.fan else None


class CategoryShown(Struct, frozen=True):
    """How many deals stand in a category, and their amounts by currency."""

    category: str
    deals: int
    amounts: dict[str, float]


class WouldChange(Struct, frozen=True):
    """An unknown that would move a deal, and the question that would settle it; categories `if_so` and `if_not`."""

    deal: str
    name: str
    amount: float | None
    currency: str | None
    unknown: str
    now: str
    if_so: str
    if_not: str
    ask: str | None
    to: str | None


class ChangedShown(Struct, frozen=True):
    """A deal that stands elsewhere than a week before, and the touches that came in between."""

    deal: str
    name: str
    before: str
    now: str
    why: str
    touches: list[str]


class SlippedShown(Struct, frozen=True):
    """Open deals whose close was moved later, how often in all, and those in whose row nothing changed for long."""

    deals: int
    times: int
    unchanged: list[str]
    unchanged_for_days: int


class Rests(Struct, frozen=True):
    """On what the numbers rest. `signal` is false where closed deals teach no more than the base rate, null where they
    are too few to say. `correlation` is how strongly deals are won together, `correlation_source` whence that is."""

    closed: int
    needed: int
    base_rate: RateShown | None
    signal: bool | None
    says: list[str]
    correlation: float
    correlation_source: str


class ForecastDocument(Struct, frozen=True):
    """All open deals. `schema` changes when a field's meaning does."""

    day: date
    by: date
    open: int
    rests: Rests
    totals: list[TotalShown]
    categories: list[CategoryShown]
    deals: list[DealNumbers]
    would_change_most: list[WouldChange]
    changed: list[ChangedShown]
    slipped: SlippedShown
    schema: str = "premortem.forecast/1"


def rests(basis: Basis) -> Rests:
    """On what a day's numbers rest, in words first."""
    rate, learned = basis.rate, basis.learned
    says = [_base_rate_told(basis)] if rate else ["No deal has ended yet, so there is no rate to go by."]
    if basis.closed >= ENOUGH_CLOSED:
        says.append(f"{learned.why_[:1].upper()}{learned.why_[1:]}.")
    if basis.unclear:
        says.append(f"{_deals(basis.unclear)} ended nobody knows how: not counted.")
    if basis.undated:
        says.append(f"{_deals(basis.undated)} left out: nobody knows since when they are open.")
    return Rests(
        closed=basis.closed,
        needed=ENOUGH_CLOSED,
        base_rate=RateShown(*rate) if rate else None,
        signal=learned.hazards_ is not None if learned.compared_ is not None else None,
        says=says,
        correlation=basis.together.value,
        correlation_source=basis.together.source,
    )


def _base_rate_told(basis: Basis) -> str:
    rate = basis.rate
    assert rate is not None
    won = round(rate.value * rate.of)
    told = f"Of {counted(rate.of, 'deal')} that ended, {won} {'was' if won == 1 else 'were'} won: {rate.value:.0%}"
    told += f" (90% interval {rate.low:.0%} to {rate.high:.0%})"
    if basis.enough:
        return f"{told}."
    return f"{told}. From {ENOUGH_CLOSED} on, each deal gets a number of its own; until then go by its evidence."


def _deals(count: int) -> str:
    return "1 deal" if count == 1 else f"{count} deals"


def method_shown(chance: Chance) -> MethodShown:
    """A method's word, with its name as people say it."""
    low, high = chance.interval or (None, None)
    return MethodShown(
        method=chance.method,
        called=CALLED[chance.method],
        says=chance.says,
        won=chance.won,
        lost=chance.lost,
        no_decision=chance.no_decision,
        low=low,
        high=high,
        category=chance.category,
        evidence=chance.method != "stage",
        ever=chance.method in EVER,
    )


def deal_numbers(told: Numbers, day: date) -> DealNumbers:
    """An open deal's line."""
    one, slipped = told.one, slips(told.one.deal, day)
    deal, states = one.deal, [gate.state for gate in one.gates]
    return DealNumbers(
        id=deal.id,
        name=deal.name,
        account=deal.opened.account if deal.opened else "",
        amount=deal.amount,
        currency=deal.opened.currency if deal.opened else None,
        planned_close=deal.planned_close,
        category=one.placed.category,
        because=one.placed.because,
        task=one.placed.task,
        gates_passed=states.count("passed"),
        gates_failed=states.count("failed"),
        gates_unknown=states.count("unknown"),
        stands=told.stands.method if told.stands.won is not None else None,
        methods=[method_shown(chance) for chance in told.chances.values()],
        slipped=slipped.times,
        slipped_days=slipped.days,
        unchanged_days=slipped.unchanged_days,
    )
