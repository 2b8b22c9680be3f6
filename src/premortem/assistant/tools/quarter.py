"""The quarter's forecast as an assistant is given it; run as a module, it writes the schemas of both forecasts."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from premortem.acts.forecasts.forecast_deal import DealForecast
from premortem.acts.forecasts.forecast_page import ForecastPage
from premortem.acts.forecasts.forecast_shown import ChangedShown, DealNumbers, Rests, TotalShown, WouldChange
from premortem.assistant.tools.schema import schema_of

LINES = 20


class QuarterForecast(Struct, frozen=True):
    """A period's sums and a page of its open deals; `summed_up` is False where the sums of these are not there."""

    day: date
    by: date
    rests: Rests
    summed_up: bool
    totals: list[TotalShown]
    would_change_most: list[WouldChange]
    deals: list[DealNumbers]
    changed: list[ChangedShown]
    open: int
    page: int
    pages: int
    schema: str = "premortem.quarter-forecast/1"


def quarter_of(of: ForecastPage, deals: Collection[str] | None, page: int) -> QuarterForecast:
    """A page of the forecast of these deals, or of all."""
    here = None if deals is None else set(deals)
    told = [line.numbers for line in of.lines if here is None or line.numbers.id in here]
    pages = max(1, -(-len(told) // LINES))
    page = min(page, pages)
    part = of.part(deals)
    return QuarterForecast(
        day=of.day,
        by=of.by,
        rests=of.rests,
        summed_up=part is not None,
        totals=part.totals if part else [],
        would_change_most=part.would_change_most if part else [],
        deals=told[(page - 1) * LINES : page * LINES],
        changed=[one for one in of.changed if here is None or one.deal in here],
        open=len(told),
        page=page,
        pages=pages,
    )


def schemas() -> dict[str, Any]:
    """The schemas that `forecast_schemas.json` holds."""
    return {kind.__name__: schema_of(kind) for kind in (DealForecast, QuarterForecast)}


if __name__ == "__main__":
    file = Path(__file__).with_name("forecast_schemas.json")
    file.write_text(json.dumps(schemas(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
