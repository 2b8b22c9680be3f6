"""Where a call is answered: the tool is found, its arguments are read, the act is done, and what broke is told.

Everything here runs in the one thread that talks to the database.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, unquote

import msgspec
from django.db import DatabaseError, close_old_connections

from premortem.assistant.bounds import bounded
from premortem.assistant.reader import Reader, read_only, reader
from premortem.assistant.telling import flat_line
from premortem.assistant.tools import deals, forecasts, people, touches, writing
from premortem.assistant.tools.tool import Tool
from premortem.errors import PremortemError, Unknown
from premortem.records.deal_lists import A_PAGE
from premortem.web.ledger import ledger

log = logging.getLogger(__name__)
TOOLS = {one.name: one for some in (deals, touches, forecasts, people, writing) for one in some.TOOLS}
RESOURCES = {
    "review": ("review_deal", "Review", "What nobody knows about the deal, the words that show it, what to ask next."),
    "sheet": ("prepare_call", "Call sheet", "What the next meeting needs."),
    "forecast": ("forecast_deal", "Forecast", "The deal's gates and numbers by the end of the quarter."),
    "replay": ("replay_deal", "Replay", "The deal lived again touch by touch."),
}
"""What deal://ID/… can be read, by the tool that gives it, its title, and what it is."""
CUT = "texts or lists in this answer were cut; narrow the question or ask for another page."

Done = TypeVar("Done")


class Answer(NamedTuple):
    """A document as JSON would hold it, and a few lines for a model; `document` is None where something was refused."""

    document: dict[str, Any] | None
    text: str


class Listed(NamedTuple):
    """A deal that can be read: its id and its name."""

    id: str
    name: str


def tools() -> list[Tool]:
    """The tools that the reader may use: those that write only with a key that may. Without a valid key, the reading
    ones are still listed, so that a call says what is wrong."""

    def listed() -> list[Tool]:
        try:
            writes = reader().writes
        except Unknown:
            writes = False
        return [one for one in TOOLS.values() if writes or not one.writes]

    return _with_database(listed)


def call(name: str, arguments: dict[str, Any]) -> Answer:
    """What a tool gives; whatever is wrong is said in the answer, with what to do about it. Raises KeyError for a
    tool that there is not."""
    tool = TOOLS[name]
    try:
        return _with_database(lambda: _answered(tool, arguments, reader()))
    except msgspec.ValidationError as wrong:
        return Answer(None, f"{wrong}. The tool's input schema says what it takes.")
    except PremortemError as refused:
        return Answer(None, str(refused))
    except DatabaseError as broken:
        log.error("%s: the ledger can't be read: %s", name, broken)
        return Answer(
            None, "The ledger can't be read now. If it stays so, start `premortem serve`, which mends tables."
        )
    except Exception as broken:  # noqa: BLE001  an assistant is told, and the next call answered
        log.error("%s broke: %s", name, _where(broken))
        return Answer(None, "This went wrong on our side, and nothing was half written. Tell whoever runs premortem.")


def read(uri: str) -> Answer:
    """What deal://ID/review and its like hold. Raises Unknown for any other address, or a deal that is not theirs."""
    scheme, _, rest = uri.partition("://")
    deal, _, what = rest.rpartition("/")
    if scheme != "deal" or what not in RESOURCES or not deal:
        raise Unknown(f"there is nothing at '{uri}'", f"Read deal://ID/ and one of: {', '.join(RESOURCES)}.")
    answer = call(RESOURCES[what][0], {"deal": unquote(deal)})
    if answer.document is None:
        raise Unknown(answer.text.rstrip("."), "See list_deals.")
    return answer


def address(deal: str, what: str) -> str:
    return f"deal://{quote(deal, safe='')}/{what}"


def readable(page: int) -> tuple[list[Listed], bool]:
    """A page of the deals that one may read, and whether there are more. Raises Unknown where nobody may read."""

    def some() -> tuple[list[Listed], bool]:
        table = deals.list_deals(reader(), deals.Listing(whose="all", page=page))
        listed = [Listed(one.id, one.name) for one in table.lines] if page <= table.pages else []
        return listed, page * A_PAGE < table.total

    return _with_database(some)


def deal_called(called: str) -> str:
    """The id of the deal that goes by an id or by words that only one open deal has. Raises Unknown where none does."""

    def find() -> str:
        found = deals.list_deals(reader(), deals.Listing(whose="all", status="all", text=called[:100])).lines
        exactly = [one.id for one in found if called in (one.id, one.name)] or [one.id for one in found]
        if len(exactly) != 1:
            many = ", ".join(exactly[:5])
            told = f"several deals go by '{called}' ({many})" if exactly else f"no deal goes by '{called}'"
            raise Unknown(told, "Give its id, as list_deals shows it.")
        return exactly[0]

    return _with_database(find)


def _answered(tool: Tool, arguments: dict[str, Any], who: Reader) -> Answer:
    if tool.writes and not who.writes:
        raise read_only()
    asked = msgspec.convert(arguments, tool.asks)
    document, cut = bounded(tool.act(who, asked))
    told = [tool.told(document), f"({cut} {CUT})" if cut else "", _as(who)]
    return Answer(msgspec.to_builtins(document), "\n".join(one for one in told if one))


def _as(who: Reader) -> str:
    return f"(Read as {flat_line(who.called)}; {'this key may write too' if who.writes else 'nothing can be written'}.)"


def _with_database(do: Callable[[], Done]) -> Done:
    """With a connection that still holds: a desktop may sleep for days between two calls."""
    ledger()
    close_old_connections()
    return do()


def _where(broken: BaseException) -> str:
    """What broke and in which line, without its message: that might quote somebody."""
    at = broken.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at is not None else "nowhere"
    return f"{type(broken).__name__} at {place}"
