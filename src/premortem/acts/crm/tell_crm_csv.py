"""What we have to say of open deals as a table for the CRM's own import, by the CRM's own ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from premortem.acts.crm.crm_fields import Naming
from premortem.acts.crm.crm_words import WORDS, DealWords
from premortem.importing.tables.cells import defused
from premortem.writing_back.fitting import CENTS, Said
from premortem.writing_back.salesforce_words import record_id

ID = "id"
WITHOUT_WORDS = tuple(name for name, word in WORDS.items() if not word.quotes and name != "review_url")
"""The columns where nobody names any: none of them can name or quote somebody."""


def tell_crm_csv(words: Sequence[DealWords], columns: Sequence[str], named: Naming | None = None) -> str:
    """A row for each open deal, its id first; no cell is taken for a formula.

    With `named` the headers are the CRM's own names of the fields, and only the deals that came from it are told.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([ID, *(named.fields[name] if named else name for name in columns)])
    for one in words:
        if named is None or one.sources & named.sources:
            writer.writerow([_id(one), *_cells(one, columns)])
    return written.getvalue()


def _id(one: DealWords) -> str:
    """Of Salesforce's ids the long form: a spreadsheet takes two of the short ones, which differ by case, for one."""
    return (record_id(one.deal) if "salesforce" in one.sources else None) or defused(one.deal)


def _cells(one: DealWords, columns: Sequence[str]) -> Iterator[str]:
    for name in columns:
        yield defused(_cell(one.said[name]))


def _cell(said: Said) -> str:
    if said is None:
        return ""
    if isinstance(said, datetime):
        return said.date().isoformat()
    return f"{round(said, CENTS)}" if isinstance(said, float) else str(said)
