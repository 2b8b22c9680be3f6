"""What is usual: in this firm, once it has enough closed deals; until then what others published, named as such.

Every figure carries its source, so that whoever shows it can say where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from msgspec import Struct

from premortem.ledger.deal import Deal

ENOUGH_DEALS = 20
"""Closed deals, or calls of them, before the firm's own figure takes the place of a published one."""


class Norm(Struct, frozen=True):
    """A yardstick, its unit in its name, and where it comes from. `of` counts the firm's own cases behind it."""

    value: float
    source: str
    of: int = 0


class Norms(Struct, frozen=True):
    """The yardsticks that checks measure against."""

    cycle_days: Norm = Norm(270, "the nine-month cycle of the essay that this product rests on")
    seller_share_caution: Norm = Norm(
        0.50, "published, other firms: Gong, talk-to-listen ratio, upper end of the hint band"
    )
    seller_share_warning: Norm = Norm(0.65, "published, other firms: Gong, lower conversion above 65% talk (2025)")
    questions_per_first_call: Norm = Norm(11, "published, other firms: Gong, 11 to 14 questions in a discovery call")
    silence_days: Norm = Norm(21, "an assumption of this product: three working weeks")
    touches_before_absence_counts: Norm = Norm(3, "an assumption of this product: the third touch, or the proposal")


def norms_of(closed: Iterable[Deal]) -> Norms:
    """The firm's own norms from its closed deals as they ended; a default stays where they are too few.

    The cycle is the median from creation to outcome of won deals, in days.
    """
    cycles = [
        (deal.outcome[0] - deal.created).days
        for deal in closed
        if deal.outcome is not None and deal.created is not None and deal.outcome[1].status == "won"
    ]
    if len(cycles) < ENOUGH_DEALS:
        return Norms()
    return Norms(cycle_days=Norm(median(cycles), f"the median of your own {len(cycles)} won deals", len(cycles)))
