"""A deal, lived again touch by touch: when each blind spot could first be seen, when we knew, and when anyone acted.

The same checks that review a deal today are put to it after every touch of its past. What could have been known then is
the view with hindsight: what was said, whenever we learned it. What was known is only what the ledger held by then. The
days between the two are the days we were blind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate

from msgspec import Struct

from premortem.checks.base import Check, Raised
from premortem.checks.catalogue import checks
from premortem.checks.review import Failure, finding, moment_of, put_to, views
from premortem.learning.acting import Act, acted_on
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import (
    Entry,
    Finding,
    Severity,
    Touch,
    TouchId,
)
from premortem.ledger.fold import deal_as_of, diary, end_of, ending
from premortem.ledger.norms import Norms


class Life(Struct, frozen=True):
    """One finding's life: `first` as it was raised on the touch after which it could first be seen.

    `known_on` is the first day by whose end our own ledger would have raised it; None where it never would have before
    the deal was looked at last. `days_blind` counts from the day it could be seen to that day, or, where there is none,
    to the day from which we look. `cured_after` is the touch after which it no longer stood. `last_useful` is the last
    day on which acting would have left the usual time to settle it before the end; None while the deal goes on.
    """

    first: Finding
    visible: TouchId
    visible_at: datetime
    known_on: date | None
    days_blind: int
    acted: Act | None = None
    days_to_act: int | None = None
    cured_after: TouchId | None = None
    last_useful: date | None = None

    @property
    def check(self) -> str:
        return self.first.check

    @property
    def seen_too_late(self) -> bool:
        """Whether it could first be seen when the usual time to settle it was no longer left."""
        return self.last_useful is not None and self.last_useful < self.visible_at.date()


class Step(Struct, frozen=True):
    """What one touch brought: findings that appeared after it, grew graver or milder, and those that were cured.

    `appeared` and `cured` are what could be known then; `known` what the ledger of that moment would have raised.
    """

    touch: TouchId
    at: datetime
    standing: tuple[str, ...]
    known: tuple[str, ...]
    appeared: tuple[Finding, ...] = ()
    changed: tuple[tuple[str, Severity, Severity], ...] = ()
    cured: tuple[str, ...] = ()


class Replay(Struct, frozen=True):
    """A deal's touches in turn, and the lives of all findings, the first visible first; `ended` is its last day."""

    deal: str
    as_of: datetime
    steps: tuple[Step, ...]
    lives: tuple[Life, ...]
    failed: tuple[Failure, ...] = ()
    ended: date | None = None


def replay(entries: Iterable[Entry], norms: Norms | None = None, put: Mapping[str, Check] | None = None) -> Replay:
    """Put every check (or those of `put`) to the deal after each of its touches, up to the day before its end.

    Raises ValueError where there is no entry or where entries belong to several deals.
    """
    told, norms, put = list(entries), norms or Norms(), checks() if put is None else put
    as_of = moment_of(told)
    failed: dict[tuple[str, str], Failure] = {}
    could = [(touch, _raised(deal, norms, put, failed)) for touch, deal in views(told, as_of)]
    known = _known_by_day(told, as_of, norms, put, failed, could)
    steps = tuple(_steps(could, known))
    whole = deal_as_of(told, as_of)
    end = ending(told).ended
    last_useful = end.date() - timedelta(days=round(norms.days_to_turn.value)) if end else None
    lives = [_life(told, whole, steps, known, check, last_useful) for check in dict.fromkeys(_appearing(steps))]
    return Replay(whole.id, as_of, steps, tuple(lives), tuple(failed.values()), end.date() if end else None)


Raising = dict[str, Raised]


def _raised(deal: Deal, norms: Norms, put: Mapping[str, Check], failed: dict[tuple[str, str], Failure]) -> Raising:
    answers, broken = put_to(deal, norms, put)
    failed.update(((failure.check, failure.error), failure) for failure in broken)
    return {name: answer for name, answer in answers.items() if isinstance(answer, Raised)}


def _known_by_day(
    told: Sequence[Entry],
    as_of: datetime,
    norms: Norms,
    put: Mapping[str, Check],
    failed: dict[tuple[str, str], Failure],
    could: Sequence[tuple[DealTouch, Raising]],
) -> dict[date, Raising]:
    """What the ledger would have raised at the end of each day on which something was learned or took place.

    Where all that had happened by then was known by then, it is what could have been raised after the day's last touch.
    """
    days = {entry.learned.date() for entry in told}
    days |= {entry.at.date() for entry in told if isinstance(entry.body, Touch)}
    while_it_mattered = sorted(day for day in days if day <= as_of.date())
    as_could = dict(_known_at_once(told, could))
    others = [day for day in while_it_mattered if day not in as_could]
    known = {day: _raised(deal, norms, put, failed) for day, deal in diary(told, others)}
    return {day: as_could[day] if day in as_could else known[day] for day in while_it_mattered}


def _known_at_once(told: Sequence[Entry], could: Sequence[tuple[DealTouch, Raising]]) -> Iterator[tuple[date, Raising]]:
    """The days whose last touch ends them, and by whose end all that had happened was learned."""
    in_order = sorted(told, key=lambda entry: entry.at)
    latest = list(accumulate((entry.learned for entry in in_order), max))
    times = [entry.at for entry in in_order]
    for touch, raised in could:
        evening = end_of(touch.at.date())
        seen = bisect_right(times, evening)
        if seen and times[seen - 1] <= touch.at and latest[seen - 1] <= evening:
            yield touch.at.date(), raised


def _steps(could: Sequence[tuple[DealTouch, Raising]], known: Mapping[date, Raising]) -> Iterator[Step]:
    before: Raising = {}
    for touch, raised in could:
        yield Step(
            touch=touch.id,
            at=touch.at,
            standing=tuple(raised),
            known=tuple(known.get(touch.at.date(), {})),
            appeared=tuple(finding(one, raised[one], touch.id) for one in raised if one not in before),
            changed=tuple(
                (one, before[one].severity, raised[one].severity)
                for one in raised
                if one in before and before[one].severity != raised[one].severity
            ),
            cured=tuple(one for one in before if one not in raised),
        )
        before = raised


def _appearing(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        for one in step.appeared:
            yield one.check


def _life(
    told: Sequence[Entry],
    whole: Deal,
    steps: Sequence[Step],
    known: Mapping[date, Raising],
    check: str,
    last_useful: date | None,
) -> Life:
    """From its first appearance to its last cure: one that went and came back lived on in between."""
    step, first = next((step, one) for step in steps for one in step.appeared if one.check == check)
    known_on = next((day for day, raised in known.items() if check in raised and day >= step.at.date()), None)
    until = known_on or whole.as_of.date()
    acted = acted_on(told, whole, first, step.at)
    return Life(
        first=first,
        visible=step.touch,
        visible_at=step.at,
        known_on=known_on,
        days_blind=(until - step.at.date()).days,
        acted=acted,
        days_to_act=None if acted is None else (acted.at.date() - step.at.date()).days,
        cured_after=_cured_after(steps, check),
        last_useful=last_useful,
    )


def _cured_after(steps: Sequence[Step], check: str) -> TouchId | None:
    if check in steps[-1].standing:
        return None
    return next((step.touch for step in reversed(steps) if check in step.cured), None)
