"""Into which fields of the CRM our word may go: only those that the firm made for it, and none that an import reads.

Whatever stands in a field that an import reads comes back to the ledger as the seller's word. If ours stood there, a
forecast would hear itself and take it for somebody else. There is no way around this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from premortem.acts.crm.crm_words import WORDS, known_words
from premortem.errors import Unreadable
from premortem.importing.mapped.mapping import Mapping as ImportMapping
from premortem.importing.mapped.mapping import read_mapping
from premortem.importing.mapped.sources import sources
from premortem.importing.tables.sheet import bare
from premortem.writing_back.crm import Field
from premortem.writing_back.fitting import unfit
from premortem.writing_back.settings import Settings, read_settings

CRMS = {"salesforce": "Salesforce", "hubspot": "HubSpot", "odoo": "Odoo"}
SELLERS = frozenset(
    bare(name)
    for name in (
        *("ForecastCategory", "ForecastCategoryName", "Probability", "ExpectedRevenue", "NextStep", "StageName"),
        *("hs_manual_forecast_category", "hs_forecast_amount", "hs_forecast_probability", "hs_next_step", "pipeline"),
        *("hs_deal_stage_probability", "stage_id", "automated_probability", "prorated_revenue", "recurring_revenue"),
        *("Amount", "CloseDate", "Forecast Category", "Stage", "Deal Stage", "Expected Revenue", "Next Step"),
    )
)
"""Where sellers say what they think of a deal, whether or not an import reads it."""
BACK = "Our word would come back as theirs: name a field that you made for it."


class Naming(Struct, frozen=True):
    """What goes where in one CRM: each of our words and the name of its field.

    `sources` are those whose deals have their record in this CRM, `read` the names that their imports read.
    """

    file: str
    crm: str
    settings: Settings
    sources: frozenset[str]
    read: frozenset[str]

    @property
    def fields(self) -> dict[str, str]:
        return self.settings.fields

    @property
    def quoting(self) -> list[str]:
        """The words that may name or quote somebody, and leave the machine with this."""
        return [name for name in self.fields if WORDS[name].quotes]


def naming(file: Path, crm: str) -> Naming:
    """What a file names for a CRM, as far as it can be judged without asking the CRM.

    Raises Unreadable where a field named is the seller's own, or named twice, and Unknown for a word that there is not.
    """
    settings = read_settings(file)
    own = [read_mapping(file.parent / one) for one in settings.mappings]
    mappings = [*(one for one in sources() if one.source == crm), *own]
    named = {word: settings.fields[word] for word in known_words(settings.fields)}
    found = Naming(
        file=str(file),
        crm=crm,
        settings=Settings(named, settings.pages, settings.mappings, settings.salesforce, settings.odoo),
        sources=frozenset(one.source for one in mappings),
        read=frozenset(bare(name) for one in mappings for name in _read(one)) | SELLERS,
    )
    wrong = list(_wrong_names(found))
    if not named:
        wrong = [("[fields]", f"no field is named, so nothing can be told. There are: {', '.join(WORDS)}")]
    _raise(file, wrong, BACK if named else "")
    return found


def check(named: Naming, there: Mapping[str, Field]) -> None:
    """Whether the CRM's own fields take what is to go there. Raises Unreadable that tells all that is wrong."""
    wrong = []
    for word, name in named.fields.items():
        field = there.get(name)
        if field is None:
            wrong.append((name, f"{CRMS[named.crm]} has no such field of deals, or this user does not see it"))
        elif not field.own:
            wrong.append((name, f"it is a field that {CRMS[named.crm]} came with, which is the seller's"))
        elif bare(field.label) in named.read:
            wrong.append((name, f"its label '{field.label}' is one that an import reads as the seller's word"))
        elif not field.writable:
            wrong.append((name, "this user may not write it, or it is calculated"))
        elif (why := unfit(WORDS[word].told, field)) is not None:
            wrong.append((name, f"{word} can't stand in it: {why.why}. {why.remedy}"))
    _raise(Path(named.file), wrong, "Nothing was told to any field.")


def _wrong_names(named: Naming) -> Iterator[tuple[str, str]]:
    there: set[str] = set()
    for word, name in named.fields.items():
        if bare(name) in named.read or name.startswith("hs_"):
            yield name, f"{word} can't go there, it is the seller's own"
        elif named.crm == "salesforce" and not name.endswith("__c"):
            yield name, "it is no field of your own, which in Salesforce ends with __c"
        elif named.crm == "odoo" and not name.startswith("x_"):
            yield name, "it is no field of your own, which in Odoo begins with x_"
        elif name.casefold() in there:
            yield name, "two of our words can't go to one field"
        there.add(name.casefold())


def _raise(file: Path, wrong: Collection[tuple[str, str]], remedy: str) -> None:
    if wrong:
        first, *others = wrong
        more = "".join(f"; '{name}': {why}" for name, why in others)
        raise Unreadable(str(file), f"'{first[0]}'", f"{first[1]}{more}", remedy)


def _read(mapping: ImportMapping) -> Iterator[str]:
    """The names of all columns that an import reads of a deal and of its history."""
    for part in (mapping.deals, *mapping.history):
        told: dict[str, Any] = asdict(part)
        for field in told.keys() - {"table", "needs"}:
            yield from [told[field]] if isinstance(told[field], str) else told[field]
    for names in mapping.stage_days.values():
        yield from [names] if isinstance(names, str) else names
