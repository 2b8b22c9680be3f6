"""Facts that wait for a yes or no: those that a reader was unsure of, on whose claims findings turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from premortem.acts.witness import Cited, Witnesses
from premortem.ledger.deal import DealFact
from premortem.ledger.entries import Quote
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Ledger
from premortem.records.deal_lists import DealLists, Waits, Whose, named
from premortem.records.models import DealRow

A_PAGE = 20
UNSURE = (0.3, 0.6)
"""Where a reader's word is worth a look: below it is mostly wrong, above it mostly right."""
MATTERS = (
    *("decision_maker_named", "authority_claimed", "decision_date_stated", "decision_process_described"),
    *("budget_confirmed", "budget_missing", "opposition_stated", "wants_us", "will_fight", "delay_stated"),
    *("competitor_named", "parallel_effort", "status_quo_option", "next_step_agreed", "introduction_refused"),
    *("product_problem", "impact_quantified", "compelling_event"),
)
"""Claims on which findings turn."""


class DealNamed(Struct, frozen=True):
    """A deal by its name."""

    id: str
    name: str
    account: str | None


class Waiting(Struct, frozen=True):
    """A fact that a reader was unsure of, in its place. `counts`: findings rest on it even so."""

    deal: DealNamed
    fact: str
    touch: str
    claim: str
    quote: Cited
    value: str | None = None
    counts: bool = False


class WaitingDocument(Struct, frozen=True):
    """One page of the facts that wait, the newest first. `at_least`: more may wait among older ones."""

    total: int
    at_least: bool
    page: int
    pages: int
    facts: list[Waiting]

    def quoted(self) -> set[str]:
        """The deals of which somebody's words are shown."""
        return {one.deal.id for one in self.facts}


def waiting(ledger: Ledger, lists: DealLists, whose: Whose, page: int = 1) -> WaitingDocument:
    """A page of the facts that wait in deals that are `whose`; the last one where there are not so many."""
    queue = lists.waiting(whose, MATTERS, UNSURE)
    pages = max(1, -(-len(queue.facts) // A_PAGE))
    page = min(max(page, 1), pages)
    some = queue.facts[(page - 1) * A_PAGE : page * A_PAGE]
    told, rows = told_of(ledger, [one.deal for one in some]), named({one.deal for one in some})
    told.hear(words_of(told, some))
    return WaitingDocument(len(queue.facts), queue.at_least, page, pages, shown(told, rows, some))


def told_of(ledger: Ledger, deals: Iterable[str]) -> Witnesses:
    """A few deals, each folded once."""
    entries = ledger.store.read_each(list(dict.fromkeys(deals)))
    return Witnesses([deal_as_of(of_deal) for _, of_deal in entries], ledger.contents)


def words_of(told: Witnesses, some: Sequence[Waits]) -> list[tuple[str, Quote]]:
    """The words that these facts quote."""
    return [(one.deal, _fact(told, one).quote) for one in some]


def shown(told: Witnesses, rows: Mapping[str, DealRow], some: Sequence[Waits]) -> list[Waiting]:
    return [_shown(told, rows[one.deal], one) for one in some]


def deal_named(row: DealRow) -> DealNamed:
    return DealNamed(row.deal, row.name, row.account)


def _shown(told: Witnesses, row: DealRow, one: Waits) -> Waiting:
    witness, known = told.of(row.deal), _fact(told, one)
    fact = known.fact
    quote = witness.cite(known.quote)
    return Waiting(deal_named(row), one.fact, fact.touch, fact.claim, quote, fact.value, known.believed)


def _fact(told: Witnesses, one: Waits) -> DealFact:
    return next(known for known in told.of(one.deal).deal.facts if known.fact.fact == one.fact)
