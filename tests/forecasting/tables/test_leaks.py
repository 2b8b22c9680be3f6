"""Columns that know the end are found and named with the reason; honest ones, and strong ones, are left alone."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from premortem.forecasting.tables.columns import find_roles, read_columns
from premortem.forecasting.tables.leaks import Leak, find_leaks
from premortem.forecasting.tables.mapping import Mapping
from premortem.forecasting.tables.outcomes import find_outcomes
from premortem.forecasting.tables.reading import Table


def leaks_of(rows: list[dict[str, str]]) -> dict[str, str]:
    header = list(rows[0])
    cells = [[row[name] for name in header] for row in rows]
    table = Table("deals.csv", "utf-8", "comma", header, cells, list(range(2, 2 + len(rows))))
    outcomes = find_outcomes(table, Mapping())
    columns = read_columns(table, Mapping())
    others = [one for one in columns.values() if one.name != outcomes.column]
    found: list[Leak] = find_leaks(others, find_roles(columns, outcomes, Mapping()), outcomes.ended, ())
    return {one.column: one.reason for one in found}


def a_firm(deals: int = 400) -> list[dict[str, str]]:
    """Half of the deals have a budget and mostly win; one of four is still open."""
    draw, rows = Random(5), []
    for number in range(deals):
        budget = draw.choice(["Yes", "No", "Unknown"])
        still_open = number % 4 == 3
        won = draw.random() < {"Yes": 0.8, "No": 0.3, "Unknown": 0.15}[budget]
        began = date(2025, 1, 1) + timedelta(days=draw.randrange(300))
        lasted = draw.randrange(20, 120)
        rows.append(
            {
                "Deal": f"D-{number}",
                "Created": began.isoformat(),
                "Budget": budget,
                "Value": str(draw.randrange(1000, 9000)),
                "Status": "Open" if still_open else "Won" if won else "Lost",
                "Lasted": str(lasted),
                "Ended": "" if still_open else (began + timedelta(days=lasted)).isoformat(),
            }
        )
    return rows


def with_column(name: str, cell: dict[str, str]) -> list[dict[str, str]]:
    """The firm with one more column, whose cell follows from how the deal ended."""
    return [{**row, name: cell[row["Status"]]} for row in a_firm()]


def test_a_strong_but_honest_column_is_no_leak() -> None:
    assert set(leaks_of(a_firm())) == {"Ended", "Lasted"}


def test_the_day_of_the_end_and_how_long_it_took_are_known_only_after_it() -> None:
    found = leaks_of(a_firm())
    assert "the day on which a deal ended" in found["Ended"]
    assert found["Lasted"] == "known only after the end: it is the time from 'Created' to 'Ended'"


def test_a_day_that_never_comes_before_the_end_is_known_only_after_it() -> None:
    rows = [{**row, "Invoiced": row["Ended"]} for row in a_firm()]
    for row in rows:
        if row["Ended"]:
            row["Invoiced"] = (date.fromisoformat(row["Ended"]) + timedelta(days=3)).isoformat()
    assert leaks_of(rows)["Invoiced"] == "known only after the end: it is never before 'Ended'"


def test_a_closing_month_that_tells_the_outcome_is_named() -> None:
    rows = a_firm()
    for row in rows:
        if row["Status"] == "Won":
            row["Ended"] = f"2025-12-{1 + int(row['Deal'][2:]) % 28:02}"
    assert "the closing month alone tells won from lost" in leaks_of(rows)["Ended"]


def test_zero_or_empty_for_every_loss() -> None:
    assert leaks_of(with_column("Booked", {"Won": "500", "Lost": "0", "Open": ""}))["Booked"].startswith(
        "zero for every"
    )
    assert "empty for every win" in leaks_of(with_column("Why", {"Won": "", "Lost": "price", "Open": ""}))["Why"]


def test_empty_only_in_open_rows() -> None:
    rows = with_column("Account", {"Won": "Acme", "Lost": "Acme", "Open": ""})
    rows = [{**row, "Account": row["Account"] and f"Account {at % 9}"} for at, row in enumerate(rows)]
    assert leaks_of(rows)["Account"].startswith("empty only in open rows (100 of 100, and in none of the ended ones)")


def test_the_outcome_under_another_name() -> None:
    found = leaks_of(with_column("Color", {"Won": "green", "Lost": "red", "Open": "grey"}))
    assert "(nearly) encodes the outcome" in found["Color"]


def test_what_is_filled_only_where_a_leak_is() -> None:
    rows = with_column("Contract", {"Won": "C", "Lost": "", "Open": ""})
    for at, row in enumerate(rows):
        row["Contract"] = row["Contract"] and f"C-{at % 7}"
        row["Lawyer"] = row["Contract"] and ("Ann" if at % 5 == 0 else "")
    assert {"Contract", "Lawyer"} <= set(leaks_of(rows))
