"""How long a mailbox takes: 50,000 mails of the sample company's people, with odd ones by others, placed and read.

    python -m bench.mailing [MAILS] [--placing]     the latter stops before anything is read

Six in ten mails are between the sellers and the people of a deal, in threads; the rest is what every mailbox holds: our
own people among themselves, newsletters and machines, strangers, and people whom no deal or several could claim. Every
mail's fate is counted against what it was made as.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

from bench.real_material import ABSENT, real_material
from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.bring_in_mail import MailDocument, bring_in_mail
from premortem.importing.deal_folder.reading import DealRow, deal_folders, read_deal_folder
from premortem.importing.mailbox.opening import letters
from premortem.listening.formats.opening import open_file
from premortem.records.opening import open_ledger
from premortem.sample.place import DEALS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KINDS = {"deal": 60, "ours": 12, "machine": 12, "stranger": 14, "late": 2}
"""Of a hundred mails, how many are of each kind."""
OPENED = 14
"""Months for which an open deal's mails go on."""


class Made(NamedTuple):
    """A mail that was made: what it was made as, of which deal, its identifier, and its bytes."""

    kind: str
    deal: str | None
    key: str
    mail: bytes


class Firm:
    """The sample company as its deal folders tell it, and what its people write."""

    def __init__(self) -> None:
        self.deals = [read_deal_folder(one).row for one in deal_folders(DEALS)]
        self.deals = [one for one in self.deals if any(person.email for person in one.contacts)]
        self.ended = [one for one in self.deals if one.outcome is not None]
        self.ours = sorted({one.email for deal in self.deals for one in deal.sellers if one.email})
        self.words = [
            line
            for file in sorted(DEALS.rglob("*.eml"))
            for talk in open_file(file)
            for line in talk.turns[0].text.split("\n")
            if len(line) > 30
        ]


def made_up(firm: Firm, mails: int, chance: random.Random) -> Iterator[Made]:
    kinds = chance.choices(list(KINDS), list(KINDS.values()), k=mails)
    last: dict[str, str] = {}
    for number, kind in enumerate(kinds):
        deal = chance.choice(firm.ended if kind == "late" else firm.deals)
        mail = _mail(firm, kind, deal, number, last, chance)
        key = str(mail["Message-ID"]).strip("<>")
        yield Made(kind, deal.id if kind == "deal" else None, key, mail.as_bytes())


def _mail(
    firm: Firm, kind: str, deal: DealRow, number: int, last: dict[str, str], chance: random.Random
) -> EmailMessage:
    mail = EmailMessage()
    ours = chance.choice([one.email for one in deal.sellers if one.email] or firm.ours)
    theirs = chance.choice([one.email for one in deal.contacts if one.email])
    start = deal.created or date(2025, 1, 1)
    end = deal.outcome.at if deal.outcome else start + timedelta(days=30 * OPENED)
    at = datetime(start.year, start.month, start.day, 8, tzinfo=UTC) + timedelta(
        minutes=chance.randrange(max(1, (end - start).days) * 1_440)
    )
    sender, to, subject = (theirs, ours, "the servers") if chance.random() < 0.5 else (ours, theirs, "the servers")
    match kind:
        case "ours":
            sender, to = chance.sample(firm.ours, 2)
        case "machine":
            sender, to = f"news@list-{number % 40}.example", ours
            mail["List-Unsubscribe"] = "<mailto:off@list.example>"
        case "stranger":
            sender, to = f"somebody{number % 900}@elsewhere-{number % 300}.example", ours
        case "late":
            at = datetime(end.year, end.month, end.day, 8, tzinfo=UTC) + timedelta(days=chance.randrange(60, 300))
        case _:
            if deal.id in last and chance.random() < 0.6:
                mail["In-Reply-To"] = mail["References"] = last[deal.id]
    mail["From"], mail["To"], mail["Subject"] = sender, to, f"{subject} {number % 70}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<m{number}@{sender.rpartition('@')[2]}>"
    if kind == "deal":
        last[deal.id] = mail["Message-ID"]
    mail.set_content("\n\n".join(chance.choices(firm.words, k=chance.randint(2, 6))))
    return mail


def write_mailbox(file: Path, made: Iterator[Made], odd: list[bytes]) -> list[Made]:
    """An mbox with the odd ones strewn in, and lines escaped that would begin a mail. Gives what was made, wordless."""
    kept = []
    with file.open("wb") as box:
        for number, one in enumerate(made):
            _add(box, one.mail)
            kept.append(one._replace(mail=b""))
            if number < len(odd):
                _add(box, odd[number])
    return kept


def _add(box: object, mail: bytes) -> None:
    lines = mail.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    escaped = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines]
    box.write(b"From somebody Mon Jan  6 08:00:00 2025\n" + b"\n".join(escaped) + b"\n\n")  # type: ignore[attr-defined]


def odd_mails() -> list[bytes]:
    """Mails by others that break rules, where they are here."""
    folder = real_material("mail")
    if folder is None:
        print(ABSENT)  # noqa: T201
        return []
    return [letter.whole() for letter in letters(folder) if letter.aside is None]


def tell(what: str) -> None:
    print(what, flush=True)  # noqa: T201


def fates(made: list[Made], told: MailDocument) -> Counter[tuple[str, str]]:
    """What each kind became: placed right, placed wrong, asked, left out."""
    by_key = {one.key: one for one in made}
    found: Counter[tuple[str, str]] = Counter()
    for line in told.mails:
        one = by_key.get(line.key)
        kind = one.kind if one is not None else "by others"
        right = one is not None and one.deal == line.deal
        found[kind, line.became if line.deal is None else "placed right" if right else "placed elsewhere"] += 1
    return found


def processors() -> float:
    """Seconds that this process and those it started have computed."""
    each = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


def main(mails: int, placing_alone: bool) -> None:
    chance = random.Random(9)
    with tempfile.TemporaryDirectory() as folder:
        held = open_ledger(f"sqlite:///{folder}/ledger.sqlite3")
        began = time.perf_counter()
        bring_in(held, DEALS, NOW)
        tell(f"the sample company came in: {time.perf_counter() - began:.0f} s")
        odd, box = odd_mails(), Path(folder) / "team.mbox"
        made = write_mailbox(box, made_up(Firm(), mails, chance), odd)
        tell(f"{len(made):,} mails and {len(odd)} odd ones by others, {box.stat().st_size / 1e6:.0f} MB")
        began = time.perf_counter()
        told = bring_in_mail(held, letters(box), NOW, preview=True)
        tell(f"placed in {time.perf_counter() - began:.1f} s: {dict(told.counts)}")
        assert len(told.mails) == len(made) + len(odd), "a mail was lost, or told twice"
        for (kind, became), number in sorted(fates(made, told).items()):
            tell(f"  {kind:10} {became:17} {number:7,}")
        tell(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        if placing_alone:
            return
        began, spent = time.perf_counter(), processors()
        told = bring_in_mail(held, letters(box), NOW)
        tell(f"placed and read in {time.perf_counter() - began:.0f} s: {told.read:,} read, {told.facts:,} facts")
        tell(f"of all processors {(processors() - spent) / max(told.read, 1) * 1000:.1f} ms a mail that was read")
        began = time.perf_counter()
        again = bring_in_mail(held, letters(box), NOW)
        tell(f"the same mailbox again in {time.perf_counter() - began:.1f} s: {again.read} read")
        tell(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    main(numbers[0] if numbers else 50_000, "--placing" in sys.argv)
