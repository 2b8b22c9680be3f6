"""A check's docstring is its public page: it has all its parts, a test of its own, and is what docs/checks/ shows."""

from __future__ import annotations

import inspect
import re
import runpy
from pathlib import Path
from types import ModuleType

import pytest

from premortem.checks.catalogue import modules
from premortem.checks.cause_record import COUNTED

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ["What it looks for", "Why it matters", "Example", "What to ask next", "When it does not apply"]
EACH = pytest.mark.parametrize(("name", "module"), modules().items(), ids=list(modules()))


def test_every_finding_that_post_mortems_name_has_its_check() -> None:
    assert set(COUNTED) <= set(modules())


@EACH
def test_a_page_has_every_heading_in_order_with_something_under_it(name: str, module: ModuleType) -> None:
    before, *parts = re.split(r"^## (.+)\n", inspect.cleandoc(module.__doc__ or ""), flags=re.MULTILINE)
    assert before == ""
    assert parts[::2] == HEADINGS
    assert all(len(body.split()) >= 5 for body in parts[1::2]), name


@EACH
def test_a_check_imports_the_ledger_and_what_checks_share_but_no_other_check(name: str, module: ModuleType) -> None:
    imported = re.findall(r"^(?:from|import) (premortem\S*)", inspect.getsource(module), re.MULTILINE)
    shared = {f"premortem.checks.{one}" for one in ("base", "coach_conditions", "conflicts", "deciding", "trials")}
    assert all(one.startswith("premortem.ledger.") or one in shared for one in imported), imported


@EACH
def test_a_check_has_a_test_of_its_own_and_some_story(name: str, module: ModuleType) -> None:
    assert (ROOT / f"tests/checks/test_{name}.py").exists()
    stories = [story.read_text() for story in (ROOT / "tests/stories").glob("*.md")]
    assert any(f"\n{name} " in story for story in stories), "no story has it beneath, as a finding or as a sign"


def test_the_pages_in_docs_are_those_of_the_docstrings() -> None:
    written = runpy.run_path(str(ROOT / "tools/write_check_pages.py"))["pages"]()
    there = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/checks").glob("*.md")}
    assert there == written, "run: python tools/write_check_pages.py"
