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

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

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
    said, own = _by_person(facts)
    naming = {one: sum(len(said[one].get(claim, ())) for claim in DECIDES) for one in people}
    most = max(naming.values(), default=0)
    shown = {}
    for one, standing in people.items():
        named_most = 0 < most == naming[one]
        weighed = [_weighed(role, signs, standing, said[one], own[one], named_most) for role, signs in SIGNS.items()]
        shown[one] = tuple(
            one for one in weighed if one.points >= SIGNS[one.role].needs and not (one.guessed and standing.declared)
        )
    return shown


Claimed = Mapping[str, list[FactId]]


def _by_person(facts: Iterable[Fact]) -> tuple[dict[PersonId, Claimed], dict[PersonId, Claimed]]:
    """The facts said of each person, and those that each says of the matter, by claim."""
    said: dict[PersonId, dict[str, list[FactId]]] = defaultdict(lambda: defaultdict(list))
    own: dict[PersonId, dict[str, list[FactId]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        about = fact.person or (fact.speaker if fact.claim in FIRST_HAND else None)
        if about is not None:
            said[about][fact.claim].append(fact.fact)
        if fact.speaker is not None and fact.claim not in FIRST_HAND:
            own[fact.speaker][fact.claim].append(fact.fact)
    return said, own  # type: ignore[return-value]  # mypy takes a dict's values to be invariant


def _weighed(role: Role, signs: Signs, standing: Standing, said: Claimed, own: Claimed, named_most: bool) -> RoleShown:
    trades = standing.trades | {WORK_OF[one] for one in standing.declared if one in WORK_OF}
    points = signs.anybody * standing.seen + signs.in_crm * standing.in_crm + signs.met * standing.met
    points += signs.untitled * (not trades) + signs.named_most * named_most
    points += sum(signs.title.get(trade, 0) for trade in trades)
    weight: Counter[FactId] = Counter()
    for told, weights in ((said, signs.said), (own, signs.own)):
        for claim, each in weights.items():
            counted = told.get(claim, [])[:AT_MOST]
            points += each * len(counted)
            weight.update({fact: each for fact in counted if each > 0})
    if named_most and signs.named_most:
        weight.update({fact: 1 for claim in DECIDES for fact in said.get(claim, ())})
    by_title = any(signs.title.get(trade, 0) > 0 for trade in trades)
    guessed = not (weight or by_title)
    if guessed:
        weight.update({fact: 1 for claim in ("person_named", *said) for fact in said.get(claim, ())[:1]})
    return RoleShown(role, points, tuple(fact for fact, _ in weight.most_common(SHOWN_BY)), by_title, guessed)
