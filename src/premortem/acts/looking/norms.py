"""Norms: what is usual in this firm, each figure with its source; the document that `premortem norms --json` prints.

norms_of(ledger, before)    the firm's own norms by what had ended before a moment
norms_document(…)           the same, to be shown
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from premortem.learning.norms import ENOUGH_ENDED, ENOUGH_WON, OwnNorms, our_shares, own_norms
from premortem.ledger.entries import Entry, Outcome, Person, Touch
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norm, Norms
from premortem.ledger.store import Ledger

NEWEST_DEALS = 1_000
"""How many of the deals that ended last are looked at: enough for any median, and how the firm sells now."""
NEWEST_WITH_CALLS = 60
"""How many of the deals won last are opened for how their calls were shared."""

CALLED = {
    "cycle_days": ("cycle", "days"),
    "cycle_days_low": ("cycle, short end", "days"),
    "cycle_days_high": ("cycle, long end", "days"),
    "buyers_in_a_won_deal": ("their people in a won deal", "people"),
    "touches_a_month": ("touches a month", "touches"),
    "seller_share": ("our part of the talk", "share"),
    "seller_share_caution": ("our part of the talk, caution from", "share"),
    "seller_share_warning": ("our part of the talk, warning from", "share"),
    "questions_per_first_call": ("questions in a first call", "questions"),
    "silence_days": ("silence, longest", "days"),
    "fresh_days": ("evidence is fresh for", "days"),
    "days_to_turn": ("from acting on a finding to settling it", "days"),
    "touches_before_absence_counts": ("touches before an absence counts", "touches"),
    "asking_days_after_the_end": ("for asking again after the end", "days"),
    "winner_fades_days": ("until the winner has moved on to the next sale", "days"),
    "comeback_touch_days": ("between touches after a loss", "days"),
    "problem_answer_days": ("until a problem is answered, at most", "days"),
    "pieces_of_content": ("pieces of content before it is too much", "pieces"),
}
"""How a norm is spoken of, and what it is counted in; one that is not here goes by its own name."""


class NormShown(Struct, frozen=True):
    """One norm. `unit` is null where its name says it."""

    name: str
    called: str
    value: float
    unit: str | None
    source: str


class SegmentShown(Struct, frozen=True):
    """Deals of about one size: how many ended, and their own norms; an empty list where too few did."""

    segment: str
    ended: int
    norms: list[NormShown]


class NormsDocument(Struct, frozen=True):
    """What is usual, and on how many deals that rests. `schema` changes when a field's meaning does."""

    ended: int
    won: int
    needed: int
    says: str
    norms: list[NormShown]
    segments: list[SegmentShown]
    schema: str = "premortem.norms/1"


def norms_of(ledger: Ledger, before: datetime | None = None, norms: Norms | None = None) -> OwnNorms:
    """The firm's own norms by the deals that ended last, before a moment if one is given: a look at the past must not
    know what came later. `norms` stand where the own deals are too few."""
    ended = ledger.reading.ended(before, NEWEST_DEALS)
    if len(ended) < ENOUGH_ENDED:
        return own_norms(ended, (), norms)
    won = [one.deal for one in ended if one.won][:NEWEST_WITH_CALLS]
    shares = [share for _, entries in ledger.store.read_each(won) for share in _shares(entries)]
    return own_norms(ended, shares, norms)


def _shares(entries: list[Entry]) -> list[float]:
    told = [one for one in entries if isinstance(one.body, Touch | Person | Outcome)]
    return our_shares(deal_as_of(told)) if told else []


def norms_document(own: OwnNorms) -> NormsDocument:
    """Every norm that holds, in the order of `CALLED`, then those that only their name tells."""
    return NormsDocument(
        ended=own.ended,
        won=own.won,
        needed=ENOUGH_ENDED,
        says=_says(own),
        norms=_shown(own.whole, Norms(), everything=True),
        segments=[
            SegmentShown(name, ended, _shown(own.segments[name], own.whole) if name in own.segments else [])
            for name, ended in own.ended_in.items()
        ],
    )


def _shown(norms: Norms, beside: Norms, everything: bool = False) -> list[NormShown]:
    names = sorted(Norms.__struct_fields__, key=lambda name: _place(name))
    return [
        norm_shown(name, getattr(norms, name))
        for name in names
        if everything or getattr(norms, name) != getattr(beside, name)
    ]


def _place(name: str) -> int:
    return list(CALLED).index(name) if name in CALLED else len(CALLED)


def norm_shown(name: str, norm: Norm) -> NormShown:
    called, unit = CALLED.get(name, (name.replace("_", " "), None))
    return NormShown(name, called, norm.value, unit, norm.source)


def _says(own: OwnNorms) -> str:
    deals = {0: "No deal has ended", 1: "1 deal has ended"}.get(own.ended, f"{own.ended} deals have ended")
    newest = " (the newest that are looked at)" if own.ended >= NEWEST_DEALS else ""
    if own.ended < ENOUGH_ENDED:
        return (
            f"{deals} in this ledger; from {ENOUGH_ENDED} on, our own figures stand here. "
            "Until then other firms' published figures and this product's assumptions, each named as what it is."
        )
    if own.won < ENOUGH_WON:
        return f"{deals}, {own.won} of them won: too few wins to say from them what is usual in a won deal."
    return f"{deals}{newest}, {own.won} of them won. A source tells which figures are our own."
