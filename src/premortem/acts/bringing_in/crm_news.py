"""What an export tells of a deal that the ledger does not know yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from premortem.acts.bringing_in.gathered import GatheredContents
from premortem.importing.mapped.lookups import core, domain
from premortem.importing.tables.crm import CrmDeal, CrmPerson, Field, Value
from premortem.importing.tables.sheet import NotTaken
from premortem.ledger.contents import Card, card, keep_text, text
from premortem.ledger.counting import since_withdrawn
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Body, Changed, Entry, Erasure, Hash, Opened, Outcome, Person
from premortem.ledger.fold import ALWAYS, deal_in_all
from premortem.ledger.store import Contents
from premortem.ledger.telling import end_told
from premortem.listening.listen import news_of
from premortem.listening.people import Roster


class Told(Struct):
    """What a deal adds: entries after those that were there, and the names and words that belong to them.

    `undated`: nothing tells when the deal began. `odd` is what can't be taken as it is told.
    """

    deal: CrmDeal
    after: int
    entries: list[Entry] = []
    kept: list[bytes] = []
    undated: bool = False
    odd: list[NotTaken] = []


def known_cards(contents: Contents, deals: Iterable[Iterable[Entry]]) -> dict[Hash, bytes | None]:
    """The cards and stated reasons of these deals, read at once."""
    wanted: set[Hash] = set()
    for entries in deals:
        for entry in entries:
            if isinstance(entry.body, Person) and entry.body.card:
                wanted.add(entry.body.card)
            elif isinstance(entry.body, Outcome) and entry.body.stated_reason:
                wanted.add(entry.body.stated_reason)
    return contents.get_each(wanted) if wanted else {}


class News:
    """A deal as the export tells it, beside what the ledger has of it."""

    def __init__(
        self,
        deal: CrmDeal,
        held: list[Entry],
        read: dict[Hash, bytes | None],
        contents: Contents,
        source: str,
        now: datetime,
    ) -> None:
        self._deal, self._held, self._now = deal, since_withdrawn(held), now
        self._author = f"import:{source}"
        self._contents = GatheredContents(contents, read)
        self._done = Told(deal, len(held))
        self._opened = next((entry for entry in self._held if isinstance(entry.body, Opened)), None)
        self._fingerprints = {entry.fingerprint() for entry in self._held if isinstance(entry.body, Changed)}
        self._newest = _newest(self._held)

    def told(self) -> Told:
        done = self._done
        if self._is_another():
            return done
        self._open()
        self._change()
        self._hold()
        self._end()
        self._meet()
        done.kept = list(self._contents.kept.values())
        return done

    def _say(self, at: datetime, body: Body) -> None:
        self._done.entries.append(Entry(self._deal.id, at, self._now, self._author, body))

    def _odd(self, column: str, value: str, why: str, remedy: str, whole: bool = False) -> None:
        deal = self._deal
        self._done.odd.append(NotTaken(deal.file, deal.line, column, value, why, remedy, whole, deal.cells))

    def _is_another(self) -> bool:
        """Whether the ledger has this id for another firm's deal."""
        known = self._opened.body.account if self._opened and isinstance(self._opened.body, Opened) else ""
        if not known or not self._deal.account or core(known) == core(self._deal.account):
            return False
        if self._opened is not None and self._opened.author == self._author:
            return False  # the CRM renamed the account
        why = f"the ledger has a deal with this id, of the account '{known}', from elsewhere"
        self._odd("", self._deal.id, why, "Give one of the two another id.", whole=True)
        return True

    def _open(self) -> None:
        deal = self._deal
        if self._opened is not None:
            self._begun = self._opened.at
            return
        days = [deal.created, *(at for at, _, _ in deal.changes[:1]), deal.outcome.at if deal.outcome else None]
        known = [day for day in days if day is not None]
        self._done.undated = deal.created is None
        self._begun = deal.created or min(known, default=self._now)
        self._say(self._begun, Opened(deal.name, deal.account, deal.seller, deal.currency))

    def _change(self) -> None:
        """The history: what the ledger has of it is not told again."""
        for at, field, value in self._deal.changes:
            entry = Entry(self._deal.id, at, self._now, self._author, Changed(field, value))
            if not self._fingerprints or entry.fingerprint() not in self._fingerprints:
                self._done.entries.append(entry)
                before = self._newest.get(field)
                if before is None or before[0] <= at:
                    self._newest[field] = (at, value)

    def _hold(self) -> None:
        """The values of today, where they differ from the last that is known."""
        deal = self._deal
        present: dict[Field, Value] = dict(deal.present)
        known_name = self._opened.body.name if self._opened and isinstance(self._opened.body, Opened) else deal.name
        if deal.name != self._newest.get("name", (None, known_name))[1] and self._opened is not None:
            present["name"] = deal.name
        for field, value in present.items():
            before = self._newest.get(field)
            if before is not None and before[1] == value:
                continue
            at = self._now if deal.present_at is None else min(deal.present_at, self._now)
            if at < self._begun or (before is not None and at <= before[0]):
                at = self._now if before is not None and before[0] < self._now else max(self._begun, at)
            self._say(at, Changed(field, value))

    def _end(self) -> None:
        """How the deal ended, if the ledger does not say so already; that it goes on, if it was over."""
        before = end_told(one for one in self._held if isinstance(one.body, Outcome) and not one.by_a_person)
        told = self._deal.outcome
        if told is None:
            if before is not None:
                self._say(self._now, Outcome("open"))
            return
        at = min(told.at or self._deal.present_at or (before[0] if before else self._now), self._now)
        kept = before[1].stated_reason if before else None
        same_words = told.reason == (text(self._contents, kept) if kept else None)
        as_before = before is not None and (before[1].status, before[1].to) == (told.status, told.to)
        if before is not None and as_before and same_words and (before[0] == at or told.at is None):
            return
        if self._deal.created is not None and at < self._deal.created:
            why = f"it ended before it began ({self._deal.created.date().isoformat()})"
            self._odd("", at.date().isoformat(), why, "See which of the two days is right in the CRM.")
        reason = kept if same_words else self._words(told.reason)
        self._say(at, Outcome(told.status, told.to, reason))

    def _words(self, words: str | None) -> Hash | None:
        return keep_text(self._contents, words) if words else None

    def _meet(self) -> None:
        """People: whoever has the address or the name is known; who may be the same stays apart, and is asked."""
        people = self._deal.people
        if not people:
            return
        known = deal_in_all(self._held) if self._held else None
        roster = Roster(self._deal.id, self._deal.seller, self._deal.account, self._contents.nonce)
        if known is not None:
            self._introduce(known, roster)
        ours = {domain(one.email) for one in people if one.side == "seller" and one.email}
        erased = any(isinstance(entry.body, Erasure) for entry in self._held)
        for one in people:
            if erased and (roster.find(one.email) if one.email else roster.find(one.name or "")) is None:
                why = "somebody was erased from this deal, and this may be that person"
                self._odd("people", one.name or one.email or "", why, "Add them by hand if it is somebody else.")
                continue
            _know(roster, one, "seller" if one.email and domain(one.email) in ours else one.side)
        for person in news_of(roster, self._contents):
            self._say(ALWAYS, person)

    def _introduce(self, known: Deal, roster: Roster) -> None:
        for person in known.people.values():
            held = card(self._contents, person.card) if person.card else None
            if held is not None:
                roster.know(held, person.side, id=person.id, roles=person.declared, in_crm=person.in_crm)
        roster.news()  # all of this the ledger has


def _know(roster: Roster, one: CrmPerson, side: str) -> None:
    emails, phones = (one.email,) if one.email else (), (one.phone,) if one.phone else ()
    told = Card(one.name, one.title, emails, phones, one.organisation)
    roster.know(told, "seller" if side == "seller" else one.side, roles=one.roles, in_crm=True)


def _newest(held: Iterable[Entry]) -> dict[str, tuple[datetime, Value]]:
    """The last value of each field that the ledger has, and since when."""
    newest: dict[str, tuple[datetime, datetime, Value]] = {}
    for entry in held:
        body = entry.body
        if isinstance(body, Changed):
            before = newest.get(body.field)
            if before is None or before[:2] <= (entry.at, entry.learned):
                newest[body.field] = (entry.at, entry.learned, body.value)
    return {field: (at, value) for field, (at, _, value) in newest.items()}
