"""Probabilities that rest on evidence: how a deal will end, by when, and how far the number can be trusted.

Usable by itself, with arrays. Thirty deals of five weeks each; in those with a champion every other one is won:

>>> import numpy as np
>>> from premortem.forecasting import AalenJohansen, CompetingHazards, PersonPeriods
>>> champion = np.arange(30) % 2
>>> cause = np.where(champion & (np.arange(30) % 4 == 1), 1, 2)  # 1 = won, 2 = lost
>>> rows = PersonPeriods.from_spells(champion[:, None], periods=np.full(30, 4), cause=cause)
>>> len(rows), rows.ended.tolist()
(150, [120, 8, 22])
>>> share = AalenJohansen(causes=("won", "lost")).fit(duration=np.full(30, 5), cause=cause)
>>> share.cumulative_incidence_.round(3).tolist()
[[0.267, 0.733]]
>>> hazards = CompetingHazards(causes=("won", "lost")).fit(rows.X, rows.age, rows.cause)
>>> with_and_without = hazards.cumulative_incidence([[1.0], [0.0]], age=[0, 0], periods=5)
>>> with_and_without.shape  # deals, periods, causes
(2, 5, 2)
>>> bool(with_and_without[0, -1, 0] > with_and_without[1, -1, 0])
True
>>> hazards.interval([[1.0]], age=[0], periods=5).shape  # deals, causes, lower and upper
(1, 2, 2)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from premortem.forecasting.competing_hazards import CompetingHazards
    from premortem.forecasting.cumulative_incidence import AalenJohansen
    from premortem.forecasting.event_history import EventLog, HistoryFeatures
    from premortem.forecasting.history_forecast import HistoryForecast
    from premortem.forecasting.person_periods import PersonPeriods

__all__ = [
    "AalenJohansen",
    "CompetingHazards",
    "EventLog",
    "HistoryFeatures",
    "HistoryForecast",
    "PersonPeriods",
]

_HOME = {
    "AalenJohansen": "cumulative_incidence",
    "CompetingHazards": "competing_hazards",
    "EventLog": "event_history",
    "HistoryFeatures": "event_history",
    "HistoryForecast": "history_forecast",
    "PersonPeriods": "person_periods",
}


def __getattr__(name: str) -> object:
    """Load a name's module when it is first asked for: the command line must not wait for scikit-learn."""
    if name not in _HOME:
        raise AttributeError(f"premortem.forecasting has no {name}; it has {', '.join(__all__)}")
    return getattr(import_module(f"premortem.forecasting.{_HOME[name]}"), name)
