"""A deal in which everything is said that a forecast can rest on; the tests take words out of it, or add some."""

from __future__ import annotations

from datetime import date

from premortem.forecasting.cadence import cadence_of
from premortem.forecasting.gate import Gate, Gates, Name
from premortem.forecasting.gates import gates
from premortem.ledger.deal import Deal
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms
from tests.telling import told

ALL_OF_IT = """
deal: Harbour depot scheduling
sellers: Ines
buyers: Tom (user_buyer), Dana (economic_buyer)
2026-01-05 call: Ines 40%, Tom 60% 3 questions
  Tom pain_stated "every harvest we lose a week"
  Tom personal_stake "I would get my Sundays back"
  Tom wants_us "if it were mine alone, it would be you"
  Tom decision_maker_named Dana "that one lands on Dana's desk"
  Tom decision_process_described "it goes to the Thursday board, and Dana signs"
  Tom budget_confirmed =60000 "sixty is set aside for it"
  Tom decision_date_stated =2026-03-31 "by the end of March"
2026-01-12 call: Ines 30%, Tom 30%, Dana 40% 2 questions
  Tom will_fight "I told them I am not going back to the old one"
  Dana authority_claimed "I sign that one"
  Dana decision_process_described "Thursday board, then me"
  Dana budget_confirmed =60000 "the sixty is in my plan, to be spent"
  Dana decision_date_stated =2026-03-31 "by the last of March"
"""


def seen(story: str = ALL_OF_IT, on: str = "2026-01-20") -> Deal:
    """The deal of a story as it stands at the end of a day."""
    return deal_as_of(told(story), end_of(date.fromisoformat(on)))


def without(*words: str) -> str:
    """The whole story but for the lines in which one of these stands."""
    return "".join(line for line in ALL_OF_IT.splitlines(keepends=True) if not any(word in line for word in words))


def at_gates(deal: Deal, cadence: str | None = None) -> Gates:
    return gates(deal, Norms(), cadence_of(Norms(), cadence))


def gate(name: Name, story: str = ALL_OF_IT, on: str = "2026-01-20") -> Gate:
    return at_gates(seen(story, on)).of(name)
