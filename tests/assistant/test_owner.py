"""A ledger without users: the machine's owner reads everything through an assistant, and nothing can be written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from mcp import Client
from mcp.shared.exceptions import MCPError

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.records.database_url import sqlite_url
from premortem.records.opening import open_ledger
from premortem.sample.place import DEALS
from tests.assistant.conftest import answer, talk, talk_to_process
from tests.web.conftest import House

NO_NETWORK = """
import sys
def refuse(event, given):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"it reached for the network: {event}")
sys.addaudithook(refuse)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("owner") / "ledger.sqlite3"
    opened = open_ledger(sqlite_url(file))
    for deal in sorted(DEALS.iterdir()):
        if deal.name[:2] in ("04", "05"):
            bring_in(opened, deal, datetime(2026, 11, 22, tzinfo=UTC))
    opened.close()
    return file


@pytest.fixture
def own(told: Path, tmp_path: Path) -> Path:
    file = tmp_path / "ledger.sqlite3"
    shutil.copy(told, file)
    return file


def test_the_owner_reads_everything_and_no_network_is_touched(own: Path) -> None:
    async def does(client: Client) -> None:
        assert len((await client.list_tools()).tools) == 9
        listed, text = await answer(client, "list_deals", status="all", sort="name", down=False)
        assert [one["id"] for one in listed["lines"]] == ["lark-05", "lark-04"]
        assert "Read as the owner of this machine; nothing can be written." in text
        sheet, text = await answer(client, "prepare_call", deal="lark-04")
        assert sheet["questions"][0]["question"] in text
        replay, text = await answer(client, "replay_deal", deal="lark-04", page=99)
        assert replay["page"] == replay["pages"]
        assert "It goes on." in text
        _, odd = await answer(client, "list_deals", status="sleeping", page=1)
        assert "Invalid enum value 'sleeping' - at `$.status`" in odd
        _, writing = await answer(client, "add_note", deal="lark-04", text="x")
        assert "nothing can be written" in writing
        await _resources(client)
        await _prompts(client)

    talk_to_process(does, own, mode="legacy", before=NO_NETWORK)  # the way in which most assistants speak


async def _resources(client: Client) -> None:
    listed = (await client.list_resources()).resources
    assert {one.uri for one in listed} == {"deal://lark-04/review", "deal://lark-05/review"}
    templates = (await client.list_resource_templates()).resource_templates
    assert "deal://{deal}/replay" in {one.uri_template for one in templates}
    (read,) = (await client.read_resource("deal://lark-05/replay")).contents
    assert '"schema": "premortem.replay/1"' in read.text  # type: ignore[union-attr]
    for nowhere in ("deal://lark-99/review", "deal://lark-05/secrets", "file:///etc/passwd"):
        with pytest.raises(MCPError, match="there is no"):
            await client.read_resource(nowhere)


async def _prompts(client: Client) -> None:
    says, document = (await client.get_prompt("prepare_me_for_the_call", {"deal": "Redclay"})).messages
    assert "the deal lark-04" in says.content.text  # type: ignore[union-attr]
    assert document.content.resource.uri == "deal://lark-04/sheet"  # type: ignore[union-attr]
    with pytest.raises(MCPError, match="no deal goes by 'Nobody'"):
        await client.get_prompt("what_could_lose_it", {"deal": "Nobody"})


def test_the_owner_is_told_a_forecast_of_everything(house: House) -> None:
    get_user_model().objects.all().delete()

    async def does(client: Client) -> None:
        quarter, _ = await answer(client, "forecast_quarter", by="2999-12-31")
        still_open = [one["id"] for one in quarter["deals"]]
        assert (quarter["open"], quarter["summed_up"]) == (len(still_open), True)
        for deal in (house.ours, house.theirs):
            forecast, why = await answer(client, "forecast_deal", deal=deal)
            assert (forecast is not None) == (deal in still_open), why
        _, past = await answer(client, "forecast_quarter", by="2020-01-01")
        assert past == "2020-01-01 is not to come. Name a later day."

    talk(does)


def test_without_the_library_the_command_says_what_to_install() -> None:
    absent = "import sys; sys.modules['mcp'] = None; sys.argv = ['premortem', 'mcp']\n"
    run = f"{absent}from premortem.cli.main import run; run()"
    told = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert told.stderr == (
        "premortem: the library for assistants is not installed. Run: pip install 'premortem[mcp]'\n"
    )
