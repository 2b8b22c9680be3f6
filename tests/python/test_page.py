"""docs/python.md runs as it stands, and shows what it prints."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_runs_as_it_stands_and_shows_what_it_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREMORTEM_PLAYBOOK", raising=False)
    tool = runpy.run_path(str(ROOT / "tools" / "write_python_page.py"))
    written = tool["PAGE"].read_text(encoding="utf-8")
    assert len(tool["CELL"].findall(written)) == written.count("```python")
    assert written == tool["page"](), "run: python tools/write_python_page.py"
