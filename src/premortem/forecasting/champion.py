"""The champion: who of the buyers meets most conditions of a coach, and whether they reach who decides.

A reason of their own, they say that they want us, they fight for us, they are still talking to us. Without power
that is a friend: they decide themselves, brought us together with whoever does, or promised to.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from msgspec import Struct

from premortem.forecasting.key_facts import by_the_buyer
from premortem.ledger.deal import HEARD, Deal, DealFact
from premortem.ledger.entries import PersonId

REASON, WANTS, FIGHTS = "personal_stake", "wants_us", "will_fight"
OPENS = "introduction_agreed"
"""Bringing others in is a deed: it fights for us, and may reach who decides."""


class Champion(Struct, frozen=True):
    """Words that show each condition; empty where nothing does.

    `power` are the words that show that they decide or reach who does; `by_meeting`: both were in one touch with us.
    `refused`: they last declined to bring us together. `against` is their own later word against us, or another's on
    them.
    """

    person: PersonId
    reason: tuple[DealFact, ...]
    wants: tuple[DealFact, ...]
    fights: tuple[DealFact, ...]
    power: tuple[DealFact, ...]
    decides: bool
    by_meeting: bool
    refused: bool
    against: tuple[DealFact, ...]
    last_heard: datetime | None

    @property
    def has_power(self) -> bool:
        return self.decides or self.by_meeting or bool(self.power)

    @property
    def guides(self) -> bool:
        """Whether they have a reason of their own and speak up for us: the least that makes somebody a coach."""
        return bool(self.reason) and bool(self.wants or self.fights)

    @property
    def shown(self) -> int:
        """How many of the first three conditions are shown, 0 to 3."""
        return sum(bool(words) for words in (self.reason, self.wants, self.fights))

    def silent_days(self, as_of: datetime) -> int | None:
        """Whole days since they were last heard; None where they never were."""
        return None if self.last_heard is None else (as_of - self.last_heard).days


def champion_of(deal: Deal) -> Champion | None:
    """The one who comes nearest, by conditions shown, then power, then by last word; None where nobody shows any."""
    told: dict[PersonId, dict[str, list[DealFact]]] = defaultdict(lambda: defaultdict(list))
    for known in by_the_buyer(deal, REASON, WANTS, FIGHTS, OPENS, "introduction_refused", "opposition_stated"):
        fact = known.fact
        if fact.claim == "opposition_stated":
            who = fact.person
        else:
            who = (fact.person or fact.speaker) if fact.claim in (REASON, WANTS, FIGHTS) else fact.speaker
        if who is not None and deal.side(who) != "seller":
            told[who][fact.claim].append(known)
    if not told:
        return None
    # Who somebody is holds from always on; they count from the touch on in which they first come up.
    known_to_decide = [one for one in deal.with_role("economic_buyer") if "economic_buyer" in one.proven]
    deciders = {person.id for person in known_to_decide if person.first_named is not None}
    heard = _last_heard(deal)
    candidates = [_weighed(deal, who, words, deciders, heard.get(who)) for who, words in told.items()]
    showing = [one for one in candidates if one.shown]
    return max(
        showing,
        key=lambda one: (one.shown, one.has_power, one.last_heard or deal.touches[0].at, one.person),
        default=None,
    )


def _last_heard(deal: Deal) -> dict[PersonId, datetime]:
    return {one: touch.at for touch in deal.touches for one in touch.people(*HEARD)}


def _weighed(
    deal: Deal, who: PersonId, words: dict[str, list[DealFact]], deciders: set[PersonId], last: datetime | None
) -> Champion:
    opened, refused = words[OPENS], words["introduction_refused"]
    wants = words[WANTS]
    reaching = [known for known in opened if known.fact.person is None or not deciders or known.fact.person in deciders]
    decides = who in deciders
    claimed = (
        [known for known in by_the_buyer(deal, "authority_claimed") if known.fact.person == who] if decides else []
    )
    return Champion(
        person=who,
        reason=tuple(words[REASON]),
        wants=tuple(wants),
        fights=(*words[FIGHTS], *opened),
        power=tuple(claimed or reaching),
        decides=decides,
        by_meeting=not decides
        and any(who in (met := touch.people(*HEARD)) and deciders & set(met) for touch in deal.touches),
        refused=bool(refused) and (not opened or refused[-1].at > opened[-1].at),
        against=tuple(no for no in words["opposition_stated"] if not wants or no.at > wants[-1].at),
        last_heard=last,
    )
