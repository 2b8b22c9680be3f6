"""The commands `norms`, `playbook` and `waive`, and a playbook that lies beside the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from premortem.cli.main import app
from premortem.errors import PremortemError
from premortem.sample.place import DEALS

RUN = CliRunner()
HOSTING = next(DEALS.glob("01-*"))


def premortem(*words: object) -> tuple[int, str]:
    done = RUN.invoke(app, [str(word) for word in words])
    if isinstance(done.exception, PremortemError):
        raise done.exception
    return done.exit_code, done.output


def document(*words: object) -> Any:
    return json.loads(RUN.invoke(app, [*(str(word) for word in words), "--json"]).stdout)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("firm") / "ledger.sqlite3"
    assert premortem("import", HOSTING, "--ledger", file)[0] == 0
    return file


def test_norms_name_their_sources(ledger: Path) -> None:
    found = document("norms", "--ledger", ledger)
    assert (found["schema"], found["ended"], found["needed"]) == ("premortem.norms/1", 1, 20)
    assert found["norms"][0]["source"].startswith("an assumption of this product: nine months")
    told = premortem("norms", "--ledger", ledger)[1]
    assert "1 deal has ended in this ledger; from 20 on" in " ".join(told.split())


def test_a_playbook_beside_the_ledger_holds_by_itself(ledger: Path) -> None:
    beside = ledger.with_name("premortem.toml")
    beside.write_text('use = ["spiced"]\n[thresholds]\nsilence_days = 9\n', encoding="utf-8")
    try:
        found = document("norms", "--ledger", ledger)
        assert {"silence_days": 9.0}.items() <= {one["name"]: one["value"] for one in found["norms"]}.items()
        reviewed = document("review", "lark-01", "--ledger", ledger)
        assert [one["name"] for one in reviewed["lists"]] == ["spiced"]
        told = premortem("review", "lark-01", "--ledger", ledger, "--list", "meddicc")[1]
        assert "Economic buyer" in told
        assert "Critical event" not in told
    finally:
        beside.unlink()


def test_a_playbook_is_checked_before_it_is_used(tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    draft.write_text("[thresholds]\nsilence_days = 9\ncycle_day = 4\n", encoding="utf-8")
    code, told = premortem("playbook", "--check", draft)
    assert code == 1
    assert "Did you mean cycle_days" in " ".join(told.split())
    draft.write_text("[thresholds]\nsilence_days = 9\n", encoding="utf-8")
    assert premortem("playbook", "--check", draft)[0] == 0
    with pytest.raises(PremortemError, match="can't be opened"):
        premortem("playbook", "--check", tmp_path / "nowhere.toml")


def test_the_environment_names_a_playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ledger: Path) -> None:
    (tmp_path / "ours.toml").write_text('cadence = "weekly"', encoding="utf-8")
    monkeypatch.setenv("PREMORTEM_PLAYBOOK", str(tmp_path / "ours.toml"))
    assert document("playbook", "--ledger", ledger)["cadence"] == "weekly"


def test_a_finding_is_set_aside_and_taken_up_again(ledger: Path) -> None:
    check = document("review", "lark-01", "--ledger", ledger)["findings"][0]["check"]
    code, told = premortem("waive", "lark-01", check, "--because", "we know", "--ledger", ledger)
    assert (code, f"'{check}' is set aside in lark-01" in told) == (0, True)
    assert document("review", "lark-01", "--ledger", ledger)["waived"] == [{"check": check, "why": "we know"}]
    assert "Set aside by somebody" in premortem("review", "lark-01", "--ledger", ledger)[1]
    assert "was set aside: we know" in premortem("replay", "lark-01", "--ledger", ledger)[1]
    assert premortem("waive", "lark-01", check, "--undo", "--ledger", ledger)[0] == 0
    assert document("review", "lark-01", "--ledger", ledger)["waived"] == []
    with pytest.raises(PremortemError, match="without a reason"):
        premortem("waive", "lark-01", check, "--ledger", ledger)
