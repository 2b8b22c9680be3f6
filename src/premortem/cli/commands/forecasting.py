"""Forecast: gates before numbers, every method side by side, written down when made, and held against the end."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from premortem.cli.options import AsOf, DealArgument, Json, LedgerOption, PlaybookOption
from premortem.cli.place import day_of, now, open_ledger, rules_for, there, user, write_page
from premortem.errors import Unknown

By = Annotated[
    datetime | None,
    typer.Option("--by", formats=["%Y-%m-%d"], help="The day by which deals are to end. Else the quarter's last."),
]


def forecast(
    deal_or_table: Annotated[
        str | None,
        typer.Argument(
            help="A deal in the ledger, or a table of closed deals (CSV). Without one, all open deals.",
            metavar="[DEAL or TABLE]",
        ),
    ] = None,
    by: By = None,
    record: Annotated[
        bool, typer.Option("--record", help="Write down what each method says today, to be held against the end.")
    ] = False,
    track: Annotated[
        bool, typer.Option("--track", help="Show how the forecasts that were written down have done.")
    ] = False,
    target: Annotated[
        list[str] | None,
        typer.Option("--target", help="What the period is to bring, for coverage: '500000 EUR'.", metavar="AMOUNT"),
    ] = None,
    columns: Annotated[
        Path | None, typer.Option("--columns", help="Of a table: which column is what (TOML).", metavar="FILE")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Of a table: write a report with pictures (HTML).", metavar="FILE")
    ] = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Say how open deals will end, what that rests on, and how sure it is: each method beside the others."""
    if deal_or_table is not None and _is_table(deal_or_table):
        _table(there(Path(deal_or_table)), columns, report, as_json)
        return
    if columns is not None or report is not None:
        raise Unknown("--columns and --report are for a table", "Name a file of deals: premortem forecast FILE.csv.")
    held = open_ledger(ledger)
    if record:
        _record(held, rules_for(held, playbook), day_of(by), as_json)
    elif track:
        _track(held, as_json)
    elif deal_or_table is not None:
        _deal(held, deal_or_table, rules_for(held, playbook), day_of(by), as_json)
    else:
        _all(held, rules_for(held, playbook), day_of(by), _wanted(target or []), as_json)


def _is_table(told: str) -> bool:
    """A file's name has an ending, or the file is there; only then is it worth asking which tables can be read."""
    path = Path(told)
    if not path.suffix and not path.is_file():
        return False
    from premortem.acts.forecasts.forecast_table import is_table

    return path.is_file() or is_table(path)


def _table(file: Path, columns: Path | None, report: Path | None, as_json: bool) -> None:
    from premortem.acts.forecasts.forecast_table import forecast_table
    from premortem.cli.show_forecast_table import show_forecast_table
    from premortem.cli.terminal import show

    document = forecast_table(file, columns)
    if report is not None:
        from premortem.cli.forecast_table_page import forecast_table_page

        write_page(report, forecast_table_page(document))
    if report is None or as_json:
        show(document, show_forecast_table, as_json)


def _all(held: Any, rules: Any, by: date | None, wanted: dict[str, float], as_json: bool) -> None:
    from premortem.acts.forecasts.forecast import forecast as forecast_all
    from premortem.cli.show_forecast import show_forecast
    from premortem.cli.terminal import show

    show(forecast_all(held, rules, now().date(), by, wanted), show_forecast, as_json)


def _deal(held: Any, deal: str, rules: Any, by: date | None, as_json: bool) -> None:
    from premortem.acts.forecasts.forecast_deal import forecast_deal
    from premortem.cli.show_forecast_deal import show_forecast_deal
    from premortem.cli.terminal import show

    show(forecast_deal(held, deal, rules, now().date(), by), show_forecast_deal, as_json)


def _record(held: Any, rules: Any, by: date | None, as_json: bool) -> None:
    from premortem.acts.forecasts.record_forecasts import record_forecasts
    from premortem.cli.show_forecast import show_recorded
    from premortem.cli.terminal import show

    show(record_forecasts(held, user(), now(), rules, by), show_recorded, as_json)


