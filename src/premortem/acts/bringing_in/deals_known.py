"""All deals of a ledger as placing sees them: when each ran, who takes part under which address, which mails it has."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from premortem.importing.placing.deals import DealKnown, Deals, plainly
from premortem.importing.placing.privacy import Privacy
from premortem.ledger.contents import cards
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Contents, Ledger


class _Identified(Struct):
    """Of a conversation only its identifier: a ledger has many mails, and their words are of no use here."""

    message_id: str | None = None


_identified = msgspec.json.Decoder(_Identified)


def deals_known(ledger: Ledger, privacy: Privacy) -> Deals:
    """Raises ValueError for an entry that can't be read."""
    known = [
        deal_known(entries, ledger.contents) for _, entries in ledger.store.read_each(ledger.store.deals()) if entries
    ]
    return Deals(known, privacy.own, privacy.accounts, privacy.slack)


def deal_known(entries: list[Entry], contents: Contents) -> DealKnown:
    """One deal from its entries."""
    deal = deal_as_of(entries)
    told = cards(contents, [one.card for one in deal.people.values() if one.card is not None])
    addresses: dict[str, set[str]] = {"buyer": set(), "seller": set(), "outside": set(), "unknown": set()}
    names: set[str] = set()
    for person in deal.people.values():
        card = told.get(person.card) if person.card is not None else None
        if card is None:
            continue
        addresses[person.side] |= {one.lower() for one in card.emails}
        if person.side != "seller" and card.name and len(plainly(card.name).split()) > 1:
            names.add(plainly(card.name))
    ended = deal.outcome[0] if deal.outcome is not None and deal.outcome[1].status != "open" else None
    return DealKnown(
        deal=deal.id,
        name=deal.name,
        account=deal.opened.account if deal.opened else "",
        created=deal.created or min(entry.at for entry in entries),
        ended=ended,
        theirs=frozenset(addresses["buyer"] | addresses["outside"] | addresses["unknown"]),
        ours=frozenset(addresses["seller"]),
        names=frozenset(names),
        buyers=frozenset(addresses["buyer"]),
        mails=_mails(deal, contents),
    )


def _mails(deal: Deal, contents: Contents) -> frozenset[str]:
    kept = contents.get_each([one.words for one in deal.touches if one.type == "mail"])
    found = (_identified.decode(data).message_id for data in kept.values() if data is not None)
    return frozenset(one for one in found if one is not None)
