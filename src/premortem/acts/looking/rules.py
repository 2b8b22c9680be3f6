"""Rules: each check's record on the firm's own deals that ended, in words; the document that `rules --json` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isinf

from msgspec import Struct

from premortem.acts.looking.review import Reasoned
from premortem.acts.playbook import Rules, rules_of
from premortem.checks.base import Check
from premortem.learning.intervals import Interval
from premortem.learning.norms import OwnNorms
from premortem.learning.record import (
    ENDS,
    ENOUGH_DEALS,
    ENOUGH_OF_EACH,
    Fired,
    LeftOut,
    Past,
    Record,
    holds_among,
    interval,
    past_of,
    records,
    verdict,
)
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms
from premortem.ledger.store import Ledger

IN_ORDER = ("earns its keep", "can't tell yet", "fires as often on won deals", "never fired")

LATE_DAYS = 7
"""A finding first seen this shortly before the end mostly tells the end."""

Progress = Callable[[str, int, int], None]


class FiredShown(Struct, frozen=True):
    """On how many of so many deals a check fired, the share, and the ends between which the share lies with 95%
    confidence. Without any deal there is no share."""

    fired: int
    of: int
    share: float | None
    low: float | None
    high: float | None


class IntervalShown(Struct, frozen=True):
    """An estimate with its 95% interval; null stands for 'without end'."""

    value: float | None
    low: float | None
    high: float | None


class DaysShown(Struct, frozen=True):
    """How many days before the end a check first fired, over the deals that were not won and on which it stood."""

    median: float
    least: int
    most: int
    deals: int


class RuleShown(Struct, frozen=True):
    """One check's record, of the deals to which it could be put. `kind` is finding or sign, and null if it never fired.

    `more_often` is the share of deals not won less the share of deals won, `times_as_often` the one by the other.
    """

    check: str
    kind: str | None
    verdict: str
    why: str
    lost: FiredShown
    no_decision: FiredShown
    other_way: FiredShown
    not_won: FiredShown
    won: FiredShown
    more_often: IntervalShown | None
    times_as_often: IntervalShown | None
    holds_among_all: bool
    days_before_the_end: DaysShown | None


class RulesDocument(Struct, frozen=True):
    """The record of every check, those that earn their keep first. `schema` changes when a field's meaning does.

    `ended` counts the deals looked at, by how they ended, `left_out` the others, by why.
    """

    ended: dict[str, int]
    left_out: dict[str, int]
    checks: list[RuleShown]
    cautions: list[str]
    failed: list[Reasoned]
    schema: str = "premortem.rules/1"


def rules(
    ledger: Ledger,
    by: Rules | None = None,
    put: Mapping[str, Check] | None = None,
    progress: Progress = lambda deal, done, total: None,
) -> RulesDocument:
    """Put every check (or those of `put`) to each deal that ended, as it stood before its end.

    Deals are looked at by the rules of today (`by`, or what the ledger alone says): what would they have told us?
    """
    by = by or rules_of(ledger)
    put = by.put if put is None else put
    pasts, left_out = _pasts(ledger, by.norms_at(), put, progress)
    told = records(pasts, put)
    holding = holds_among(told)
    shown = [_shown(record, record in holding) for record in told]
    return RulesDocument(
        ended={end: sum(past.end == end for past in pasts) for end in ENDS},
        left_out=dict(sorted(Counter(one.why for one in left_out).items())),
        checks=sorted(shown, key=_place),
        cautions=_cautions(pasts, told, holding),
        failed=_failed(pasts),
    )


def _pasts(
    ledger: Ledger, own: OwnNorms, put: Mapping[str, Check], progress: Progress
) -> tuple[list[Past], list[LeftOut]]:
    def norms_of(deal: Deal) -> Norms:
        return own.of(deal.amount, deal.opened.currency if deal.opened else None)

    deals = ledger.store.deals()
    pasts, left_out = list[Past](), list[LeftOut]()
    for number, deal in enumerate(deals, 1):
        past = past_of(ledger.store.read(deal), norms_of, put)
        if isinstance(past, Past):
            pasts.append(past)
        else:
            left_out.append(past)
        progress(deal, number, len(deals))
    return pasts, left_out


def _place(rule: RuleShown) -> tuple[int, float, str]:
    most = rule.more_often.value if rule.more_often is not None else None
    return IN_ORDER.index(rule.verdict), -(most or 0.0), rule.check


def _shown(record: Record, holds: bool) -> RuleShown:
    days, middle = record.days, record.median_days
    return RuleShown(
        check=record.check,
        kind=record.kind,
        verdict=verdict(record),
        why=_why(record),
        lost=fired_shown(record.by_end["lost"]),
        no_decision=fired_shown(record.by_end["no_decision"]),
        other_way=fired_shown(record.by_end["other_way"]),
        not_won=fired_shown(record.not_won),
        won=fired_shown(record.won),
        more_often=_interval(record.more_often()),
        times_as_often=_interval(record.times_as_often()),
        holds_among_all=holds,
        days_before_the_end=DaysShown(middle, days[0], days[-1], len(days)) if middle is not None else None,
    )


def fired_shown(fired: Fired) -> FiredShown:
    """On how many of how many, with the interval where there are any."""
    if not fired.of:
        return FiredShown(0, 0, None, None, None)
    found = interval(fired)
    return FiredShown(fired.deals, fired.of, found.value, found.low, found.high)


def _interval(found: Interval | None) -> IntervalShown | None:
    if found is None:
        return None
    value, low, high = (None if isinf(end) else end for end in (found.value, found.low, found.high))
    return IntervalShown(value, low, high)


def _why(record: Record) -> str:
    """The verdict's reason, as a sentence."""
    lost, won, said, more = record.not_won, record.won, verdict(record), record.more_often()
    on = f"it stood on {lost.deals} of {lost.of} deals that were not won and on {won.deals} of {won.of} that were"
    if said == "never fired":
        return f"it could be put to {lost.of + won.of} deals that ended, and stood on none"
    if not record.enough or more is None:
        return f"{on}: too few to judge, which takes {ENOUGH_DEALS}, {ENOUGH_OF_EACH} of each"
    if said == "earns its keep":
        return f"{on}: {_points(more)} more often{_lateness(record)}"
    if said == "can't tell yet":
        return f"{on}: the true difference may lie anywhere from {more.low * 100:+.0f} to {more.high * 100:+.0f} points"
    return f"{on}: {_points(more)} more often, which is no help in telling them apart"


