"""What is written down about the product is made from the product, and a test says when it has gone stale."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("tool", "writes", "page"),
    [("write_json_page.py", "page", "docs/json.md"), ("write_picture.py", "picture", "docs/review.svg")],
)
def test_a_written_page_is_up_to_date(tool: str, writes: str, page: str) -> None:
    fresh = runpy.run_path(str(ROOT / "tools" / tool))[writes]()
    assert (ROOT / page).read_text(encoding="utf-8") == fresh, f"run: python tools/{tool}"


def test_links_in_documents_lead_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_command_is_in_the_readme() -> None:
    from premortem.cli.main import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        assert f"`{name}`" in readme or f"premortem {name}" in readme or f"make {name}" in readme, name
