"""`lesson`, `lessons` and `why` as a user runs them, each in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import HOSTING, document, premortem


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("firm") / "ledger.sqlite3"
    assert premortem("import", HOSTING, "--ledger", file).returncode == 0
    return file


def test_a_lesson_is_chosen_made_listed_and_dropped(ledger: Path) -> None:
    at = ("--ledger", ledger)
    chosen = document("lesson", "lark-01", "--on", "2025-04-20", *at)
    check = chosen["findings"][0][0]
    made = document("lesson", "lark-01", "--on", "2025-04-20", "--title", "It went quiet", "--findings", check, *at)
    (watched,) = made["lessons"]
    assert (made["schema"], watched["lesson"]["findings"], watched["alike"]) == ("premortem.lessons/1", [check], [])
    assert "It went quiet" in premortem("lessons", *at).stdout
    assert premortem("lesson", "lark-01", "--drop", watched["lesson"]["id"], *at).returncode == 0
    assert "No lesson yet" in premortem("lessons", *at).stdout


def test_why_answers_in_words_and_in_json(ledger: Path) -> None:
    found = document("why", "--from", "2025-01-01", "--to", "2025-12-31", "--ledger", ledger)
    assert (found["schema"], found["deals"], len(found["questions"])) == ("premortem.why/1", 1, 5)
    shown = premortem("why", "--from", "2025-01-01", "--to", "2025-12-31", "--ledger", ledger).stdout
    assert "Did we have a proved coach?" in shown
    assert "few, so this says little" in shown
    wrong = premortem("why", "--seller", "Nobody", "--ledger", ledger)
    assert (wrong.returncode, "no deal that ended has the seller" in wrong.stderr) == (2, True)
