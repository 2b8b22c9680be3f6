"""docs/coaching.md shows what the command really prints, and the areas as they really are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from premortem.ledger.areas import GROUNDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "coaching.md"


def block(kind: str) -> str:
    """The first fenced block of a kind on the page."""
    found = re.search(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_example_prints_what_the_page_shows(tmp_path: Path) -> None:
    (tmp_path / "harbour" / "touches").mkdir(parents=True)
    (tmp_path / "harbour" / "deal.json").write_text(block("json"), encoding="utf-8")
    (tmp_path / "harbour" / "touches" / "2026-01-05-first-call.vtt").write_text(block("vtt"), encoding="utf-8")
    shown = block("console")
    command, *expected = shown.splitlines()
    assert command == "$ premortem coach harbour"
    done = subprocess.run(
        [sys.executable, "-c", "from premortem.cli.main import run; run()", "coach", "harbour"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    printed = [line.rstrip() for line in done.stdout.strip().splitlines()]
    assert printed == expected, f"{PAGE.name} is stale; it now prints:\n" + "\n".join(printed)


def test_the_table_of_areas_is_the_mapping() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for area, ground in GROUNDS.items():
        topics = ", ".join(sorted(topic.replace("_", " ") for topic in ground.topics))
        told = ", ".join(f"`{claim}`" for claim in sorted(ground.told_by))
        assert f"| {area} | {topics} | {told} |" in page
