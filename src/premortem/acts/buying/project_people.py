"""Who takes part in the buyer's project, and who agrees on what: entered from our side, or by the buyer's own hand."""

from __future__ import annotations

from datetime import datetime

from premortem.acts.buying.project_change import WORDS, Hand, has_room
from premortem.acts.telling.judge import entries_of
from premortem.buying.alignment import ON
from premortem.errors import Unknown
from premortem.ledger.contents import Card, card, keep_card, keep_text
from premortem.ledger.entries import Agreement, Body, Entry, Person, PersonId
from premortem.ledger.fold import ALWAYS, deal_as_of
from premortem.ledger.store import Contents, Ledger
from premortem.listening.titles import trades_of

NAME = 120
"""Characters of a name or a title."""
MOST = 60
"""People whom a plan may be given, so that whoever has a link can't fill the ledger."""


def agree(
    ledger: Ledger, deal: str, hand: Hand, person: PersonId, on: str, agrees: bool | None, words: str, now: datetime
) -> None:
    """Enter whether somebody agrees. What a buyer says in the room is shared; what we noted down is not.

    Raises Unknown for somebody or something that is not there.
    """
    entries = entries_of(ledger, deal)
    has_room(entries, hand)
    view = deal_as_of(entries)
    topic = next((one for one in ON if one == on), None)
    if person not in view.people or topic is None:
        raise Unknown("there is nobody or nothing of that kind here", f"One agrees on: {', '.join(ON)}.")
    kept = keep_text(ledger.contents, words.strip()[:WORDS]) if words.strip() else None
    _tell(ledger, deal, hand, Agreement(person, topic, agrees, kept, shared=hand.buyer is not None), now, now)


def add_person(ledger: Ledger, deal: str, hand: Hand, name: str, title: str, now: datetime) -> PersonId:
    """Add somebody on the buyer's side, by the name and title given.

    From our side, whoever has that name already is that person. A buyer's hand always makes somebody new, so that
    nobody can come in as a colleague, or find out whom we know. Raises Unknown without a name, and from a buyer's hand
    for a name that the room shows already.
    """
    name, title = " ".join(name.split())[:NAME], " ".join(title.split())[:NAME]
    if not name:
        raise Unknown("nobody can be asked for without a name", "Write the name.")
    entries = entries_of(ledger, deal)
    has_room(entries, hand)
    view = deal_as_of(entries)
    if sum(one.shared is not None for one in view.buyers) >= MOST:
        raise Unknown(f"a plan has {MOST} people at most", "Name those who matter most.")
    same = None
    if hand.buyer is None:
        known = (one.id for one in view.buyers if one.card and _called(ledger.contents, one.card) == name.casefold())
        same = next(known, None)
    elif any(one.shared and _called(ledger.contents, one.shared) == name.casefold() for one in view.buyers):
        raise Unknown(f"{name} is in this plan already", "Whoever shared the plan with you can make them a new link.")
    person = same or f"p-{ledger.contents.nonce()}"
    key = keep_card(ledger.contents, Card(name=name, title=title or None))
    trades = tuple(sorted(trades_of(title))) or None
    _tell(ledger, deal, hand, Person(person, card=key, side="buyer", trades=trades, shared=key), now, now)
    return person


def show_person(ledger: Ledger, deal: str, hand: Hand, person: PersonId, now: datetime) -> PersonId:
    """Let the room show somebody of the buyer's side whom we know, by their name alone: a title may be our guess.

    Raises Unknown for anybody else, and for whom we know no name of.
    """
    view = deal_as_of(entries_of(ledger, deal))
    known = view.people.get(view.human.get(person, person))
    kept = card(ledger.contents, known.card) if known is not None and known.card else None
    if known is None or known.side != "buyer" or kept is None or not kept.name:
        raise Unknown("only somebody on the buyer's side with a name can be shown", "`premortem people` lists them.")
    if known.shared is None:
        key = keep_card(ledger.contents, Card(name=kept.name))
        _tell(ledger, deal, hand, Person(known.id, shared=key), now, ALWAYS)
    return known.id


def _called(contents: Contents, key: str) -> str:
    known = card(contents, key)
    return (known.name or "").casefold() if known else ""


def _tell(ledger: Ledger, deal: str, hand: Hand, body: Body, now: datetime, at: datetime) -> None:
    ledger.store.append([Entry(deal, at, now, hand.author, body)])
    ledger.reading.refresh(deal)
