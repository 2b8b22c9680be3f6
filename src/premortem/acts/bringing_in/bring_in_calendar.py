"""Bring in a calendar: a meeting finds the call that was held at its time with its people, and tells who was invited.

Whoever accepted and never spoke was invited and silent: the call lists them. Whoever declined was invited and absent:
the call names them and counts them as no part of it. Of whoever never answered and never spoke nothing tells whether
they came, nor of whoever accepted while a voice was heard that may be theirs; so nothing is written of them, and the
answer here names them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.aside import beside
from premortem.acts.bringing_in.deals_known import deals_known
from premortem.acts.bringing_in.known_deal import KnownDeal
from premortem.acts.looking.calls_known import CallKnown, Calls, held
from premortem.importing.calendar.reading import Invitee, Meeting
from premortem.importing.placing.deals import Deals
from premortem.importing.placing.privacy import Privacy
from premortem.ledger.contents import Card, conversation
from premortem.ledger.entries import Body, Entry, Measures, Part, PersonId, Side
from premortem.ledger.fold import deal_in_all
from premortem.ledger.store import Ledger, MovedOn
from premortem.listening.listen import news_of
from premortem.listening.people import Roster
from premortem.listening.people_labels import parse
from premortem.listening.people_names import like, written

Became = Literal["joined", "known", "asked", "no_call", "left_out"]
Came = Literal["spoke", "silent", "absent", "unknown"]


class Invited(Struct, frozen=True):
    """Somebody who was invited, and whether they came: `unknown` where they neither answered nor spoke."""

    called: str
    came: Came


class MeetingLine(Struct, frozen=True):
    """One meeting and what became of it. One that is left out shows nothing but its place."""

    id: str
    line: int
    became: Became
    why: str
    on: str = ""
    subject: str = ""
    deal: str | None = None
    touch: str | None = None
    invited: list[Invited] = []


class CalendarDocument(Struct, frozen=True):
    """What became of a calendar. `schema` changes when a meaning does."""

    meetings: list[MeetingLine]
    preview: bool
    remarks: list[str] = []
    schema: str = "premortem.calendar/1"

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.became for one in self.meetings)


def bring_in_calendar(
    ledger: Ledger,
    meetings: Sequence[Meeting],
    now: datetime,
    privacy: Privacy | None = None,
    preview: bool = False,
    remarks: Sequence[str] = (),
) -> CalendarDocument:
    """Join meetings with the calls that the ledger has. The same calendar twice adds nothing.

    What is still to come has no call yet: it is only counted, in a remark. `remarks` are those of whoever read it.
    """
    privacy = privacy or Privacy()
    deals, calls = deals_known(ledger, privacy), Calls(ledger)
    held_by_now = [one for one in meetings if one.start is None or one.start <= now]
    remarks = [*remarks, *_remarks(meetings, len(meetings) - len(held_by_now))]
    meetings = held_by_now
    found = [_calls_of(meeting, deals, calls, privacy) for meeting in meetings]
    claimed = Counter(one[0].touch for one in found if isinstance(one, list) and len(one) == 1)
    lines = []
    writing = beside(ledger) if preview else ledger
    for meeting, those in zip(meetings, found, strict=True):
        if not isinstance(those, list):
            lines.append(those)
        elif len(those) != 1 or claimed[those[0].touch] > 1:
            lines.append(_unjoined(meeting, those))
        else:
            lines.append(_joined(writing, meeting, those[0], deals, now))
    return CalendarDocument(lines, preview, remarks)


def _remarks(meetings: Sequence[Meeting], to_come: int) -> list[str]:
    told = dict.fromkeys(f"{one.place or f'line {one.line}'}: {one.remark}" for one in meetings if one.remark)
    if to_come:
        said = "1 meeting is" if to_come == 1 else f"{to_come:,} meetings are"
        return [*told, f"{said} still to come: bring the calendar in again when they were held"]
    return list(told)


def _calls_of(meeting: Meeting, deals: Deals, calls: Calls, privacy: Privacy) -> list[CallKnown] | MeetingLine:
    addresses = tuple(one.email for one in meeting.invitees)
    theirs = [one for one in addresses if not deals.is_ours(one)]
    why = meeting.aside or privacy.never_read(addresses, meeting.subject, "")
    if why is None and not theirs:
        why = "nobody but our own people was invited"
    among = {deal for one in theirs for deal in deals.with_person(one) | deals.with_domain(one)}
    if why is None and not among:
        why = "nobody invited belongs to a known account"
    if why is not None:
        return MeetingLine(meeting.id, meeting.line, "left_out", why)
    return [one for one in calls.near(meeting) if one.deal in among and one.shares(meeting.invitees)]


def _unjoined(meeting: Meeting, those: list[CallKnown]) -> MeetingLine:
    on = meeting.day.isoformat() if meeting.day else ""
    if not those:
        why = "no call with these people is in the ledger at its time; once there is, bring the calendar in again"
        return MeetingLine(meeting.id, meeting.line, "no_call", why, on, meeting.subject)
    names = ", ".join(f"{one.name} of {one.deal}" for one in those)
    why = f"it fits {names}" if len(those) > 1 else f"another meeting fits {names} as well"
    return MeetingLine(meeting.id, meeting.line, "asked", why, on, meeting.subject)


def _joined(ledger: Ledger, meeting: Meeting, call: CallKnown, deals: Deals, now: datetime) -> MeetingLine:
    while True:
        told = _Joining(ledger, meeting, call, deals)
        entries = [Entry(call.deal, call.at, now, "import:calendar", body) for body in told.bodies()]
        if entries:
            try:
                ledger.store.append(entries, after=told.length)
            except MovedOn:
                continue  # thought out anew from what the ledger holds by now
            ledger.reading.refresh(call.deal)
        on = meeting.day.isoformat() if meeting.day else ""
        became: Became = "joined" if entries else "known"
        why = f"it is the call {call.name}"
        return MeetingLine(
            meeting.id, meeting.line, became, why, on, meeting.subject, call.deal, call.touch, told.invited
        )


_Voice = tuple[Side, str | None]
"""On which side somebody speaks, and under which name."""


class _Joining:
    """One meeting against its call: whom the call gains."""

    def __init__(self, ledger: Ledger, meeting: Meeting, call: CallKnown, deals: Deals) -> None:
        entries = ledger.store.read(call.deal)
        self.length = len(entries)
        self._contents, self._deals = ledger.contents, deals
        known = KnownDeal(entries, ledger.contents)
        self._roster = Roster(call.deal, known.seller, known.account, ledger.contents.nonce)
        known.introduce(self._roster)
        self._touch = held(entries, call.touch)
        self._human = deal_in_all(entries).human
        self.invited: list[Invited] = []
        self._more = tuple(self._parts(meeting.invitees))

    def bodies(self) -> list[Body]:
        """What is to be entered: nothing where the call has all of it."""
        if not self._more:
            return []
        parts = (*self._touch.parts, *self._more)
        touch = replace(self._touch, parts=parts, measures=_with_silent(self._touch.measures, self._more))
        return [*news_of(self._roster, self._contents), touch]

    def _parts(self, invitees: Sequence[Invitee]) -> Iterator[Part]:
        here: dict[PersonId, set[str]] = defaultdict(set)
        for part in self._touch.parts:
            here[self._one(part.person)].add(part.how)
        persons = [self._known(one) for one in invitees]
        invited = {self._one(person) for person in persons if person is not None}
        strangers = [self._voice(one) for one, how in here.items() if "spoke" in how and one not in invited]
        strangers += self._nameless()
        for one, person in zip(invitees, persons, strict=True):
            how = here.get(self._one(person), set()) if person is not None else set()
            came: Came = "spoke" if "spoke" in how else _CAME[one.answer]
            if came == "silent" and any(self._may_be(voice, one, person) for voice in strangers):
                came = "unknown"
            self.invited.append(Invited(self._card(one, person).called, came))
            if came == "silent" and not how & {"spoke", "listed"}:
                yield Part(person or self._enter(one), "listed")
            elif came == "absent" and not how:
                yield Part(person or self._enter(one), "named")

    def _one(self, person: PersonId) -> PersonId:
        return self._human.get(person, person)

    def _voice(self, person: PersonId) -> _Voice:
        return self._roster.side(person), self._roster.card(person).name

    def _nameless(self) -> Iterator[_Voice]:
        """The voices that the transcript gives no name, whoever they were taken for."""
        talk = conversation(self._contents, self._touch.words)
        for number, turn in enumerate(talk.turns if talk is not None else ()):
            seat = self._touch.seats[number] if number < len(self._touch.seats) else -1
            if seat < 0 or turn.speaker is None or parse(turn.speaker).kind in ("anonymous", "phone"):
                yield (self._roster.side(self._touch.parts[seat].person) if seat >= 0 else "unknown"), None

    def _may_be(self, voice: _Voice, one: Invitee, person: PersonId | None) -> bool:
        """Whether a voice that the invitation doesn't name may be an invited person's: 'Speaker 2', or a first name."""
        side = self._roster.side(person) if person is not None else self._side(one)
        if {voice[0], side} >= {"seller", "buyer"}:
            return False
        heard, called = voice[1], self._card(one, person).name
        return not heard or not called or like(heard, called) != "differs"

    def _known(self, one: Invitee) -> PersonId | None:
        """Whom the deal knows by this address, or by the name, and then learns the address of."""
        known = self._roster.by_email(one.email)
        if known is not None or not one.name:
            return known
        found = self._roster.resolve(written(one.name)).person
        same = found is not None and like(one.name, self._roster.card(found).name or "") == "same"
        return self._enter(one) if same else None

    def _enter(self, one: Invitee) -> PersonId:
        return self._roster.know(self._card(one, None), self._side(one))

    def _card(self, one: Invitee, person: PersonId | None) -> Card:
        if person is not None:
            return self._roster.card(person)
        return Card(written(one.name) if one.name else None, emails=(one.email,))

    def _side(self, one: Invitee) -> Side:
        return "seller" if self._deals.is_ours(one.email) else self._roster.sides.of_address(one.email)


_CAME: dict[str, Came] = {"accepted": "silent", "declined": "absent", "tentative": "unknown", "none": "unknown"}


def _with_silent(measures: Measures | None, more: Iterable[Part]) -> Measures | None:
    silent = [one.person for one in more if one.how == "listed"]
    return None if measures is None else replace(measures, silent=(*measures.silent, *silent))
