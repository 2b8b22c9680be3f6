"""A calendar from the command line: a file, or a server by its address."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from premortem.cli.main import app
from premortem.errors import Unknown
from premortem.importing.calendar.caldav import PASSWORD
from tests.importing.test_caldav import Place
from tests.importing.test_caldav import place as _place

PAGE = Path(__file__).resolve().parents[2] / "docs" / "calendar.md"
server = _place


@pytest.mark.parametrize("line", re.findall(r"^\$ premortem (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
def test_the_pages_examples_are_understood(line: str) -> None:
    command, *words = shlex.split(line)
    found = get_command(app).commands[command]  # type: ignore[attr-defined]
    assert found.make_context(command, list(words)).params["file_or_url"] == words[0]


def test_a_server_is_read_by_its_address(server: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "let me in")
    words = ["calendar", server.url, "--user", "ines", "--since", "2026-01-01", "--json"]
    done = CliRunner().invoke(app, [*words, "--ledger", str(tmp_path / "l.sqlite3")], catch_exceptions=False)
    told = json.loads(done.stdout)
    assert {one["why"] for one in told["meetings"]} == {"nobody invited belongs to a known account"}
    assert told["remarks"] == ["/dav/of/ines/work/odd.ics: it holds no calendar. Export it as iCalendar (.ics)."]


def test_a_server_needs_what_opens_it_and_a_file_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)
    for words, says in (
        (["https://calendars.example/", "--user", "ines"], f"Set {PASSWORD} in the environment."),
        (["team.ics", "--user", "ines"], "--user is for a server"),
        (["team.ics"], "there is no file or folder team.ics"),
    ):
        done = CliRunner().invoke(app, ["calendar", *words, "--ledger", str(tmp_path / "l.sqlite3")])
        assert isinstance(done.exception, Unknown)
        assert says in str(done.exception)
