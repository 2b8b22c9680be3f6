"""A mapping, as its file (TOML) has it: which table holds what, which of its columns tells what, what values mean.

source = "our-crm"                who told it, in the ledger: import:our-crm
time_zone = "Europe/Madrid"       of times that don't say theirs
days = "day first"                how 03/04/2026 is meant, where the data don't show it
decimals = ","                    how 1.234 is meant, where the data don't show it
currency = "EUR"                  of amounts that don't say theirs

[deals]
table = "pipeline"                the table's name; left out, `needs` tells it by its columns
id = "Number"                     a column, or a list of names that it may have
…
[[history]]                       what changed, and when
[[activities]]                    mails, calls, meetings and notes
[outcomes]                        a value of `stage` or `outcome`, and how such a deal ended
"Closed, lost" = "lost"
[reasons]                         a stated reason, and how such a deal truly ended
"Project stopped" = "no_decision"
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

from premortem.errors import Unreadable
from premortem.importing.tables.crm import STATUSES, Field
from premortem.importing.tables.sheet import Sheet, bare

Names = str | list[str]
"""The name of a column or a table, or several that it may have: the first that is there is read."""
FORMS = ("mail", "call", "meeting", "note")


class Part(Struct, forbid_unknown_fields=True, kw_only=True):
    """One table of an export. `needs` are columns by which it is known, each with its other names parted by '|'."""

    table: Names = []
    needs: list[str] = []

    def fits(self, sheet: Sheet) -> bool:
        there = sheet.places
        if self.needs:
            return all(any(bare(name) in there for name in need.split("|")) for need in self.needs)
        return any(bare(name) == _bare_name(sheet.name) for name in listed(self.table))


class Deals(Part):
    """The table of deals: a row each."""

    id: Names = []
    name: Names = []
    account: Names = []
    owner: Names = []
    stage: Names = []
    amount: Names = []
    end_amount: Names = []
    currency: Names = []
    created: Names = []
    modified: Names = []
    planned_close: Names = []
    ended: Names = []
    outcome: Names = []
    is_won: Names = []
    is_closed: Names = []
    reason: Names = []
    rival: Names = []
    deleted: Names = []
    contacts: Names = []
    contact_name: Names = []
    contact_email: Names = []
    contact_phone: Names = []
    contact_title: Names = []
    micros: Names = []
    """An amount in millionths, as some programs keep them."""


class Accounts(Part):
    id: Names = []
    name: Names = []
    domain: Names = []


class People(Part):
    """Contacts, or users of our own side."""

    id: Names = []
    name: Names = []
    first: Names = []
    last: Names = []
    title: Names = []
    email: Names = []
    phone: Names = []
    account: Names = []
    company: Names = []


class Links(Part):
    """Who belongs to which deal."""

    deal: Names = []
    contact: Names = []
    user: Names = []
    role: Names = []
    deleted: Names = []


class History(Part):
    """Changes with their moment: rows that hold the values as they then stood, or one `field` with its `new` value."""

    deal: Names = []
    at: Names = []
    stage: Names = []
    amount: Names = []
    planned_close: Names = []
    field: Names = []
    old: Names = []
    new: Names = []
    fields: dict[str, Field] = {}
    deleted: Names = []


class Activities(Part):
    """What happened between the two sides: mails with who wrote them; calls, meetings and notes in a seller's words.

    `called` keeps the ids of one table apart from those of another. `form` is `mail`, `call`, `meeting` or `note` for
    all rows; else `kind` tells it row by row. `at`, `day` and `done_at` tell when, the first that is filled and past;
    `words` or else `html` what. `same_as` is the id of a row of another table that tells it too. `not_done` are values
    of `done` that say that it did not happen, where they are not the usual ones. What is `private`, `deleted`, a `copy`
    or by a `machine` is not taken, nor what belongs to a `model` that is none of `models`, those of deals.
    """

    called: str = ""
    form: str = ""
    id: Names = []
    deal: Names = []
    model: Names = []
    models: list[str] = []
    people: Names = []
    at: Names = []
    day: Names = []
    done_at: Names = []
    done: Names = []
    not_done: list[str] = []
    kind: Names = []
    subject: Names = []
    words: Names = []
    html: Names = []
    owner: Names = []
    sender: Names = []
    sender_name: Names = []
    to: Names = []
    cc: Names = []
    incoming: Names = []
    message_id: Names = []
    answers: Names = []
    same_as: Names = []
    private: Names = []
    deleted: Names = []
    copy: Names = []
    machine: Names = []


class Mapping(Struct, forbid_unknown_fields=True, kw_only=True):
    """Everything that an import has to be told of an export."""

    source: str
    deals: Deals
    called: str = ""
    time_zone: str | None = None
    days: str | None = None
    decimals: str | None = None
    currency: str | None = None
    seller: str = ""
    ids: str = ""
    """`salesforce` where ids are Salesforce's, of which 15 and 18 characters are one."""
    accounts: Accounts | None = None
    contacts: People | None = None
    users: People | None = None
    links: list[Links] = []
    history: list[History] = []
    activities: list[Activities] = []
    stage_days: dict[str, Names] = {}
    stage_day: str = ""
    """A pattern: a column whose name fits it tells since when the stage in its first group."""
    outcomes: dict[str, str] = {}
    reasons: dict[str, str] = {}
    roles: dict[str, str] = {}
    spelling: dict[str, str] = {}
    """Columns that name rows of another table, as 'table.column'."""