def _points(more: Interval) -> str:
    return f"{more.value * 100:.0f} points ({more.low * 100:.0f} to {more.high * 100:.0f})"


def _lateness(record: Record) -> str:
    middle = record.median_days
    if middle is None or middle >= LATE_DAYS:
        return ""
    return f"; but it comes late, half of the time in the last {middle:g} days"


def _cautions(pasts: Sequence[Past], told: Sequence[Record], holding: Sequence[Record]) -> list[str]:
    judged = [record for record in told if record.kind is not None and record.enough]
    cautions = ["These are counts of our own deals, no causes, and no figure that others published goes into them."]
    if not judged:
        cautions.append(
            f"Checks are judged from {ENOUGH_DEALS} deals on, {ENOUGH_OF_EACH} won and {ENOUGH_OF_EACH} not; "
            f"{len(pasts)} that can be looked at have ended so far."
        )
    if len(judged) > 1:
        good = sum(verdict(record) == "earns its keep" for record in judged)
        cautions.append(
            f"{len(judged)} records are judged side by side. If none of these checks told anything, about "
            f"{len(judged) * 0.025:.1f} of them would still seem to earn their keep, by chance alone. Of the {good} "
            f"that seem to, {len(holding)} still would if all {len(judged)} are to be right at once."
        )
    return cautions


def _failed(pasts: Iterable[Past]) -> list[Reasoned]:
    """Each check that broke, with the first deal on which it did."""
    broken = {failure.check: failure.error for past in reversed(list(pasts)) for failure in past.failed}
    return [Reasoned(check, error) for check, error in sorted(broken.items())]
