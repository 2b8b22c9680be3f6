"""The playbook at work: by which checks, norms and lists a firm's deals are looked at.

rules_of(ledger, file)      what holds in a ledger; a file, where the firm has a playbook
Rules                       the checks to put, the norms to measure by, what was switched off, what is wrong
lists_shown(…)              how a reviewed deal stands with qualification lists
playbook_document(…)        what `premortem playbook --json` prints
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.looking.norms import NormShown, norm_shown, norms_of
from premortem.acts.witness import Cited, Witness
from premortem.checks.base import Check
from premortem.checks.review import Review
from premortem.errors import Unknown
from premortem.learning.norms import OwnNorms
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms
from premortem.ledger.store import Ledger
from premortem.playbook.lists import BUILT_IN, Letter, Standing, stand
from premortem.playbook.mistakes import meant
from premortem.playbook.reading import NAME, Playbook, no_playbook, read_playbook


class Rules(Struct, frozen=True):
    """By what deals are looked at. Without a ledger there are no own norms."""

    playbook: Playbook
    ledger: Ledger | None = None

    @property
    def put(self) -> dict[str, Check]:
        """The checks that are put to deals."""
        return {name: check for name, check in self.playbook.put.items() if name not in self.playbook.off}

    @property
    def switched_off(self) -> list[tuple[str, str]]:
        """Each check that is switched off, and the reason."""
        where = self.playbook.file.name if self.playbook.file else NAME
        return [(name, f"switched off in {where}: {reason}") for name, reason in sorted(self.playbook.off.items())]

    @property
    def wrong(self) -> list[str]:
        """What is wrong in the playbook, a sentence for each mistake."""
        return [str(mistake) for mistake in self.playbook.mistakes]

    def norms_at(self, before: datetime | None = None) -> OwnNorms:
        """The firm's norms by what had ended before a moment, the playbook's thresholds in their place."""
        own = norms_of(self.ledger, before) if self.ledger is not None else OwnNorms()
        segments = {name: self.playbook.over(norms) for name, norms in own.segments.items()}
        return replace(own, whole=self.playbook.over(own.whole), segments=segments)

    def norms_of(self, deal: Deal) -> Norms:
        """The norms for a deal as it is seen: those of its segment, from deals that had ended by then."""
        currency = deal.opened.currency if deal.opened else None
        return self.norms_at(deal.as_of).of(deal.amount, currency)

    def lists(self, asked: Sequence[str] = ()) -> dict[str, tuple[Letter, ...]]:
        """The lists asked for, else those that the playbook always shows. Raises Unknown for a list there is not."""
        known = self.playbook.lists
        for name in asked:
            if name.casefold() not in known:
                raise Unknown(f"there is no list '{name}'", meant(name.casefold(), known))
        return {name: known[name] for name in ([one.casefold() for one in asked] or self.playbook.use)}


def rules_of(ledger: Ledger | None = None, file: Path | None = None) -> Rules:
    """The rules of a ledger and a playbook. Raises Unreadable where the file can't be opened, and PremortemError where
    two checks share a name."""
    return Rules(read_playbook(file) if file is not None else no_playbook(), ledger)


class LetterShown(Struct, frozen=True):
    """How a deal stands with a letter: known, unsure, denied, asked or unknown. `who` are the people shown in its role,
    `findings` the checks on it that are raised, `question` what would settle it."""

    letter: str
    name: str
    state: str
    who: list[str]
    evidence: list[Cited]
    asked_in: list[str]
    findings: list[str]
    question: str | None


class ListShown(Struct, frozen=True):
    """A qualification list, letter by letter."""

    name: str
    letters: list[LetterShown]


def lists_shown(lists: dict[str, tuple[Letter, ...]], found: Review, witness: Witness) -> list[ListShown]:
    """How a reviewed deal stands with these lists."""
    raised = {one.check for one in found.findings}
    return [
        ListShown(name, [_letter(one, raised, witness) for one in stand(found.deal, letters)])
        for name, letters in lists.items()
    ]


def _letter(one: Standing, raised: set[str], witness: Witness) -> LetterShown:
    return LetterShown(
        letter=one.letter.letter,
        name=one.letter.name,
        state=one.state,
        who=[witness.name(person) or "" for person in one.people],
        evidence=list(dict.fromkeys(witness.cite(quote) for quote in one.evidence)),
        asked_in=[witness.touch_name(touch) for touch in one.asked_in],
        findings=[check for check in one.letter.checks if check in raised],
        question=one.letter.question or None if one.state != "known" else None,
    )


class CheckShown(Struct, frozen=True):
    """A check of the firm's own: its file's name, and what it says it looks for."""

    check: str
    says: str


class OffShown(Struct, frozen=True):
    """A check that is switched off, and why."""

    check: str
    because: str


class PlaybookDocument(Struct, frozen=True):
    """What a playbook sets; `mistakes` name the file, the line, what is wrong and what to do. `schema` changes when a
    field's meaning does."""

    file: str | None
    thresholds: list[NormShown]
    cadence: str | None
    switched_off: list[OffShown]
    checks: list[CheckShown]
    lists: list[str]
    own_lists: list[str]
    use: list[str]
    mistakes: list[str]
    schema: str = "premortem.playbook/1"


def playbook_document(rules: Rules) -> PlaybookDocument:
    """What holds beyond what the product brings."""
    book = rules.playbook
    brought = no_playbook().put
    own = {name: check for name, check in book.put.items() if name not in brought}
    return PlaybookDocument(
        file=str(book.file) if book.file else None,
        thresholds=[norm_shown(name, norm) for name, norm in book.thresholds.items()],
        cadence=book.cadence,
        switched_off=[OffShown(name, reason) for name, reason in sorted(book.off.items())],
        checks=[CheckShown(name, _first_sentence(check)) for name, check in own.items()],
        lists=list(BUILT_IN),
        own_lists=list(book.own_lists),
        use=list(book.use),
        mistakes=rules.wrong,
    )


def _first_sentence(check: Check) -> str:
    page = inspect.getdoc(check) or ""
    told = " ".join(line for line in page.splitlines() if line and not line.startswith("#"))
    return told.partition(". ")[0].rstrip(".")
