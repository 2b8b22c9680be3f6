"""How deals ended: what an export's stages, flags and reasons mean, by a table that the user sees and can change.

A value that the table does not have leaves a deal open, and is shown. A loss without a reason stays what its stage
says; a reason that the table does not have changes nothing, its words are kept. Nothing is guessed from words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Table
from typing import cast

from premortem.importing.tables.crm import Status
from premortem.importing.tables.sheet import bare


def _each(status: str, *values: str) -> dict[str, str]:
    return dict.fromkeys(values, status)


OUTCOMES: Table[str, str] = {
    **_each("won", "Won", "Win", "Closed Won", "Deal won", "Gewonnen", "Gagné", "Ganado", "Ganada", "Vinto", "Ganho"),
    **_each("lost", "Lost", "Closed Lost", "Deal lost", "Verloren", "Perdu", "Perdido", "Perdida", "Perso"),
    **_each("no_decision", "No decision", "Closed no decision", "Closed - No Decision"),
    **_each("other_way", "Closed - Other Solution", "Closed Other Solution"),
    **_each("unknown", "Closed", "Abandoned", "Cancelled", "Canceled", "Disqualified", "Unqualified", "Withdrawn"),
    **_each("open", "Open", "Pending", "In progress"),
}
"""What these values say, where a mapping says nothing else. 'Closed' alone does not say how."""
REASONS: Table[str, str] = {
    **_each("lost", "Lost to competitor", "Lost to competition", "Competitor", "Competition"),
    **_each("no_decision", "No decision", "No decision / non-responsive", "Project cancelled", "Project stopped"),
    **_each("unknown", "Unknown"),
}


class Endings:
    """What an export's values mean, and how often each was met."""

    def __init__(self, outcomes: Table[str, str], reasons: Table[str, str]) -> None:
        self._outcomes = {bare(value): status for value, status in (*OUTCOMES.items(), *outcomes.items())}
        self._reasons = {bare(value): status for value, status in (*REASONS.items(), *reasons.items())}
        self.met: Counter[tuple[str, str]] = Counter()
        """(value, what it was taken for): a stage, or a flag."""
        self.reasons_met: Counter[tuple[str, str]] = Counter()
        """(reason, what it was taken for); '' where it changes nothing."""

    def told(self, value: str, closed: bool | None = None, won: bool | None = None, reason: str = "") -> Status | None:
        """How a deal ended by its stage or status, by flags where there are any, and by its reason; None while open."""
        status = self._outcomes.get(bare(value), "open")
        if won:
            status = "won"
        elif closed:
            status = status if status not in ("open", "won") else "lost" if won is False else "unknown"
        elif closed is False:
            status = "open"
        self.met[value, status] += 1
        if status in ("lost", "unknown") and reason:
            meant = self._reasons.get(bare(reason), "")
            self.reasons_met[reason, meant] += 1
            status = meant or status
        return None if status == "open" else cast(Status, status)
