"""Why did we lose? Five questions over the deals that ended in a period, by how they ended, never by person.

why(replays, …)    the page; what `premortem why --json` prints
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.afterwards.ends_called import ENDS_CALLED
from premortem.acts.afterwards.why_ages import AgesShown, ages
from premortem.errors import Unknown
from premortem.learning.ends import FEW, Answered, Blind, Ended, Moved, answered, apart, blind_days, causes, moved
from premortem.learning.intervals import Interval, difference, share
from premortem.learning.record import NOT_WON
from premortem.learning.why import ASKED, QUESTIONS, Question
from premortem.ledger.saying import counted
from premortem.records.replays import ENDS, Replays, Wanted

A_YEAR = timedelta(days=365)
CALLED = ENDS_CALLED
CAUSES = 5
KINDS = 10


class ShareShown(Struct, frozen=True):
    """So many of so many, the share, and the ends of its 95% interval; none where there are no deals. `few`: so small a
    number that it says little."""

    some: int
    of: int
    share: Interval | None
    few: bool


class EndAnswered(Struct, frozen=True):
    """The answers over the deals that ended so. `yes` is of the deals in which the answer is known."""

    end: str
    called: str
    yes: ShareShown
    no: int
    unknown: int


class Compared(Struct, frozen=True):
    """How much more often the answer was yes in deals won than in those that ended so; `tells` where that is no
    chance: the interval leaves out nought."""

    than: str
    called: str
    more: Interval | None
    tells: bool


class QuestionShown(Struct, frozen=True):
    """One of the five, by how deals ended, and won against the others."""

    question: Question
    asked: str
    by_end: list[EndAnswered]
    against: list[Compared]


class CauseShown(Struct, frozen=True):
    """A finding among the likeliest factors: in how many deals it comes first, and in how many it is named at all."""

    check: str
    first: ShareShown
    named: ShareShown


class EndCauses(Struct, frozen=True):
    """What most probably lost the deals that ended so, and in how many nothing that stood could be named."""

    end: str
    called: str
    deals: int
    without: int
    causes: list[CauseShown]


class MovedShown(Struct, frozen=True):
    """One figure, in the period before and in this one, and what the difference says."""

    what: str
    before: ShareShown
    now: ShareShown
    more: Interval | None
    says: Moved


class WhyDocument(Struct, frozen=True):
    """The answers over the deals that ended from `first` to `last`; the period before is as long and ends the day
    before. `waiting` deals ended and have not been replayed yet. `schema` changes when a field's meaning does."""

    first: str
    last: str
    before_first: str
    before_last: str
    segment: str
    seller: str
    segments: list[str]
    sellers: list[str]
    deals: int
    ended: dict[str, int]
    waiting: int
    questions: list[QuestionShown]
    causes: list[EndCauses]
    ages: AgesShown | None
    blind: list[Blind]
    moved: list[MovedShown]
    lost_to_no_decision: ShareShown
    cautions: list[str]
    schema: str = "premortem.why/1"


def wanted(first: date | None, last: date | None, today: date, segment: str = "", seller: str = "") -> Wanted:
    """What is asked for: without days, the year up to today. Raises Unknown for a period that ends before it begins."""
    last = last or today
    first = first or last - A_YEAR + timedelta(days=1)
    if first > last:
        raise Unknown(f"{first.isoformat()} is after {last.isoformat()}", "Give the earlier day first.")
    return Wanted(first, last, segment, seller)


def why(replays: Replays, asked: Wanted, with_ages: bool = True) -> WhyDocument:
    """The five questions over what is asked for, which has both days; the deals are those that `replays` may see."""
    assert asked.first is not None
    assert asked.last is not None
    _known(asked, replays)
    length = asked.last - asked.first + timedelta(days=1)
    before = replace(asked, first=asked.first - length, last=asked.first - timedelta(days=1))
    deals, earlier = (ended_in(replays, one) for one in (asked, before))
    by_end = {end: [one for one in deals if one.status == end] for end in ENDS}
    ended = {end: len(those) for end, those in by_end.items()}
    not_won = [one for end in NOT_WON for one in by_end[end]]
    questions, rows = [_question(one, by_end) for one in QUESTIONS], _moved(earlier, deals)
    compared = [one.more for question in questions for one in question.against] + [row.more for row in rows]
    curves = ages(replays.ages(), asked.first, asked.last, asked.segment) if with_ages and not asked.seller else None
    return WhyDocument(
        first=asked.first.isoformat(),
        last=asked.last.isoformat(),
        before_first=(asked.first - length).isoformat(),
        before_last=(asked.first - timedelta(days=1)).isoformat(),
        segment=asked.segment,
        seller=asked.seller,
        segments=replays.segments(),
        sellers=replays.sellers(),
        deals=len(deals),
        ended=ended,
        waiting=replays.waiting(),
        questions=questions,
        causes=[_causes(end, by_end[end]) for end in NOT_WON if by_end[end]],
        ages=curves,
        blind=blind_days(not_won)[:KINDS],
        moved=rows,
        lost_to_no_decision=_share(ended["no_decision"], len(not_won)),
        cautions=_cautions(deals, sum(more is not None for more in compared)),
    )


