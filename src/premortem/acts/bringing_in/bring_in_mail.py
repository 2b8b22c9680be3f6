"""Bring in a mailbox: every mail is placed in a deal, asked about, or left out with its reason; placed ones are read.

Placing goes by headers alone and takes a fraction of a millisecond a mail; reading takes some thirty milliseconds. So
all are placed first, and a preview stops there. An import that is killed goes on where it stopped, and the same mailbox
twice adds nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.bringing_in.bring_in import BroughtIn
from premortem.acts.bringing_in.deals_known import deals_known
from premortem.acts.bringing_in.read_many import ToRead, read_many
from premortem.importing.mailbox.letter import Letter
from premortem.importing.placing.answers import Question
from premortem.importing.placing.fitting import Became, Candidate, Verdict
from premortem.importing.placing.mails import HAS_IT, Mail, place_mails
from premortem.importing.placing.privacy import Privacy
from premortem.ledger.store import Ledger
from premortem.listening.readers.assembly import Readers

Progress = Callable[[str, int, int], None]


class MailLine(Struct, frozen=True):
    """One mail and what became of it. `place` is where it lies; `deal` the one that it is placed in."""

    place: str
    key: str
    became: Became
    why: str
    on: str = ""
    sender: str = ""
    subject: str = ""
    deal: str | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def question(self) -> Question:
        could_be = tuple(f"{one.deal} ({one.why})" for one in self.candidates)
        return Question(self.key, self.on, self.sender, self.subject, self.why, could_be)


class MailDocument(Struct, frozen=True):
    """What became of a mailbox. `schema` changes when a meaning does.

    `deals` counts the mails placed in each; `read` are those that were read now, `known` those that the deals had.
    A mail that is left out shows neither its sender nor its subject, which are nobody's business here.
    """

    mails: list[MailLine]
    deals: dict[str, int]
    read: int
    known: int
    facts: int
    preview: bool
    remarks: list[str] = []
    schema: str = "premortem.mail/1"

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.became for one in self.mails)

    @property
    def reasons(self) -> Counter[str]:
        """Why mails were left out, and how many for each reason."""
        return Counter(re.sub(r"(the same mail as) .*", r"\1 another", one.why) for one in self.of("left_out"))

    def of(self, became: Became) -> list[MailLine]:
        return [one for one in self.mails if one.became == became]


def bring_in_mail(
    ledger: Ledger,
    letters: Iterable[Letter],
    now: datetime,
    privacy: Privacy | None = None,
    answers: dict[str, str] | None = None,
    since: date | None = None,
    preview: bool = False,
    progress: Progress | None = None,
    readers: Readers | None = None,
) -> MailDocument:
    """Place the mails of a mailbox and, unless this is a preview, read those that were placed.

    `answers` name a deal, or `never`, by a mail's key. Raises Unknown where one names a deal that is not there, and
    Unreadable where the mailbox can't be opened.
    """
    privacy = privacy or Privacy()
    deals = deals_known(ledger, privacy)
    mails = list(_counted(letters, progress))
    verdicts = place_mails(mails, deals, privacy, answers, since)
    lines = [_line(mail, verdict) for mail, verdict in zip(mails, verdicts, strict=True)]
    placed = Counter(one.deal for one in lines if one.deal is not None)
    fresh = [at for at, line in enumerate(lines) if line.deal is not None and line.why != HAS_IT]
    known = sum(line.why == HAS_IT for line in lines)
    whole = MailDocument(lines, dict(sorted(placed.items())), 0, known, 0, preview)
    if preview:
        return whole
    reading = _Reading(mails, lines, fresh)
    return reading.of(read_many(ledger, reading.files, now, progress, readers), whole)


def _counted(letters: Iterable[Letter], progress: Progress | None) -> Iterator[Mail]:
    for number, letter in enumerate(letters, 1):
        if progress is not None and number % 500 == 0:
            progress("", number, 0)
        yield Mail.of(letter)


def _line(mail: Mail, verdict: Verdict) -> MailLine:
    head, line = mail.head, MailLine(mail.letter.place, mail.key, verdict.became, verdict.why)
    if verdict.became == "left_out":
        return line
    on = head.at.date().isoformat() if head.at is not None else ""
    return replace(
        line, on=on, sender=head.sender, subject=head.subject, deal=verdict.deal, candidates=verdict.candidates
    )


class _Reading:
    """The placed mails of a mailbox being read."""

    def __init__(self, mails: Sequence[Mail], lines: list[MailLine], fresh: Sequence[int]) -> None:
        self._mails, self._lines = mails, lines
        self._named: dict[tuple[str, str], int] = {}
        self.files: dict[str, list[ToRead]] = defaultdict(list)
        """What is to be read, deal by deal."""
        for at in fresh:
            deal, name = lines[at].deal or "", name_of(mails[at])
            self._named[deal, name] = at
            self.files[deal].append(ToRead(name, mails[at].letter.whole))

    def of(self, brought: Iterable[BroughtIn], whole: MailDocument) -> MailDocument:
        """The document, with what the reading brought."""
        touches = known = facts = 0
        remarks: list[str] = []
        for done in brought:
            touches, known, facts = touches + done.touches, known + done.known_already, facts + done.facts
            remarks += done.remarks
            for left in done.left_out:
                at = self._named.get((done.deal, left.file.partition("#")[0]))
                if at is not None:
                    line = self._lines[at]
                    self._lines[at] = MailLine(line.place, line.key, "left_out", left.why)
        placed = Counter(one.deal for one in self._lines if one.deal is not None)
        return replace(
            whole,
            mails=self._lines,
            deals=dict(sorted(placed.items())),
            read=touches,
            known=whole.known + known,
            facts=facts,
            remarks=remarks,
        )


def name_of(mail: Mail) -> str:
    """The name under which a deal has a mail: its day, its subject, and what keeps it apart from all others."""
    head = mail.head
    on = f"{head.at.date().isoformat()}-" if head.at is not None else ""
    subject = re.sub(r"^(?:(?:re|aw|fwd?|wg|antw|sv|tr)\s*:\s*)+", "", head.subject.casefold())
    words = "-".join(re.findall(r"[^\W_]+", subject))[:40].strip("-") or "mail"
    return f"{on}{words}-{hashlib.sha256(mail.key.encode()).hexdigest()[:8]}.eml"
