"""What the ledger knows as numbers: absence is not denial, both sides stand apart, and nothing later ever leaks in."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from math import log1p

import pytest

from bench.dealing import made_up
from premortem.forecasting.evidence import FEATURES, evidence_of, weekly, weekly_evidence
from premortem.ledger.entries import Ask, Changed, Entry, Finding, Forecast, Opened, Outcome, Person, Touch
from premortem.ledger.fold import ALWAYS, deal_as_of, end_of, noon
from premortem.ledger.norms import Norms
from tests.forecasting.harbour import ALL_OF_IT, seen, without
from tests.telling import told, who

NAMES = [feature.name for feature in FEATURES]
NORMS = Norms()


def numbers(story: str = ALL_OF_IT, on: str = "2026-01-20") -> dict[str, float]:
    return dict(zip(NAMES, evidence_of(seen(story, on), NORMS), strict=True))


def test_each_number_says_in_words_what_it_is_and_whose() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {feature.whose for feature in FEATURES} == {"buyer", "seller", "time"}
    told_by = {feature.name: feature.says for feature in FEATURES}
    assert told_by["how_decided_known"] == "the buyer said how it is decided"
    assert len(set(told_by.values())) == len(FEATURES)
    assert not any("stage" in name or "close_date" in name or "outcome" in name for name in NAMES)


def test_known_denied_unsure_asked_and_not_asked_are_five_different_things() -> None:
    quiet = "deal: Q\nsellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines, Tom\n"
    states = ("budget_known", "budget_denied", "budget_asked")
    lines = {
        "": (0, 0, 0),
        '  Ines discovery_question =budget "is there money?"\n': (0, 0, 1),
        '  Tom budget_missing "there is none"\n': (0, 1, 0),
        '  Tom budget_confirmed "there is"\n': (1, 0, 0),
    }
    for line, expected in lines.items():
        found = numbers(quiet + line)
        assert tuple(found[name] for name in states) == expected
    unsure = numbers(quiet + '  Tom decision_process_unknown "no idea who signs here"\n')
    assert (unsure["who_decides_known"], unsure["who_decides_unsure"], unsure["who_decides_asked"]) == (0, 1, 0)


def test_the_whole_deal_in_numbers() -> None:
    found = numbers()
    assert found["told_by_two"] == 4
    assert found["decider_met"] == found["coach_power"] == found["coach_talking"] == 1
    assert found["buyers_heard"] == pytest.approx(log1p(2))
    assert found["buyer_touches"] == found["our_touches"] == pytest.approx(log1p(2))
    assert found["buyer_words"] == pytest.approx(log1p(600 + 700))
    assert found["our_words"] == pytest.approx(log1p(400 + 300))
    assert found["buyer_questions"] == pytest.approx(log1p(5))
    assert found["our_questions"] == 0
    assert found["months_to_date"] == pytest.approx(70 / 30.4)  # from 20 January to 31 March
    assert found["stale"] == found["date_passed"] == 0


def test_as_time_passes_only_what_time_does_changes() -> None:
    before, after = numbers(on="2026-01-20"), numbers(on="2026-04-20")
    changed = {name for name in NAMES if before[name] != after[name]}
    assert changed == {
        *("buyer_touches", "buyer_words", "buyer_questions", "buyer_silence"),
        *("our_touches", "our_words", "our_silence"),
        *("coach_talking", "stale", "months_to_date", "date_passed", "age_in_cycles"),
    }
    assert (after["stale"], after["date_passed"], after["coach_talking"]) == (4, 1, 0)


def test_our_own_doings_move_none_of_the_buyers_numbers() -> None:
    story = ALL_OF_IT + '2026-01-19 mail Ines to Tom, Dana\n  Ines discount_offered "ten off"\n'
    before, after = numbers(), numbers(story)
    moved = {feature.name: feature.whose for feature in FEATURES if before[feature.name] != after[feature.name]}
    assert moved == dict.fromkeys(("discount_offered", "our_touches", "our_silence"), "seller")


def life(seed: int, ended: bool = True) -> list[Entry]:
    return made_up(f"d-{seed}", 50, random.Random(seed), ended)


def began(entries: list[Entry]) -> datetime:
    return min(one.at for one in entries if isinstance(one.body, Opened))


@pytest.mark.parametrize("seed", range(4))
def test_a_week_is_the_deal_as_of_its_start(seed: int) -> None:
    entries = life(seed)
    weeks = list(weekly(entries))
    assert [week.number for week in weeks] == list(range(len(weeks)))
    assert weeks[0].start == began(entries)
    for week in weeks:
        then = deal_as_of(entries, week.start)
        assert week.deal == then
    rows = weekly_evidence(entries, NORMS)
    assert rows == tuple(evidence_of(deal_as_of(entries, week.start), NORMS) for week in weeks)


@pytest.mark.parametrize("seed", range(4))
def test_what_came_later_than_a_week_does_not_change_it(seed: int) -> None:
    entries = life(seed)
    whole = weekly_evidence(entries, NORMS)
    for week in weekly(entries):
        told_by_then = [one for one in entries if one.at <= week.start]
        cut = weekly_evidence(told_by_then, NORMS, until=week.start.date() + timedelta(days=7))
        assert cut[: week.number + 1] == whole[: week.number + 1]


def test_somebody_who_first_comes_up_later_is_not_there_before() -> None:
    """Who somebody is holds from always on: a chief known in June must not show in January."""
    entries = told(ALL_OF_IT + "2026-06-01 call: Ines, Olaf\n2026-06-20 won\n")
    chief = Entry(
        "d-story", ALWAYS, noon(date(2026, 6, 1)), "user:ines", Person(who("Olaf"), side="buyer", trades=("owns",))
    )
    before = weekly_evidence(told(ALL_OF_IT + "2026-06-20 won\n"), NORMS)
    with_him = weekly_evidence([*entries, chief], NORMS)
    until_june = (date(2026, 6, 1) - date(2026, 1, 5)).days // 7
    assert with_him[: until_june + 1] == before[: until_june + 1]
    assert with_him[-1] != before[-1]


@pytest.mark.parametrize("seed", range(3))
def test_neither_stage_nor_planned_close_nor_forecast_nor_end_changes_a_number(seed: int) -> None:
    entries = life(seed, ended=False)
    last = max(one.at for one in entries if isinstance(one.body, Touch))
    base = weekly_evidence(entries, NORMS)
    ours: list[Entry] = []
    for number in range(8):
        at = began(entries) + (last - began(entries)) * number / 8
        bodies = (
            Changed("stage", f"Closing {number}"),
            Changed("planned_close", "2025-12-31", "manager"),
            Changed("amount", 1e6 * number),
            Forecast("rep", date(2025, 12, 31), "commit", won=0.9),
        )
        ours += [Entry(entries[0].deal, at, at, "user:rep", body) for body in bodies]
    assert weekly_evidence([*entries, *ours], NORMS) == base
    without_row = [one for one in entries if not isinstance(one.body, Changed)]
    assert weekly_evidence(without_row, NORMS) == base
    for how in ("won", "lost", "no_decision"):
        end = Entry(entries[0].deal, last + timedelta(days=30), last + timedelta(days=30), "import:crm", Outcome(how))
        assert weekly_evidence([*entries, end], NORMS)[: len(base)] == base


def test_the_last_week_is_the_one_in_which_it_ended() -> None:
    story = ALL_OF_IT + "2026-01-{day} won\n"
    weeks = {day: len(list(weekly(told(story.format(day=day))))) for day in (18, 19, 20, 26)}
    assert weeks == {18: 2, 19: 3, 20: 3, 26: 4}  # it began on the 5th: weeks begin on the 5th, 12th, 19th and 26th
    open_one = told(ALL_OF_IT)
    assert len(list(weekly(open_one))) == 2
    assert len(list(weekly(open_one, until=date(2026, 3, 1)))) == 8
    assert len(list(weekly(told(story.format(day=20)), until=date(2026, 1, 13)))) == 2


def test_a_week_sees_what_was_said_before_its_first_day() -> None:
    rows = [dict(zip(NAMES, row, strict=True)) for row in weekly_evidence(told(ALL_OF_IT), NORMS, date(2026, 1, 26))]
    assert [row["budget_known"] for row in rows] == [1, 1, 1, 1]
    assert [row["told_by_two"] for row in rows] == [0, 0, 4, 4]  # what was said on the 12th counts from the 19th on


def test_as_known_leaves_out_what_was_learned_later() -> None:
    story = (
        without("2026-01-12", "Dana ")
        + '2026-01-12 mail Dana to Ines (learned 2026-02-10)\n  Dana pain_stated "it hurts"\n'
    )
    entries = told(story + "2026-03-01 lost\n")
    could = [row[NAMES.index("buyers_heard")] for row in weekly_evidence(entries, NORMS)]
    known = [row[NAMES.index("buyers_heard")] for row in weekly_evidence(entries, NORMS, as_known=True)]
    assert next(week for week, heard in enumerate(could) if heard > log1p(1)) == 2
    assert next(week for week, heard in enumerate(known) if heard > log1p(1)) == 6


def test_findings_are_our_own_thoughts_and_no_evidence() -> None:
    deal, entries = seen(), told(ALL_OF_IT)
    thought = Finding("no_coach", "high", "there is none", Ask("who?"))
    at = noon(date(2026, 1, 13))
    again = deal_as_of([*entries, Entry("d-story", at, at, "user:x", thought)], end_of(date(2026, 1, 20)))
    assert evidence_of(again, NORMS) == evidence_of(deal, NORMS)
