"""Each check's record: how often it fired on the firm's deals that ended, and how early, told apart by how they ended.

    past_of(entries, norms_of, put)    what one deal tells: a Past, or why it tells nothing
    records(pasts, put)                every check's record over all of them
    verdict(record)                    what can be said of a check by now, and what can't

A deal is looked at as it stood on the day before its end, never later: after it everybody knows. It counts for a check
if the check could be put to it by then. A check fired if it speaks on that last day; what it said before and somebody
cured does not count. The comparison is of deals that were not won with deals that were, of these counts alone: no
figure that others published goes into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from premortem.checks.base import Answer, Check, DoesNotApply, Raised, Sign
from premortem.checks.review import Failure, moment_of, put_to, views
from premortem.learning.intervals import CONFIDENCE, Interval, difference, ratio, share
from premortem.ledger.deal import Change, Deal
from premortem.ledger.entries import Entry, Outcome
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms

End = Literal["lost", "no_decision", "other_way", "won"]
"""To a rival, to nothing at all, to another way of solving it, to us."""

ENDS: tuple[End, ...] = get_args(End)
NOT_WON: tuple[End, ...] = ("lost", "no_decision", "other_way")

Kind = Literal["finding", "sign"]
Why = Literal["it goes on", "nobody knows how it ended", "nothing is known from before its end"]
Verdict = Literal["earns its keep", "can't tell yet", "fires as often on won deals", "never fired"]

ENOUGH_DEALS = 20
"""Deals that ended before a check is judged at all: a handful tells more of chance than of a check."""

ENOUGH_OF_EACH = 5
"""Of these, at least so many that were won and so many that were not."""

HARDLY_MORE, HARDLY_TIMES = 0.10, 1.5
"""A check that surely fires on fewer further deals than this, and fewer times as often, tells lost from won no better
than nothing. An assumption of this product."""


class Past(Struct, frozen=True):
    """What one deal that ended tells of the checks: to which it could be put, and which spoke at last.

    `days` are the days before the end since which a finding or sign stood without a break.
    """

    deal: str
    end: End
    could: frozenset[str]
    days: dict[tuple[str, Kind], int]
    failed: tuple[Failure, ...] = ()


class LeftOut(Struct, frozen=True):
    """A deal that tells nothing of the checks, and why."""

    deal: str
    why: Why


class Fired(Struct, frozen=True):
    """Of so many deals, on how many a check fired."""

    deals: int
    of: int


class Record(Struct, frozen=True):
    """How a check did. `kind` is None for one that never fired; `days` are those of deals that were not won."""

    check: str
    kind: Kind | None
    by_end: dict[End, Fired]
    days: tuple[int, ...]

    @property
    def not_won(self) -> Fired:
        ends = [self.by_end[end] for end in NOT_WON]
        return Fired(sum(one.deals for one in ends), sum(one.of for one in ends))

    @property
    def won(self) -> Fired:
        return self.by_end["won"]

    @property
    def enough(self) -> bool:
        """Whether there are enough deals to judge it by."""
        lost, won = self.not_won.of, self.won.of
        return lost + won >= ENOUGH_DEALS and min(lost, won) >= ENOUGH_OF_EACH

    @property
    def median_days(self) -> float | None:
        return float(median(self.days)) if self.days else None

    def more_often(self, confidence: float = CONFIDENCE) -> Interval | None:
        """On how much more of the deals not won than of those won it fired; None where there are none of either."""
        if not self.not_won.of or not self.won.of:
            return None
        return difference(interval(self.not_won, confidence), interval(self.won, confidence))

    def times_as_often(self) -> Interval | None:
        """How many times as often; None where there are no deals of either kind, or it fired on none at all."""
        if not self.not_won.of or not self.won.of or not self.not_won.deals + self.won.deals:
            return None
        return ratio(interval(self.not_won), interval(self.won))


def interval(fired: Fired, confidence: float = CONFIDENCE) -> Interval:
    """Raises ValueError where there are no deals."""
    return share(fired.deals, fired.of, confidence)


def verdict(record: Record) -> Verdict:
    """What can be said of a check by itself, at the usual confidence."""
    more, times = record.more_often(), record.times_as_often()
    if record.kind is None:
        return "never fired"
    if more is None or times is None or not record.enough:
        return "can't tell yet"
    if more.high <= 0 or (more.high < HARDLY_MORE and times.high < HARDLY_TIMES):
        return "fires as often on won deals"
    return "earns its keep" if more.low > 0 else "can't tell yet"


def holds_among(judged: Iterable[Record]) -> list[Record]:
    """Those that earn their keep even though many are judged at once: the confidence is shared out among all judged.

    Bonferroni's inequality: of m intervals, each at 1 - 0.05 / m, all are right with a probability of at least 0.95.
    """
    enough = [record for record in judged if record.kind is not None and record.enough]
    narrower = 1 - (1 - CONFIDENCE) / max(1, len(enough))
    good = [record for record in enough if verdict(record) == "earns its keep"]
    return [record for record in good if (more := record.more_often(narrower)) is not None and more.low > 0]


def records(pasts: Iterable[Past], put: Iterable[str]) -> list[Record]:
    """The record of each of these checks; one that gives findings and signs has two."""
    told = list(pasts)
    kinds: dict[str, list[Kind | None]] = {name: [] for name in put}
    for name, kind in sorted({fired for past in told for fired in past.days}):
        kinds[name].append(kind)
    return [_record(told, name, kind) for name in kinds for kind in kinds[name] or [None]]


def _record(pasts: Sequence[Past], name: str, kind: Kind | None) -> Record:
    by_end: dict[End, Fired] = {}
    for end in ENDS:
        of_end = [past for past in pasts if past.end == end and name in past.could]
        by_end[end] = Fired(sum(kind is not None and (name, kind) in past.days for past in of_end), len(of_end))
    lost = [past for past in pasts if past.end in NOT_WON]
    days = [past.days[name, kind] for past in lost if kind is not None and (name, kind) in past.days]
    return Record(name, kind, by_end, tuple(sorted(days)))


def past_of(entries: Iterable[Entry], norms_of: Callable[[Deal], Norms], put: Mapping[str, Check]) -> Past | LeftOut:
    """What a deal's past tells of the checks, by the norms for such a deal.

    Raises ValueError where entries belong to several deals, or to none.
    """
    told = list(entries)
    outcome = deal_as_of(told).outcome if any(isinstance(entry.body, Outcome) for entry in told) else None
    if outcome is None:
        return LeftOut(told[0].deal, "it goes on")
    end = next((end for end in ENDS if end == outcome[1].status), None)
    if end is None:
        return LeftOut(told[0].deal, "nobody knows how it ended")
    last = deal_as_of(told, moment_of(told))
    if not last.touches:
        return LeftOut(told[0].deal, "nothing is known from before its end")
    return _Looking(told, last, norms_of(last), put).past(end, outcome[0].date())


class _Looking:
    """One look through a deal's past; `last` is the deal on the day before its end."""

    def __init__(self, told: Sequence[Entry], last: Deal, norms: Norms, put: Mapping[str, Check]) -> None:
        self.told, self.last, self.norms, self.put = told, last, norms, put
        self.failed: dict[str, Failure] = {}

    def past(self, end: End, on: date) -> Past:
        answers = self.answers(self.last, self.put)
        speaking = {name: kind for name, said in answers.items() if (kind := _kind(said)) is not None}
        could, since = self.lived(_applying(answers), speaking)
        days = {
            (name, kind): (on - (since.get(name) or self.by_time_alone(name, kind))).days
            for name, kind in speaking.items()
            if name not in self.failed
        }
        return Past(self.last.id, end, frozenset(could.difference(self.failed)), days, tuple(self.failed.values()))

    def answers(self, deal: Deal, put: Mapping[str, Check]) -> dict[str, Answer]:
        said, broken = put_to(deal, self.norms, put)
        self.failed.update((failure.check, failure) for failure in broken)
        return said

    def lived(self, could: set[str], speaking: Mapping[str, Kind]) -> tuple[set[str], dict[str, date]]:
        """To which checks it could ever be put, and since which touch each that speaks at last did so."""
        since: dict[str, date] = {}
        for touch, deal in views(self.told, self.last.as_of):
            open_yet = {name: check for name, check in self.put.items() if name in speaking or name not in could}
            answers = self.answers(deal, open_yet)
            could = could | _applying(answers)
            for name, kind in speaking.items():
                if _kind(answers.get(name)) == kind:
                    since.setdefault(name, touch.at.date())
                else:
                    since.pop(name, None)
        return could, since

    def by_time_alone(self, name: str, kind: Kind) -> date:
        """The day after the last touch from which on it spoke: halved down to, for silence only ever grows."""
        silent, speaks = self.last.touches[-1].at.date(), self.last.as_of.date()
        while (speaks - silent).days > 1:
            day = silent + (speaks - silent) // 2
            said = self.answers(_aged(self.last, day), {name: self.put[name]}).get(name)
            silent, speaks = (silent, day) if _kind(said) == kind else (day, speaks)
        return speaks


def _aged(deal: Deal, day: date) -> Deal:
    """A deal as it stood on an earlier day, after the last touch: since then, only the CRM's row changed."""
    moment = end_of(day)

    def until(changes: tuple[Change, ...]) -> tuple[Change, ...]:
        return tuple(change for change in changes if change.at <= moment)

    return replace(deal, as_of=moment, stages=until(deal.stages), planned_closes=until(deal.planned_closes))


def _kind(said: Answer | None) -> Kind | None:
    return "finding" if isinstance(said, Raised) else "sign" if isinstance(said, Sign) else None


def _applying(answers: Mapping[str, Answer]) -> set[str]:
    return {name for name, said in answers.items() if not isinstance(said, DoesNotApply)}
