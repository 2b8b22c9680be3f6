"""Answers that can't both be true: pairs of facts that contradict each other, and what settled them since.

Several checks ask about them: whether answers conflict, whether a coach's word held, who decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from premortem.ledger.deal import Deal, DealFact
from premortem.ledger.entries import PersonId

MONEY, DECIDER, US, DAY = "the money", "who decides", "whether they want us", "the day"
COMPARED = {
    "budget_confirmed",
    "budget_missing",
    "authority_claimed",
    "decision_maker_named",
    "wants_us",
    "opposition_stated",
    "decision_date_stated",
}


class Conflict(Struct, frozen=True):
    """Two things said that can't both be true: what of, what was said first, and what speaks against it.

    `settled` is what was said later and leaves only one of the two standing; None while both stand.
    """

    about: str
    first: DealFact
    against: DealFact
    settled: DealFact | None = None


def conflicts(deal: Deal) -> list[Conflict]:
    """Every pair of answers that can't both be true, those that still stand first, then in the order of time."""
    said = compared(deal)
    return found_in(deal, said) if said else []


Said = dict[str, list[DealFact]]


def compared(deal: Deal) -> Said:
    """What the deal's people said of what is compared, claim by claim."""
    said: Said = defaultdict(list)
    for known in deal.facts:
        if known.fact.claim in COMPARED and known.believed:
            said[known.fact.claim].append(known)
    return said


def found_in(deal: Deal, said: Said) -> list[Conflict]:
    """Every pair among what was said, as `conflicts` gives them."""
    found = [*_money(deal, said), *_signer(deal, said), *_deciders(deal, said), *_for_and_against(said)]
    return sorted(found, key=lambda one: (one.settled is not None, one.against.at, one.first.at))


def _money(deal: Deal, said: Said) -> Iterator[Conflict]:
    """There is money, by a buyer's own word; then there is none, by another's or a later one."""
    missing = said["budget_missing"]
    for first in said["budget_confirmed"] if missing else ():
        if deal.side(first.fact.speaker) != "buyer":
            continue
        for against in missing:
            if _can_contradict(against, first):
                later = [known for known in said["budget_confirmed"] if known.at > against.at]
                yield Conflict(MONEY, first, against, later[0] if later else None)


def _can_contradict(against: DealFact, first: DealFact) -> bool:
    """Somebody else then or later, or the same person in a later touch: a first word is put right in one breath."""
    if against.fact.speaker == first.fact.speaker:
        return against.at > first.at
    return against.at >= first.at


def _signer(deal: Deal, said: Said) -> Iterator[Conflict]:
    """Somebody signs alone, and it turns out that another does: whom they did not name themselves with it."""
    alone = said["authority_claimed"]
    for first in alone:
        me = first.fact.person or first.fact.speaker
        named = said["decision_maker_named"]
        own = {known.fact.person for known in named if known.fact.speaker == me and known.at <= first.at}
        for against in [*named, *alone]:
            who = against.fact.person
            if who is not None and who != me and who not in own and _can_contradict(against, first):
                yield Conflict(DECIDER, first, against, _own_word(alone, who, against))


def _own_word(alone: Sequence[DealFact], who: PersonId, against: DealFact) -> DealFact | None:
    """Where the one who decides says so in person, in a later touch: that settles it."""
    return next((known for known in alone if known.fact.person == who and known.at > against.at), None)


def _deciders(deal: Deal, said: Said) -> Iterator[Conflict]:
    """Two buyers name different people, and neither names any whom the other named before. Whoever claims to sign names
    themselves."""
    told: dict[PersonId, list[DealFact]] = defaultdict(list)
    for against in sorted([*said["decision_maker_named"], *said["authority_claimed"]], key=lambda known: known.at):
        speaker, who = against.fact.speaker, against.fact.person
        if speaker is None or who is None or deal.side(speaker) != "buyer":
            continue
        told[speaker].append(against)
        mine = {known.fact.person for known in told[speaker]}
        for other, earlier in told.items():
            before = [known for known in earlier if known.at < against.at]
            named = {known.fact.person for known in before}
            if other != speaker and named and not named & mine and not _decides(deal, speaker, named):
                yield Conflict(DECIDER, before[0], against, _own_word(said["authority_claimed"], who, against))


def _decides(deal: Deal, speaker: PersonId, named: set[PersonId | None]) -> bool:
    """One who was named as deciding and now tells who else has a say: that is no other answer."""
    return speaker in named and "economic_buyer" in deal.people[speaker].roles


def _for_and_against(said: Said) -> Iterator[Conflict]:
    """Somebody wanted us and later speaks against us. The other way round they came to like it."""
    for first in said["wants_us"]:
        for against in said["opposition_stated"]:
            if against.fact.person == (first.fact.person or first.fact.speaker) and against.at > first.at:
                again = [one for one in said["wants_us"] if one.fact.person == first.fact.person]
                yield Conflict(US, first, against, next((one for one in again if one.at > against.at), None))
