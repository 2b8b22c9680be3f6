"""What speaks for which role: one table of points, and who reaches them.

A role is never certain. Each sign that somebody plays it gives points, each sign against it takes some, and whoever
has as many as the role `needs` is shown in it, with the facts and the title that gave the points. A fact counts three
times at most: what is said more often adds nothing. The points were fitted to labelled deals and rounded.

    title       kinds of work that their title tells (`Trade`)
    said        claims about them, or by a note on them
    own         claims that they make
    named_most  nobody is more often named as the one who decides
    in_crm      the CRM has them: the contact we began with
    met         we spoke, wrote or met
    untitled    nobody has said what they are
    anybody     they are spoken of or take part at all

Points for being spoken of, being met or being untitled prove nothing: a role that has no others is `guessed`, and no
check leans on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from premortem.ledger.entries import Fact, FactId, PersonId, Role, Trade

AT_MOST = 3
"""How often one claim counts for a role."""
SHOWN_BY = 3
"""How many facts are kept to show a role by."""


class Signs(Struct, frozen=True):
    """What gives points for a role and what takes them; see the head of this module."""

    needs: int
    title: Mapping[Trade, int] = {}
    said: Mapping[str, int] = {}
    own: Mapping[str, int] = {}
    named_most: int = 0
    in_crm: int = 0
    met: int = 0
    untitled: int = 0
    anybody: int = 0


SIGNS: dict[Role, Signs] = {
    "economic_buyer": Signs(
        needs=5,
        title={"owns": 4, "money": 2, "technical": -3, "works": -3, "purchasing": -2, "legal": -2, "manages": -1},
        said={"decision_maker_named": 1, "introduction_asked": 1, "introduction_refused": 1},
        own={"authority_claimed": 3, "budget_confirmed": 1},
        named_most=3,
        in_crm=-5,
        untitled=1,
    ),
    "technical_buyer": Signs(
        needs=3,
        title={"technical": 6, "works": -3, "legal": -4, "owns": -3, "purchasing": -2, "money": -1},
        own={"fit_doubt": 1, "success_criteria_stated": 1, "product_problem": 1},
        in_crm=-2,
        untitled=2,
    ),
    "user_buyer": Signs(
        needs=3,
        title={"works": 5, "manages": 1, "owns": -2, "legal": -2, "purchasing": -3, "technical": -1},
        said={"decision_maker_named": -3, "will_fight": 2, "personal_stake": 1, "authority_claimed": -3},
        own={"use_case_described": 1, "pain_stated": 1},
        met=2,
    ),
    "influencer": Signs(
        needs=2,
        title={"leads": 1, "purchasing": -4, "technical": -2, "legal": -2, "owns": -2, "works": -1, "outside": -2},
        said={"decision_maker_named": -2},
        own={"authority_claimed": -2},
        met=-1,
        untitled=-1,
        anybody=3,
    ),
    "procurement": Signs(needs=5, title={"purchasing": 10, "technical": -2, "leads": -3}),
    "legal": Signs(needs=5, title={"legal": 10, "money": -2, "leads": -3}),
    "partner": Signs(needs=4, title={"outside": 6, "leads": -3, "technical": -2}, in_crm=-2),
    "coach": Signs(
        needs=8,
        said={"wants_us": 2, "will_fight": 4, "personal_stake": 3, "opposition_stated": -2, "authority_claimed": -2},
        in_crm=4,
        met=2,
        untitled=-2,
    ),
    "blocker": Signs(
        needs=4,
        title={"technical": 2, "legal": -1, "owns": -1, "money": -1, "works": -1},
        said={"opposition_stated": 4, "wants_us": -1, "personal_stake": -2},
        own={"fit_doubt": 1},
        in_crm=-3,
    ),
}


class RoleShown(Struct, frozen=True):
    """A role that somebody is shown in: by which facts, the weightiest first, and whether their title speaks for it.

    `guessed`: nothing shows it but that they are there, or are spoken of; then `facts` tell where.
    """

    role: Role
    points: int
    facts: tuple[FactId, ...] = ()
    by_title: bool = False
    guessed: bool = False


class Standing(Struct, frozen=True):
    """What besides facts is known of one person: what kinds of work their title tells, roles that somebody declared,
    and how near they are. `seen`: they took part in a touch or were spoken of."""

    trades: frozenset[Trade] = frozenset()
    declared: frozenset[Role] = frozenset()
    in_crm: bool = False
    met: bool = False
    seen: bool = False


WORK_OF: dict[Role, Trade] = {
    "technical_buyer": "technical",
    "procurement": "purchasing",
    "legal": "legal",
    "partner": "outside",
    "user_buyer": "works",
}
"""What kind of work a declared role tells, as a title would."""


FIRST_HAND = frozenset({"wants_us", "will_fight", "personal_stake", "authority_claimed"})
"""Claims about whoever makes them: they are said of that person, whether by themselves or in a note."""
DECIDES = ("decision_maker_named", "authority_claimed")


def roles_shown(facts: Sequence[Fact], people: Mapping[PersonId, Standing]) -> dict[PersonId, tuple[RoleShown, ...]]:
    """The roles in which facts and titles show people, in the order of the table; sellers should be left out.

    The facts should be believed ones: the table's points were fitted to facts that are mostly right.
    """
    spoken = Spoken()
    for fact in facts:
        spoken.hear(fact)
    most = spoken.most_named(people)
    return {one: spoken.roles(one, standing, one in most) for one, standing in people.items()}


Claimed = Mapping[str, Sequence[FactId]]
NOTHING: Claimed = {}


class Spoken:
    """Facts as they come: those said of each person, and those that each says of the matter, by claim."""

    def __init__(self) -> None:
        self._said: dict[PersonId, dict[str, list[FactId]]] = {}
        self._own: dict[PersonId, dict[str, list[FactId]]] = {}
        self._named: dict[PersonId, int] = {}

    def hear(self, fact: Fact) -> list[PersonId]:
        """Take in a fact, and say for whose roles it may matter."""
        matters = []
        about = fact.person or (fact.speaker if fact.claim in FIRST_HAND else None)
        if about is not None:
            self._said.setdefault(about, {}).setdefault(fact.claim, []).append(fact.fact)
            matters.append(about)
            if fact.claim in DECIDES:
                self._named[about] = self._named.get(about, 0) + 1
        if fact.speaker is not None and fact.claim not in FIRST_HAND:
            self._own.setdefault(fact.speaker, {}).setdefault(fact.claim, []).append(fact.fact)
            if fact.claim in POINTS_OF_OWN:
                matters.append(fact.speaker)
        return matters

    def most_named(self, people: Iterable[PersonId]) -> frozenset[PersonId]:
        """Those of them who are named more often than the others as the one who decides, if anybody is."""
        named = {one: self._named[one] for one in people if one in self._named}
        most = max(named.values(), default=0)
        return frozenset(one for one, times in named.items() if times == most)

    def roles(self, one: PersonId, standing: Standing, named_most: bool) -> tuple[RoleShown, ...]:
        """The roles for which they have points enough, in the order of the table."""
        said, own = self._said.get(one, NOTHING), self._own.get(one, NOTHING)
        points = list(_points_of_standing(standing, named_most))
        for told, weights in ((said, POINTS_OF_SAID), (own, POINTS_OF_OWN)):
            for claim, facts in told.items():
                for role, each in weights.get(claim, ()):
                    points[role] += each * min(len(facts), AT_MOST)
        shown = [
            _shown(role, points[number], standing, said, own, named_most)
            for number, role in enumerate(ROLES)
            if points[number] >= SIGNS[role].needs
        ]
        return tuple(one for one in shown if not (one.guessed and standing.declared))


ROLES = tuple(SIGNS)


def _by_claim(weights: Iterable[Mapping[str, int]]) -> dict[str, list[tuple[int, int]]]:
    points: dict[str, list[tuple[int, int]]] = {}
    for role, of_role in enumerate(weights):
        for claim, each in of_role.items():
            points.setdefault(claim, []).append((role, each))
    return points


POINTS_OF_SAID = _by_claim(signs.said for signs in SIGNS.values())
POINTS_OF_OWN = _by_claim(signs.own for signs in SIGNS.values())
"""The table by claim: for which roles, by their number, it counts, and how much."""


@lru_cache(maxsize=10_000)
def _points_of_standing(standing: Standing, named_most: bool) -> tuple[int, ...]:
    """What each role gets for all but facts: a few hundred different ones at most, in however many deals."""
    trades = _trades(standing)
    return tuple(
        signs.anybody * standing.seen
        + signs.in_crm * standing.in_crm
        + signs.met * standing.met
        + signs.untitled * (not trades)
        + signs.named_most * named_most
        + sum(signs.title.get(trade, 0) for trade in trades)
        for signs in SIGNS.values()
    )


def _trades(standing: Standing) -> frozenset[Trade]:
    return standing.trades | {WORK_OF[one] for one in standing.declared if one in WORK_OF}


def _shown(role: Role, points: int, standing: Standing, said: Claimed, own: Claimed, named_most: bool) -> RoleShown:
    """A role for which there are points enough, and what gave them."""
    signs = SIGNS[role]
    weight: dict[FactId, int] = {}
    for told, weights in ((said, signs.said), (own, signs.own)):
        for claim, each in weights.items():
            if each > 0 and claim in told:
                _add(weight, told[claim][:AT_MOST], each)
    if named_most and signs.named_most:
        for claim in DECIDES:
            _add(weight, said.get(claim, ()), 1)
    by_title = any(signs.title.get(trade, 0) > 0 for trade in _trades(standing))
    guessed = not (weight or by_title)
    if guessed:
        for claim in ("person_named", *said):
            _add(weight, said.get(claim, ())[:1], 1)
    weightiest = sorted(weight, key=weight.__getitem__, reverse=True)[:SHOWN_BY]
    return RoleShown(role, points, tuple(weightiest), by_title, guessed)


def _add(weight: dict[FactId, int], facts: Sequence[FactId], each: int) -> None:
    """A fact counts each way in which it speaks for a role, and in one way once."""
    for fact in dict.fromkeys(facts):
        weight[fact] = weight.get(fact, 0) + each
