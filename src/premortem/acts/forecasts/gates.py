"""Gates: what has to be true before anybody counts on a deal, with the words that show it; `--json` prints these.

gates_of_deal(…)         one deal: its gates, its category, and what its entry on the forecast says
gates_of_open_deals(…)   every open deal in a line
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.looking.review import AskShown, DealShown, deal_shown
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Cited, Witness
from premortem.checks.review import moment_of
from premortem.forecasting.cadence import Cadence, ask_owner_on, cadence_of
from premortem.forecasting.categories import CALLED, CATEGORIES, GATE_CALLED, OnForecast, Placed, category, entry
from premortem.forecasting.gates import Gate, Gates, gates
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of, end_of
from premortem.ledger.norms import Norms
from premortem.ledger.store import Contents, Ledger

DEALS_AT_ONCE = 200


class CadenceShown(Struct, frozen=True):
    """How fresh evidence must be, how often each owner is asked, both in days, and where the figure comes from."""

    name: str
    fresh_days: float
    asked_every_days: int
    source: str


class GateShown(Struct, frozen=True):
    """A gate in words. `state` is passed, failed or unknown; `ask` is null once it is passed."""

    name: str
    called: str
    state: str
    says: str
    evidence: list[Cited]
    ask: AskShown | None


class EntryShown(Struct, frozen=True):
    """An entry on the forecast: an amount, a window, its evidence, and each assumption in it. `buyers_day_passed` is
    the last day that the buyer named, where it has passed."""

    amount: float | None
    currency: str | None
    window_from: date
    window_to: date
    window_by_the_buyer: bool
    evidence: list[Cited]
    assumptions: list[str]
    buyers_day_passed: date | None = None


class GatesDocument(Struct, frozen=True):
    """Where a deal stands, and why. `entry` is null where it is not on the forecast; then `task` says what to do."""

    deal: DealShown
    as_of: str
    cadence: CadenceShown
    category: str
    called: str
    because: str
    task: str | None
    entry: EntryShown | None
    gates: list[GateShown]
    owner: str
    ask_owner_on: date
    schema: str = "premortem.gates/1"


class GatesLine(Struct, frozen=True):
    """An open deal in a line. `question` is the one that settles its first gate that isn't passed; `buyers_day_passed`
    is the last day that the buyer named, where it has passed."""

    deal: str
    name: str
    account: str
    owner: str
    category: str
    called: str
    because: str
    task: str | None
    amount: float | None
    currency: str | None
    window_from: date | None
    window_to: date | None
    window_by_the_buyer: bool
    passed: int
    failed: list[str]
    unknown: list[str]
    question: AskShown | None
    ask_owner_on: date
    buyers_day_passed: date | None = None


class OpenDealsDocument(Struct, frozen=True):
    """All open deals by their category, the largest first; `counts` are deals by category."""

    as_of: str
    cadence: CadenceShown
    counts: dict[str, int]
    deals: list[GatesLine]
    schema: str = "premortem.gates-of-deals/1"


class Stand(Struct, frozen=True):
    """A deal at its gates."""

    deal: Deal
    gates: Gates
    placed: Placed
    entry: OnForecast
    cadence: Cadence


def stand(deal: Deal, norms: Norms, cadence: str | None = None) -> Stand:
    """Put a deal to its gates. `cadence` is the playbook's, by its name."""
    season = cadence_of(norms, cadence)
    found = gates(deal, norms, season)
    return Stand(deal, found, category(found, deal), entry(found, deal, norms), season)


def gates_of_deal(entries: Sequence[Entry], contents: Contents, on: date, rules: Rules | None = None) -> GatesDocument:
    """One deal at its gates, seen from the end of a day; one that has ended, from the day before its end.

    Raises ValueError where there is no entry or where entries belong to several deals.
    """
    rules = rules or rules_of()
    deal = deal_as_of(entries, moment_of(entries, end_of(on)))
    one, whole = stand(deal, rules.norms_of(deal), rules.playbook.cadence), deal_as_of(entries)
    witness = Witness(deal, contents)
    return GatesDocument(
        deal=deal_shown(deal, whole),
        as_of=deal.as_of.date().isoformat(),
        cadence=_cadence(one.cadence),
        category=one.placed.category,
        called=CALLED[one.placed.category],
        because=one.placed.because,
        task=one.placed.task,
        entry=_entry(one, witness) if one.placed.category != "not_on_forecast" else None,
        gates=[_gate(gate, witness) for gate in one.gates],
        owner=_owner(deal),
        ask_owner_on=ask_owner_on(deal, one.cadence),
    )


