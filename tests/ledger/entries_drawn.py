"""Entries that hypothesis draws: a deal's life in any order, with corrections, merges and ties of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from premortem.ledger.claims import CLAIMS
from premortem.ledger.entries import (
    Agreement,
    Body,
    Changed,
    Comeback,
    Conclusion,
    Entry,
    Erasure,
    Fact,
    Lesson,
    Measures,
    Milestone,
    Opened,
    OpenMatter,
    Outcome,
    Part,
    Person,
    Problem,
    Question,
    Sent,
    Touch,
    Trial,
    Verdict,
    Voice,
    Waiver,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = [f"p-{number:010x}" for number in range(5)]
TOUCHES = [f"2026-01-0{number}-call.vtt" for number in range(1, 5)]

# Few distinct moments, so that ties are common.
moments = st.integers(0, 12).map(lambda days: START + timedelta(days=days))
people = st.sampled_from(PEOPLE)
hashes = st.sampled_from([digit * 64 for digit in "abcdef"])
readings = st.sampled_from(["r1", "r2"])


def facts() -> st.SearchStrategy[Fact]:
    return st.builds(
        Fact,
        fact=st.sampled_from([f"f-{number}" for number in range(6)]),
        touch=st.sampled_from(TOUCHES),
        turn=st.integers(0, 3),
        start=st.integers(0, 5),
        end=st.integers(6, 12),
        claim=st.sampled_from(sorted(CLAIMS)),
        speaker=st.none() | people,
        reader=st.just("drawn"),
        confidence=st.sampled_from([0.3, 0.5, 0.9]),
        person=st.none() | people,
        reading=st.none() | readings,
    )


def measures() -> st.SearchStrategy[Measures]:
    voice = st.builds(
        Voice, person=people, share=st.just(0.25), words=st.just(9), turns=st.just(2), questions=st.just(1)
    )
    silent = st.lists(people, max_size=2).map(tuple)
    return st.builds(Measures, by=st.just("words"), voices=st.lists(voice, max_size=3).map(tuple), silent=silent)


def bodies() -> st.SearchStrategy[Body]:
    return st.one_of(
        st.builds(Opened, name=st.sampled_from(["A", "B"]), account=st.just("Acme"), seller=st.just("Us")),
        st.builds(Changed, field=st.just("stage"), value=st.sampled_from(["Discovery", "Proposal"])),
        st.builds(Changed, field=st.just("planned_close"), value=st.sampled_from(["2026-03-31", "2026-06-30"])),
        st.builds(
            Person,
            person=people,
            card=st.none() | hashes,
            side=st.none() | st.sampled_from(["buyer", "seller"]),
            roles=st.none() | st.just(("legal",)),
            in_crm=st.none() | st.booleans(),
            same_as=st.none() | people,
            unsure=st.just(()) | st.tuples(people),
            trades=st.none() | st.sampled_from([("owns",), ("technical", "manages")]),
        ),
        st.builds(
            Touch,
            touch=st.sampled_from(TOUCHES),
            type=st.just("call"),
            raw=hashes,
            words=hashes,
            turns=st.integers(1, 4),
            reading=readings,
            parts=st.lists(st.builds(Part, person=people, how=st.sampled_from(["spoke", "listed", "named"]))).map(
                tuple
            ),
            measures=st.none() | measures(),
            questions=st.just(()) | st.tuples(st.builds(Question, turn=st.just(1), start=st.just(0), end=st.just(9))),
            seats=st.just(()) | st.tuples(st.integers(-1, 3)),
        ),
        facts(),
        st.builds(
            Verdict,
            fact=st.sampled_from([f"f-{number}" for number in range(6)]),
            says=st.sampled_from(["confirmed", "rejected", "corrected"]),
            instead=st.none() | facts(),
        ),
        st.builds(Waiver, check=st.just("gone_quiet"), reason=hashes),
        st.builds(Outcome, status=st.sampled_from(["won", "lost", "open"])),
        st.builds(Milestone, milestone=st.sampled_from(["m-1", "m-2"]), title=hashes, whose=st.just("buyer")),
        st.builds(Conclusion, conclusion=st.just("c-1"), type=st.just("factor"), words=hashes),
        st.builds(Lesson, lesson=st.sampled_from(["l-1", "l-2"]), title=hashes, findings=st.just(("gone_quiet",))),
        st.builds(Comeback, step=st.sampled_from(["b-1", "b-2"]), what=st.just("criteria")),
        st.builds(Agreement, person=people, on=st.just("timing"), agrees=st.none() | st.booleans()),
        st.builds(Trial, trial=st.sampled_from(["t-1", "t-2"]), state=st.sampled_from(["planned", "running"])),
        st.builds(Problem, problem=st.sampled_from(["b-1", "b-2"]), words=hashes),
        st.builds(Sent, piece=st.sampled_from(["one", "two"]), to=st.none() | people),
        st.builds(OpenMatter, matter=st.sampled_from(["m-1", "m-2"]), type=st.just("unknown"), words=hashes),
        st.builds(Erasure, contents=st.lists(hashes).map(tuple), person=st.none() | people),
    )


def ledgers(deal: str = "d-1") -> st.SearchStrategy[list[Entry]]:
    entry = st.builds(
        Entry,
        deal=st.just(deal),
        at=moments,
        learned=moments,
        author=st.sampled_from(["reader:drawn", "import:drawn", "user:ines"]),
        body=bodies(),
    )
    return st.lists(entry, min_size=1, max_size=25)