def ended_in(replays: Replays, asked: Wanted) -> list[Ended]:
    """The deals that ended in a period, as counts see them."""
    days = msgspec.json.Decoder(dict[str, int])
    return [
        Ended(one.deal, one.status, one.answers, tuple(one.factors.split()), days.decode(one.blind))
        for one in replays.told(asked)
    ]


def _known(asked: Wanted, replays: Replays) -> None:
    for what, given, known in (
        ("segment", asked.segment, replays.segments),
        ("seller", asked.seller, replays.sellers),
    ):
        if given and given not in known():
            raise Unknown(f"no deal that ended has the {what} '{given}'", f"There are: {'; '.join(known()) or 'none'}.")


def _share(some: int, of: int) -> ShareShown:
    return ShareShown(some, of, share(some, of) if of else None, of < FEW)


def _question(question: Question, by_end: dict[str, list[Ended]]) -> QuestionShown:
    found = {end: answered(deals, question) for end, deals in by_end.items()}
    shown = [_end(end, found[end]) for end in ENDS if by_end[end]]
    others = [end for end in ("lost", "no_decision", "other_way") if by_end[end]]
    return QuestionShown(question, ASKED[question], shown, [_against(found["won"], end, found[end]) for end in others])


def _end(end: str, found: Answered) -> EndAnswered:
    return EndAnswered(end, CALLED[end], _share(found.yes, found.known), found.no, found.unknown)


def _against(won: Answered, end: str, other: Answered) -> Compared:
    more = apart(won, other)
    return Compared(end, CALLED[end], more, more is not None and not more.low <= 0 <= more.high)


def _causes(end: str, deals: Sequence[Ended]) -> EndCauses:
    of = len(deals)
    found = [CauseShown(check, _share(first, of), _share(named, of)) for check, first, named in causes(deals)[:CAUSES]]
    return EndCauses(end, CALLED[end], of, sum(not one.factors for one in deals), found)


def _moved(before: Sequence[Ended], now: Sequence[Ended]) -> list[MovedShown]:
    """What changed since the period before: each question, what we saw at once, and what was won."""
    rows = []
    for question in QUESTIONS:
        then, since = answered(before, question), answered(now, question)
        rows.append((ASKED[question], _share(then.yes, then.known), _share(since.yes, since.known)))
    rows.append(("Findings that we knew of on the day they could be seen", _at_once(before), _at_once(now)))
    rows.append(("Deals won, of those that ended", _won(before), _won(now)))
    return [_move(*row) for row in rows]


def _move(what: str, before: ShareShown, now: ShareShown) -> MovedShown:
    more = difference(now.share, before.share) if now.share is not None and before.share is not None else None
    return MovedShown(what, before, now, more, moved(more))


def _at_once(deals: Sequence[Ended]) -> ShareShown:
    days = [blind for one in deals for blind in one.blind.values()]
    return _share(sum(one == 0 for one in days), len(days))


def _won(deals: Sequence[Ended]) -> ShareShown:
    return _share(sum(one.status == "won" for one in deals), len(deals))


def _cautions(deals: Sequence[Ended], compared: int) -> list[str]:
    told = [
        "These are counts of our own deals, no causes. An interval holds the truth 95 times in 100, by chance alone."
    ]
    if deals and len(deals) < FEW:
        told.append(f"{len(deals)} deals are few: read them one by one rather than the shares.")
    if compared:
        stand = "stands" if compared == 1 else "stand"
        told.append(
            f"{counted(compared, 'comparison')} {stand} on this page: even where nothing differs, about one in twenty "
            "would seem to."
        )
    return told
