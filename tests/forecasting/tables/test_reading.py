"""Tables as firms export them: every delimiter and encoding, titles, quotes, odd days and numbers; clear errors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from premortem.errors import Unreadable
from premortem.forecasting.tables.columns import end_named, sellers_stage
from premortem.forecasting.tables.log_odds import LogOddsSpread
from premortem.forecasting.tables.mapping import Mapping, read_mapping
from premortem.forecasting.tables.outcomes import find_outcomes
from premortem.forecasting.tables.reading import Table, read_table
from premortem.forecasting.tables.values import as_days, as_numbers


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "deals.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Kunde", "Größe", "Status"], ["Müller & Co", "10", "Won"], ["Ærø Færger", "20", "Lost"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    table = read_table(written(tmp_path, text, encoding))
    assert table.header == ["Kunde", "Größe", "Status"]
    assert table.column("Kunde") == ["Müller & Co", "Ærø Færger"]
    assert table.lines == [2, 3]


def test_a_title_above_the_header_and_excels_own_hint(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "sep=;\nDeals of 2025\n\nDeal;Deal;Status\n1;2;Won\n\n2;3;Lost\n"))
    assert (table.header, table.lines) == (["Deal", "Deal (2)", "Status"], [5, 7])


def test_a_row_with_a_stray_comma_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"deals.csv, line 3: this row has 4 cells, and the header 3.*quotation"):
        read_table(written(tmp_path, "deal,name,status\n1,A,Won\n2,B, Inc,Lost\n3,C,Won\n"))


@pytest.mark.parametrize(("raw", "says"), [(b"", "empty"), (b"PK\x03\x04x", "workbook"), (b"just words\n", "columns")])
def test_what_is_no_table_says_so(tmp_path: Path, raw: bytes, says: str) -> None:
    file = tmp_path / "deals.csv"
    file.write_bytes(raw)
    with pytest.raises(Unreadable, match=says):
        read_table(file)


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["2026-03-04", "2026-03-25T10:00:00Z"], date(2026, 3, 4)),
        (["04/03/2026", "25/03/2026"], date(2026, 3, 4)),
        (["03/04/2026", "03/25/2026"], date(2026, 3, 4)),
        (["4.3.26", "5.3.26"], date(2026, 3, 4)),
        (["Mar 4, 2026", "25 March 2026"], date(2026, 3, 4)),
        (["20260304", "20260325"], date(2026, 3, 4)),
    ],
)
def test_days_are_read_in_the_columns_own_style(cells: list[str], first: date) -> None:
    days = as_days(cells)
    assert days is not None
    assert days[0] == first


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["$1,234.50", "12"], [1234.5, 12.0]),
        (["1.234,50 €", "12"], [1234.5, 12.0]),
        (["1 234", "(12)"], [1234.0, -12.0]),
        (["12%", "3.5%"], [12.0, 3.5]),
    ],
)
def test_numbers_are_read_in_the_columns_own_style(cells: list[str], read: list[float]) -> None:
    assert as_numbers(cells) == read


def told(*statuses: str, name: str = "Status") -> Table:
    return Table("deals.csv", "utf-8", "comma", [name], [[one] for one in statuses], list(range(2, 2 + len(statuses))))


def test_usual_words_for_won_and_lost_are_known() -> None:
    found = find_outcomes(told("Closed Won", "Closed - Lost", "Negotiation", "6 - Gewonnen", "No decision"), Mapping())
    assert found.ended == [True, False, None, True, False]


def test_yes_and_no_tell_only_under_a_name_that_asks_for_them() -> None:
    assert find_outcomes(told("1", "0", "", name="IsWon"), Mapping()).ended == [True, False, None]
    with pytest.raises(Unreadable, match=r"no column says.*--columns FILE"):
        find_outcomes(told("1", "0", name="Champion"), Mapping())


def test_a_mapping_says_what_words_cannot(tmp_path: Path) -> None:
    table = told("A", "B", "C")
    file = written(tmp_path, 'outcome = "status"\nwon = ["A"]\nlost = ["B"]\n', name="columns.toml")
    assert find_outcomes(table, read_mapping(file, table)).ended == [True, False, None]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('outcome = "Stage"', "there is no column 'Stage'.*It has: Status"),
        ("outcom = 1", "may set: outcome"),
        ("outcome", "no TOML"),
        ('won_date = "Status"', "within_days"),
    ],
)
def test_a_wrong_mapping_says_what_would_be_right(tmp_path: Path, toml: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_mapping(written(tmp_path, toml, name="columns.toml"), told("Won"))


def test_a_reason_may_follow_the_end() -> None:
    values = ("Lost - Price", "Closed Lost: no budget", "Verloren (Preis)", "Geschlossen verloren", "Won - Upsell")
    found = find_outcomes(told(*values, "Customer meeting", "Won't budge"), Mapping())
    assert found.ended == [False, False, False, False, True, None, None]


def test_words_among_days_leave_a_column_of_days() -> None:
    days = as_days(["TBD", "still open", "2026-03-04", "2026-03-05"])
    assert days == [None, None, date(2026, 3, 4), date(2026, 3, 5)]
    assert as_days(["red", "blue", "2026-x"]) is None
    assert end_named("Close Date")
    assert not end_named("Expected close date")


@pytest.mark.parametrize(
    "name",
    ["Verkaufsphase", "Wahrscheinlichkeit", "Étape", "Close Probability", "Win %", "Highest stage", "Sales Stage"],
)
def test_the_sellers_own_stage_is_known_by_its_name(name: str) -> None:
    assert sellers_stage(name)
    assert not sellers_stage("Funding stage")


def test_a_level_never_seen_is_less_sure() -> None:
    X = np.array([[n % 2] for n in range(40)], dtype=np.float64)
    spread = LogOddsSpread(np.array([True]), 0.3).fit(X, (X[:, 0] + np.arange(40) % 3 > 1).astype(float))
    known, unseen = spread.variance(np.array([[0.0], [7.0]]))
    assert unseen > known
    assert unseen > 0.3


def test_a_cell_too_long_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"deals.csv, after line 1: it can't be cut.*field larger.*quotation"):
        read_table(written(tmp_path, 'deal,status\n1,"' + "x" * 140_000 + '"\n'))
