"""Deals made up from a seed, as long as wanted, so that time can be measured on as many as wanted.

A deal of 50 entries has seven touches and 33 facts: the CRM's row, five people, then calls, mails and notes in which
both sides say what people say in deals. Contents are left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from premortem.ledger.claims import CLAIMS, OTHER, SPEAKER, TOPICS
from premortem.ledger.entries import (
    Body,
    Changed,
    Entry,
    Fact,
    Measures,
    Opened,
    Outcome,
    Part,
    Person,
    Question,
    Touch,
    TouchKind,
    Voice,
)

OURS = "p-00"
BUYERS = ("p-01", "p-02", "p-03", "p-04")
FACTS_A_TOUCH = 5
TURNS = 60
KINDS: tuple[TouchKind, ...] = ("call", "call", "mail", "note")
ROW = 5
"""How many entries the CRM's row makes when a deal appears."""
TITLES = {"p-01": "manages", "p-02": "technical", "p-03": "money", "p-04": "purchasing"}
SAID_BY_US = tuple(name for name, meaning in CLAIMS.items() if "seller" in meaning.said_by)
SAID_BY_THEM = tuple(name for name, meaning in CLAIMS.items() if "buyer" in meaning.said_by)


class Told(NamedTuple):
    """What happened, on which day of the deal, and who told us."""

    day: float
    author: str
    body: Body


def made_up(
    deal: str, entries: int, chance: random.Random, ended: bool = False, facts: int = FACTS_A_TOUCH
) -> list[Entry]:
    """A deal of so many entries, so many facts a touch; the last one, if it has ended, is its end."""
    start = datetime(2025, 1, 6, 9, tzinfo=UTC) + timedelta(days=chance.randrange(400))
    told = [*_row(), *_people()]
    wanted, day = entries - ended, 2.0
    while len(told) < wanted:
        told += list(_touch(day, len(told), chance, facts))[: wanted - len(told)]
        day += chance.choice((3, 5, 8, 14, 30)) + chance.random()
    if ended:
        told.append(Told(day, "import:crm", Outcome(chance.choice(("won", "lost", "no_decision")))))
    return [_entry(deal, start, one) for one in told]


def one_more_touch(deal: list[Entry], chance: random.Random) -> list[Entry]:
    """What a further touch adds to a deal, a week after its last one."""
    last = max(entry.at for entry in deal) + timedelta(days=7)
    return [_entry(deal[0].deal, last, one) for one in _touch(0.0, len(deal), chance)]


def _entry(deal: str, start: datetime, told: Told) -> Entry:
    at = start + timedelta(days=told.day)
    return Entry(deal, at, at + timedelta(hours=2), told.author, told.body)


def _row() -> Iterator[Told]:
    yield Told(0, "import:crm", Opened("Hosting for the northern sites", "Nordhaven Freight", "Cadence", "EUR"))
    yield Told(0, "import:crm", Changed("amount", 48_000.0))
    yield Told(0, "import:crm", Changed("planned_close", "2025-09-30"))
    yield Told(0, "import:crm", Changed("stage", "Discovery"))
    yield Told(40, "import:crm", Changed("stage", "Proposal"))


def _people() -> Iterator[Told]:
    yield Told(0, "reader:people", Person(OURS, "a" * 64, "seller", in_crm=True))
    for one in BUYERS:
        yield Told(0, "reader:people", Person(one, "b" * 64, "buyer", in_crm=one == "p-01", trades=(TITLES[one],)))  # type: ignore[arg-type]


def _touch(day: float, number: int, chance: random.Random, facts: int = FACTS_A_TOUCH) -> Iterator[Told]:
    touch, kind = f"t-{number:04}", chance.choice(KINDS)
    there = chance.sample(BUYERS, chance.randint(1, 3))
    yield Told(day, "import:deal-folder", _met(touch, kind, there, chance))
    for fact in range(facts):
        yield Told(day, "reader:claims", _fact(f"f-{number:04}-{fact}", touch, there, chance))


def _met(touch: str, kind: TouchKind, there: list[str], chance: random.Random) -> Touch:
    raw, words = f"{chance.getrandbits(256):064x}", f"{chance.getrandbits(256):064x}"
    if kind == "call":
        parts = tuple(Part(one, "spoke") for one in (OURS, *there))
        share = chance.uniform(0.3, 0.8)
        voices = [Voice(OURS, share, 900, 30, 6, 900.0, 80.0)]
        voices += [Voice(one, (1 - share) / len(there), 400, 20, 2, 400.0, 50.0) for one in there]
        seats = tuple(chance.randrange(len(parts)) for _ in range(TURNS))
        asked = tuple(Question(turn, 0, 40, OURS, chance.choice(tuple(TOPICS)), True) for turn in (3, 9, 22, 40))
        return Touch(touch, kind, raw, words, TURNS, "r1", parts, Measures("time", tuple(voices), 12.0), asked, seats)
    if kind == "mail":
        writer, *others = chance.sample((OURS, there[0]), 2)
        parts = (Part(writer, "wrote"), *(Part(one, "to") for one in others), *(Part(one, "cc") for one in there[1:]))
        return Touch(touch, kind, raw, words, 1, "r1", parts, seats=(0,))
    return Touch(touch, kind, raw, words, 1, "r1", (Part(OURS, "wrote"), Part(there[0], "reported")), seats=(0,))


def _fact(fact: str, touch: str, there: list[str], chance: random.Random) -> Fact:
    ours = chance.random() < 0.35
    claim, speaker = chance.choice(SAID_BY_US if ours else SAID_BY_THEM), OURS if ours else chance.choice(there)
    meaning = CLAIMS[claim]
    about = speaker if meaning.about == SPEAKER else chance.choice(BUYERS) if meaning.about == OTHER else None
    start, sure = chance.randrange(200), round(chance.uniform(0.4, 1.0), 2)
    turn = chance.randrange(TURNS)
    value = _value(claim, chance)
    return Fact(fact, touch, turn, start, start + 60, meaning.claim, speaker, "claims", sure, about, value, None, "r1")


def _value(claim: str, chance: random.Random) -> str | None:
    if claim == "discovery_question":
        return chance.choice(tuple(TOPICS))
    if claim in ("decision_date_stated", "next_step_agreed", "compelling_event"):
        return f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return "Brightline" if claim == "competitor_named" else None
