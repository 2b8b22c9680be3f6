"""Which CRM an export is of: each folder beside this one with a `mapping.toml` is a source, found by its place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from premortem.errors import Unreadable
from premortem.importing.mapped.mapping import Mapping, listed, read_mapping
from premortem.importing.tables.folder import Export
from premortem.importing.tables.sheet import Sheet

HERE = Path(__file__).resolve().parents[1]
NAME = "mapping.toml"


@cache
def sources() -> tuple[Mapping, ...]:
    """The mappings of all known CRMs, in the order of their names."""
    return tuple(read_mapping(file) for file in sorted(HERE.glob(f"*/{NAME}")))


def recognised(export: Export) -> Mapping | None:
    """The CRM by whose headers the export is known; None for any other table.

    Where several fit, the one that finds most of its columns.
    """
    fitting = [
        (_columns_found(mapping, sheet), mapping.source, mapping)
        for mapping in sources()
        for sheet in export.tables
        if mapping.deals.fits(sheet)
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _columns_found(mapping: Mapping, sheet: Sheet) -> float:
    """How many of the sheet's columns the mapping reads."""
    told = [getattr(mapping.deals, field) for field in mapping.deals.__struct_fields__ if field != "needs"]
    names = {name for one in told for name in ([one] if isinstance(one, str) else one)}
    return sum(sheet.place(name) is not None for name in names)


def no_deals(export: Export, mapping: Mapping) -> Unreadable:
    """What to say of an export in which a mapping finds no deals."""
    files = ", ".join(sheet.file for sheet in export.tables[:6])
    if mapping.source == "table":
        remedy = "A table of deals has a row for each deal, and a column with its id or its name."
        return Unreadable(files, "", "nothing in it looks like a list of deals", remedy)
    needs = ", ".join(f"'{need.split('|')[0]}'" for need in mapping.deals.needs or listed(mapping.deals.table))
    why = f"none of its tables holds deals as '{mapping.source}' has them"
    return Unreadable(files, "", why, f"One of them needs {needs} and a column with each deal's id.")
