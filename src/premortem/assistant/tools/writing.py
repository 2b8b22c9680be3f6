"""What a key with the scope `write` may do: say whether a fact is right, set a finding aside, add a note."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from premortem.acts.looking.reviewing import review_changed
from premortem.acts.telling import waive as waiving
from premortem.acts.telling.judge import Judged
from premortem.acts.telling.judge import judge as judge_fact
from premortem.assistant.reader import Reader
from premortem.assistant.telling import lines, plain
from premortem.assistant.tools.tool import Deal, Tool
from premortem.errors import Unknown
from premortem.ledger.contents import digest
from premortem.web.ledger import ledger, rules


class Judging(Struct, forbid_unknown_fields=True):
    """Which fact, and whether it is right."""

    deal: Deal
    fact: Annotated[str, Meta(description="The fact's id, as read_touch gives it.", min_length=1, max_length=200)]
    says: Literal["confirmed", "rejected"]


class Waiving(Struct, forbid_unknown_fields=True):
    """Which finding, and why it is set aside."""

    deal: Deal
    check: Annotated[str, Meta(description="The check, as review_deal names it.", min_length=1, max_length=200)]
    because: Annotated[str, Meta(description="The user's reason.", min_length=1, max_length=2_000)]
    until: Annotated[date | None, Meta(description="The last day on which it holds; else for good.")] = None


class Noting(Struct, forbid_unknown_fields=True):
    """What the user tells, as a note of theirs."""

    deal: Deal
    text: Annotated[str, Meta(description="What the user tells, in their words.", min_length=1, max_length=20_000)]
    day: Annotated[date | None, Meta(description="On which day it happened; else today.")] = None


class Waived(Struct, frozen=True):
    """A check that was set aside."""

    deal: str
    check: str
    until: date | None


class Noted(Struct, frozen=True):
    """What a note did: how many facts were heard in it; `known_already` where the same had been told before."""

    deal: str
    note: str
    facts: int
    known_already: bool
    left_out: list[str]


def judge(reader: Reader, asked: Judging) -> Judged:
    member = reader.change(asked.deal)
    return judge_fact(ledger(), asked.deal, asked.fact, asked.says, member.user.get_username(), _now(), rules=rules())


def waive(reader: Reader, asked: Waiving) -> Waived:
    by, now = reader.change(asked.deal).user.get_username(), _now()
    done = waiving.waive(ledger(), rules(), asked.deal, asked.check, asked.because, by, now, asked.until)
    review_changed(ledger(), rules(), now.date(), only=[asked.deal])
    return Waived(asked.deal, done.check, done.until)


def add_note(reader: Reader, asked: Noting) -> Noted:
    """Take a note in as any other: readers hear it. The same note of the same day adds nothing."""
    from premortem.acts.bringing_in.bring_in import bring_in  # loads what listens

    member, now = reader.change(asked.deal), _now()
    day = asked.day or now.date()
    if day > now.date():
        raise Unknown(f"{day} is to come", "Name the day on which it happened.")
    written = f"Note by {member}, {day.isoformat()}\n{asked.text.strip()}\n".encode()
    name = f"{day.isoformat()}-note-{digest(written)[:8]}.txt"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(written)
        (done,) = bring_in(ledger(), file, now, asked.deal)
    review_changed(ledger(), rules(), now.date(), only=[asked.deal])
    left_out = [one.why.replace(f"{folder}/", "") for one in done.left_out]
    return Noted(asked.deal, name, done.facts, bool(done.known_already), left_out)


def _now() -> datetime:
    return datetime.now(UTC)


def _judged(told: Judged) -> str:
    if not told.told:
        return "That was said before: nothing changed."
    return lines(
        f"The fact is {told.says}.",
        f"No longer found: {', '.join(map(plain, told.gone))}." if told.gone else "",
        f"Newly found: {', '.join(map(plain, told.come))}." if told.come else "",
    )


def _waived(told: Waived) -> str:
    return lines(f"‘{plain(told.check)}’ is set aside in {told.deal}{f' until {told.until}' if told.until else ''}.")


def _noted(told: Noted) -> str:
    if told.known_already:
        return "This note was there already: nothing changed."
    return lines(f"Kept as {told.note}; {told.facts} facts were heard in it.", told.left_out)


TOOLS = (
    Tool(
        "judge_fact",
        "Confirm or reject a fact",
        "Say that a fact which a reader heard is right or wrong, on the user's own word. Ask the user first.",
        Judging,
        Judged,
        judge,
        _judged,
        writes=True,
        destructive=True,
    ),
    Tool(
        "waive_finding",
        "Set a finding aside",
        "Set what a check finds in a deal aside, for the user's own reason. Ask the user first.",
        Waiving,
        Waived,
        waive,
        _waived,
        writes=True,
        destructive=True,
    ),
    Tool(
        "add_note",
        "Add a note",
        "Keep what the user tells of a deal as a note of theirs. It is heard like any note. Ask the user first.",
        Noting,
        Noted,
        add_note,
        _noted,
        writes=True,
    ),
)
