"""The four facts that a forecast rests on, each with whose word it is, what speaks against it, and who bears it out.

who decides, how it is decided, the budget, and the buyer's own date. Two people who say the same are two sources; one
who says it twice is one. A note that reports on a meeting of several is one word, and nobody knows whose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from msgspec import Struct

from premortem.ledger.claims import Topic
from premortem.ledger.deal import HEARD, Deal, DealFact
from premortem.ledger.deciding import doubted
from premortem.ledger.entries import PersonId, Quote, TouchId
from premortem.ledger.matters import MATTERS, Matter, State, denials, state_of
from premortem.ledger.saying import period

Name = Literal["who decides", "how it is decided", "the budget", "the buyer's date"]
NAMES: tuple[Name, ...] = get_args(Name)
MATTER: dict[Topic, Matter] = {matter.topic: matter for matter in MATTERS}
OF: dict[Name, Topic] = {
    "who decides": "authority",
    "how it is decided": "process",
    "the budget": "budget",
    "the buyer's date": "timing",
}
TWO = 2
"""How many different people have to tell a key fact."""
A_MONTH = timedelta(days=31)
"""Days that lie no further apart tell the same time: 'in May' and 'by early June'."""


class KeyFact(Struct, frozen=True):
    """One of the four. `words` settle it and still stand; `against` are the newest that unsettle or deny it.

    `sources` are the buyers whose word it is, as far as they agree; `others` are buyers who say something else.
    """

    name: Name
    state: State
    words: tuple[DealFact, ...]
    against: tuple[DealFact, ...]
    sources: tuple[PersonId, ...]
    others: tuple[PersonId, ...]
    asked_in: tuple[TouchId, ...]
    question: str

    @property
    def known(self) -> bool:
        return self.state == "known"

    @property
    def torn(self) -> bool:
        """Whether their people differ: no two of them say the same, or one denies the money that others confirm."""
        denied = self.name == "the budget" and bool(self.against)
        return self.known and (denied or (bool(self.others) and len(self.sources) < TWO))


def key_facts(deal: Deal) -> dict[Name, KeyFact]:
    """All four of them, known or not."""
    return {
        "who decides": _decider(deal),
        "how it is decided": _plain(deal, "how it is decided"),
        "the budget": _budget(deal),
        "the buyer's date": _date(deal),
    }


def by_the_buyer(deal: Deal, *claims: str) -> list[DealFact]:
    """What the buyer's side said, or a note tells that they did: our own word in a call or a mail is none of theirs."""
    return [
        known
        for known in deal.said(*claims)
        if deal.side(known.fact.speaker) != "seller" or deal.touch(known.fact.touch).type == "note"
    ]


def sources(deal: Deal, words: Iterable[DealFact]) -> tuple[PersonId, ...]:
    """The different buyers whose word these are."""
    found: dict[PersonId, None] = {}
    unclear: list[list[PersonId]] = []
    for known in words:
        speaker = known.fact.speaker
        if speaker is not None and deal.side(speaker) == "buyer":
            found[speaker] = None
            continue
        met = [one for one in deal.touch(known.fact.touch).people(*HEARD) if deal.side(one) == "buyer"]
        if len(met) == 1:
            found[met[0]] = None
        elif met:
            unclear.append(met)
    for met in unclear:
        if not found.keys() & set(met):
            found[met[0]] = None
    return tuple(found)


def quotes(words: Iterable[DealFact]) -> tuple[Quote, ...]:
    """The words that carry these facts, each once, in the order of time."""
    return tuple(dict.fromkeys(known.quote for known in sorted(words, key=lambda known: known.at)))


def asked_in(deal: Deal, topic: Topic) -> tuple[TouchId, ...]:
    """The touches in which a question on this topic was put."""
    put = [known.fact.touch for known in deal.said("discovery_question") if known.fact.value == topic]
    return tuple(dict.fromkeys(put))


