"""Replay: a deal touch by touch, with names and quotes; the document that `premortem replay --json` prints."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from premortem.acts.looking.review import DealShown, FindingShown, deal_shown, finding_shown
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Witness
from premortem.checks.review import moment_of
from premortem.checks.review import review as review_entries
from premortem.learning.factors import Factor, factors
from premortem.learning.replay import Life, Replay, Step
from premortem.learning.replay import replay as replay_entries
from premortem.ledger.contents import text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Entry, Waiver
from premortem.ledger.fold import deal_as_of
from premortem.ledger.norms import Norms
from premortem.ledger.store import Contents


class LifeShown(Struct, frozen=True):
    """One finding's life. Days are whole days; `known_on`, `acted_on` and `cured_after` are null where it never was.

    `days_blind` runs from the day it could first be seen to the day our own ledger would have raised it, or to the day
    from which we look. `last_useful` is the last day on which acting left the usual time to settle it before the end,
    null while the deal goes on; `seen_too_late` where it could first be seen only after that. `gravest` is the highest
    severity that it reached; `finding` is as it was first raised.
    """

    finding: FindingShown
    visible_since: str
    visible_on: str
    known_on: str | None
    days_blind: int
    acted_on: str | None
    acted_how: str | None
    days_to_act: int | None
    cured_after: str | None
    last_useful: str | None = None
    seen_too_late: bool = False
    gravest: str = ""


class FactorShown(Struct, frozen=True):
    """A finding that stood when the deal ended without being won, the likeliest cause first."""

    finding: FindingShown
    visible_on: str | None
    days_blind: int
    acted_on: str | None


class Graver(Struct, frozen=True):
    """A finding whose severity changed after a touch."""

    check: str
    before: str
    after: str


class StepShown(Struct, frozen=True):
    """What one touch brought. `standing` is what could be known then, `known` what the ledger of that day held."""

    touch: str
    on: str
    appeared: list[FindingShown]
    changed: list[Graver]
    cured: list[str]
    standing: list[str]
    known: list[str]


class WaivedShown(Struct, frozen=True):
    """A check that somebody set aside on a day, why and until when; `taken_back` where this ended an earlier one."""

    check: str
    on: str
    because: str
    until: str | None
    taken_back: bool


class ReplayDocument(Struct, frozen=True):
    """A deal lived again. `schema` changes when a field's meaning does."""

    deal: DealShown
    as_of: str
    steps: list[StepShown]
    lives: list[LifeShown]
    failed: list[str]
    waived: list[WaivedShown] = []
    ended_on: str | None = None
    factors: list[FactorShown] = []
    days_to_turn: float = 0
    days_to_turn_source: str = ""
    schema: str = "premortem.replay/1"


def replay(
    entries: Sequence[Entry], contents: Contents, norms: Norms | None = None, rules: Rules | None = None
) -> ReplayDocument:
    """Put every check to the deal after each of its touches, up to the day before its end; `rules` as in a review."""
    rules = rules or rules_of()
    norms = norms or rules.norms_of(deal_as_of(entries, moment_of(entries)))
    found = replay_entries(entries, norms, rules.put)
    whole = deal_as_of(entries)
    witness = Witness(whole, contents)
    return ReplayDocument(
        deal=deal_shown(deal_as_of(entries, found.as_of), whole),
        as_of=found.as_of.date().isoformat(),
        steps=[_step(step, witness) for step in found.steps],
        lives=[_life(life, found.steps, witness) for life in found.lives],
        failed=[*rules.wrong, *(failure.error for failure in found.failed)],
        waived=[_waived(entry, entry.body, contents) for entry in entries if isinstance(entry.body, Waiver)],
        ended_on=found.ended.isoformat() if found.ended else None,
        factors=[_factor(one, witness) for one in _factors(entries, found, whole, norms, rules)],
        days_to_turn=norms.days_to_turn.value,
        days_to_turn_source=norms.days_to_turn.source,
    )


def _factors(entries: Sequence[Entry], found: Replay, whole: Deal, norms: Norms, rules: Rules) -> tuple[Factor, ...]:
    """None for a deal that goes on, and none for one that was won: nothing lost it."""
    if whole.outcome is None or whole.outcome[1].status == "won":
        return ()
    standing = review_entries(entries, norms=norms, put=rules.put).findings
    return factors(found, standing, whole.outcome[1].status)


def _factor(one: Factor, witness: Witness) -> FactorShown:
    return FactorShown(
        finding=finding_shown(one.finding, witness),
        visible_on=one.visible_at.date().isoformat() if one.visible_at else None,
        days_blind=one.days_blind,
        acted_on=one.acted.at.date().isoformat() if one.acted else None,
    )


def _waived(entry: Entry, waiver: Waiver, contents: Contents) -> WaivedShown:
    """One that is over before the day from which it holds takes an earlier one back."""
    taken_back = waiver.until is not None and waiver.until < entry.at.date()
    until = waiver.until.isoformat() if waiver.until is not None and not taken_back else None
    day = entry.learned.date().isoformat()
    return WaivedShown(waiver.check, day, text(contents, waiver.reason), until, taken_back)


def _step(step: Step, witness: Witness) -> StepShown:
    return StepShown(
        touch=witness.touch_name(step.touch),
        on=step.at.date().isoformat(),
        appeared=[finding_shown(one, witness) for one in step.appeared],
        changed=[Graver(*one) for one in step.changed],
        cured=list(step.cured),
        standing=list(step.standing),
        known=list(step.known),
    )


GRAVITY = ("high", "medium", "low")


def _gravest(life: Life, steps: Sequence[Step]) -> str:
    """Of all severities in which a finding ever stood, the highest."""
    reached = {one.severity for step in steps for one in step.appeared if one.check == life.check}
    reached |= {after for step in steps for check, _, after in step.changed if check == life.check}
    return min({life.first.severity, *reached}, key=GRAVITY.index)


def _life(life: Life, steps: Sequence[Step], witness: Witness) -> LifeShown:
    return LifeShown(
        finding=finding_shown(life.first, witness),
        visible_since=witness.touch_name(life.visible),
        visible_on=life.visible_at.date().isoformat(),
        known_on=life.known_on.isoformat() if life.known_on else None,
        days_blind=life.days_blind,
        acted_on=life.acted.at.date().isoformat() if life.acted else None,
        acted_how=life.acted.how if life.acted else None,
        days_to_act=life.days_to_act,
        cured_after=witness.touch_name(life.cured_after) if life.cured_after else None,
        last_useful=life.last_useful.isoformat() if life.last_useful else None,
        seen_too_late=life.seen_too_late,
        gravest=_gravest(life, steps),
    )
