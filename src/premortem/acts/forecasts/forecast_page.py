"""The forecast as pages show it: worked out once for everybody, so that each page takes what its reader may see.

forecast_page(ledger, rules, today, by, parts)    every open deal's line, and the totals of each part of them
deal_from_kept(ledger, kept, deal, rules, usual)  one deal's forecast, its numbers taken from a page that was kept
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.forecasts.forecast import changed, totals, would_change, would_change_most
from premortem.acts.forecasts.forecast_basis import Basis, Standing, basis, standing_of
from premortem.acts.forecasts.forecast_deal import MOST, DealForecast, ReasonShown, SettledShown, reasons_of, settled_of
from premortem.acts.forecasts.forecast_history import history_of
from premortem.acts.forecasts.forecast_moves import moves
from premortem.acts.forecasts.forecast_numbers import Numbers, numbers
from premortem.acts.forecasts.forecast_shown import (
    ChangedShown,
    DealNumbers,
    Rests,
    TotalShown,
    WouldChange,
    deal_numbers,
    rests,
)
from premortem.acts.forecasts.gates import GatesLine, Stand, gates_of_deal, line_of
from premortem.acts.playbook import Rules
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.forecasting.cadence import cadence_of
from premortem.forecasting.categories import CATEGORIES, entry
from premortem.forecasting.learned import Learned
from premortem.forecasting.totals import UNCHANGED_DAYS, Correlation
from premortem.forecasting.weeks import seen
from premortem.learning.norms import OwnNorms
from premortem.ledger.store import Ledger

Progress = Callable[[str, int, int], None]
REASONS = 5
"""Reasons for and against that are kept of each deal."""
TELLS_EVERY = 50


class LineShown(Struct, frozen=True):
    """An open deal: what its gates say, and its numbers; why, where something was learned."""

    gates: GatesLine
    numbers: DealNumbers
    speaks_for: list[ReasonShown] = []
    speaks_against: list[ReasonShown] = []
    settled: list[SettledShown] = []


class PartShown(Struct, frozen=True):
    """What holds of some of the deals together."""

    totals: list[TotalShown]
    would_change_most: list[WouldChange]


class ForecastPage(Struct, frozen=True):
    """All open deals by a day, by category and the largest first; `parts` by which open deals they
    hold, see `told_apart`; the part named `whole` holds all of them."""

    day: date
    by: date
    rests: Rests
    lines: list[LineShown]
    changed: list[ChangedShown]
    unchanged_for_days: int
    whole: str
    parts: dict[str, PartShown]

    def part(self, deals: Collection[str] | None) -> PartShown | None:
        """What holds of these deals together, or of all; None where nobody asked for just these."""
        of = self.whole if deals is None else told_apart(self.among(deals))
        return self.parts.get(of)

    def only(self, deals: Collection[str] | None) -> ForecastPage:
        """The same for somebody who sees these deals, or all: their lines, what changed in them, no part of others."""
        if deals is None:
            return self
        wanted, part = set(deals), self.part(deals)
        return replace(
            self,
            lines=[line for line in self.lines if line.numbers.id in wanted],
            changed=[one for one in self.changed if one.deal in wanted],
            parts={told_apart(self.among(deals)): part} if part else {},
        )

    def among(self, deals: Collection[str]) -> list[str]:
        """Those of these deals that have a line."""
        wanted = set(deals)
        return [line.numbers.id for line in self.lines if line.numbers.id in wanted]


def told_apart(deals: Iterable[str]) -> str:
    """One short text for a set of deals, to tell whether two are the same."""
    return sha256("\n".join(sorted(deals)).encode()).hexdigest()[:16]


def forecast_page(
    ledger: Ledger,
    rules: Rules,
    today: date,
    by: date,
    parts: Iterable[Collection[str]],
    progress: Progress = lambda what, done, of: None,
) -> ForecastPage:
    """Every open deal as it stands on `today`, by the end of the day `by`; `parts` are sets of deals to sum
    up besides all of them.

    Raises Unknown for a day that is not to come.
    """
    progress("Reading the ledger", 0, 0)
    told = list(ledger.store.read_each(ledger.store.deals()))
    progress("Learning from the deals that ended", 0, 0)
    known = basis(told, today, rules)
    found = numbers(known, by)
    lines = []
    for number, one in enumerate(sorted(found, key=_place)):
        lines.append(_line(ledger, known, one, by, rules))
        if number % TELLS_EVERY == 0:
            progress("Looking at open deals", number, len(found))
    progress("Summing up", 0, 0)
    whole = [told.one.deal.id for told in found]
    return ForecastPage(
        day=today,
        by=by,
        rests=rests(known),
        lines=lines,
        changed=changed(ledger, dict(told), known, rules),
        unchanged_for_days=UNCHANGED_DAYS,
        whole=told_apart(whole),
        parts=_parts(ledger, known, found, by, [whole, *parts]),
    )


def _place(told: Numbers) -> tuple[int, float, str]:
    one = told.one
    return CATEGORIES.index(one.placed.category), -(one.deal.amount or 0.0), one.deal.id


def _line(ledger: Ledger, known: Basis, told: Numbers, by: date, rules: Rules) -> LineShown:
    one = told.one
    season = cadence_of(one.norms, rules.playbook.cadence)
    stand = Stand(one.deal, one.gates, one.placed, entry(one.gates, one.deal, one.norms), season)
    good, bad = reasons_of(known, one)
    return LineShown(
        gates=line_of(stand, Witness(one.deal, ledger.contents)),
        numbers=deal_numbers(told, known.day),
        speaks_for=good[:REASONS],
        speaks_against=bad[:REASONS],
        settled=[SettledShown(*each) for each in settled_of(known, one, by)[:MOST]],
    )


def _parts(
    ledger: Ledger, known: Basis, found: Sequence[Numbers], by: date, parts: Iterable[Collection[str]]
) -> dict[str, PartShown]:
    """Each part's sums; parts that hold the same open deals are summed up once."""
    done: dict[str, PartShown] = {}
    for deals in parts:
        wanted = set(deals)
        these = [one for one in found if one.one.deal.id in wanted]
        of = told_apart(one.one.deal.id for one in these)
        if of not in done:
            standing = [one.one for one in these]
            done[of] = PartShown(totals(known, these, by, {}), would_change_most(ledger, standing))
    return done


