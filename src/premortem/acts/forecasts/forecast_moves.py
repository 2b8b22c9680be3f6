"""What would move a deal's forecast: each unknown settled either way, and what then follows.

A gate that nobody knows is taken as passed, then as failed; so is each piece of evidence that is not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.forecasts.forecast_basis import Standing
from premortem.forecasting.categories import CATEGORIES, GATE_CALLED, category
from premortem.forecasting.gate import Gates, State
from premortem.ledger.entries import PersonId


class Move(Struct, frozen=True):
    """One unknown: the category that the deal would be in if it is so, and if it is not. `ask` would settle it."""

    gate: str
    called: str
    now: str
    if_so: str
    if_not: str
    ask: str | None
    to: PersonId | None

    @property
    def moves(self) -> bool:
        return self.now != self.if_so or self.now != self.if_not

    @property
    def steps(self) -> int:
        """By how many categories the two answers lie apart."""
        return abs(CATEGORIES.index(_known(self.if_not)) - CATEGORIES.index(_known(self.if_so)))


def moves(one: Standing) -> list[Move]:
    """What each gate that nobody knows would change, those first that change most."""
    found = [
        Move(
            gate.name,
            GATE_CALLED[gate.name],
            one.placed.category,
            _if(one, gate.name, "passed"),
            _if(one, gate.name, "failed"),
            gate.ask,
            gate.to,
        )
        for gate in one.gates
        if gate.state == "unknown"
    ]
    return sorted(found, key=lambda move: -move.steps)


def _if(one: Standing, name: str, state: State) -> str:
    settled = tuple(replace(gate, state=state) if gate.name == name else gate for gate in one.gates)
    return category(Gates(settled), one.deal).category


def _known(name: str) -> str:
    return next(one for one in CATEGORIES if one == name)


def missing(one: Standing) -> Sequence[str]:
    """The gates that nobody knows, in words."""
    return [GATE_CALLED[gate.name] for gate in one.gates.in_state("unknown")]
