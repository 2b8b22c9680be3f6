"""People across deals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from premortem.acts.looking.people_page import Human, people_in
from premortem.assistant.reader import Reader
from premortem.assistant.telling import lines
from premortem.assistant.tools.tool import Tool
from premortem.ledger.entries import Side
from premortem.records.cards import Cards
from premortem.web.ledger import ledger
from premortem.web.pages.people import LAST_MOVED, cards_found

MOST = 30


class Searching(Struct, forbid_unknown_fields=True):
    """Whom to look for."""

    text: Annotated[str, Meta(description="Part of a name, a title or an address.", min_length=2, max_length=100)]
    side: Annotated[Side | None, Meta(description="Whose side they are on; else any.")] = None


class PeopleFound(Struct, frozen=True):
    """The people found; `more`: there are others, so look for more of the name."""

    people: list[Human]
    more: bool
    schema: str = "premortem.people-found/1"


def search_people(reader: Reader, asked: Searching) -> PeopleFound:
    """The people on whose card the words stand, of the deals that the reader may see."""
    deals = reader.lists().of("all").order_by(LAST_MOVED, "deal")
    found = cards_found(asked.text.strip(), deals, asked.side)
    some = dict(found[:MOST])
    people = people_in(ledger(), sorted(set(some.values())), asked.side, set(some), Cards(ledger().alias).read)
    return PeopleFound(people, len(found) > MOST)


def _told(told: PeopleFound) -> str:
    more = "There are more: look for more of the name." if told.more else ""
    return lines(f"{len(told.people)} people.", (_line(one) for one in told.people), more)


def _line(one: Human) -> str:
    return f"- {one.name or 'somebody'}{f', {one.title}' if one.title else ''}: " + "; ".join(_places(one))


def _places(one: Human) -> Iterator[str]:
    for place in one.places:
        roles = ", ".join(place.parts) or "no part known"
        heard = f"last heard {place.last_heard.date().isoformat()}" if place.last_heard else "never heard"
        yield f"{place.deal_name} ({place.deal}), {place.side}, {roles}, {heard}"


TOOLS = (
    Tool(
        "search_people",
        "Search people",
        "People of the deals that you may see, by name, title or address: in which deals, in which part, when heard.",
        Searching,
        PeopleFound,
        search_people,
        _told,
    ),
)
