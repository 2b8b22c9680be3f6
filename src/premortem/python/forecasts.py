"""The documents that forecasts give. They rest on libraries that take seconds to load, which reading never needs."""

from __future__ import annotations

from premortem.acts.forecasts.forecast_deal import DealForecast
from premortem.acts.forecasts.forecast_shown import ForecastDocument
from premortem.acts.forecasts.forecast_table import TableForecast as TableDocument
from premortem.python.documents import Document, count


class TableForecast(Document, TableDocument, frozen=True):
    """What a table of deals tells: `base_rate`, how well it predicts, `leaks`, and each open row in `forecasts`."""

    def _in_a_line(self) -> str:
        said = "a signal" if self.signal else "no more than the base rate"
        return f"{self.file}, {self.won:,} won of {self.won + self.lost:,} ended, {self.open:,} open, {said}"


class PeriodForecast(Document, ForecastDocument, frozen=True):
    """All open deals by a day: `totals` as ranges, `categories`, and each deal's chances by every method."""

    def _in_a_line(self) -> str:
        return f"{count(self.open, 'open deal')} by {self.by}, {count(self.rests.closed, 'closed deal')} to go by"


class Forecast(Document, DealForecast, frozen=True):
    """One open deal by a day: its chances by every method, its gates, reasons, and what would move it."""

    def _in_a_line(self) -> str:
        return f"{self.numbers.name} by {self.by}, {self.numbers.category}, {self.numbers.gates_passed} gates passed"
