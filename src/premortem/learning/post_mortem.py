"""How a deal's post-mortem stands: who took part, what they named, what follows from it, and whether it helped.

A post-mortem is held by those who sell and those who market, together. Each names what contributed, and nothing tells
who named what: a factor stands by the teams that named it. A factor asks for an action with an owner and a day, and an
action is asked about later: did it happen again?
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from premortem.ledger.entries import Conclusion, Entry, Hash, Outcome
from premortem.ledger.ranking import by_day, by_learning, in_order
from premortem.ledger.telling import end_told

Team = Literal["sales", "marketing", "other"]
AT_THE_TABLE: tuple[Team, ...] = ("sales", "marketing")
"""The teams that must both take part before a post-mortem is a joint one."""


class Recurrence(Struct, frozen=True):
    """What somebody said later: whether it happened again. `words` are their own."""

    at: datetime
    again: bool
    words: Hash


class Action(Struct, frozen=True):
    """What somebody undertook. `about` is the factor that it follows from; None where it follows from all of it."""

    id: str
    words: Hash
    owner: str | None
    due: date | None
    done: date | None
    about: str | None
    recurred: tuple[Recurrence, ...] = ()

    def asks_whether_it_recurred(self, today: date) -> bool:
        """Whether it is time to ask: it was done or should have been, and nobody has said yet."""
        return not self.recurred and (self.done is not None or (self.due is not None and self.due <= today))


class Factor(Struct, frozen=True):
    """What contributed to the end, by the teams that named it: a check's finding, or somebody's own words."""

    ids: tuple[str, ...]
    words: Hash
    check: str | None
    teams: tuple[Team, ...]
    actions: tuple[Action, ...] = ()


class Stated(Struct, frozen=True):
    """A reason in somebody's words, and when we learned it."""

    words: Hash
    learned: datetime


class Standing(Struct, frozen=True):
    """A post-mortem as it stands. `took_part` names the authors of accounts by team, in the order of the alphabet.

    `ends_told` are the differing ways in which the end was told, the newest last.
    """

    ended: datetime | None
    outcome: Outcome | None
    ends_told: tuple[str, ...]
    sellers_reason: Stated | None
    buyers_reason: Stated | None
    took_part: dict[Team, tuple[str, ...]]
    factors: tuple[Factor, ...]
    actions: tuple[Action, ...]

    @property
    def missing(self) -> tuple[Team, ...]:
        """The teams that have yet to take part. One person alone is no joint act, whatever teams they spoke for."""
        absent = tuple(team for team in AT_THE_TABLE if not self.took_part.get(team))
        people = {one for team in AT_THE_TABLE for one in self.took_part.get(team, ())}
        return absent or (AT_THE_TABLE[1:] if len(people) < len(AT_THE_TABLE) else ())

    @property
    def joint(self) -> bool:
        return self.ended is not None and not self.missing


def standing(entries: Iterable[Entry]) -> Standing:
    """The post-mortem that a deal's entries tell."""
    told = list(entries)
    ends = _ends(told)
    end = end_told(ends)
    said = [entry for entry in in_order(told, by_day) if isinstance(entry.body, Conclusion)]
    actions = _actions(said)
    return Standing(
        ended=end[0] if end else None,
        outcome=end[1] if end else None,
        ends_told=tuple(dict.fromkeys(entry.body.status for entry in ends if isinstance(entry.body, Outcome))),
        sellers_reason=_stated(ends, "seller"),
        buyers_reason=_stated(ends, "buyer"),
        took_part=_took_part(said),
        factors=_factors(said, actions),
        actions=tuple(one for one in actions if one.about is None),
    )


def _ends(told: Sequence[Entry]) -> list[Entry]:
    """What was told of the end, in the order of learning, since the deal was last open."""
    ends: list[Entry] = []
    for entry in in_order((one for one in told if isinstance(one.body, Outcome)), by_learning):
        if isinstance(entry.body, Outcome) and entry.body.status == "open":
            ends.clear()
        else:
            ends.append(entry)
    return ends


def _stated(ends: Sequence[Entry], whose: str) -> Stated | None:
    for entry in reversed(ends):
        body = entry.body
        if isinstance(body, Outcome) and body.stated_by == whose and body.stated_reason is not None:
            return Stated(body.stated_reason, entry.learned)
    return None


def _took_part(said: Iterable[Entry]) -> dict[Team, tuple[str, ...]]:
    """Whoever first told of a factor took part, though the factor may have been taken back since."""
    people: dict[Team, set[str]] = {}
    seen: set[str] = set()
    for entry in said:
        body = entry.body
        if isinstance(body, Conclusion) and body.type == "factor" and body.conclusion not in seen:
            seen.add(body.conclusion)
            if body.team is not None:
                people.setdefault(body.team, set()).add(entry.author.removeprefix("user:"))
    return {team: tuple(sorted(names)) for team, names in sorted(people.items())}


def _newest(said: Iterable[Entry], kind: str) -> list[Conclusion]:
    """The newest word on each conclusion of a kind, in the order of their first, without those that were dropped."""
    newest: dict[str, Conclusion] = {}
    for entry in said:
        if isinstance(entry.body, Conclusion) and entry.body.type == kind:
            newest[entry.body.conclusion] = entry.body
    return [body for body in newest.values() if not body.dropped]


def _factors(said: Sequence[Entry], actions: Sequence[Action]) -> tuple[Factor, ...]:
    """Factors of the same check are one, by all teams that named it."""
    alike: dict[str, list[Conclusion]] = {}
    for body in _newest(said, "factor"):
        alike.setdefault(body.check or body.conclusion, []).append(body)
    return tuple(
        Factor(
            ids=tuple(body.conclusion for body in bodies),
            words=bodies[-1].words,
            check=bodies[0].check,
            teams=tuple(sorted({body.team for body in bodies if body.team is not None})),
            actions=tuple(one for one in actions if one.about in {body.conclusion for body in bodies}),
        )
        for bodies in alike.values()
    )


def _actions(said: Sequence[Entry]) -> list[Action]:
    standing_factors = {body.conclusion for body in _newest(said, "factor")}
    return [
        Action(
            id=body.conclusion,
            words=body.words,
            owner=body.owner,
            due=body.due,
            done=body.done,
            about=body.about if body.about in standing_factors else None,
            recurred=_recurrences(said, body.conclusion),
        )
        for body in _newest(said, "action")
    ]


def _recurrences(said: Iterable[Entry], action: str) -> tuple[Recurrence, ...]:
    return tuple(
        Recurrence(entry.at, bool(entry.body.again), entry.body.words)
        for entry in said
        if isinstance(entry.body, Conclusion) and entry.body.type == "recurred" and entry.body.about == action
    )
