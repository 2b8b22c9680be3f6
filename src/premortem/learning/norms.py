"""The firm's own norms, from its closed deals: how long they take, with how many people, how often in touch.

Only deals that were won tell how long a won deal takes. Those still open are left out (they are censored: nobody knows
yet how long they will have taken), so where many slow ones are open, the true cycle is longer; every source says so.
Below `ENOUGH_ENDED` deals the figures of other firms stand, named as such.

A deal belongs to a segment by its currency and the power of ten of its amount: '10,000 to 100,000 EUR'. A segment has a
cycle and a number of people of its own once enough of its deals have ended; until then the whole firm's hold for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import floor, log10
from statistics import median, quantiles

from msgspec import Struct
from msgspec.structs import replace

from premortem.learning.calls import calls
from premortem.ledger.deal import Deal
from premortem.ledger.norms import EndedDeal, Norm, Norms

ENOUGH_ENDED = 20
"""Ended deals that a firm, or a segment of it, needs before its own figures stand."""
ENOUGH_WON = 5
"""Won deals among them, below which a middle tells more of chance than of the firm."""
ENOUGH_FOR_A_RANGE = 10
"""Won deals that it takes to say between which lengths eight in ten lie."""
ENOUGH_CALLS = 20
A_MONTH = 365.25 / 12


class OwnNorms(Struct, frozen=True):
    """What is usual in this firm as a whole, and in each segment that has enough ended deals."""

    ended: int = 0
    won: int = 0
    whole: Norms = Norms()
    segments: dict[str, Norms] = {}
    ended_in: dict[str, int] = {}

    def of(self, amount: float | None, currency: str | None) -> Norms:
        """The norms for a deal of this amount: its segment's, else the firm's."""
        return self.segments.get(segment(amount, currency) or "", self.whole)


def own_norms(ended: Sequence[EndedDeal], shares: Sequence[float] = (), norms: Norms | None = None) -> OwnNorms:
    """The norms of a firm whose deals ended so; `shares` are our parts (0..1) of the calls in deals that were won.

    `norms` stand wherever the firm's own deals are too few.
    """
    norms = _talk(shares, norms or Norms()) if len(ended) >= ENOUGH_ENDED else norms or Norms()
    by_segment: dict[str, list[EndedDeal]] = defaultdict(list)
    for one in ended:
        if (name := segment(one.amount, one.currency)) is not None:
            by_segment[name].append(one)
    whole = _of_deals(ended, norms, "our own deals")
    segments = {
        name: found
        for name, deals in sorted(by_segment.items())
        if (found := _of_deals(deals, whole, f"our own deals of {name}")) != whole
    }
    counts = {name: len(deals) for name, deals in sorted(by_segment.items())}
    return OwnNorms(len(ended), sum(one.won for one in ended), whole, segments, counts)


def segment(amount: float | None, currency: str | None) -> str | None:
    """'10,000 to 100,000 EUR'; None where no amount is known."""
    if amount is None or amount < 1:
        return None
    least = 10 ** floor(log10(amount))
    return f"{least:,} to {least * 10:,} {currency or 'of no known currency'}"


def our_shares(deal: Deal) -> list[float]:
    """Our part of the talk, 0..1, in each call of a deal whose shares tell something."""
    return [call.shares["seller"] for call in calls(deal) if call.tells]


def _of_deals(ended: Sequence[EndedDeal], norms: Norms, whose: str) -> Norms:
    won = [one for one in ended if one.won]
    if len(ended) < ENOUGH_ENDED or len(won) < ENOUGH_WON:
        return norms
    return _people(won, _pace(won, _cycle(won, norms, whose), whose), whose)


def _cycle(won: Sequence[EndedDeal], norms: Norms, whose: str) -> Norms:
    days = sorted(days for one in won if (days := _days(one)) is not None)
    if len(days) < ENOUGH_WON:
        return norms
    rests = f"{len(days)} of {whose} that were won; open deals are not counted, so it may be longer"
    norms = replace(norms, cycle_days=Norm(float(median(days)), f"median of {rests}"))
    if len(days) < ENOUGH_FOR_A_RANGE:
        return norms
    tenths = quantiles(days, n=10, method="inclusive")
    return replace(
        norms,
        cycle_days_low=Norm(round(tenths[0], 1), f"a tenth was won sooner: {rests}"),
        cycle_days_high=Norm(round(tenths[-1], 1), f"a tenth was won later: {rests}"),
    )


def _pace(won: Sequence[EndedDeal], norms: Norms, whose: str) -> Norms:
    a_month = _middle(won, lambda one: one.touches / max(1.0, days / A_MONTH) if (days := _days(one)) else None)
    if a_month is None:
        return norms
    value, deals = a_month
    return replace(norms, touches_a_month=Norm(value, f"median of {deals} of {whose} that were won"))


def _people(won: Sequence[EndedDeal], norms: Norms, whose: str) -> Norms:
    people = _middle(won, lambda one: one.buyers or None)
    if people is None:
        return norms
    value, deals = people
    return replace(norms, buyers_in_a_won_deal=Norm(value, f"median of {deals} of {whose} that were won"))


def _talk(shares: Sequence[float], norms: Norms) -> Norms:
    if len(shares) < ENOUGH_CALLS:
        return norms
    source = f"median of {len(shares)} calls in our own deals that were won"
    return replace(norms, seller_share=Norm(round(median(shares), 3), source))


def _middle(won: Iterable[EndedDeal], figure: Callable[[EndedDeal], float | None]) -> tuple[float, int] | None:
    there = [value for one in won if (value := figure(one)) is not None]
    return (round(float(median(there)), 1), len(there)) if len(there) >= ENOUGH_WON else None


def _days(one: EndedDeal) -> int | None:
    """How long it took; None where nobody knows when it began, or it 'began' after its end."""
    if one.created is None or one.ended < one.created:
        return None
    return (one.ended.date() - one.created.date()).days
