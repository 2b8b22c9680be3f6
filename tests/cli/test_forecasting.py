"""The commands of the forecast, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from premortem.cli.commands import forecasting
from premortem.cli.main import app
from premortem.errors import Unknown
from premortem.ledger.contents import MemoryLedger
from tests.forecasting.firms import NOW, telling_firm


@pytest.fixture
def firm(monkeypatch: pytest.MonkeyPatch) -> MemoryLedger:
    held = telling_firm(closed=12, going=2)
    monkeypatch.setattr(forecasting, "open_ledger", lambda ledger: held)
    monkeypatch.setattr(forecasting, "now", lambda: NOW)
    monkeypatch.setattr(forecasting, "user", lambda: "ines")
    return held


def said(*command: str) -> str:
    done = CliRunner().invoke(app, list(command), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_all_open_deals_at_the_base_rate(firm: MemoryLedger) -> None:
    told = said("forecast", "--by", "2026-09-30", "--target", "5000 ?")
    assert "2 open deals, from 2026-06-01 to 2026-09-30" in told
    assert "Of 12 deals that ended, 6 were won: 50%" in told
    assert "no evidence of this deal" in told
    assert "wanted" in told
    document = json.loads(said("forecast", "--json"))
    assert document["schema"] == "premortem.forecast/1"
    assert [one["stands"] for one in document["deals"]] == [None, None]


def test_one_deal(firm: MemoryLedger) -> None:
    told = said("forecast", "d-900")
    assert "the rep's own call" in told
    assert "What would move the category" in told
    assert json.loads(said("forecast", "d-900", "--json"))["schema"] == "premortem.deal-forecast/1"


def test_a_call_is_entered_written_down_and_tracked(firm: MemoryLedger) -> None:
    assert "60% to be won, commit" in said(
        "call", "d-900", "--won", "0.6", "--by", "2026-09-30", "--category", "commit"
    )
    assert "60%" in said("forecast", "--by", "2026-09-30")
    assert "written down" in said("forecast", "--record")
    assert "written today already" in said("forecast", "--record")
    assert "not due yet" in said("forecast", "--track")


def test_gates_of_all_and_of_one(firm: MemoryLedger) -> None:
    assert "best case" in said("gates").lower()
    assert json.loads(said("gates", "d-900", "--json"))["category"] == "best_case"


def test_a_backtest(firm: MemoryLedger) -> None:
    told = said("backtest", "--from", "2024-02-01", "--to", "2024-05-01", "--weeks", "8")
    assert "who wins within 8 weeks?" in told
    assert "base rate" in told
    assert json.loads(said("backtest", "--from", "2024-02-01", "--json"))["schema"] == "premortem.backtest/1"


def test_what_cannot_be_is_said_with_a_remedy(firm: MemoryLedger) -> None:
    with pytest.raises(Unknown, match="--target '500000 EUR'"):
        said("forecast", "--target", "much")
    with pytest.raises(Unknown, match="are for a table"):
        said("forecast", "--columns", "map.toml")
    with pytest.raises(Unknown, match="week, month, quarter"):
        said("backtest", "--every", "year")
    with pytest.raises(Unknown, match="no deal 'x'"):
        said("gates", "x")


def test_a_table_goes_to_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, asked = tmp_path / "deals.csv", list[Path]()
    table.write_text("source,outcome\nweb,won\n", encoding="utf-8")

    def studied(file: Path, columns: Path | None) -> dict[str, bool]:
        asked.append(file)
        return {"signal": False}

    monkeypatch.setattr("premortem.acts.forecasts.forecast_table.forecast_table", studied)
    assert json.loads(said("forecast", str(table), "--json")) == {"signal": False}
    assert asked == [table]
    with pytest.raises(Unknown, match="no file or folder"):
        said("forecast", "absent.csv")