def listed(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else names


def _bare_name(name: str) -> str:
    """A file's name without what a download adds to it: 'Opportunity (3)' is 'Opportunity'."""
    return bare(name.split("(")[0]).rstrip("0123456789") or bare(name)


def read_mapping(file: Path) -> Mapping:
    """The mapping in a file. Raises Unreadable where it is none, with the place of what is wrong."""
    try:
        return mapping_in(file.read_text(encoding="utf-8-sig"), str(file))
    except OSError as refused:
        raise Unreadable(str(file), "", f"it can't be opened: {refused.strerror}", "Is the path right?") from refused
    except UnicodeDecodeError as odd:
        raise Unreadable(str(file), "", "it is not UTF-8", "Save it as UTF-8.") from odd


def mapping_in(text: str, file: str) -> Mapping:
    """Raises Unreadable as `read_mapping` does."""
    try:
        found = msgspec.convert(tomllib.loads(text), type=Mapping)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(file, "", f"it is no TOML: {error}", "`import --preview` prints one to begin with.") from error
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at ")
        remedy = "docs/importing.md lists what a mapping holds."
        raise Unreadable(file, place.strip("`").removeprefix("$."), why[0].lower() + why[1:], remedy) from error
    _sound(found, file)
    return found


def _sound(mapping: Mapping, file: str) -> None:
    for form in {one.form for one in mapping.activities} - {*FORMS, ""}:
        why = f"'{form}' is no form of an activity"
        raise Unreadable(file, "activities.form", why, f"Write one of {', '.join(FORMS)}, or nothing.")
    if mapping.ids not in ("", "salesforce"):
        raise Unreadable(file, "ids", f"'{mapping.ids}' are no ids that are known", 'Write "salesforce", or nothing.')
    for place, table in (("outcomes", mapping.outcomes), ("reasons", mapping.reasons)):
        for value, status in table.items():
            if status not in STATUSES:
                why = f"'{status}' is no outcome"
                raise Unreadable(file, f"{place}.{value}", why, f"Write one of {', '.join(STATUSES)}.")
    if mapping.days not in (None, "day first", "month first"):
        raise Unreadable(file, "days", f"'{mapping.days}' is no order", 'Write "day first" or "month first".')
    if mapping.decimals not in (None, ".", ","):
        raise Unreadable(file, "decimals", f"'{mapping.decimals}' parts no decimals", 'Write "." or ",".')
    if mapping.time_zone is not None:
        try:
            ZoneInfo(mapping.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as odd:
            why = f"'{mapping.time_zone}' is no time zone"
            raise Unreadable(file, "time_zone", why, 'Write it as "Europe/Madrid" or "UTC".') from odd