def gates_of_open_deals(ledger: Ledger, on: date, rules: Rules | None = None) -> OpenDealsDocument:
    """Every deal that is open at the end of a day, at its gates."""
    rules = rules or rules_of(ledger)
    own = rules.norms_at(end_of(on))
    lines = []
    for deal in _open_deals(ledger, on):
        norms = own.of(deal.amount, deal.opened.currency if deal.opened else None)
        lines.append(line_of(stand(deal, norms, rules.playbook.cadence), Witness(deal, ledger.contents)))
    order: dict[str, int] = {name: place for place, name in enumerate(CATEGORIES)}
    lines.sort(key=lambda line: (order[line.category], -(line.amount or 0.0), line.deal))
    return OpenDealsDocument(
        as_of=on.isoformat(),
        cadence=_cadence(cadence_of(own.whole, rules.playbook.cadence)),
        counts={name: sum(line.category == name for line in lines) for name in CATEGORIES},
        deals=lines,
    )


def _open_deals(ledger: Ledger, on: date) -> Iterator[Deal]:
    moment, deals = end_of(on), ledger.store.deals()
    for start in range(0, len(deals), DEALS_AT_ONCE):
        for _, entries in ledger.store.read_each(deals[start : start + DEALS_AT_ONCE]):
            deal = deal_as_of(entries, moment)
            begun = deal.opened is not None or deal.touches  # who somebody is holds from always on, and begins no deal
            if begun and deal.outcome is None:
                yield deal


def line_of(one: Stand, witness: Witness) -> GatesLine:
    deal, placed = one.deal, one.placed
    on_it = placed.category != "not_on_forecast"
    open_gates = [gate for gate in one.gates if gate.state != "passed"]
    return GatesLine(
        deal=deal.id,
        name=deal.name,
        account=deal.opened.account if deal.opened else "",
        owner=_owner(deal),
        category=placed.category,
        called=CALLED[placed.category],
        because=placed.because,
        task=placed.task,
        amount=one.entry.amount,
        currency=one.entry.currency,
        window_from=one.entry.window[0] if on_it else None,
        window_to=one.entry.window[1] if on_it else None,
        window_by_the_buyer=on_it and one.entry.by_the_buyer,
        passed=len(one.gates.in_state("passed")),
        failed=[GATE_CALLED[gate.name] for gate in one.gates.in_state("failed")],
        unknown=[GATE_CALLED[gate.name] for gate in one.gates.in_state("unknown")],
        question=_ask(open_gates[0], witness) if open_gates else None,
        ask_owner_on=ask_owner_on(deal, one.cadence),
        buyers_day_passed=one.entry.theirs_passed,
    )


def _owner(deal: Deal) -> str:
    """Whose deal it is, by the newest word of the CRM; empty where it says nothing."""
    return str(deal.owners[-1].value) if deal.owners and deal.owners[-1].value else ""


def _cadence(one: Cadence) -> CadenceShown:
    return CadenceShown(one.name, one.fresh_days, one.asked_every_days, one.fresh.source)


def _gate(gate: Gate, witness: Witness) -> GateShown:
    return GateShown(
        name=gate.name,
        called=GATE_CALLED[gate.name],
        state=gate.state,
        says=witness.sentence(gate.says),
        evidence=_cited(gate, witness),
        ask=_ask(gate, witness),
    )


def _ask(gate: Gate, witness: Witness) -> AskShown | None:
    return None if gate.ask is None else AskShown(witness.sentence(gate.ask), witness.name(gate.to))


def _cited(gate: Gate, witness: Witness) -> list[Cited]:
    return list(dict.fromkeys(witness.cite(quote) for quote in gate.evidence))


def _entry(one: Stand, witness: Witness) -> EntryShown:
    told = one.entry
    passed = [cited for gate in one.gates.in_state("passed") for cited in _cited(gate, witness)]
    return EntryShown(
        amount=told.amount,
        currency=told.currency,
        window_from=told.window[0],
        window_to=told.window[1],
        window_by_the_buyer=told.by_the_buyer,
        evidence=list(dict.fromkeys(passed)),
        assumptions=[witness.sentence(assumption) for assumption in told.assumptions],
        buyers_day_passed=told.theirs_passed,
    )
