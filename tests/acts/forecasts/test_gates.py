"""Gates in words: one deal with its quotes, all open deals in a line each, and what the terminal shows of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.forecasts.gates import GatesDocument, OpenDealsDocument, gates_of_deal, gates_of_open_deals
from premortem.acts.playbook import rules_of
from premortem.cli.show_gates import show_gates, show_gates_of_open_deals
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.entries import Entry, Fact, Outcome
from premortem.ledger.fold import deal_as_of, noon

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 10, 10)
ROW = """{"id": "bay-1", "name": "Bay Street: dock doors", "account": "Bay Street Cold Store", "seller": "Doorworks",
"created": "2026-09-01", "amount": 40000, "currency": "EUR", "stage": "Negotiation",
"sellers": [{"name": "Ines Falk"}], "contacts": [{"name": "Tom Reed"}]}"""
NOTES = {
    "2026-09-02-note.txt": "Met Tom Reed. The doors freeze shut every night.",
    "2026-10-01-note.txt": "Phoned Tom Reed. There is no budget for it this year.",
}


@pytest.fixture
def ledger(tmp_path: Path) -> MemoryLedger:
    deal = tmp_path / "bay"
    (deal / "touches").mkdir(parents=True)
    (deal / "deal.json").write_text(ROW, encoding="utf-8")
    for name, text in NOTES.items():
        (deal / "touches" / name).write_text(text, encoding="utf-8")
    held = MemoryLedger()
    bring_in(held, deal, NOW)
    return held


def add_money(ledger: MemoryLedger, claim: str) -> None:
    """A user adds what the last note says of the money, with its place in the words."""
    entries = ledger.store.read("bay-1")
    touch = deal_as_of(entries).touches[-1]
    tom = next(one.id for one in deal_as_of(entries).buyers)
    fact = Fact("f-money", touch.id, 0, 17, 53, claim, tom, "user", 1.0)  # type: ignore[arg-type]
    ledger.store.append([Entry("bay-1", touch.at, NOW, "user:ines", fact)])


def at_gates(ledger: MemoryLedger) -> GatesDocument:
    return gates_of_deal(ledger.store.read("bay-1"), ledger.contents, TODAY)


def printed(document: GatesDocument | OpenDealsDocument) -> str:
    console = Console(width=110, record=True, file=StringIO())
    if isinstance(document, GatesDocument):
        show_gates(console, document)
    else:
        show_gates_of_open_deals(console, document)
    return console.export_text()


def test_a_deal_without_a_budget_shows_the_words_the_task_and_whom_to_ask(ledger: MemoryLedger) -> None:
    add_money(ledger, "budget_missing")
    document = at_gates(ledger)
    assert (document.category, document.task, document.entry) == ("not_on_forecast", "get into the budget", None)
    budget = next(gate for gate in document.gates if gate.name == "budget")
    assert budget.state == "failed"
    assert "There is no budget for it this year." in [cited.quote for cited in budget.evidence]
    assert budget.ask is not None
    assert budget.ask.to == "Tom Reed"
    shown = printed(document)
    assert "Not on the forecast: it is not budgeted." in shown
    assert "What there is to do: get into the budget." in shown
    assert "There is no budget" in shown


def test_on_the_forecast_stand_an_amount_a_window_and_every_assumption(ledger: MemoryLedger) -> None:
    entries = [
        one for one in ledger.store.read("bay-1") if not (isinstance(one.body, Fact) and "budget" in one.body.claim)
    ]
    document = gates_of_deal(entries, ledger.contents, TODAY)
    assert document.category == "pipeline"
    assert document.entry is not None
    assert (document.entry.amount, document.entry.window_by_the_buyer) == (40_000, False)
    assert (document.entry.window_from, document.entry.window_to) == (date(2027, 3, 3), date(2027, 9, 1))
    assert not any("{" in one for one in document.entry.assumptions)
    assert "Assumed, and known by nobody" in printed(document)


def test_it_is_a_typed_document(ledger: MemoryLedger) -> None:
    document = at_gates(ledger)
    assert msgspec.json.decode(msgspec.json.encode(document), type=GatesDocument) == document
    assert {gate.state for gate in document.gates} <= {"passed", "failed", "unknown"}
    all_open = gates_of_open_deals(ledger, TODAY)
    assert msgspec.json.decode(msgspec.json.encode(all_open), type=OpenDealsDocument) == all_open


def test_all_open_deals_and_only_those(ledger: MemoryLedger) -> None:
    add_money(ledger, "budget_missing")
    document = gates_of_open_deals(ledger, TODAY)
    (line,) = document.deals
    assert (line.deal, line.category, line.task) == ("bay-1", "not_on_forecast", "get into the budget")
    assert document.counts == {"commit": 0, "best_case": 0, "pipeline": 0, "not_on_forecast": 1}
    assert line.question is not None
    assert line.question.to == "Tom Reed"
    assert "not on the forecast" in printed(document)
    assert gates_of_open_deals(ledger, date(2026, 8, 1)).deals == []  # it had not begun
    over = noon(date(2026, 10, 5))
    ledger.store.append([Entry("bay-1", over, over, "user:ines", Outcome("lost"))])
    assert gates_of_open_deals(ledger, TODAY).deals == []
    assert "no open deal" in printed(gates_of_open_deals(ledger, TODAY))
    assert at_gates(ledger).as_of == "2026-10-04"  # a deal that has ended is seen from the day before its end


def test_the_playbooks_cadence_decides_what_is_fresh_and_when_the_owner_is_asked(
    ledger: MemoryLedger, tmp_path: Path
) -> None:
    file = tmp_path / "premortem.toml"
    file.write_text('cadence = "weekly"\n', encoding="utf-8")
    document = gates_of_open_deals(ledger, TODAY, rules_of(ledger, file))
    assert (document.cadence.name, document.cadence.fresh_days, document.cadence.asked_every_days) == ("weekly", 5, 7)
    assert document.cadence.source == "set in premortem.toml: a weekly cadence"
    assert document.deals[0].ask_owner_on == TODAY
