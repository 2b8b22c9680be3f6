"""An assistant, driven by the protocol's own client: the real process, or, where many are needed, within this one."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.utils import timezone
from mcp import Client, StdioServerParameters, stdio_client

from premortem.assistant import server
from premortem.records.firm.models import Token
from premortem.web.pages import people
from tests.web.conftest import built, house

__all__ = ["answer", "built", "house", "key", "talk", "talk_to_process"]
RUN = "import sys; from premortem.cli.main import run; sys.argv = ['premortem', 'mcp']; run()"
Done = TypeVar("Done")
Does = Callable[[Client], Awaitable[Done]]


@pytest.fixture(autouse=True)
def no_cards_of_another_house() -> Iterator[None]:
    """The cards that a process keeps are those of one ledger; tests of pages build another of as many people."""
    people._cards.cache_clear()
    yield
    people._cards.cache_clear()


@asynccontextmanager
async def connected(file: Path, word: str, mode: str, before: str) -> AsyncIterator[Client]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"PREMORTEM_LEDGER": str(file), "PREMORTEM_TOKEN": word}
    process = StdioServerParameters(command=sys.executable, args=["-c", f"{before}\n{RUN}"], env=environment)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        async with Client(stdio_client(process, errlog=nowhere), mode=mode) as client:
            yield client


def talk_to_process(does: Does[Done], file: Path, word: str = "", mode: str = "auto", before: str = "") -> Done:
    """What somebody does with the real process, from its start to its end; `before` is what it does first."""

    async def whole() -> Done:
        async with connected(file, word, mode, before) as client:
            return await does(client)

    return asyncio.run(whole())


def talk(does: Does[Done], word: str = "") -> Done:
    """The same within this process, on the ledger that the test stands on."""

    async def whole() -> Done:
        async with Client(server.made()) as client:
            return await does(client)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREMORTEM_TOKEN", word)
        try:
            return asyncio.run(whole())
        finally:
            server._thread.submit(connections.close_all).result()


async def answer(client: Client, tool: str, **asked: Any) -> tuple[Any, str]:
    """A tool's document, None where it refused, and its text."""
    told = await client.call_tool(tool, asked)
    assert told.is_error == (told.structured_content is None)
    return told.structured_content, told.content[0].text  # type: ignore[union-attr]


def key(who: str, scopes: str = "read", days: int = 1) -> str:
    """A new key of a member's."""
    word = f"pm_{who}_{scopes}_{days}".replace(" ", "_")
    user = get_user_model().objects.get(username=who)
    secret = hashlib.sha256(word.encode()).hexdigest()
    ends = timezone.now() + timedelta(days)
    Token.objects.create(user=user, name="assistant", secret=secret, scopes=scopes, ends_at=ends)
    return word
