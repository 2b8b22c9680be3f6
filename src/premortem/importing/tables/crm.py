"""What every CRM tells of a deal, in one shape: each source makes these, and the import knows nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from premortem.ledger.entries import Role, Side

Field = Literal["stage", "amount", "planned_close", "name", "owner"]
Value = str | float | None
Status = Literal["won", "lost", "other_way", "no_decision", "unknown"]
STATUSES: tuple[str, ...] = ("open", "won", "lost", "other_way", "no_decision", "unknown")


class CrmPerson(Struct, frozen=True):
    """Somebody whom the CRM lists with a deal."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    organisation: str | None = None
    side: Side = "buyer"
    roles: tuple[Role, ...] = ()


class CrmOutcome(Struct, frozen=True):
    """How a deal ended; `at` is None where nothing tells the day. `reason` is in somebody's words."""

    status: Status
    at: datetime | None = None
    to: str | None = None
    reason: str | None = None


class CrmActivity(Struct):
    """A mail, call, meeting or note as an export tells it, at one line of one file; `called` and `id` are its own.

    `deals` are the ids of the deals that the row names; none where it names only people. A `mail` has `sender` and
    whom it went `to` and `cc` as (name, address), and of all these `ours` are our own people; anything else is told by
    `author`, one of our people, of `people`. `html` says that `words` are written in it, `day_only` that `at` is a day.
    """

    form: Literal["mail", "call", "meeting", "note"]
    called: str
    id: str
    at: datetime
    file: str
    line: int
    deals: tuple[str, ...] = ()
    subject: str = ""
    words: str = ""
    html: bool = False
    day_only: bool = False
    author: str = ""
    sender: tuple[str, str] = ("", "")
    to: tuple[tuple[str, str], ...] = ()
    cc: tuple[tuple[str, str], ...] = ()
    ours: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    message_id: str = ""
    answers: str = ""


class CrmDeal(Struct):
    """A deal as an export tells it, at one place of one file.

    `changes` are values with the moment they were set, from a history. `present` are the values of today, of which the
    export does not tell since when; `present_at` is the last moment by which they surely held: the end, or the last
    change of the record.
    """

    id: str
    name: str
    account: str
    seller: str = ""
    currency: str | None = None
    created: datetime | None = None
    changes: list[tuple[datetime, Field, Value]] = []
    present: dict[Field, Value] = {}
    present_at: datetime | None = None
    people: list[CrmPerson] = []
    outcome: CrmOutcome | None = None
    file: str = ""
    line: int = 0
    cells: tuple[str, ...] = ()
