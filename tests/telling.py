"""A deal told as a few lines of text → its ledger entries, so that tests read as stories.

    deal: Harbour depot scheduling, planned close 2026-03-31
    sellers: Ines
    buyers: Tom (user_buyer), Mara
    2026-01-05 call: Ines 60%, Tom 40%; Mara listed
      Tom decision_maker_named Dana "that one would land on Dana's desk"
      Ines discovery_question =timing "by when do you want this settled?"
    2026-01-12 mail Ines to Tom, cc Mara (learned 2026-02-01)
    2026-01-20 note by Ines, met Tom
    2026-02-01 stage Proposal
    2026-02-02 close 2026-06-30 by manager
    2026-02-03 waived gone_quiet until 2026-03-01
    2026-02-04 step demo ours due 2026-02-20
    2026-02-05 trial by Ines, agreed by Tom
    2026-02-06 trial without
    2026-02-07 problem open met by Tom, breaks trust
    2026-05-01 lost to Brightline

The first line names the deal; a planned close in it was entered by the seller on the day of the first line with a day.
`sellers`, `buyers` and `outside` say who stands where, with roles in brackets; whoever comes up elsewhere is a buyer.
Under a touch, two blanks in, stand the words in it: who says which claim, about whom, `=` with what value, in quotes.
A `step` is one of the buyer's project: its name, whose it is, its day. A `trial` begins on its day: somebody of ours by
the users and what the buyer agreed to, or `without`, on somebody's word. A `problem` is open, answered or closed.
A deal ends with `won`, `lost to …`, `no_decision`. Lines that begin with # and empty lines tell nothing.

A touch is called after its day and kind, 2026-01-05-call, the next one of that day and kind 2026-01-05-call-2. It takes
place at noon UTC, each further touch of a day a minute later, and is learned at once unless it says otherwise.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from premortem.ledger.claims import CLAIMS, SPEAKER, TOPICS
from premortem.ledger.entries import (
    Body,
    Changed,
    Criterion,
    Entry,
    Fact,
    Measures,
    Milestone,
    Opened,
    Outcome,
    Part,
    Person,
    PersonId,
    Problem,
    Role,
    Side,
    Touch,
    TouchKind,
    Trial,
    Voice,
    Waiver,
    fact_id,
)
from premortem.ledger.fold import noon

DAY = r"\d{4}-\d\d-\d\d"
WORDS_IN_A_CALL = 1000
Status = Literal["won", "lost", "other_way", "no_decision", "unknown"]
SIDES: dict[str, Side] = {"sellers": "seller", "buyers": "buyer", "outside": "outside"}
SETTERS: dict[str, Literal["buyer", "rep", "manager"]] = {"buyer": "buyer", "rep": "rep", "manager": "manager"}

WHOSE: dict[str, Literal["buyer", "joint", "ours"]] = {"buyer": "buyer", "joint": "joint", "ours": "ours"}


class Untold(ValueError):
    """A line of a story that can't be understood."""


def told(text: str) -> list[Entry]:
    """The entries of a story. Raises Untold, naming the line, where it doesn't follow the grammar above."""
    teller = _Teller(text)
    for number, line in enumerate(text.splitlines(), 1):
        try:
            teller.hear(line)
        except (ValueError, KeyError) as error:
            raise Untold(f"line {number}, '{line.strip()}': {error}") from error
    return teller.entries


def who(name: str) -> PersonId:
    """The id that a story gives to somebody it calls by this name."""
    return "p-" + hashlib.sha256(name.encode()).hexdigest()[:8]


