"""What docs/importing.md and docs/mail.md show can be written as they show it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from premortem.importing.mapped.mapping import Activities, Deals, Mapping, mapping_in
from premortem.importing.placing.privacy import read_privacy

DOCS = Path(__file__).resolve().parents[2] / "docs"


def blocks(page: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("settings", blocks("mail.md"))
def test_each_setting_of_mail_is_one(settings: str, tmp_path: Path) -> None:
    (tmp_path / "mail.toml").write_text(settings, encoding="utf-8")
    assert read_privacy(tmp_path / "mail.toml").imap is not None


@pytest.mark.parametrize("tables", blocks("importing.md"))
def test_each_piece_of_a_mapping_is_one(tables: str) -> None:
    assert mapping_in(f'source = "ours"\n[deals]\n{tables}', "docs/importing.md").outcomes


@pytest.mark.parametrize("part", [Mapping, Deals, Activities])
def test_each_entry_of_a_mapping_is_listed(part: type) -> None:
    told = set(re.findall(r"`\[*([a-z_]+)\]*`", (DOCS / "importing.md").read_text(encoding="utf-8")))
    assert set(part.__struct_fields__) - {"called", "stage_day"} <= told  # type: ignore[attr-defined]
