"""premortem: the post-mortem of a deal, held while the deal can still be won.

    premortem.read(path), review(path), replay(path)    a deal's folder; `read` also a single transcript, mail or note
    premortem.forecast(table)                           any export of closed and open deals
    premortem.open("deals.db")                          a ledger, with the same verbs

Nothing is loaded before it is asked for, nothing is written but by a ledger's `bring_in`, and nothing is sent anywhere.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# ONNX Runtime tells its maker of each session, and keeps an id of the machine, unless this is set before it is loaded.

__all__ = [
    "Forecast",
    "Ledger",
    "PeriodForecast",
    "PremortemError",
    "Reading",
    "Replay",
    "Review",
    "TableForecast",
    "forecast",
    "read",
    "replay",
    "review",
]
"""`open` is left to be said with its module, so that a star never hides Python's own."""

if TYPE_CHECKING:
    from premortem.errors import PremortemError as PremortemError
    from premortem.python.documents import Reading as Reading
    from premortem.python.documents import Replay as Replay
    from premortem.python.documents import Review as Review
    from premortem.python.files import forecast as forecast
    from premortem.python.files import read as read
    from premortem.python.files import replay as replay
    from premortem.python.files import review as review
    from premortem.python.forecasts import Forecast as Forecast
    from premortem.python.forecasts import PeriodForecast as PeriodForecast
    from premortem.python.forecasts import TableForecast as TableForecast
    from premortem.python.ledger import Ledger as Ledger
    from premortem.python.ledger import open as open
else:
    _AT = {
        "PremortemError": "errors",
        **dict.fromkeys(("Reading", "Replay", "Review"), "python.documents"),
        **dict.fromkeys(("Forecast", "PeriodForecast", "TableForecast"), "python.forecasts"),
        **dict.fromkeys(("forecast", "read", "replay", "review"), "python.files"),
        **dict.fromkeys(("Ledger", "open"), "python.ledger"),
    }

    def __getattr__(name: str) -> object:
        if name not in _AT:
            raise AttributeError(f"module 'premortem' has no attribute '{name}'")
        found = globals()[name] = getattr(import_module(f"premortem.{_AT[name]}"), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_AT})
