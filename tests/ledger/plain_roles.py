"""Who is shown in which role, told in the plainest way: every sign of every role counted for everybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from premortem.ledger.entries import Fact, FactId, PersonId, Role
from premortem.ledger.roles import AT_MOST, DECIDES, FIRST_HAND, SHOWN_BY, SIGNS, WORK_OF, RoleShown, Signs, Standing


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
