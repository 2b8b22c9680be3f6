"""Which pieces of content answer what in a deal: a few, each for one person and the words in which they named it.

Buyers do not sift. So a piece is proposed only where somebody named what it answers, at most three are proposed, all
within one use case, and what answers nothing counts against us. Whoever decides and was never met gets a pack to be
carried up by somebody who was, written for that reader and not for the technical contact.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import get_args

from msgspec import Struct

from premortem.buying.needs import CONCERNS, PAIN, Need, named_in
from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import PersonId, Role, Sent
from premortem.ledger.people import DealPerson

AT_MOST = 3
ANYONE = "anyone"
READERS: tuple[str, ...] = (ANYONE, *(one for one in get_args(Role) if one not in ("coach", "blocker")))
"""Whom a piece may be written for."""
NOT_UPSTAIRS = ("technical_buyer", "user_buyer")


class Piece(Struct, frozen=True):
    """A piece of content. `use_case` and `pain` are phrases with commas between, as buyers would say them; `concern`
    is one of CONCERNS, `reader` one of READERS."""

    key: str
    title: str
    place: str = ""
    use_case: str = ""
    pain: str = ""
    reader: str = ANYONE
    concern: str = ""


class Fit(Struct, frozen=True):
    """A piece that answers what somebody named; `to` is the reader that it is for: often whoever named it."""

    piece: Piece
    need: Need
    to: PersonId
    strength: int


class Pack(Struct, frozen=True):
    """What goes up to a decider whom nobody met, by whose hand; `words` are the need in the buyers' own words."""

    decider: PersonId
    carrier: PersonId | None
    pieces: tuple[Piece, ...]
    words: tuple[DealFact, ...]
    ours: tuple[PersonId, ...]


class Given(Struct, frozen=True):
    """A piece that went to somebody: on which day first, and the newest that is known of it."""

    at: datetime
    sent: Sent


class Early(Struct, frozen=True):
    """A request for papers that came before a word on the need: `told` says whether that came later."""

    request: DealFact
    told: bool


def answers(piece: Piece, need: Need) -> int:
    """How strongly a piece answers a need: 0 where nothing in its tags does."""
    if need.claim in CONCERNS.values():
        return 3 if piece.concern and CONCERNS[piece.concern] == need.claim else 0
    pain, use = named_in(piece.pain, need.words), named_in(piece.use_case, need.words)
    return 2 * pain + use


def reads(deal: Deal, person: PersonId, piece: Piece) -> bool:
    """Whether a piece is written for this person."""
    known = deal.people.get(person)
    return piece.reader == ANYONE or (known is not None and piece.reader in known.roles)


def fits(deal: Deal, pieces: Sequence[Piece], needs: Sequence[Need]) -> list[Fit]:
    """Every way in which a piece answers a need for one reader, the strongest first.

    The reader is whoever named the need, where the piece is written for them; else whoever it is written for and was
    met. A piece for somebody who is not on the map, or whom nobody met, is no fit: it would only be passed on.
    """
    gone = {(one.sent.piece, one.sent.to) for one in given(deal)}
    found = []
    for piece in pieces:
        for need in needs:
            strength, to = answers(piece, need), _reader(deal, piece, need)
            if strength and to is not None and (piece.key, to) not in gone:
                found.append(Fit(piece, need, to, strength + (to == need.person) + (piece.reader != ANYONE)))
    return sorted(found, key=lambda one: (-one.strength, one.need.fact.at, one.piece.key, one.need.fact.fact.fact))


def _reader(deal: Deal, piece: Piece, need: Need) -> PersonId | None:
    if reads(deal, need.person, piece):
        return need.person
    return next((one for one in deal.closest_buyers if reads(deal, one, piece)), None)


