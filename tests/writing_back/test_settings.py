"""The file that says what goes where: what it can't hold, and what is said of its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from premortem.errors import Unreadable
from premortem.writing_back.settings import read_settings

GOOD = """
pages = "https://premortem.larkspur.example"
[fields]
findings = "Premortem_Findings__c"
[salesforce]
instance = "https://larkspur.my.salesforce.com"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "crm.toml").write_text(text, encoding="utf-8")
    return folder / "crm.toml"


def test_it_says_what_goes_where(tmp_path: Path) -> None:
    found = read_settings(written(tmp_path, GOOD))
    assert found.fields == {"findings": "Premortem_Findings__c"}
    assert found.salesforce is not None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("password = 'hunter2'", "a secret never stands in this file"),
        ("api_key = 'hunter2'", "a secret never stands in this file"),
        ("access_token = 'hunter2'", "a secret never stands in this file"),
        ("colour = 'red'", "unknown field `colour`"),
        ("instance = 3", "Expected `str`"),
        ("instance = 'http://larkspur.my.salesforce.com'", "does not begin with https://"),
        ("instance = 'https://me:hunter2@larkspur.my.salesforce.com'", "a secret never stands in this file"),
        ("instance = ", "is no TOML"),
    ],
)
def test_a_mistake_is_said_and_a_secret_never_shown(tmp_path: Path, line: str, says: str) -> None:
    text = GOOD.replace("instance = ", "old = ") if line.startswith("instance") else GOOD
    text = (
        text.replace('old = "https://larkspur.my.salesforce.com"', line) if line.startswith("instance") else text + line
    )
    with pytest.raises(Unreadable, match=says) as said:
        read_settings(written(tmp_path, text))
    assert "hunter2" not in str(said.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="can't be opened"):
        read_settings(tmp_path / "nowhere.toml")
