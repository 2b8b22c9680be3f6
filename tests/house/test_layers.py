"""Who may import whom is held by import-linter; the canaries prove that the guard bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("room", "smuggled", "contract"),
    [
        ("ledger/claims.py", "import premortem.cli.main", "Doors call acts"),
        ("checks/gone_quiet.py", "import premortem.listening.scene", "Doors call acts"),
        ("checks/gone_quiet.py", "import premortem.learning", "Doors call acts"),
        ("listening/measures.py", "import django", "Django lives in records"),
        ("listening/measures.py", "import socket", "Nothing connects"),
        ("importing/mailbox/letter.py", "import httpx2", "Nothing connects"),
        ("writing_back/fitting.py", "import simple_salesforce", "Nothing connects"),
        ("listening/language_model/reader.py", "import openai", "Nothing connects"),
        ("web/webhooks/sending.py", "import http.client", "Nothing connects"),
        ("listening/asking.py", "import numpy", "Arrays and models"),
        ("learning/usual.py", "import sklearn", "Arrays and models"),
        ("checks/gone_quiet.py", "import msgspec\nimport premortem.errors", "A check imports the ledger"),
    ],
)
def test_the_guard_bites(tmp_path: Path, room: str, smuggled: str, contract: str) -> None:
    house = tmp_path / "premortem"
    shutil.copytree(ROOT / "src/premortem", house, ignore=shutil.ignore_patterns("deals", "__pycache__"))
    victim = house / room
    victim.write_text(victim.read_text(encoding="utf-8") + f"\n{smuggled}\n", encoding="utf-8")
    guard = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--config", str(ROOT / ".importlinter"), "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert guard.returncode != 0, guard.stdout
    broken = [line for line in guard.stdout.splitlines() if "BROKEN" in line]
    assert any(contract in line for line in broken), guard.stdout
