"""Whole conversations told as text → a ledger that holds them, so that tests on talk read as stories.

    deal: Harbour depot
    sellers: Ines Falk, Otto Brandt
    buyers: Tom Reed, Mara Finch
    2026-01-05 call; Mara listed
      Ines: By when do you want this settled? #timing
      Tom: Before the lease runs out. !compelling_event
      Nobody: mm *80
    2026-01-06 mail
    2026-03-01 won

A first name stands for the person; a voice that is neither seller nor buyer is nobody's. `#topic` says what the first
question of a turn opens, `!claim` what its words carry, `*80` adds that many words of no account. A `timed call` has
times: two and a half words a second, a turn right behind the other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, get_args

from premortem.ledger.claims import CLAIMS
from premortem.ledger.contents import Card, Conversation, MemoryLedger, Turn, keep_card, keep_conversation
from premortem.ledger.entries import (
    Body,
    Entry,
    Fact,
    Opened,
    Outcome,
    Part,
    Person,
    PersonId,
    Question,
    Side,
    Touch,
    TouchKind,
    fact_id,
)
from premortem.ledger.fold import noon
from premortem.listening.follow_ups import with_follow_ups
from premortem.listening.measures import WORDS_PER_SECOND, measure
from premortem.listening.questions import questions
from premortem.listening.scene import Scene, Someone

SIDES: dict[str, Side] = {"sellers": "seller", "buyers": "buyer"}


def firm(*stories: str) -> MemoryLedger:
    """A ledger that holds these deals, one a story."""
    ledger = MemoryLedger()
    for story in stories:
        ledger.store.append(list(_Deal(ledger, story).entries()))
    return ledger


class _Deal:
    def __init__(self, ledger: MemoryLedger, story: str) -> None:
        self.ledger = ledger
        self.lines = [line for line in story.splitlines() if line.strip()]
        self.id = self._after("deal")[0]
        self.people: dict[str, Someone] = {}
        for word, side in SIDES.items():
            for name in self._after(word):
                self.people[name.split()[0]] = Someone(self._id(name), side, name)

    def _after(self, word: str) -> list[str]:
        told = [line.partition(":")[2] for line in self.lines if line.strip().startswith(word + ":")]
        return [one.strip() for one in ",".join(told).split(",") if one.strip()]

    def _id(self, name: str) -> PersonId:
        return "p-" + hashlib.sha256(f"{self.id} {name}".encode()).hexdigest()[:8]

    def entries(self) -> Iterator[Entry]:
        happenings = [n for n, line in enumerate(self.lines) if re.match(r"\s*\d{4}-\d\d-\d\d ", line)]
        first = self._day(self.lines[happenings[0]]) if happenings else date(2026, 1, 1)
        yield self._entry(first, Opened(self.id, "a buyer", "a seller"))
        for one in self.people.values():
            card = keep_card(self.ledger.contents, Card(one.name, emails=(f"{one.name}@x.example".replace(" ", "."),)))
            yield self._entry(first, Person(one.id, card=card, side=one.side))
        for begin, end in pairwise([*happenings, len(self.lines)]):
            head = self.lines[begin].strip()
            for body in self._happening(head, self.lines[begin + 1 : end]):
                yield self._entry(self._day(head), body)

    def _entry(self, day: date, body: Body) -> Entry:
        return Entry(self.id, noon(day), noon(day), "import:story", body)

    @staticmethod
    def _day(line: str) -> date:
        return date.fromisoformat(line.split()[0])

    def _happening(self, head: str, lines: list[str]) -> Iterator[Body]:
        day, what, *_ = head.replace(";", " ").replace("timed ", "").split()
        kinds: dict[str, TouchKind] = {kind: kind for kind in get_args(TouchKind)}
        if what in kinds:
            listed = [self.people[name] for name in re.findall(r"(\w+) listed", head)]
            yield from self._touch(f"{day}-{what}", kinds[what], lines, listed, "timed" in head)
        else:
            status: Any = what
            yield Outcome(status)

    def _touch(
        self, name: str, kind: TouchKind, lines: list[str], listed: list[Someone], timed: bool
    ) -> Iterator[Body]:
        turns: list[Turn] = []
        for line in lines:
            speaker, text = line.strip().split(": ", 1)
            words = re.sub(r"\*(\d+)", lambda count: "and so on "[:4] * int(count[1]), re.sub(r" [#!]\w+", "", text))
            start = (turns[-1].end or 0.0) if turns else 0.0
            length = len(words.split()) / WORDS_PER_SECOND
            turns.append(Turn(words.strip(), speaker, *((start, start + length) if timed else ())))
        speakers = tuple(self.people[turn.speaker or ""].id if turn.speaker in self.people else None for turn in turns)
        spoke = [one.id for one in self.people.values() if one.id in speakers]
        parts = tuple(Part(one, "spoke" if kind == "call" else "wrote") for one in spoke) + tuple(
            Part(one.id, "listed") for one in listed
        )
        talk = Conversation(kind, "story", tuple(turns), name=name)
        asked = self._questions(talk, speakers)
        sides = {one.id: one.side for one in self.people.values()}
        counted = {one: sum(question.person == one for question in asked) for one in spoke}
        words_kept = keep_conversation(self.ledger.contents, talk)
        yield Touch(
            f"t-{name}",
            kind,
            words_kept,
            words_kept,
            len(turns),
            "story-1",
            parts,
            measure(talk, speakers, parts, sides, counted),
            asked,
            tuple(next((n for n, part in enumerate(parts) if part.person == one), -1) for one in speakers),
        )
        for number, line in enumerate(lines):
            yield from self._facts(f"t-{name}", number, line, asked, speakers[number], len(turns[number].text))

    def _questions(self, talk: Conversation, speakers: tuple[PersonId | None, ...]) -> tuple[Question, ...]:
        people = {one.id: one for one in self.people.values()}
        there = frozenset(one for one in speakers if one is not None)
        scene = Scene(talk, speakers, people, there, date(2026, 1, 1))
        found = [
            Question(number, one.start, one.end, speakers[number], None, one.open)
            for number, turn in enumerate(talk.turns)
            for one in questions(turn.text)
        ]
        return with_follow_ups(scene, found)

    def _facts(
        self, touch: str, turn: int, line: str, asked: tuple[Question, ...], speaker: PersonId | None, length: int
    ) -> Iterator[Fact]:
        for topic in re.findall(r"#(\w+)", line):
            question = next(one for one in asked if one.turn == turn)
            key = fact_id(touch, turn, question.start, question.end, "discovery_question", topic)
            yield Fact(
                key, touch, turn, question.start, question.end, "discovery_question", speaker, "story", 1.0,
                value=topic, reading="story-1",
            )  # fmt: skip
        for claim in re.findall(r"!(\w+)", line):
            key = fact_id(touch, turn, 0, length, claim, None)
            yield Fact(key, touch, turn, 0, length, CLAIMS[claim].claim, speaker, "story", 1.0, reading="story-1")
