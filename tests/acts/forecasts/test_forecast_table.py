"""A table from file to report: a signal where there is one, the base rate where there is none, and real tables."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import msgspec
import pytest

from premortem.acts.forecasts.forecast_table import TableForecast, forecast_table, is_table
from premortem.cli.forecast_table_page import forecast_table_page
from premortem.cli.show_forecast_table import show_forecast_table
from premortem.cli.terminal import console
from tests.material import material


def a_table(folder: Path, deals: int, chance: dict[str, float], still_open: int = 20) -> Path:
    """Deals whose chance follows from their budget alone; 'Region' says nothing; the last ones are open."""
    draw, file = Random(8), folder / "deals.csv"
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(["Deal", "Budget", "Region", "Status"])
        for number in range(deals + still_open):
            budget = draw.choice(list(chance))
            ended = "Won" if draw.random() < chance[budget] else "Lost"
            status = ended if number < deals else "Open"
            writer.writerow([f"D-{number}", budget, draw.choice(["<North>", "South", "East"]), status])
    return file


@pytest.fixture(scope="module")
def with_signal(tmp_path_factory: pytest.TempPathFactory) -> TableForecast:
    return forecast_table(a_table(tmp_path_factory.mktemp("t"), 130, {"Yes": 0.85, "No": 0.4, "Unknown": 0.1}))


def test_what_tells_won_from_lost_gives_open_deals_a_chance(with_signal: TableForecast) -> None:
    assert with_signal.signal
    assert with_signal.split == "group"
    assert with_signal.brier is not None
    assert with_signal.base_rate_brier is not None
    assert with_signal.brier < with_signal.base_rate_brier
    assert with_signal.columns[0].column == "Budget"
    assert len(with_signal.forecasts) == 20
    truths = {"Yes": 0.85, "No": 0.4, "Unknown": 0.1}
    for one in with_signal.forecasts:
        assert 0 < one.low < one.won < one.high < 1
        for why in one.reasons:
            assert why.column != "Budget" or one.won == pytest.approx(truths[why.value], abs=0.2)


def test_the_page_is_one_file_with_pictures_and_nothing_in_it_runs(with_signal: TableForecast) -> None:
    page = forecast_table_page(with_signal)
    assert page.count("<svg") >= 4
    assert "&lt;North&gt;" in page
    assert "<North>" not in page
    assert "<script" not in page
    assert "src=" not in page


def test_programs_and_terminals_get_it_too(with_signal: TableForecast, capsys: pytest.CaptureFixture[str]) -> None:
    assert msgspec.json.decode(msgspec.json.encode(with_signal))["signal"] is True
    show_forecast_table(console(), with_signal)
    assert "Open deals (20, the likeliest first)" in capsys.readouterr().out


def test_where_nothing_tells_the_base_rate_is_all_there_is(tmp_path: Path) -> None:
    document = forecast_table(a_table(tmp_path, 130, {"Yes": 0.4, "No": 0.4}))
    assert not document.signal
    assert document.why.startswith("no signal found")
    assert document.forecasts == []
    assert document.base_rate.low < 0.4 < document.base_rate.high


def test_under_fifty_ended_deals_no_single_deal_gets_a_chance(tmp_path: Path) -> None:
    document = forecast_table(a_table(tmp_path, 49, {"Yes": 0.95, "No": 0.05}))
    assert (document.signal, document.brier, document.forecasts) == (False, None, [])
    assert "under 50 no chance is given" in document.why
    assert document.base_rate.of == 49


def test_a_table_is_known_by_its_ending() -> None:
    assert is_table(Path("deals.CSV"))
    assert not is_table(Path("acme"))


@pytest.mark.material
@pytest.mark.parametrize(
    ("path", "leaks"),
    [
        ("data/deals/maven/sales_pipeline.csv", {"account", "close_value", "close_date"}),
        ("data/deals/skygeni/sales_data.csv", {"closed_date", "sales_cycle_days"}),
    ],
)
def test_made_up_deals_hold_no_signal_and_their_leaks_are_named(path: str, leaks: set[str]) -> None:
    document = forecast_table(material(path))
    assert not document.signal
    assert document.split == "time"
    assert {one.column for one in document.leaks} == leaks
