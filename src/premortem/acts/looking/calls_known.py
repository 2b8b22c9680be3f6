"""The calls of a ledger as a calendar finds them: when each was, and who took part under which name and address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from premortem.importing.calendar.reading import Invitee, Meeting
from premortem.ledger.contents import cards
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Touch, TouchId
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Contents, Ledger
from premortem.listening.people_names import like, written

EARLY, LATE = timedelta(minutes=30), timedelta(minutes=15)
"""By how much a call may begin before its meeting, and behind the meeting's end."""


class CallKnown(Struct, frozen=True):
    """A call. `people` are full names and addresses, in lower case, of those who took part."""

    deal: str
    touch: TouchId
    name: str
    at: datetime
    day_only: bool
    people: frozenset[str]

    def shares(self, invitees: Iterable[Invitee]) -> bool:
        """Whether somebody who was invited took part."""
        return any(one.email in self.people or self._has(one.name) for one in invitees)

    def _has(self, name: str | None) -> bool:
        """Whether somebody of this full name took part, whichever way round and in whichever letters it is written."""
        full = written(name) if name else ""
        return len(full.split()) > 1 and any(like(full, other) == "same" for other in self.people if "@" not in other)

    def fits(self, meeting: Meeting) -> bool:
        """Whether it was held at a meeting's time; on its day, where only the day of the call is known."""
        if meeting.start is None or meeting.end is None:
            return False
        if self.day_only:
            return self.at.date() == meeting.day
        return meeting.start - EARLY <= self.at <= meeting.end + LATE


class _Dated(Struct):
    """Of a conversation only when it was and how it is called."""

    day_only: bool = False
    name: str | None = None


_dated = msgspec.json.Decoder(_Dated)


class Calls:
    """All calls, by the day on which they were."""

    def __init__(self, ledger: Ledger) -> None:
        self._on: dict[date, list[CallKnown]] = defaultdict(list)
        for _, entries in ledger.store.read_each(ledger.store.deals()):
            for call in _calls(entries, ledger.contents):
                self._on[call.at.date()].append(call)

    def near(self, meeting: Meeting) -> list[CallKnown]:
        """The calls held at a meeting's time, whoever took part."""
        if meeting.start is None or meeting.day is None:
            return []
        about = {meeting.day, meeting.start.date()} | {meeting.start.date() + timedelta(days=one) for one in (-1, 1)}
        return [one for day in sorted(about) for one in self._on.get(day, ()) if one.fits(meeting)]


def _calls(entries: list[Entry], contents: Contents) -> list[CallKnown]:
    if not any(isinstance(one.body, Touch) and one.body.type == "call" for one in entries):
        return []
    deal = deal_as_of(entries)
    calls = [one for one in deal.touches if one.type == "call"]
    called = _called(deal, contents)
    words = contents.get_each([one.words for one in calls])
    found = []
    for call in calls:
        data = words[call.words]
        told = _dated.decode(data) if data is not None else _Dated()
        people = frozenset(name for person in call.people("spoke", "listed") for name in called.get(person, ()))
        found.append(CallKnown(deal.id, call.id, told.name or call.id, call.at, told.day_only, people))
    return found


def _called(deal: Deal, contents: Contents) -> dict[str, list[str]]:
    told = cards(contents, [one.card for one in deal.people.values() if one.card is not None])
    called: dict[str, list[str]] = {}
    for person in deal.people.values():
        card = told.get(person.card) if person.card is not None else None
        if card is not None:
            full = [card.name] if card.name and len(card.name.split()) > 1 else []
            called[person.id] = full + [one.lower() for one in card.emails]
    return called


def held(entries: Sequence[Entry], touch: TouchId) -> Touch:
    """A touch as it was entered last. Raises KeyError for one that is not there."""
    found = [one for one in entries if isinstance(one.body, Touch) and one.body.touch == touch]
    if not found:
        raise KeyError(touch)
    newest = max(found, key=lambda one: one.learned).body
    assert isinstance(newest, Touch)
    return newest
