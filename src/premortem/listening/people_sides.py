"""Which side an address or an organisation speaks for: ours, the buyer's, or somebody outside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from premortem.ledger.entries import Side
from premortem.listening.people_names import plain

FREE_MAIL = frozenset(
    re.findall(
        r"\S+",
        """gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk ymail.com
        icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.de gmx.net gmx.com web.de t-online.de
        mail.com mail.ru yandex.ru qq.com 163.com orange.fr free.fr laposte.net wanadoo.fr libero.it
        btinternet.com zoho.com fastmail.com""",
    )
)
_LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        """ltd limited inc llc plc gmbh ag kg se sa sas sarl srl spa bv nv ab oy as aps pty co corp company group the
        and of""",
    )
)


class Sides:
    """What is known of the two firms: their names and, from the people whom the deal knows, their mail domains."""

    def __init__(self, seller: str, account: str) -> None:
        self._names: dict[Side, str] = {"seller": seller, "buyer": account}
        self._domains: dict[str, set[Side]] = {}

    def learn(self, emails: Iterable[str], side: Side) -> None:
        for email in emails:
            domain = email.split("@")[-1].lower()
            if side in ("seller", "buyer") and domain not in FREE_MAIL:
                self._domains.setdefault(domain, set()).add(side)

    def knows_domain_of(self, side: Side) -> bool:
        return any(side in sides for sides in self._domains.values())

    def of_address(self, email: str) -> Side:
        """A free mail domain says nothing: 'unknown'. So does a strange one while the buyer's own is not known."""
        domain = email.split("@")[-1].lower()
        if domain in FREE_MAIL:
            return "unknown"
        parts = domain.split(".")
        for at in range(len(parts) - 1):
            sides = self._domains.get(".".join(parts[at:]), set())
            if len(sides) == 1:
                return next(iter(sides))
        for stem in parts[:-1]:
            side = self.of_organisation(stem)
            if side != "unknown" and len(stem) > 3:
                return side
        return "outside" if self.knows_domain_of("buyer") else "unknown"

    def of_organisation(self, organisation: str) -> Side:
        """The side whose firm's name an organisation in a label is, begins, or abbreviates; else 'unknown'."""
        fits = [side for side, name in self._names.items() if _same_firm(organisation, name)]
        return fits[0] if len(fits) == 1 else "unknown"

    def begins_with_firm(self, label: str) -> Side:
        """'Northmoor Dock 2', a device of the firm Northmoor Freight, is of its side; else 'unknown'."""
        first = next(iter(_words(label)), "")
        fits = [side for side, name in self._names.items() if len(first) > 3 and _words(name)[:1] == [first]]
        return fits[0] if len(fits) == 1 else "unknown"


def _words(name: str) -> list[str]:
    return [word for word in map(plain, re.findall(r"[\w'’]+", name.lower())) if word not in _LEGAL_FORMS]


def _same_firm(said: str, firm: str) -> bool:
    a, b = _words(said), _words(firm)
    if not a or not b:
        return False
    glued_a, glued_b = "".join(a), "".join(b)
    initials = "".join(word[0] for word in b)
    begins = len(glued_a) > 3 and (glued_b.startswith(glued_a) or glued_a.startswith(glued_b))
    return begins or set(a) <= set(b) or (len(glued_a) > 1 and glued_a == initials)