def _track(held: Any, as_json: bool) -> None:
    from premortem.acts.forecasts.forecast_record import forecast_record
    from premortem.cli.show_backtest import show_track
    from premortem.cli.terminal import show

    show(forecast_record(held, now().date()), show_track, as_json)


def _wanted(targets: list[str]) -> dict[str, float]:
    """'500000 EUR' as an amount by its currency."""
    found = {}
    for told in targets:
        amount, _, currency = told.strip().partition(" ")
        try:
            found[currency.strip().upper()] = float(amount.replace(",", "").replace("_", ""))
        except ValueError as error:
            raise Unknown(f"'{told}' is no amount", "Give a number and its currency: --target '500000 EUR'.") from error
    return found


def call(
    deal: DealArgument,
    by: Annotated[datetime, typer.Option("--by", formats=["%Y-%m-%d"], help="The day by which it is to be won.")],
    won: Annotated[float | None, typer.Option("--won", help="The chance that it is won by then, 0 to 1.")] = None,
    category: Annotated[
        str | None, typer.Option("--category", help="commit, best_case, pipeline or not_on_forecast.")
    ] = None,
    ledger: LedgerOption = None,
    as_json: Json = False,
) -> None:
    """Enter your own call on a deal; the newest counts, and all are held against the end."""
    from premortem.acts.forecasts.record_forecasts import call as enter
    from premortem.cli.show_forecast import show_call
    from premortem.cli.terminal import show

    held = open_ledger(ledger)
    show(enter(held, deal, by.date(), user(), now(), won, category), show_call, as_json)


def gates(
    deal: Annotated[
        str | None,
        typer.Argument(help="The id of a deal in the ledger. Without one, all open deals.", metavar="[DEAL]"),
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Say whether a deal may be counted on: budget, champion, sources, fresh evidence, the buyer's own date."""
    from premortem.acts.forecasts.gates import gates_of_deal, gates_of_open_deals
    from premortem.cli.show_gates import show_gates, show_gates_of_open_deals
    from premortem.cli.terminal import show

    held, on = open_ledger(ledger), day_of(as_of) or now().date()
    rules = rules_for(held, playbook)
    if deal is None:
        show(gates_of_open_deals(held, on, rules), show_gates_of_open_deals, as_json)
        return
    entries = held.store.read(deal)
    if not entries:
        raise Unknown(f"there is no deal '{deal}' in the ledger", "`premortem deals` lists what is there.")
    show(gates_of_deal(entries, held.contents, on, rules), show_gates, as_json)


def backtest(
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The first day. Else when a deal first ended."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day. Else the last that is over.")
    ] = None,
    every: Annotated[str, typer.Option("--every", help="week, month or quarter.")] = "month",
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=104, help="How many weeks ahead each day looks.")] = 13,
    as_happened: Annotated[
        bool,
        typer.Option("--as-happened", help="Take each entry as known on the day it happened, not when we learned."),
    ] = False,
    ledger: LedgerOption = None,
    playbook: PlaybookOption = None,
    as_json: Json = False,
) -> None:
    """Stand on past days, say who wins by what was known then, and hold each method against what came."""
    from premortem.acts.forecasts.backtest import EVERY
    from premortem.acts.forecasts.backtest import backtest as look_back
    from premortem.cli.show_backtest import show_backtest
    from premortem.cli.terminal import progress, show

    step = next((one for one in EVERY if one == every), None)
    if step is None:
        raise Unknown(f"'{every}' is no step", f"There are: {', '.join(EVERY)}.")
    held = open_ledger(ledger)
    with progress("standing on") as told:
        document = look_back(
            held,
            rules_for(held, playbook),
            now().date(),
            day_of(first),
            day_of(last),
            step,
            weeks,
            not as_happened,
            told,
        )
    show(document, show_backtest, as_json)
