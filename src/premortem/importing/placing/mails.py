"""The mails of a mailbox → what becomes of each: placed in a deal, asked about, or left out with the reason.

Three rounds. First what is private or nobody's is left out, so that it is never looked at further. Then each mail is
put to the deals by its thread as far as deals have it, its people and its time. Last, what two deals claim is settled
by the mails of its thread that were placed, whichever way the answers run.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from premortem.errors import Unknown
from premortem.importing.mailbox.letter import Head, Letter, head_of
from premortem.importing.placing.deals import Deals
from premortem.importing.placing.fitting import Signs, Verdict, decide, fits
from premortem.importing.placing.privacy import Privacy

NEVER = "never"
"""What one answers where a mail belongs to no deal."""


HAS_IT = "this deal has it already"


class Mail(Struct, frozen=True):
    """A mail as placing sees it. `key` names it for good: its identifier, else a hash of its headers."""

    letter: Letter
    head: Head
    key: str

    @classmethod
    def of(cls, letter: Letter) -> Mail:
        head = head_of(letter.head)
        return cls(letter, head, head.id or hashlib.sha256(letter.head or letter.place.encode()).hexdigest()[:16])


def place_mails(
    mails: Sequence[Mail],
    deals: Deals,
    privacy: Privacy,
    answers: Mapping[str, str] | None = None,
    since: date | None = None,
) -> list[Verdict]:
    """What becomes of each mail, in their order. `answers` name a deal, or `never`, by a mail's key.

    Raises Unknown where an answer names a deal that is not there.
    """
    answers = answers or {}
    for key, deal in answers.items():
        if deal != NEVER and deal not in deals.by_id:
            what = f"the mail {key} is said to be of '{deal}', which is no deal"
            raise Unknown(what, "`premortem deals` lists them.")
    threads = _Threads(mails)
    verdicts: list[Verdict | None] = []
    first: dict[str, str] = {}
    for mail in mails:
        apart = _apart(mail, deals, privacy, since)
        if apart is None and (again := first.setdefault(mail.key, mail.letter.place)) != mail.letter.place:
            apart = _left(f"it is the same mail as {again}")
        verdicts.append(apart or _there_already(mail, deals) or _answered(mail, answers))
    known = threads.deals(mails, verdicts, deals)
    settled = [
        verdict or _fitted(mail, known[threads.of(mail)], deals) for mail, verdict in zip(mails, verdicts, strict=True)
    ]
    placed = threads.deals(mails, settled, deals)
    return [
        _by_thread(mail, verdict, placed[threads.of(mail)], deals) for mail, verdict in zip(mails, settled, strict=True)
    ]


def _apart(mail: Mail, deals: Deals, privacy: Privacy, since: date | None) -> Verdict | None:
    """Why a mail is left out before anybody looks at whose it is."""
    head, letter = mail.head, mail.letter
    why = letter.aside or privacy.never_read(head.addresses, head.subject, letter.folder)
    if why is None and not head.addresses:
        why = "no address stands in it"
    if why is None and since is not None and head.at is not None and head.at.date() < since:
        why = f"it was written before {since.isoformat()}"
    if why is None and all(deals.is_ours(one) for one in head.addresses):
        why = "only our own people are in it"
    if why is None and head.automatic is not None:
        by_hand = head.automatic.startswith("it went to a list") and deals.with_person(head.sender)
        why = None if by_hand else head.automatic
    return _left(why)


def _left(why: str | None) -> Verdict | None:
    return None if why is None else Verdict("left_out", why)


def _there_already(mail: Mail, deals: Deals) -> Verdict | None:
    of = deals.of_mail.get(mail.key, set())
    return Verdict("placed", HAS_IT, next(iter(of))) if len(of) == 1 else None


def _answered(mail: Mail, answers: Mapping[str, str]) -> Verdict | None:
    deal = answers.get(mail.key)
    if deal is None:
        return None
    if deal == NEVER:
        return Verdict("left_out", "you said that it belongs to no deal")
    return Verdict("placed", "you said so", deal)


def _fitted(mail: Mail, thread: frozenset[str], deals: Deals) -> Verdict:
    signs = Signs(mail.head.at, mail.head.addresses, thread=thread)
    found = fits(signs, deals)
    return decide(signs, found, deals) if found else Verdict("left_out", "nobody in it belongs to a known account")


def _by_thread(mail: Mail, verdict: Verdict, thread: frozenset[str], deals: Deals) -> Verdict:
    """What was asked is settled where the mails of its thread that were placed tell one deal that people speak for."""
    if verdict.became != "asked" or len(thread) != 1:
        return verdict
    signs = Signs(mail.head.at, mail.head.addresses, thread=thread)
    return decide(signs, fits(signs, deals), deals)


class _Threads:
    """Which mails belong together: by the identifiers that they have and answer, joined both ways."""

    def __init__(self, mails: Iterable[Mail]) -> None:
        self._above: dict[str, str] = {}
        for mail in mails:
            for one in mail.head.answers:
                self._above[self._root(one)] = self._root(mail.key)

    def of(self, mail: Mail) -> str:
        return self._root(mail.key)

    def deals(
        self, mails: Sequence[Mail], verdicts: Sequence[Verdict | None], deals: Deals
    ) -> Mapping[str, frozenset[str]]:
        """The deals of each thread: of mails that deals have, and of those that are placed by now."""
        found: dict[str, set[str]] = defaultdict(set)
        for mail, verdict in zip(mails, verdicts, strict=True):
            thread = found[self.of(mail)]
            if verdict is not None and verdict.deal is not None:
                thread.add(verdict.deal)
            for one in (mail.key, *mail.head.answers):
                thread |= deals.of_mail.get(one, set())
        return {thread: frozenset(among) for thread, among in found.items()}

    def _root(self, one: str) -> str:
        self._above.setdefault(one, one)
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one
