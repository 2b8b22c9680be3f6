"""Accounts, contacts and users of an export, found by id, address, domain or name, each with the reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

from premortem.importing.mapped.columns import Columns
from premortem.importing.mapped.mapping import Links
from premortem.importing.tables.crm import CrmPerson
from premortem.importing.tables.sheet import bare
from premortem.ledger.entries import Role

LEGAL = re.compile(
    r"[\s,]+(inc|llc|ltd|limited|corp|corporation|company|co|plc|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|"
    r"pty|u\.a|s\.a|s\.l|s\.p\.a|b\.v|n\.v|sp\. z o\.o)\.?$",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"^(.*?)\s*[(<]([^()<>\s]+@[^()<>\s]+)[)>]$")
"""'Dana Whitlock (dana@harbour.example)'."""


def core(name: str) -> str:
    """A firm's name as it is compared: without case, dots and its legal form."""
    while (shorter := LEGAL.sub("", name.strip())) != name.strip():
        name = shorter
    return bare(name)


def domain(told: str) -> str:
    """'https://www.harbour.example/uk' and 'ines@harbour.example' are of harbour.example."""
    host = re.sub(r"^[a-z]+://", "", told.strip().lower()).rpartition("@")[2]
    return host.split("/")[0].split(":")[0].removeprefix("www.")


class Accounts:
    """The accounts of an export. `alike` are pairs of names that may be one firm, with the reason."""

    def __init__(self) -> None:
        self._by_id: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._by_core: dict[str, str] = {}
        self._domains: dict[str, list[str]] = defaultdict(list)
        self.matched: Counter[tuple[str, str]] = Counter()
        """(the name that a deal has, the account that it was taken for), where the two differ in writing."""

    def read(self, columns: Columns) -> None:
        for line, cells in columns.sheet.rows(columns._told):
            id, name = columns.text(line, cells, "id"), columns.text(line, cells, "name")
            if id:
                self._by_id[id] = name or id
            if name:
                self._by_name.setdefault(name, name)
                self._by_core.setdefault(core(name), name)
                if found := domain(columns.text(line, cells, "domain")):
                    self._domains[found].append(name)

    def __len__(self) -> int:
        return max(len(self._by_id), len(self._by_name))

    def __contains__(self, told: str) -> bool:
        return told in self._by_id or told in self._by_name

    @property
    def by_id(self) -> bool:
        """Whether deals name their accounts by ids."""
        return bool(self._by_id)

    def find(self, told: str) -> str | None:
        """The account that an id or a name means; None for one that the export does not have."""
        found = self._by_id.get(told) or self._by_name.get(told)
        if found is None and (found := self._by_core.get(core(told))) is not None:
            self.matched[told, found] += 1
        return found

    def alike(self) -> Iterator[str]:
        """Accounts that may be one and the same: they stay apart, and somebody has to say."""
        for host, names in sorted(self._domains.items()):
            if len({core(name) for name in names}) > 1:
                yield f"{_listed(names)} have the same web address, {host}: are they one account?"


def _listed(names: Iterable[str]) -> str:
    told = [f"'{name}'" for name in dict.fromkeys(names)]
    return f"{', '.join(told[:-1])} and {told[-1]}"


class Directory:
    """People of an export by their ids: contacts on the buyer's side, users on ours."""

    def __init__(self) -> None:
        self._by_id: dict[str, CrmPerson] = {}
        self._by_name: dict[str, CrmPerson | None] = {}
        self.companies: Counter[str] = Counter()

    def read(self, columns: Columns, accounts: Accounts | None, ours: bool) -> None:
        for line, cells in columns.sheet.rows(columns._told):
            name = columns.text(line, cells, "name")
            if not name:
                name = " ".join(filter(None, (columns.text(line, cells, part) for part in ("first", "last"))))
            account = columns.text(line, cells, "account")
            person = CrmPerson(
                name or None,
                columns.text(line, cells, "title") or None,
                columns.text(line, cells, "email").lower() or None,
                columns.text(line, cells, "phone") or None,
                (accounts.find(account) or account if accounts is not None else account) or None,
                "seller" if ours else "buyer",
            )
            if company := columns.text(line, cells, "company"):
                self.companies[company] += 1
            for key in filter(None, (columns.text(line, cells, "id"), person.email)):
                self._by_id[key] = person
            if name:
                self._by_name[bare(name)] = None if bare(name) in self._by_name else person

    def __len__(self) -> int:
        return len({id(person) for person in self._by_id.values()})

    @property
    def domains(self) -> set[str]:
        """Those of their addresses."""
        return {domain(person.email) for person in self._by_id.values() if person.email}

    def find(self, told: str) -> CrmPerson | None:
        """Whoever an id, an address or a name that only one has means."""
        return self._by_id.get(told) or self._by_id.get(told.lower()) or self._by_name.get(bare(told))


class Belonging:
    """Who belongs to which deal, by the tables that say so."""

    def __init__(self) -> None:
        self._of: dict[str, list[tuple[str, bool, tuple[Role, ...]]]] = defaultdict(list)

    def read(self, columns: Columns, part: Links, roles: dict[str, str]) -> None:
        for line, cells in columns.sheet.rows(columns._told):
            deal = columns.text(line, cells, "deal")
            if columns.truth(line, cells, "deleted") or not deal:
                continue
            role = roles.get(columns.text(line, cells, "role"))
            for field, ours in (("contact", False), ("user", True)):
                if person := columns.text(line, cells, field):
                    self._of[deal].append((person, ours, (cast(Role, role),) if role else ()))

    def of(self, deal: str) -> list[tuple[str, bool, tuple[Role, ...]]]:
        return self._of.pop(deal, [])

    def left(self) -> list[str]:
        return sorted(self._of)


def written_out(told: str) -> Iterator[CrmPerson]:
    """People as a single cell lists them: names, with their addresses in brackets, parted by semicolons."""
    for one in filter(None, (part.strip() for part in told.split(";"))):
        if found := IN_BRACKETS.match(one):
            yield CrmPerson(found[1].strip(" \"'") or None, email=found[2].lower())
        elif "@" in one and " " not in one:
            yield CrmPerson(email=one.lower())
        else:
            yield CrmPerson(one)
