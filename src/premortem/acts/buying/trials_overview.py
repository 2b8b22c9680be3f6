"""The trials of all deals: which go on, and how often deals were won whose trials were looked after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.afterwards.second_place import FEW
from premortem.buying.trials import OPEN, looked_after, supported
from premortem.learning.intervals import Interval, difference, share
from premortem.ledger.fold import deal_as_of
from premortem.records.evaluations import Evaluated


class GoingOn(Struct, frozen=True):
    """A trial of some deal that is planned or runs."""

    deal: str
    name: str
    trial: str
    state: str
    helper: str | None
    read_out: str | None
    late: bool
    supported: bool
    overridden: bool


class Compared(Struct, frozen=True):
    """How many of the ended deals with such trials were won, and between which shares the truth lies; null of none."""

    won: int
    of: int
    share: Interval | None
    few: bool


class TrialsOverview(Struct, frozen=True):
    """The trials of all deals, and supported against unsupported ones: a difference, never yet a cause."""

    as_of: str
    going_on: list[GoingOn]
    supported: Compared
    unsupported: Compared
    difference: Interval | None
    says: str
    schema: str = "premortem.trials-overview/1"


def trials_overview(deals: Sequence[Evaluated], today: date) -> TrialsOverview:
    """What is on, and how often deals whose trials were looked after were won beside those whose were not.

    A deal is counted once, by how its trials stood when they began; only deals whose end is known are.
    """
    ended: dict[bool, list[bool]] = {True: [], False: []}
    for one in deals:
        cared = looked_after(one.told)
        if cared is not None and one.status not in ("open", "unknown"):
            ended[cared].append(one.status == "won")
    cared_for, left_alone = _compared(ended[True]), _compared(ended[False])
    apart = difference(cared_for.share, left_alone.share) if cared_for.share is not None and left_alone.share else None
    return TrialsOverview(
        today.isoformat(),
        [known for one in deals if one.status == "open" for known in _going_on(one, today)],
        cared_for,
        left_alone,
        apart,
        _says(cared_for, left_alone, apart),
    )


def _compared(won: Sequence[bool]) -> Compared:
    return Compared(sum(won), len(won), share(sum(won), len(won)) if won else None, len(won) < FEW)


def _says(cared_for: Compared, left_alone: Compared, apart: Interval | None) -> str:
    if apart is None:
        return "Nothing can be compared yet: it takes ended deals with supported trials and with unsupported ones."
    told = "Whoever gets support may also have been likelier to buy: this is a difference, not a cause."
    if apart.low > 0:
        return f"Deals with supported trials were won more often. {told}"
    if apart.high < 0:
        return f"Deals with supported trials were won less often. {told}"
    return f"These figures do not tell the two apart yet. {told}"


def _going_on(one: Evaluated, today: date) -> list[GoingOn]:
    view = deal_as_of(one.told)
    return [
        GoingOn(
            one.deal,
            one.name,
            known.trial,
            known.state,
            known.helper,
            known.read_out.isoformat() if known.read_out else None,
            known.read_out is not None and known.read_out < today,
            supported(known),
            known.override is not None,
        )
        for known in view.trials.values()
        if known.state in OPEN
    ]
