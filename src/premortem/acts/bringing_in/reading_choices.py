"""How somebody wants an export to be read: what they changed on the preview, laid over the mapping that it had.

Kept by the export's shape, so that next week's export is read the same way, and a mapping that gets better is still
taken where nobody chose otherwise.
"""

from __future__ import annotations

import hashlib

from msgspec import Struct
from msgspec.structs import asdict, replace

from premortem.importing.mapped.endings import REASONS
from premortem.importing.mapped.mapping import Accounts, Deals, Mapping, mapping_in
from premortem.importing.mapped.proposing import proposed
from premortem.importing.mapped.sources import recognised
from premortem.importing.mapped.writing import written
from premortem.importing.tables.folder import Export
from premortem.importing.tables.sheet import bare

FIELDS = tuple(field for field in Deals.__struct_fields__ if field not in ("table", "needs"))
"""What a column of the table of deals may tell."""


class Choices(Struct, frozen=True):
    """What was chosen; what is empty stays as it was found. `columns` are those of the table of deals, by what they
    tell; a field that is there with '' is told by no column. `whole` is a mapping (TOML) in the place of the other."""

    time_zone: str = ""
    days: str = ""
    decimals: str = ""
    currency: str = ""
    seller: str = ""
    outcomes: dict[str, str] = {}
    reasons: dict[str, str] = {}
    table: str = ""
    columns: dict[str, str] = {}
    whole: str = ""

    @property
    def made(self) -> bool:
        """Whether anything was chosen."""
        return any(asdict(self).values())


def shape_of(export: Export) -> str:
    """What exports have in common that are read the same way: the CRM that they are of, else their tables' headers."""
    known = recognised(export)
    if known is not None:
        return known.source
    told = sorted(" ".join(sorted(bare(name) for name in sheet.header)) for sheet in export.tables)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def found_mapping(export: Export) -> tuple[Mapping, bool]:
    """The mapping of the CRM that the export is known by, and True; else one that is proposed.

    Where nothing looks like deals, the mapping names the largest table and none of its columns: somebody has to say.
    """
    known = recognised(export)
    if known is not None:
        return known, True
    largest = max(export.tables, key=lambda one: (one.lines, one.name))
    return proposed(export.tables) or Mapping(source="table", called="a table", deals=Deals(table=largest.name)), False


def chosen(mapping: Mapping, choices: Choices) -> Mapping:
    """The mapping with what was chosen. Raises Unreadable for a choice that is none, with what there is."""
    if choices.whole:
        return mapping_in(choices.whole, "The mapping")
    accounts = mapping.accounts
    deals = replace(mapping.deals, **choices.columns)
    if choices.table:
        accounts = _not_itself(accounts, choices.table)
        deals = replace(deals, table=choices.table, needs=[])
    laid = replace(
        mapping,
        deals=deals,
        accounts=accounts,
        time_zone=choices.time_zone or mapping.time_zone,
        days=choices.days or mapping.days,
        decimals=choices.decimals or mapping.decimals,
        currency=choices.currency or mapping.currency,
        seller=choices.seller or mapping.seller,
        outcomes={**mapping.outcomes, **choices.outcomes},
        reasons=_reasons({**mapping.reasons, **choices.reasons}),
    )
    return mapping_in(written(laid), "The choices")  # checked as a file would be


def _not_itself(accounts: Accounts | None, table: str) -> Accounts | None:
    return None if accounts is not None and accounts.table == table else accounts


def _reasons(told: dict[str, str]) -> dict[str, str]:
    return {reason: status for reason, status in told.items() if status}


def says_by_itself(reason: str) -> bool:
    """Whether a reason means something where nobody chose: then it can't be left to the stage."""
    known = {bare(one) for one in REASONS}
    return bare(reason) in known
