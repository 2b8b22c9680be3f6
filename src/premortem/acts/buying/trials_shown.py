"""The trials of a deal as they are shown, with what is missing line by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from premortem.acts.buying.entering import read_deal
from premortem.acts.witness import Witness
from premortem.buying.trials import GROUND, OPEN, Lack, blocking, lacks
from premortem.ledger.contents import text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Criterion, Trial
from premortem.ledger.store import Contents, Ledger


class CriterionShown(Struct, frozen=True):
    """By what it is judged, by whom and when; `agreed` is the day of the buyer's yes, `met` null until it is judged."""

    measure: str
    target: str
    judge: str | None
    by: str | None
    agreed: str | None
    met: bool | None


class WeekShown(Struct, frozen=True):
    """What happened in the week that began on a day."""

    began: str
    words: str


class VerdictShown(Struct, frozen=True):
    """What a user of theirs says of it."""

    person: str
    words: str


class LackShown(Struct, frozen=True):
    """Something that is missing, and the question that would settle it."""

    what: str
    says: str
    ask: str


class TrialShown(Struct, frozen=True):
    """A trial. `missing` is told while it is planned or runs; `override` is why it began all the same."""

    id: str
    state: str
    goal: str | None
    criteria: list[CriterionShown]
    helper: str | None
    our_effort: float | None
    their_effort: float | None
    read_out: str | None
    read_out_with: list[str]
    next_step: str | None
    override: str | None
    began: str | None
    ended: str | None
    verdicts: list[VerdictShown]
    weeks: list[WeekShown]
    missing: list[LackShown]


class BlockShown(Struct, frozen=True):
    """An open problem that breaks trust: no trial begins beside it."""

    problem: str
    words: str


class TrialsDocument(Struct, frozen=True):
    """The trials of a deal, newest first. `may_begin` is false while a problem breaks trust or the deal has ended."""

    deal: str
    name: str
    as_of: str
    trials: list[TrialShown]
    blocked_by: list[BlockShown]
    untold: list[str]
    may_begin: bool
    before_it_starts: list[str]
    schema: str = "premortem.trials/1"


def trials_document(ledger: Ledger, deal: str, today: date, untold: Sequence[str] = ()) -> TrialsDocument:
    """The trials of a deal. `untold` are known problems that break trust and that this buyer was told nothing of.

    Raises Unknown for a deal that is not there.
    """
    _, view = read_deal(ledger, deal)
    witness = Witness(view, ledger.contents)
    blocks = [BlockShown(one.problem, text(ledger.contents, one.words)) for one in blocking(view)]
    newest = sorted(view.trials.values(), key=lambda one: (one.state in OPEN, one.began or date.max), reverse=True)
    return TrialsDocument(
        deal=deal,
        name=view.name,
        as_of=today.isoformat(),
        trials=[trial_shown(one, view, witness, ledger.contents, untold) for one in newest],
        blocked_by=blocks,
        untold=list(untold),
        may_begin=not blocks and view.outcome is None,
        before_it_starts=list(GROUND),
    )


def trial_shown(one: Trial, view: Deal, witness: Witness, contents: Contents, untold: Sequence[str] = ()) -> TrialShown:
    """A trial with names and words put back."""

    def words(key: str | None) -> str | None:
        return None if key is None else text(contents, key)

    missing = lacks(one, view, untold if one.state == "planned" else ()) if one.state in OPEN else []
    return TrialShown(
        id=one.trial,
        state=one.state,
        goal=words(one.goal),
        criteria=[_criterion(known, witness, contents) for known in one.criteria],
        helper=one.helper,
        our_effort=one.our_effort,
        their_effort=one.their_effort,
        read_out=_day(one.read_out),
        read_out_with=[witness.name(who) or "" for who in one.read_out_with],
        next_step=words(one.next_step),
        override=words(one.override),
        began=_day(one.began),
        ended=_day(one.ended),
        verdicts=[VerdictShown(witness.name(who) or "", text(contents, said)) for who, said in one.verdicts],
        weeks=[WeekShown(began.isoformat(), text(contents, said)) for began, said in one.weeks],
        missing=[_lack(known) for known in missing],
    )


def _criterion(one: Criterion, witness: Witness, contents: Contents) -> CriterionShown:
    return CriterionShown(
        text(contents, one.measure),
        text(contents, one.target),
        witness.name(one.judge),
        _day(one.by),
        _day(one.agreed),
        one.met,
    )


def _lack(one: Lack) -> LackShown:
    return LackShown(one.what, one.says, one.ask)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
