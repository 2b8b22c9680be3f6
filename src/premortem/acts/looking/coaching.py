"""Coaching a conversation: each call of a deal, counted; the document that `premortem coach DEAL --json` prints.

What is said here is said of conversations. There is no score, and nobody is held against anybody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from premortem.acts.looking.call_shown import CallShown, call_shown
from premortem.acts.looking.yardsticks import Yardsticks, yardsticks
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.learning.calls import Call, areas_reached, calls
from premortem.learning.usual import ended_calls
from premortem.ledger.areas import AREAS
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger


class DealCoaching(Struct, frozen=True):
    """The calls of a deal, counted. `never_reached` are areas that no call, mail or note got to.

    `schema` changes when a field's meaning does.
    """

    deal: str
    name: str
    calls: list[CallShown]
    mails: int
    notes: int
    never_reached: list[str]
    says: list[str]
    yardsticks: Yardsticks
    schema: str = "premortem.coach/1"


def coach_deal(ledger: Ledger, deal: str) -> DealCoaching:
    """Each call of a deal, beside what is usual. Raises Unknown where the deal is not in the ledger."""
    if not ledger.store.read(deal):
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    ended: list[tuple[bool, Call]] = []
    for one in every_deal(ledger):
        of_deal = calls(one)
        ended += ended_calls(one, of_deal)
        if one.id == deal:
            view, counted = one, of_deal
    witness = Witness(view, ledger.contents)
    kinds = Counter(touch.type for touch in view.touches)
    shown = [call_shown(call, witness) for call in counted]
    return DealCoaching(
        deal=view.id,
        name=view.name,
        calls=shown,
        mails=kinds["mail"],
        notes=kinds["note"],
        never_reached=[area for area, reached in areas_reached(view).items() if reached == "never"],
        says=_says(view, counted, shown, witness),
        yardsticks=yardsticks(ended),
    )


def every_deal(ledger: Ledger) -> Iterator[Deal]:
    """The deals of a ledger, one after the other: none is kept."""
    for deal in ledger.store.deals():
        yield deal_as_of(ledger.store.read(deal))


def _says(deal: Deal, counted: list[Call], shown: list[CallShown], witness: Witness) -> list[str]:
    """What all of its calls together tell."""
    if not counted:
        return [_no_call(deal)]
    said = _not_asked_about(counted)
    there = Counter(witness.name(buyer) for call in counted for buyer in call.buyers)
    unasked = Counter(name for call in shown for name in call.asked_nothing)
    for name, times in unasked.items():
        if times == there[name] > 1:
            said.append(f"{name} was there in {times} calls and was asked nothing.")
    return said


def _not_asked_about(counted: list[Call]) -> list[str]:
    """One sentence on the areas that no question of ours opened, and in how many calls the buyer told of them."""
    areas = []
    for area in AREAS:
        reached = Counter(call.areas[area] for call in counted)
        if not reached["asked"]:
            told = f" (the buyer told of it in {reached['told']})" if reached["told"] else ""
            areas.append(spoken_of(area) + told)
    where = "this call" if len(counted) == 1 else f"any of the {len(counted)} calls"
    return [f"Our side did not ask, in {where}, about: {', '.join(areas)}."] if areas else []


def spoken_of(area: str) -> str:
    """An area as a sentence speaks of it."""
    return area if area in ("money", "timing", "people") else f"the {area}"


def _no_call(deal: Deal) -> str:
    if not deal.touches:
        return "There is no call, mail or note in this deal yet."
    return "There is no call in this deal yet: talk is measured in calls, and mails and notes have none."