class _Teller:
    def __init__(self, text: str) -> None:
        self.start = noon(_first_day(text))
        self.deal = "d-story"
        self.entries: list[Entry] = []
        self.known: set[str] = set()
        self.touch: Touch | None = None
        self.at = self.learned = self.start
        self.touches: set[str] = set()

    def add(self, body: Body, at: datetime, learned: datetime | None = None, author: str = "import:story") -> None:
        self.entries.append(Entry(self.deal, at, learned or at, author, body))

    def hear(self, line: str) -> None:
        bare = line.strip()
        if not bare or bare.startswith("#"):
            return
        if line.startswith("  "):
            self.words(bare)
        elif head := re.fullmatch(r"deal: (.+?)(?:, planned close (\S+))?", bare):
            self.add(Opened(head[1], account="a buyer", seller="a seller"), self.start)
            if head[2]:
                self.add(Changed("planned_close", date.fromisoformat(head[2]).isoformat()), self.start)
        elif (side := SIDES.get(bare.partition(":")[0])) is not None:
            for one in _split(bare.partition(":")[2]):
                self.person(one, side)
        elif dated := re.fullmatch(rf"({DAY}) (.+)", bare):
            self.happening(date.fromisoformat(dated[1]), dated[2])
        else:
            raise ValueError("neither a deal, nor people, nor a day and what happened on it")

    def person(self, told: str, side: Side) -> None:
        name, _, roles = told.partition(" (")
        given = tuple(role for role in get_args(Role) if role in roles.strip(")").split("/"))
        self.known.add(name)
        self.add(Person(who(name), side=side, roles=given or None), self.start)

    def named(self, name: str) -> PersonId:
        if name not in self.known:
            self.known.add(name)
            self.add(Person(who(name), side="buyer"), self.at, self.learned)
        return who(name)

    def happening(self, day: date, what: str) -> None:
        later = re.search(rf" \(learned ({DAY})\)$", what)
        what = what[: later.start()] if later else what
        at = noon(day)
        self.learned = noon(date.fromisoformat(later[1])) if later else at
        if found := re.fullmatch(r"stage (.+)", what):
            self.add(Changed("stage", found[1]), at, self.learned)
        elif found := re.fullmatch(r"close (\S+)(?: by (\w+))?", what):
            set_by = SETTERS[found[2]] if found[2] else "unknown"
            self.add(Changed("planned_close", date.fromisoformat(found[1]).isoformat(), set_by), at, self.learned)
        elif found := re.fullmatch(r"waived (\w+)(?: until (\S+))?", what):
            until = date.fromisoformat(found[2]) if found[2] else None
            self.add(Waiver(found[1], "0" * 64, until), at, self.learned, "user:manager")
        elif found := re.fullmatch(r"step (\w+) (buyer|joint|ours)(?: due (\S+))?(?: done (\S+))?", what):
            due, done = (date.fromisoformat(day) if day else None for day in found.group(3, 4))
            step = Milestone(found[1], "0" * 64, WHOSE[found[2]], due=due, done=done)
            self.add(step, at, self.learned, "user:rep")
        elif found := re.fullmatch(r"trial (?:without|by (\w+)(?:, agreed by (\w+))?)", what):
            judged = (Criterion("0" * 64, "0" * 64, who(found[2]), agreed=day),) if found[2] else ()
            override = None if found[1] else "0" * 64
            begun = Trial("t-1", "running", "0" * 64, judged, found[1], override=override, began=day)
            self.add(begun, at, self.learned, "user:rep")
        elif found := re.fullmatch(r"problem (open|answered|closed) met by (\w+)(, breaks trust)?", what):
            states: dict[str, Literal["open", "answered", "closed"]] = {"open": "open", "answered": "answered"}
            state, over = states.get(found[1], "closed"), day if found[1] == "closed" else None
            met = Problem("pr-1", "0" * 64, state, who(found[2]), breaks_trust=bool(found[3]), met=day, closed=over)
            self.add(met, at, self.learned, "user:rep")
        elif found := re.fullmatch(r"(won|lost|other_way|no_decision)(?: to (.+))?", what):
            self.add(Outcome(_status(found[1]), found[2]), at, self.learned)
        elif found := re.fullmatch(r"call: ([^;]+)(?:; (.+) listed)?", what):
            self.call(day, _split(found[1]), _split(found[2]))
        elif found := re.fullmatch(r"mail (\w+) to ([^,]+(?:, (?!cc )[^,]+)*)(?:, cc (.+))?", what):
            self.meet(day, "mail", [(found[1], "wrote")], _split(found[2]), "to", _split(found[3]))
        elif found := re.fullmatch(r"note by (\w+)(?:, met (.+))?", what):
            self.meet(day, "note", [(found[1], "wrote")], _split(found[2]), "reported", [])
        else:
            raise ValueError("no stage, close, waiver, step, outcome, call, mail or note")

    def call(self, day: date, voices: list[str], listed: list[str]) -> None:
        shares = [re.fullmatch(r"(\w+)(?: (\d+)%)?(?: (\d+) questions?)?", voice) for voice in voices]
        if not all(shares):
            raise ValueError("in a call stand 'NAME 60%' or 'NAME 60% 4 questions', with commas between")
        heard = [share for share in shares if share is not None]
        parts = [(one[1], "spoke") for one in heard] + [(name, "listed") for name in listed]
        measured = tuple(
            Voice(who(one[1]), int(one[2]) / 100, int(one[2]) * WORDS_IN_A_CALL // 100, 10, int(one[3] or 0))
            for one in heard
            if one[2]
        )
        silent = tuple(who(name) for name in listed)
        measures = Measures("words", measured, silent=silent) if measured else None
        self.meet(day, "call", parts, [], "to", [], measures)

    def meet(
        self,
        day: date,
        kind: TouchKind,
        parts: list[tuple[str, str]],
        others: list[str],
        how: str,
        copied: list[str],
        measures: Measures | None = None,
    ) -> None:
        same = sum(touch.startswith(f"{day}-{kind}") for touch in self.touches)
        name = f"{day}-{kind}" + (f"-{same + 1}" if same else "")
        self.at = noon(day) + timedelta(minutes=sum(touch.startswith(str(day)) for touch in self.touches))
        self.learned = max(self.learned, self.at)
        self.touches.add(name)
        there = [*parts, *((one, how) for one in others), *((one, "cc") for one in copied)]
        took_part = tuple(_part(self.named(one), as_what) for one, as_what in there)
        raw = hashlib.sha256(name.encode()).hexdigest()
        self.touch = Touch(name, kind, raw, raw, 0, reading="story-1", parts=took_part, measures=measures)
        self.add(self.touch, self.at, self.learned)
        self.turn = 0

    def words(self, line: str) -> None:
        if self.touch is None:
            raise ValueError("words without a touch above them")
        found = re.fullmatch(r'(\w+) (\w+)(?: (\w+))?(?: =(\S+))? "(.+)"', line)
        if found is None:
            raise ValueError('words are told as: SPEAKER claim ABOUT =VALUE "the words"')
        speaker, claim, about, value, quote = found.groups()
        meaning = CLAIMS.get(claim)
        if meaning is None:
            raise ValueError(f"'{claim}' is no claim; there are: {', '.join(CLAIMS)}")
        if claim == "discovery_question" and value not in TOPICS:
            raise ValueError(f"'{value}' is no topic; there are: {', '.join(TOPICS)}")
        person = self.named(about or speaker) if about or meaning.about == SPEAKER else None
        touch = self.touch.touch
        fact = Fact(
            fact=fact_id(touch, self.turn, 0, len(quote), claim, person),
            touch=touch,
            turn=self.turn,
            start=0,
            end=len(quote),
            claim=meaning.claim,
            speaker=self.named(speaker),
            reader="story",
            confidence=1.0,
            person=person,
            value=value,
            reading=self.touch.reading,
        )
        self.turn += 1
        self.add(fact, self.at, self.learned, "reader:story")


def _first_day(text: str) -> date:
    for day in re.findall(rf"^{DAY}", text, re.MULTILINE):
        with contextlib.suppress(ValueError):  # a day that is none is named when its line is heard
            return date.fromisoformat(day)
    return date(2026, 1, 1)


def _part(person: PersonId, how: str) -> Part:
    ways: dict[str, Part] = {
        "spoke": Part(person, "spoke"),
        "wrote": Part(person, "wrote"),
        "to": Part(person, "to"),
        "cc": Part(person, "cc"),
        "listed": Part(person, "listed"),
        "reported": Part(person, "reported"),
    }
    return ways[how]


def _status(word: str) -> Status:
    return next(status for status in get_args(Status) if status == word)


def _split(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").split(",") if one.strip()]