def _fact(
    deal: Deal,
    name: Name,
    state: State,
    words: Sequence[DealFact],
    against: Collection[DealFact] = (),
    agreeing: Sequence[DealFact] | None = None,
) -> KeyFact:
    """`agreeing` are those of the words that tell the same; all of them, if not given."""
    matter = MATTER[OF[name]]
    agreed = sources(deal, words if agreeing is None else agreeing)
    return KeyFact(
        name=name,
        state=state,
        words=tuple(words),
        against=tuple(against),
        sources=agreed,
        others=tuple(one for one in sources(deal, words) if one not in agreed),
        asked_in=asked_in(deal, matter.topic),
        question=matter.question,
    )


def _told(deal: Deal, matter: Matter) -> tuple[list[DealFact], list[DealFact], State]:
    """Words that settle a matter, words against it, and how it stands by the newest of both."""
    all_of_it = by_the_buyer(deal, *matter.settles, *matter.unsettles, *matter.denies)
    words = [known for known in all_of_it if known.fact.claim in matter.settles]
    against = [known for known in all_of_it if known.fact.claim not in matter.settles]
    return words, against, state_of(matter, all_of_it, asked_in(deal, matter.topic))


def _plain(deal: Deal, name: Name) -> KeyFact:
    words, against, state = _told(deal, MATTER[OF[name]])
    return _fact(deal, name, state, words, against)


def _decider(deal: Deal) -> KeyFact:
    """Whom most sources name. Somebody who claims it names themselves; a name that the buyers mostly doubt is none."""
    words, against, _ = _told(deal, MATTER["authority"])
    named: dict[PersonId, list[DealFact]] = defaultdict(list)
    for known in words:
        about = known.fact.person or (known.fact.speaker if known.fact.claim == "authority_claimed" else None)
        if about is not None:
            named[about].append(known)
    agreeing = max(named.values(), key=lambda told: (len(sources(deal, told)), told[-1].at), default=words)
    if doubted(deal):
        state: State = "unsure"
    elif words:
        state = "known"
    else:
        state = "unsure" if against else "asked" if asked_in(deal, "authority") else "unknown"
    return _fact(deal, "who decides", state, words, against, agreeing)


def _budget(deal: Deal) -> KeyFact:
    """The newest word counts. 'I have sixty, and nothing beyond it' tells how far a yes goes, and is no no.

    Somebody else's no that came before the yes still stands beside it: that person has not taken it back.
    """
    told = by_the_buyer(deal, "budget_confirmed", "budget_missing")
    words = [known for known in told if known.fact.claim == "budget_confirmed"]
    denied = denials(told, "budget_missing", but_for="budget_confirmed")
    still = [no for no in denied if not any(yes.fact.speaker == no.fact.speaker and yes.at > no.at for yes in words)]
    if denied and (not words or denied[-1].at >= words[-1].at):
        return _fact(deal, "the budget", "denied", words, denied)
    asked = asked_in(deal, "budget")
    state: State = "known" if words else "asked" if asked else "unknown"
    return _fact(deal, "the budget", state, words, still)


def _date(deal: Deal) -> KeyFact:
    """Days given since the buyer last spoke of a delay, or in the same breath; the newest is the date."""
    given = by_the_buyer(deal, "decision_date_stated")
    delays = by_the_buyer(deal, "delay_stated")
    standing = [known for known in given if not delays or known.at >= delays[-1].at]
    if not standing:
        state: State = "unsure" if delays else "asked" if asked_in(deal, "timing") else "unknown"
        return _fact(deal, "the buyer's date", state, [], [*given, *delays][-2:])
    newest = dated(standing)
    if newest is None:
        return _fact(deal, "the buyer's date", "known", standing)
    agreeing = [known for known in standing if (told := period(known.fact.value)) is None or _near(told, newest)]
    return _fact(deal, "the buyer's date", "known", standing, (), agreeing)


def dated(words: Sequence[DealFact]) -> tuple[date, date] | None:
    """The newest day or period among these words; None where none of them came to a day."""
    return next((told for known in reversed(words) if (told := period(known.fact.value)) is not None), None)


def _near(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] - A_MONTH <= other[1] and other[0] - A_MONTH <= one[1]
