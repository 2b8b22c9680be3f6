"""A contest in a few words, for tests."""

from __future__ import annotations

from premortem.contests.contest import Contest
from premortem.contests.fairness import objections
from premortem.contests.reading import Objection, read_contest

PEOPLE = """name,team,function,quota,also
Ana Petrova,North,sales,1000,ana@lark.example
Ben Okoro,North,sales,500,
Cy Lind,South,sales,1000,
"""


def written(**told: str) -> str:
    """A contest's file; each word given takes the place of what stands there, as TOML."""
    usual = {"name": '"The cup"', "metric": '"bookings"', "from": "2026-04-01", "to": "2026-06-30"}
    usual |= {"prize": '"A cup for a quarter"', "cost": "50", "people": '"people.csv"'}
    return "\n".join(f"{key} = {value}" for key, value in {**usual, **told}.items())


def read(people: str = PEOPLE, **told: str) -> tuple[Contest | None, list[Objection]]:
    found = read_contest(written(**told), people)
    return found.contest, [*found.objections, *(objections(found.contest) if found.contest else [])]


def a_contest(people: str = PEOPLE, **told: str) -> Contest:
    contest, wrong = read(people, **told)
    assert contest is not None
    assert not wrong, [str(one) for one in wrong]
    return contest