def deal_from_kept(ledger: Ledger, kept: ForecastPage, deal: str, rules: Rules, usual: OwnNorms) -> DealForecast:
    """A deal's forecast without looking at any other deal: numbers and reasons as they were kept, all else as it is,
    measured by what is `usual` now.

    In its history, touches are those that moved its category. Raises Unknown where the deal has no line there, or is
    not open any more.
    """
    line = next((one for one in kept.lines if one.numbers.id == deal), None)
    if line is None:
        raise Unknown(
            f"'{deal}' is not among the open deals of {kept.day}", "Look again when a newer forecast is there."
        )
    entries = seen(ledger.store.read(deal), kept.day)
    norms = usual.of(line.numbers.amount, line.numbers.currency)
    one = standing_of(entries, kept.day, norms, rules.playbook.cadence)
    if one is None:
        raise Unknown(f"'{deal}' is not open any more", f"`premortem replay {deal}` goes through it touch by touch.")
    witness = Witness(one.deal, ledger.contents)
    alone = _alone(one, kept.day)
    return DealForecast(
        day=kept.day,
        by=kept.by,
        rests=kept.rests,
        numbers=_with_call(line.numbers, alone, kept.by),
        gates=gates_of_deal(entries, ledger.contents, kept.day, rules),
        speaks_for=line.speaks_for,
        speaks_against=line.speaks_against,
        settled=line.settled,
        would_move=[would_change(ledger, one, move, witness) for move in moves(one)],
        history=history_of(alone, one, entries, kept.by, witness, rules.playbook.cadence),
    )


def _alone(one: Standing, day: date) -> Basis:
    """A basis of which only this deal is known: nothing is learned from it, and it has no rate."""
    nothing = Correlation(0.0, "nothing")
    return Basis(day, [one], [], None, None, {}, {}, Learned().fit([]), nothing, 0, 0)


def _with_call(kept: DealNumbers, alone: Basis, by: date) -> DealNumbers:
    """The numbers that were kept, with the rep's own call as it is by now."""
    now = next(one for one in deal_numbers(numbers(alone, by)[0], alone.day).methods if one.method == "rep")
    return replace(kept, methods=[now if one.method == "rep" else one for one in kept.methods])
