"""What placing knows of the firm's deals: when each ran, its people's addresses and names, its account's domains."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

FREE_MAIL = frozenset(
    re.findall(
        r"\S+",
        """gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk
        ymail.com
        icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.de gmx.net gmx.com web.de t-online.de mail.com
        mail.ru yandex.ru qq.com 163.com 126.com orange.fr free.fr laposte.net wanadoo.fr libero.it btinternet.com
        zoho.com fastmail.com hey.com tutanota.com comcast.net verizon.net ziggo.nl kpnmail.nl hetnet.nl""",
    )
)
"""Where everybody may have an address: such a domain tells no firm."""


class DealKnown(Struct, frozen=True):
    """A deal as placing sees it. `theirs` are addresses of the buyer's people and of outsiders who take part, `ours`
    those of our own; `names` are full names of theirs, as `plainly` writes them. `ended` is None while it is open.
    """

    deal: str
    name: str
    account: str
    created: datetime
    ended: datetime | None = None
    theirs: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    buyers: frozenset[str] = frozenset()
    """Those of `theirs` who are the buyer's own: their domains are the account's."""
    mails: frozenset[str] = frozenset()
    """Identifiers of the mails that it has."""


class Deals:
    """All deals, found by whatever a mail or a call may show of them.

    `own` are our domains; those from which our people in the deals write are ours too. `accounts` names further domains
    of accounts, as the firm told them. `slack` is by how much a deal's first and last day may be missed.
    """

    def __init__(
        self,
        known: Iterable[DealKnown],
        own: Iterable[str] = (),
        accounts: Mapping[str, Iterable[str]] | None = None,
        slack: timedelta = timedelta(days=14),
    ) -> None:
        self.by_id = {one.deal: one for one in known}
        self.slack = slack
        self.own = frozenset(one.lower() for one in own)
        self.own |= {
            domain_of(one) for deal in self.by_id.values() for one in deal.ours if domain_of(one) not in FREE_MAIL
        }
        self._people: dict[str, set[str]] = defaultdict(set)
        self._domains: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        self.of_mail: dict[str, set[str]] = defaultdict(set)
        """Which deals have a mail, by its identifier."""
        self._our_people: set[str] = set()
        for deal in self.by_id.values():
            self._learn(deal)
        for account, domains in (accounts or {}).items():
            for domain in domains:
                self._domains[domain.lower()] |= self._accounts.get(plainly(account), set())

    def _learn(self, deal: DealKnown) -> None:
        self._our_people |= deal.ours
        self._accounts[plainly(deal.account)].add(deal.deal)
        for address in deal.theirs:
            self._people[address].add(deal.deal)
        for address in deal.buyers:
            if (domain := domain_of(address)) not in FREE_MAIL and not self.is_own_domain(domain):
                self._domains[domain].add(deal.deal)
        for name in deal.names:
            self._names[name].add(deal.deal)
        for one in deal.mails:
            self.of_mail[one].add(deal.deal)

    def is_ours(self, address: str) -> bool:
        return address in self._our_people or self.is_own_domain(domain_of(address))

    def is_own_domain(self, domain: str) -> bool:
        return any(part in self.own for part in _and_above(domain))

    def with_person(self, address: str) -> set[str]:
        """The deals in which this address takes part on the buyer's side or from outside."""
        return self._people.get(address, set())

    def with_domain(self, address: str) -> set[str]:
        """The deals of the account that an address belongs to."""
        for domain in _and_above(domain_of(address)):
            if domain in self._domains:
                return self._domains[domain]
        return set()

    def with_name(self, name: str) -> set[str]:
        """The deals in which somebody of theirs has this full name."""
        return self._names.get(plainly(name), set())

    def named_in(self, text: str) -> set[str]:
        """The deals whose id, name or account stands in a text, word for word: a file's name, say."""
        told = f" {plainly(text)} "
        return {
            one.deal
            for one in self.by_id.values()
            if any(len(said) > 3 and f" {said} " in told for said in map(plainly, (one.deal, one.name, one.account)))
        }

    def distance(self, deal: str, at: datetime) -> timedelta:
        """By how much a moment lies before a deal's first day (negative) or behind its last; nothing while it ran."""
        known = self.by_id[deal]
        if at.date() < known.created.date():
            return at - known.created
        if known.ended is not None and at.date() > known.ended.date():
            return at - known.ended
        return timedelta()

    def running(self, deal: str, at: datetime) -> bool:
        return abs(self.distance(deal, at)) <= self.slack


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _and_above(domain: str) -> list[str]:
    """A domain and those above it that a firm may own: mail.eu.firm.example, eu.firm.example, firm.example."""
    parts = domain.split(".")
    return [".".join(parts[at:]) for at in range(max(1, len(parts) - 1))]


def plainly(text: str) -> str:
    """Words in lower case without accents or marks, a blank between two: how names are compared."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))
