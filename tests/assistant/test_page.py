"""docs/assistants.md says what there is, and what it shows can be done as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from mcp import Client

from premortem.assistant.desk import RESOURCES, TOOLS
from premortem.assistant.prompts import PROMPTS
from premortem.assistant.reader import TOKEN
from premortem.cli.main import app
from tests.assistant.conftest import answer, key, talk
from tests.web.conftest import House

PAGE = (Path(__file__).resolve().parents[2] / "docs/assistants.md").read_text(encoding="utf-8")
SHOWN = [json.loads(one) for one in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def test_its_configuration_names_the_command_and_the_key() -> None:
    told = SHOWN[0]["mcpServers"]["premortem"]
    names = {one.callback.__name__ for one in app.registered_commands if one.callback is not None}
    assert told["command"] == "premortem"
    assert set(told["args"]) <= names
    assert TOKEN in told["env"]


def test_its_examples_can_be_called(house: House) -> None:
    async def does(client: Client) -> None:
        for one in SHOWN[1:]:
            document, text = await answer(client, one["tool"], **one["arguments"])
            assert document is not None, text

    assert len(SHOWN) > 3
    talk(does, key("seller", "read write"))


def test_it_names_each_tool_resource_and_request() -> None:
    assert set(re.findall(r"`([a-z]+_[a-z]+)`", PAGE)) == set(TOOLS)
    assert set(re.findall(r"`deal://ID/(\w+)`", PAGE)) == set(RESOURCES)
    assert all(f"*{one.title}*" in " ".join(PAGE.split()) for one in PROMPTS.values())