def story(found: Sequence[Fit]) -> Fit | None:
    """The one story for the group: the piece that answers the pains of most people, by its strongest fit.

    Of equals it is one that anyone can read. None where no piece answers a pain: a concern is somebody's own.
    """
    found = [fit for fit in found if fit.need.claim in PAIN]
    people: dict[str, set[PersonId]] = {}
    weight: dict[str, int] = {}
    for fit in found:
        people.setdefault(fit.piece.key, set()).add(fit.need.person)
        weight[fit.piece.key] = weight.get(fit.piece.key, 0) + fit.strength
    for_all = {fit.piece.key for fit in found if fit.piece.reader == ANYONE}
    best = max(people, key=lambda key: (len(people[key]), key in for_all, weight[key]), default=None)
    return next((fit for fit in found if fit.piece.key == best), None)


def few(found: Sequence[Fit]) -> list[Fit]:
    """At most three: one a person and a need, no piece twice, all within the use case of the group's story."""
    told = story(found)
    kept: list[Fit] = [told] if told else []
    for fit in found:
        new = all(fit.piece.key != one.piece.key for one in kept)
        answered = {(one.to, one.need.claim) for one in kept}
        if new and (fit.to, fit.need.claim) not in answered and (told is None or _goes_with(fit.piece, told.piece)):
            kept.append(fit)
    return kept[:AT_MOST]


def _goes_with(piece: Piece, told: Piece) -> bool:
    return not piece.use_case or not told.use_case or piece.use_case.casefold() == told.use_case.casefold()


def packs(deal: Deal, pieces: Sequence[Piece], needs: Sequence[Need]) -> list[Pack]:
    """A pack for each decider whom nobody met."""
    return [_pack(deal, one, pieces, needs) for one in deal.with_role("economic_buyer") if one.met is None]


def _pack(deal: Deal, decider: DealPerson, pieces: Sequence[Piece], needs: Sequence[Need]) -> Pack:
    carried = [one for one in pieces if _for_upstairs(one, decider)]
    strength = {one.key: max((answers(one, need) for need in needs), default=0) for one in carried}
    wanted = [one for one in carried if strength[one.key] or one.concern == "trust"]
    wanted.sort(key=lambda one: (one.reader == ANYONE, -strength[one.key], one.key))
    words = [need.fact for need in needs if need.claim in ("impact_quantified", "pain_stated")]
    words.sort(key=lambda known: (known.fact.claim != "impact_quantified", known.at))
    hands = [one for one in deal.closest_buyers if one != decider.id]
    ours = tuple(one.id for one in deal.of_side("seller"))[:AT_MOST]
    return Pack(decider.id, next(iter(hands), None), tuple(wanted[:AT_MOST]), tuple(words[:AT_MOST]), ours)


def _for_upstairs(piece: Piece, decider: DealPerson) -> bool:
    """A paper for the technical contact says nothing to a decider, unless the decider is one."""
    return piece.reader == ANYONE or piece.reader in decider.roles - (set(NOT_UPSTAIRS) - decider.declared)


def given(deal: Deal) -> list[Given]:
    """What went to whom: a piece that is told twice of one person went once, and the newest word on it counts."""
    kept: dict[tuple[str, PersonId | None], Given] = {}
    for at, told in deal.sent:
        to = deal.human.get(told.to, told.to) if told.to is not None else None
        before = kept.get((told.piece, to))
        opened = told.opened if told.opened is not None or before is None else before.sent.opened
        answered = told.answers or (before.sent.answers if before else None)
        kept[told.piece, to] = Given(before.at if before else at, Sent(told.piece, to, opened, answered))
    return list(kept.values())


def answer_nothing(found: Collection[Given]) -> list[Given]:
    """What was sent and answers nothing that anybody named: it counts against us."""
    return [one for one in found if one.sent.answers is None]


def wrong_reader(deal: Deal, one: Given, pieces: Collection[Piece]) -> bool:
    """Whether a piece went to somebody whom it is not written for, as far as their role is known."""
    piece = next((known for known in pieces if known.key == one.sent.piece), None)
    known = deal.people.get(one.sent.to or "")
    return piece is not None and known is not None and bool(known.roles) and not reads(deal, known.id, piece)


def early_requests(deal: Deal) -> list[Early]:
    """Papers that were asked for before a word on the need: something to exchange for a talk."""
    told = deal.said(*PAIN)
    first = told[0].at if told else None
    asked = deal.said("collateral_requested")
    return [Early(one, bool(told)) for one in asked if first is None or one.at < first]
