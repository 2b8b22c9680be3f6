"""docs/practices.md names only what is there: checks of the catalogue, commands of the command line, pages of docs."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from premortem.checks.catalogue import modules
from premortem.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
TOOL = runpy.run_path(str(ROOT / "tools/write_practices_page.py"))
TOLD = (ROOT / "docs/practices.toml").read_text(encoding="utf-8")
SECTIONS: dict[str, list[Any]] = TOOL["practices"](TOLD)
PRACTICES = [one for section in SECTIONS.values() for one in section]
NAMED = sorted({name for one in PRACTICES for name in one.served_by})
LONGEST = 16


def test_every_number_is_there_once_in_order() -> None:
    assert [one.number for one in PRACTICES] == list(range(1, 203))
    assert [heading[0] for heading in SECTIONS] == list("ABCDEFGHIJKLM")


def test_the_page_is_up_to_date() -> None:
    page = (ROOT / "docs/practices.md").read_text(encoding="utf-8")
    assert page == TOOL["page"](), "run: python tools/write_practices_page.py"


@pytest.mark.parametrize("name", NAMED)
def test_what_serves_a_practice_is_there(name: str) -> None:
    if name.startswith("premortem "):
        commands = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback is not None}
        assert name.removeprefix("premortem ") in commands
    elif name.startswith("docs/"):
        assert (ROOT / name).is_file()
    else:
        assert name in modules()


@pytest.mark.parametrize("check", modules())
def test_every_check_serves_some_practice(check: str) -> None:
    assert check in NAMED


def test_a_practice_is_one_short_sentence_told_once() -> None:
    said = [one.says for one in PRACTICES]
    assert len(set(said)) == len(said)
    for says in said:
        assert len(says.split()) <= LONGEST, says
        assert says.endswith((".", "?"))
        assert "|" not in says


def test_in_part_names_the_part_that_is_there() -> None:
    assert all(one.served_by for one in PRACTICES if one.in_part)
