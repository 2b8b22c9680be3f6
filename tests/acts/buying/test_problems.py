"""A wrong total in an evaluation: who met it, what it puts at stake, how long they waited, and who may close it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from premortem.acts.buying import tracker
from premortem.acts.buying.deal_problems import WHO_ELSE, deal_problems
from premortem.acts.buying.problems import (
    FieldStaff,
    ProblemTold,
    answer,
    bind,
    close,
    disclose_known,
    meet,
    reopen,
    words_of,
)
from premortem.acts.buying.problems_shown import ProblemsDocument, known_elsewhere, problems_document
from premortem.acts.looking.people import deal_in
from premortem.acts.looking.review import review
from premortem.errors import Unknown
from premortem.ledger.entries import Problem
from premortem.records.evaluations import Evaluations
from premortem.records.opening import Ledger
from tests.acts.buying.test_trials import NOW, ledger

__all__ = ["ledger"]
TOTAL = ProblemTold("the total is a tenth too high", "Tom Reed", date(2026, 6, 16), "evaluation", breaks_trust=True)


def all_of(ledger: Ledger) -> ProblemsDocument:
    return problems_document(Evaluations(ledger.alias).all(), ledger.contents, NOW.date())


def state(ledger: Ledger, one: Problem, deal: str = "bay-1") -> str:
    return deal_in(ledger, deal).problems[one.problem].state


def test_who_met_it_when_and_what_to_ask_now(ledger: Ledger) -> None:
    meet(ledger, "bay-1", TOTAL, "ines", NOW)
    shown = deal_problems(ledger, "bay-1", NOW.date()).problems[0]
    assert (shown.met_by, shown.met, shown.moment, shown.breaks_trust) == ("Tom Reed", "2026-06-16", "evaluation", True)
    assert shown.ask == WHO_ELSE
    assert shown.clock is not None
    assert (shown.clock.due, shown.clock.days, shown.clock.late) == ("2026-06-18", 4, 2)


def test_an_open_one_is_raised_and_asks_who_else_is_looked_at(ledger: Ledger) -> None:
    one = meet(ledger, "bay-1", TOTAL, "ines", NOW)
    found = {found.check: found for found in review(ledger.store.read("bay-1"), ledger.contents).findings}
    assert found["evaluation_problem"].severity == "high"
    assert "who else are you looking at" in found["evaluation_problem"].ask.question
    assert found["evaluation_problem"].ask.to == "Tom Reed"
    answer(ledger, "bay-1", one.problem, "ines", NOW)
    told = review(ledger.store.read("bay-1"), ledger.contents)
    assert "evaluation_problem" in [one.check for one in told.clear]


def test_the_order_is_likelihood_times_damage_times_money_with_each_factor_shown(ledger: Ledger) -> None:
    slow = meet(ledger, "bay-1", ProblemTold("slow", met=date(2026, 6, 18), likelihood=1.0), "ines", NOW)
    meet(ledger, "bay-2", ProblemTold("slow", met=date(2026, 6, 18), known=slow.problem), "ines", NOW)
    total = meet(ledger, "bay-3", TOTAL, "ines", NOW)
    document = all_of(ledger)
    assert [one.id for one in document.problems] == [total.problem, slow.problem]
    first, second = (one.factors for one in document.problems)
    assert (first.likelihood, first.likelihood_told, first.damage) == (0.5, False, 1.0)
    assert first.money == pytest.approx(1 / 3)
    assert (second.likelihood, second.likelihood_told, second.damage) == (1.0, True, 0.25)
    assert second.money == pytest.approx(2 / 3)
    assert second.weight == pytest.approx(1 / 6)
    assert [(one.currency, one.deals, one.amount) for one in document.problems[1].exposed] == [("EUR", 2, 80000.0)]
    assert any("assumption of this product" in one for one in document.assumptions)


def test_only_the_field_closes_one(ledger: Ledger) -> None:
    one = meet(ledger, "bay-1", TOTAL, "ines", NOW)
    for role in ("marketing", "executive", "admin", None):
        with pytest.raises(Unknown, match="only field staff"):
            close(ledger, "bay-1", one.problem, "mara", NOW, role, FieldStaff())
    assert state(ledger, one) == "open"
    done = close(ledger, "bay-1", one.problem, "mara", NOW, "admin", FieldStaff(named=("mara",)))
    assert (done.state, done.closed_by, done.closed) == ("closed", "mara", NOW.date())
    assert reopen(ledger, "bay-1", one.problem, "ines", NOW).state == "open"


def test_times_and_who_knew_first_are_counted(ledger: Ledger) -> None:
    one = meet(ledger, "bay-1", TOTAL, "ines", NOW)
    answer(ledger, "bay-1", one.problem, "ines", NOW, date(2026, 6, 17))
    meet(ledger, "bay-2", ProblemTold("the hinge squeaks"), "ines", NOW)
    document = all_of(ledger)
    assert (document.known, document.unknown) == (1, 1)
    assert (document.days_to_answer, document.days_to_close) == (1, None)
    assert document.waiting_too_long == 0


def test_what_is_known_is_told_to_the_next_buyer_beforehand(ledger: Ledger) -> None:
    met = meet(ledger, "bay-1", TOTAL, "ines", NOW)
    known = known_elsewhere(Evaluations(ledger.alias).all(), "bay-2")
    assert [one.problem for one in known] == [met.problem]
    with pytest.raises(Unknown, match="what to try later"):
        disclose_known(ledger, "bay-2", known[0], words_of(ledger, known[0]), "", "ines", NOW)
    told = disclose_known(ledger, "bay-2", known[0], words_of(ledger, known[0]), "the report", "ines", NOW)
    assert (told.known, told.disclosed, told.area, told.met) == (met.problem, NOW.date(), "the report", None)
    document = all_of(ledger)
    assert [(one.id, len(one.deals)) for one in document.problems] == [(met.problem, 2)]
    assert document.unknown == 1
    assert known_elsewhere(Evaluations(ledger.alias).all(), "bay-2") == []


def test_a_tracker_gets_a_table_and_answers_by_ticket_but_closes_nothing(ledger: Ledger) -> None:
    one = meet(ledger, "bay-1", TOTAL, "ines", NOW)
    bind(ledger, "bay-1", one.problem, "ines", NOW, ticket="DOOR-7")
    rows = list(csv.DictReader(io.StringIO(tracker.table(all_of(ledger)).removeprefix("\ufeff"))))
    assert [(row["ticket"], row["state"], row["breaks_trust"]) for row in rows] == [("DOOR-7", "open", "yes")]
    words = tracker.words_in("Ticket,Status\nDOOR-7,Closed\nDOOR-9,Done\n")
    heard = tracker.take_in(ledger, Evaluations(ledger.alias).all(), words, "tracker", NOW)
    assert (heard.answered, len(heard.not_understood)) == (1, 1)
    assert state(ledger, one) == "answered"
    again = tracker.take_in(ledger, Evaluations(ledger.alias).all(), words[:1], "tracker", NOW + timedelta(1))
    assert again == tracker.Heard(same=1)
    opened = tracker.take_in(ledger, Evaluations(ledger.alias).all(), [tracker.Word("DOOR-7", "reopened")], "t", NOW)
    assert (opened.opened, state(ledger, one)) == (1, "open")


def test_a_tracker_binds_a_ticket_and_never_touches_what_its_sender_may_not(ledger: Ledger) -> None:
    one = meet(ledger, "bay-1", TOTAL, "ines", NOW)
    word = tracker.Word("DOOR-8", "fixed", one.problem, "bay-1")
    deals = Evaluations(ledger.alias).all()
    refused = tracker.take_in(ledger, deals, [word], "t", NOW, may=lambda deal: False)
    assert refused.not_understood
    heard = tracker.take_in(ledger, deals, [word], "t", NOW)
    assert (heard.bound, heard.answered) == (1, 1)
    assert deal_in(ledger, "bay-1").problems[one.problem].ticket == "DOOR-8"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (ProblemTold(" "), "without words"),
        (ProblemTold("x", moment="lunch"), "no moment"),
        (ProblemTold("x", likelihood=7), "no likelihood"),
        (ProblemTold("x", met=date(2027, 1, 1)), "still to come"),
        (ProblemTold("x", met_by="Tom Reed"), "on which day"),
    ],
)
def test_what_can_not_be_understood_says_why(ledger: Ledger, told: ProblemTold, says: str) -> None:
    with pytest.raises(Unknown, match=says):
        meet(ledger, "bay-1", told, "ines", NOW)


def test_a_table_without_tickets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unknown, match="no column 'ticket'"):
        tracker.words_in("a,b\n1,2\n")
