"""A trial is agreed on Monday: what is missing is told, then it begins, and two months later it was worth it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.buying.problems import FieldStaff, ProblemTold, close, disclose, meet
from premortem.acts.buying.problems_shown import untold
from premortem.acts.buying.trials import CriterionTold, TrialTold, begin, end, judged, plan, verdict, week
from premortem.acts.buying.trials_overview import trials_overview
from premortem.acts.buying.trials_shown import trials_document
from premortem.acts.looking.people import deal_in, person_called
from premortem.acts.looking.review import review
from premortem.acts.looking.verify import verify_ledger
from premortem.acts.telling.erase import erase_person
from premortem.errors import Unknown
from premortem.ledger.entries import Entry, Outcome, Person
from premortem.ledger.fold import ALWAYS, noon
from premortem.records.database_url import sqlite_url
from premortem.records.evaluations import Evaluations
from premortem.records.opening import Ledger, open_ledger

NOW = datetime(2026, 6, 20, 9, tzinfo=UTC)
ROW = """{"id": "bay-%s", "name": "Bay %s: dock doors", "account": "Bay %s", "seller": "Doorworks", "currency": "EUR",
"created": "2026-04-01", "amount": %s, "sellers": [{"name": "Ines Falk"}],
"contacts": [{"name": "Tom Reed"}, {"name": "Ruth Amis"}]}"""
CRITERION = CriterionTold("minutes to open", "under 2", "Tom Reed", date(2026, 7, 20), date(2026, 6, 18))
WHOLE = TrialTold(
    goal="take the place of the old doors",
    criteria=(CRITERION,),
    helper="Ines Falk",
    our_effort=20,
    their_effort=12,
    read_out=date(2026, 7, 24),
    read_out_with=("Ruth Amis",),
    next_step="sign for both docks",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    held = open_ledger(sqlite_url(tmp_path / "ledger.sqlite3"))
    for number in ("1", "2", "3"):
        a_deal(held, tmp_path, number)
    return held


def a_deal(held: Ledger, folder: Path, number: str, amount: int = 40000) -> None:
    deal = folder / number
    (deal / "touches").mkdir(parents=True)
    (deal / "deal.json").write_text(ROW % (number, number, number, amount), encoding="utf-8")
    (deal / "touches" / "2026-04-02-note.txt").write_text("Met Tom Reed. The doors freeze shut.", encoding="utf-8")
    bring_in(held, deal, NOW)
    ruth = person_called(held, deal_in(held, f"bay-{number}"), "Ruth Amis")
    decides = Person(ruth, roles=("economic_buyer",))
    held.store.append([Entry(f"bay-{number}", ALWAYS, NOW, "user:ines", decides)])
    held.reading.refresh(f"bay-{number}")


def test_a_trial_without_criteria_can_not_start_and_each_thing_missing_is_a_line(ledger: Ledger) -> None:
    plan(ledger, "bay-1", TrialTold(goal="see whether they like it"), "ines", NOW)
    with pytest.raises(Unknown) as refused:
        begin(ledger, "bay-1", None, "ines", NOW)
    lines = str(refused.value).splitlines()
    assert len([line for line in lines if line.startswith("  - ")]) == 6
    for says in ("nothing says what it must show", "nobody of ours", "our effort", "their effort", "no day", "no comm"):
        assert says in str(refused.value)
    missing = trials_document(ledger, "bay-1", NOW.date()).trials[0].missing
    assert [one.what for one in missing] == [
        "criteria",
        "helper",
        "our_effort",
        "their_effort",
        "read_out",
        "next_step",
    ]
    assert all(one.ask.endswith("?") for one in missing)


def test_one_with_all_of_it_starts(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    assert trials_document(ledger, "bay-1", NOW.date()).trials[0].missing == []
    began = begin(ledger, "bay-1", None, "ines", NOW)
    assert (began.state, began.began, began.override) == ("running", NOW.date(), None)
    assert not verify_ledger(ledger).breaks
    with pytest.raises(Unknown, match="is running"):
        begin(ledger, "bay-1", None, "ines", NOW)


@pytest.mark.parametrize(
    ("criterion", "says"),
    [
        (CriterionTold("speed", "fast"), "no judge, no day and no yes from the buyer"),
        (CriterionTold("speed", "fast", "Ines Falk", date(2026, 7, 1), date(2026, 6, 1)), "not of their side"),
    ],
)
def test_a_criterion_that_nobody_stands_by_is_none(ledger: Ledger, criterion: CriterionTold, says: str) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    plan(ledger, "bay-1", TrialTold(criteria=(criterion,)), "ines", NOW, one_of(ledger))
    with pytest.raises(Unknown, match=says):
        begin(ledger, "bay-1", None, "ines", NOW)


def one_of(ledger: Ledger) -> str:
    return next(iter(deal_in(ledger, "bay-1").trials))


def test_a_read_out_without_those_who_decide_is_missing(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    plan(ledger, "bay-1", TrialTold(read_out_with=("Tom Reed",)), "ines", NOW, one_of(ledger))
    with pytest.raises(Unknown, match="nobody who decides is invited"):
        begin(ledger, "bay-1", None, "ines", NOW)


def test_an_override_needs_a_reason_and_shows_in_every_review(ledger: Ledger) -> None:
    plan(ledger, "bay-1", TrialTold(goal="a foothold"), "ines", NOW)
    with pytest.raises(Unknown, match="can't begin"):
        begin(ledger, "bay-1", None, "ines", NOW, because="  ")
    begin(ledger, "bay-1", None, "ines", NOW, because="they plugged it in themselves")
    for told in (review(ledger.store.read("bay-1"), ledger.contents),):
        found = next(one for one in told.findings if one.check == "trial_without_criteria")
        assert "begun with something missing" in found.says
        assert [one.why for one in told.trials_begun_without] == ["they plugged it in themselves"]
    end(ledger, "bay-1", None, "failed", "ines", NOW)
    after = review(ledger.store.read("bay-1"), ledger.contents)
    assert "trial_without_criteria" in [one.check for one in after.findings]


def test_a_problem_that_breaks_trust_blocks_the_start_whatever_the_reason(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    told = ProblemTold("the meter counts doors twice", met=date(2026, 6, 19), breaks_trust=True)
    one = meet(ledger, "bay-1", told, "ines", NOW)
    with pytest.raises(Unknown, match="counts doors twice"):
        begin(ledger, "bay-1", None, "ines", NOW, because="we promised")
    assert not trials_document(ledger, "bay-1", NOW.date()).may_begin
    close(ledger, "bay-1", one.problem, "ines", NOW, "rep", FieldStaff())
    assert begin(ledger, "bay-1", None, "ines", NOW).state == "running"


def test_one_that_the_buyer_knows_of_and_tries_later_does_not_block(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    one = meet(ledger, "bay-1", ProblemTold("wrong sums", breaks_trust=True), "ines", NOW)
    disclose(ledger, "bay-1", one.problem, "the monthly report", "ines", NOW)
    assert begin(ledger, "bay-1", None, "ines", NOW).state == "running"


def test_a_known_problem_of_another_deal_has_to_be_told_first(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    meet(ledger, "bay-2", ProblemTold("wrong sums", met=NOW.date(), breaks_trust=True), "ines", NOW)
    elsewhere = untold(Evaluations(ledger.alias).all(), "bay-1", ledger.contents)
    assert elsewhere == ["wrong sums"]
    with pytest.raises(Unknown, match="were not told of a known problem that breaks trust: wrong sums"):
        begin(ledger, "bay-1", None, "ines", NOW, untold=elsewhere)


def test_how_it_goes_is_in_their_words_and_week_by_week(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    begin(ledger, "bay-1", None, "ines", NOW, on=date(2026, 6, 1))
    week(ledger, "bay-1", None, date(2026, 6, 11), "two doors stuck, Ines came", "ines", NOW)
    week(ledger, "bay-1", None, date(2026, 6, 4), "all installed", "ines", NOW)
    verdict(ledger, "bay-1", None, "Tom", "I would not give it back", "ines", NOW)
    judged(ledger, "bay-1", None, {1: True}, "ines", NOW)
    end(ledger, "bay-1", None, "succeeded", "ines", NOW)
    shown = trials_document(ledger, "bay-1", NOW.date()).trials[0]
    assert [(one.began, one.words) for one in shown.weeks] == [
        ("2026-06-01", "all installed"),
        ("2026-06-08", "two doors stuck, Ines came"),
    ]
    assert [(one.person, one.words) for one in shown.verdicts] == [("Tom Reed", "I would not give it back")]
    assert (shown.state, shown.ended, shown.criteria[0].met) == ("succeeded", "2026-06-20", True)
    with pytest.raises(Unknown, match="one of ours"):
        verdict(ledger, "bay-1", None, "Ines Falk", "splendid", "ines", NOW)
    with pytest.raises(Unknown, match="still to come"):
        week(ledger, "bay-1", None, date(2026, 7, 1), "will be fine", "ines", NOW)


def test_supported_trials_are_compared_with_the_others_by_how_they_began(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    begin(ledger, "bay-1", None, "ines", NOW)
    plan(ledger, "bay-2", TrialTold(goal="a look"), "ines", NOW)
    begin(ledger, "bay-2", None, "ines", NOW, because="no time")
    plan(ledger, "bay-2", WHOLE, "ines", NOW, next(iter(deal_in(ledger, "bay-2").trials)))  # too late to count
    plan(ledger, "bay-3", WHOLE, "ines", NOW)
    overview = trials_overview(Evaluations(ledger.alias).all(), NOW.date())
    assert {one.deal for one in overview.going_on} == {"bay-1", "bay-2", "bay-3"}
    assert overview.difference is None
    assert "Nothing can be compared yet" in overview.says
    for deal, outcome in (("bay-1", Outcome("won")), ("bay-2", Outcome("no_decision"))):
        ledger.store.append([Entry(deal, noon(date(2026, 6, 20)), NOW, "user:ines", outcome)])
        ledger.reading.refresh(deal)
    compared = trials_overview(Evaluations(ledger.alias).all(), NOW.date())
    assert (compared.supported.won, compared.supported.of, compared.supported.few) == (1, 1, True)
    assert (compared.unsupported.won, compared.unsupported.of) == (0, 1)
    assert compared.difference is not None
    assert compared.difference.low < 0 < compared.difference.high
    assert "do not tell the two apart yet" in compared.says


def test_whoever_is_erased_leaves_no_verdict(ledger: Ledger) -> None:
    plan(ledger, "bay-1", WHOLE, "ines", NOW)
    begin(ledger, "bay-1", None, "ines", NOW)
    verdict(ledger, "bay-1", None, "Tom Reed", "I would not give it back", "ines", NOW)
    erase_person(ledger, "bay-1", "Tom Reed", "ines", NOW)
    shown = trials_document(ledger, "bay-1", NOW.date()).trials[0].verdicts
    assert [(one.person, one.words) for one in shown] == [("[erased]", "[erased]")]
    assert not verify_ledger(ledger).breaks
