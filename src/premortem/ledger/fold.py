"""Entries → the deal, as of a moment.

A deal is a fold of its entries, and a pure function of them: the order in which they arrived never matters. Two moments
choose what is seen. `at` is the moment from which we look: nothing that happened later counts. `known` is the moment up
to which we had learned things; left out, we look with hindsight, and what was imported or corrected later counts where
it belongs. 'Could have been known in March' is `at` March; 'was known in March' is both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from premortem.ledger.counting import all_count, that_count
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import Entry, Fact, Outcome, Touch, TouchId
from premortem.ledger.telling import Telling, end_told
from premortem.ledger.told_touches import Touches


def deal_as_of(entries: Iterable[Entry], at: datetime | None = None, known: datetime | None = None) -> Deal:
    """The deal as it stood at a moment, by what was known at a moment; both default to the end of time.

    What an import told and somebody took back is left out. Raises ValueError where there is no entry at all or where
    entries belong to several deals.
    """
    entries = list(entries)
    told = Telling(_one_deal(entries))
    told.hear(_seen(_counting(entries, known), at, known))
    return told.as_of(at or _latest(entries))


def deal_in_all(entries: Iterable[Entry]) -> Deal:
    """The deal with what was taken back too: what an import has to know, and who erases a person.

    Raises ValueError where there is no entry at all or where entries belong to several deals.
    """
    entries = list(entries)
    told = Telling(_one_deal(entries))
    told.hear(entries)
    return told.as_of(max(entry.at for entry in entries))


def history(entries: Sequence[Entry], as_known: bool = False) -> Iterator[tuple[DealTouch, Deal]]:
    """The deal after each of its touches in turn, as it could be known then, or (`as_known`) as it was.

    Of touches at the same moment, those later by name are not yet seen.
    """
    whole = Telling(_one_deal(entries))
    counting = that_count(list(entries))
    whole.hear(counting)
    touches = whole.touches()
    times = [(touch.at, touch.id) for touch in touches]
    yield from zip(touches, _passing(counting, [at for at, _ in times], _visible(times, as_known)), strict=True)


def with_its_past(
    entries: Iterable[Entry], at: datetime, known: datetime | None = None
) -> tuple[Deal, list[tuple[DealTouch, Deal]]]:
    """The deal as it stood at a moment, and its history up to then: both for little more than the price of one.

    Raises ValueError where there is no entry at all or where entries belong to several deals.
    """
    entries = list(entries)
    _one_deal(entries)
    seen = _seen(_counting(entries, known), at, known)
    if not seen:
        return deal_as_of(entries, at, known), []
    times = _touch_times(seen)
    *past, deal = _passing(seen, [*(moment for moment, _ in times), at], _visible(times))
    return deal, list(zip(deal.touches, past, strict=True))


def diary(entries: Sequence[Entry], days: Iterable[date]) -> Iterator[tuple[date, Deal]]:
    """The deal at the end of each of these days, in the order of time, by what had been learned by then.

    Raises ValueError where there is no entry at all or where entries belong to several deals.
    """
    _one_deal(entries)
    days = sorted(days)
    ends = [end_of(day) for day in days]
    if not all_count(entries):
        yield from ((day, deal_as_of(entries, end, end)) for day, end in zip(days, ends, strict=True))
        return
    yield from zip(days, _passing(entries, ends, lambda one: bisect_left(ends, max(one.at, one.learned))), strict=True)


def at_moments(entries: Iterable[Entry], moments: Sequence[datetime], as_known: bool = False) -> Iterator[Deal]:
    """The deal at each of these moments, which are in the order of time, as `deal_as_of` gives it.

    As it could be known then, or (`as_known`) by what had been learned by then. Raises ValueError where there is no
    entry at all or where entries belong to several deals.
    """
    entries = list(entries)
    _one_deal(entries)
    moments = list(moments)
    if not all_count(entries):
        yield from (deal_as_of(entries, moment, moment if as_known else None) for moment in moments)
        return
    yield from _passing(
        entries, moments, lambda one: bisect_left(moments, max(one.at, one.learned) if as_known else one.at)
    )


class Ending(NamedTuple):
    """The latest that a deal shows: when anything happened, when the last touch took place, and when it ended.

    What the buyer does in their room counts as a touch here: it is their own word.
    """

    latest: datetime
    last_touch: datetime | None
    ended: datetime | None


def ending(entries: Iterable[Entry], at: datetime | None = None, known: datetime | None = None) -> Ending:
    """What `deal_as_of` would tell of a deal's end, at a small part of its price.

    Raises ValueError where there is no entry at all or where entries belong to several deals.
    """
    entries = list(entries)
    _one_deal(entries)
    seen = _seen(_counting(entries, known), at, known)
    times = _touch_times(seen)
    end = end_told([entry for entry in seen if isinstance(entry.body, Outcome)])
    latest = at or _latest(entries)
    words = [times[-1][0]] if times else []
    words += [entry.at for entry in seen if entry.by_the_buyer]
    return Ending(latest, max(words, default=None), end[0] if end else None)


def end_of(day: date) -> datetime:
    """The last moment of a day: a view as of a day sees all of it."""
    return datetime.combine(day, time.max, UTC)


ALWAYS = datetime(1, 1, 1, tzinfo=UTC)
"""When something holds that has no day: who somebody is does not begin on the day we learn it."""


def noon(day: date) -> datetime:
    """When something happened of which only the day is known: that same day nearly everywhere on earth."""
    return datetime.combine(day, time(12), UTC)


def _one_deal(entries: Iterable[Entry]) -> str:
    deals = {entry.deal for entry in entries}
    if len(deals) != 1:
        why = f"entries of several deals: {', '.join(sorted(deals))}" if deals else "no entries"
        raise ValueError(f"{why} can't be folded into a deal")
    return deals.pop()


def _counting(entries: list[Entry], known: datetime | None) -> list[Entry]:
    """The entries that count by what was known at a moment: what was taken back only later still does."""
    return that_count(entries if known is None else [one for one in entries if one.learned <= known])


def _latest(entries: list[Entry]) -> datetime:
    """When the last of what counts happened; of a deal of which nothing does, the last of all."""
    return max(entry.at for entry in that_count(entries) or entries)


def _seen(entries: Iterable[Entry], at: datetime | None, known: datetime | None) -> list[Entry]:
    return [one for one in entries if (at is None or one.at <= at) and (known is None or one.learned <= known)]


def _touch_times(entries: Iterable[Entry]) -> list[tuple[datetime, TouchId]]:
    touches = Touches()
    for entry in entries:
        if isinstance(entry.body, Touch):
            touches.hear(entry, entry.body)
    return touches.times()


def _passing(entries: Iterable[Entry], moments: Sequence[datetime], since: Callable[[Entry], int]) -> Iterator[Deal]:
    """The deal at one moment after the other; `since` tells from which of them on an entry is seen."""
    fresh: list[list[Entry]] = [[] for _ in moments]
    told: Telling | None = None
    for entry in entries:
        told = told or Telling(entry.deal)
        number = since(entry)
        if number < len(fresh):
            fresh[number].append(entry)
    for moment, entries_now in zip(moments, fresh, strict=True):
        assert told is not None
        told.hear(entries_now)
        yield told.as_of(moment)


def _visible(times: Sequence[tuple[datetime, TouchId]], as_known: bool = False) -> Callable[[Entry], int]:
    """From which touch on an entry is seen: what is read from a touch, or is said of it, not before that one."""
    moments = [at for at, _ in times]
    number_of = {touch: number for number, (_, touch) in enumerate(times)}

    def since(entry: Entry) -> int:
        body = entry.body
        number = bisect_left(moments, entry.at)
        if isinstance(body, Touch | Fact):
            number = max(number, number_of.get(body.touch, 0))
        return max(number, bisect_left(moments, entry.learned)) if as_known else number

    return since
