"""What a deal shows from where we look, read once: what does not change while only time passes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from math import log1p
from typing import NamedTuple

from msgspec import Struct

from premortem.forecasting.champion import Champion, champion_of
from premortem.forecasting.key_facts import KeyFact, by_the_buyer, dated, key_facts
from premortem.ledger.deal import HEARD, MET, Deal, DealTouch
from premortem.ledger.people import DealPerson
from premortem.ledger.saying import period

DAY = 86_400.0
RECENT_DAYS = 28
"""What counts as the last weeks."""
NOT_A_MOVE = frozenset({"discovery_question", "person_named"})


class Doing(NamedTuple):
    """What one side did in a touch: when (seconds since 1970), words spoken in a call, questions asked."""

    at: float
    words: int
    questions: int


class Seen(Struct, frozen=True):
    """A deal read for its evidence. People count from the touch on in which they first come up."""

    facts: tuple[KeyFact, ...]
    champion: Champion | None
    said: frozenset[str]
    """Claims that the buyer's side made, or a note tells of."""
    ours: frozenset[str]
    """Claims that our side made."""
    people: tuple[DealPerson, ...]
    heard: int
    opponents: int
    rivals: int
    theirs_done: tuple[Doing, ...]
    ours_done: tuple[Doing, ...]
    began: float | None
    buyers_day: date | None
    agreed_day: date | None

    def met(self, *roles: str) -> bool:
        """Whether we spoke, wrote or met with a buyer in one of these roles."""
        return any(one.met is not None and not one.roles.isdisjoint(roles) for one in self.people)

    def shown(self, role: str) -> bool:
        """Whether a buyer is shown in a role."""
        return any(role in one.roles for one in self.people)


def seen(deal: Deal) -> Seen:
    """Read a deal once for all that its evidence asks of it."""
    facts = tuple(key_facts(deal).values())
    theirs, ours = _doings(deal)
    return Seen(
        facts=facts,
        champion=champion_of(deal),
        said=frozenset([known.fact.claim for known in by_the_buyer(deal, *_claims(deal))]),
        ours=frozenset(
            [known.fact.claim for known in deal.facts if known.believed and _is_ours(deal, known.fact.speaker)]
        ),
        people=tuple([one for one in deal.buyers if one.first_named is not None]),
        heard=len(deal.closest_buyers),
        opponents=len({known.fact.person or known.fact.speaker for known in deal.said("opposition_stated")}),
        rivals=len({(known.fact.value or "").casefold() for known in deal.said("competitor_named")}),
        theirs_done=theirs,
        ours_done=ours,
        began=_began(deal),
        buyers_day=day[1] if (day := dated(facts[-1].words)) is not None else None,
        agreed_day=_agreed_day(deal),
    )


def _is_ours(deal: Deal, speaker: str | None) -> bool:
    return deal.side(speaker) == "seller"


def _claims(deal: Deal) -> Iterable[str]:
    return dict.fromkeys([known.fact.claim for known in deal.facts if known.fact.claim not in NOT_A_MOVE])


def _began(deal: Deal) -> float | None:
    began = deal.created or (deal.touches[0].at if deal.touches else None)
    return None if began is None else began.timestamp()


def _agreed_day(deal: Deal) -> date | None:
    """The last day of the newest next step that was agreed."""
    days = [told for known in deal.said("next_step_agreed") if (told := period(known.fact.value)) is not None]
    return days[-1][1] if days else None


def _doings(deal: Deal) -> tuple[tuple[Doing, ...], tuple[Doing, ...]]:
    theirs, ours = [], []
    for touch in deal.touches:
        sides = {deal.side(one) for one in touch.people(*HEARD)}
        reached = any(deal.side(one) == "buyer" for one in touch.people(*MET))
        if "buyer" in sides:
            theirs.append(_doing(deal, touch, "buyer"))
        if "seller" in sides and reached:  # a note of ours that reports on nobody reached nobody
            ours.append(_doing(deal, touch, "seller"))
    return tuple(theirs), tuple(ours)


def _doing(deal: Deal, touch: DealTouch, side: str) -> Doing:
    at = touch.at.timestamp()
    if touch.measures is not None:
        voices = [voice for voice in touch.measures.voices if deal.side(voice.person) == side]
        return Doing(at, sum(voice.words for voice in voices), sum(voice.questions for voice in voices))
    return Doing(at, 0, sum(deal.side(question.person) == side for question in touch.questions))


class Recent(NamedTuple):
    """What one side did in the last weeks, and how long ago it last did anything. All are log(1 + x)."""

    touches: float
    words: float
    questions: float
    silent_days: float


def recent(done: tuple[Doing, ...], began: float | None, now: float) -> Recent:
    """Of a side that never did anything, the silence runs from the deal's beginning."""
    since = now - RECENT_DAYS * DAY
    touches = words = questions = 0
    for one in reversed(done):
        if one.at <= since:
            break
        touches, words, questions = touches + 1, words + one.words, questions + one.questions
    last = done[-1].at if done else began if began is not None else now
    return Recent(log1p(touches), log1p(words), log1p(questions), log1p(max(0.0, now - last) / DAY))


def days_until(day: date, moment: datetime) -> int:
    """Whole days to a day; below nought once it has passed."""
    return (day - moment.date()).days
