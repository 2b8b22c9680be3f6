"""The post-mortem with names, quotes and everybody's words: the document that `premortem postmortem --json` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from premortem.acts.afterwards.post_mortem import ends_differ, our_names, outcome_said, teams_differ
from premortem.acts.looking.review import DealShown, deal_shown
from premortem.acts.playbook import Rules, rules_of
from premortem.acts.witness import Cited, Witness
from premortem.checks.review import Review, moment_of
from premortem.checks.review import review as review_entries
from premortem.learning import factors as factors_of_a_loss
from premortem.learning import reasons
from premortem.learning.blame import Blame, blaming
from premortem.learning.post_mortem import Action, Factor, Standing, standing
from premortem.learning.replay import replay
from premortem.ledger.contents import text
from premortem.ledger.entries import Entry
from premortem.ledger.fold import deal_as_of
from premortem.ledger.store import Contents

OFFERED = 6
"""How many of the replay's first factors are offered to tick."""
CAUSES = 3
"""How many of them stand for what the evidence says."""


class ReplayFactor(Struct, frozen=True):
    """A finding that stood before the end. `visible_on` is when it could first be seen; days blind run from there."""

    check: str
    severity: str
    says: str
    visible_on: str | None
    days_blind: int
    acted_on: str | None
    acted_how: str | None
    evidence: list[Cited]
    named_by: list[str]


class ReasonShown(Struct, frozen=True):
    """Whose reason it is, in which words, and what it is about as far as plain words tell; `said` is null where nobody
    gave one."""

    whose: str
    said: list[str]
    about: list[str]


class RecurrenceShown(Struct, frozen=True):
    """Whether it happened again, on which day somebody said so, and in their words."""

    on: str
    again: bool
    words: str


class ActionShown(Struct, frozen=True):
    """What is to be done. `ask` where it is time to say whether it happened again, `late` where its day is past."""

    id: str
    words: str
    owner: str | None
    due: str | None
    done: str | None
    late: bool
    ask: bool
    recurred: list[RecurrenceShown]


class FactorShown(Struct, frozen=True):
    """What contributed, by the teams that named it; `finding` is what the replay says of it, `wording` what in the
    words can be read as blame."""

    id: str
    words: str
    check: str | None
    teams: list[str]
    finding: ReplayFactor | None
    wording: list[Blame]
    actions: list[ActionShown]


class TeamShown(Struct, frozen=True):
    """A team at the table, and who gave its accounts."""

    team: str
    people: list[str]


class PostMortemDocument(Struct, frozen=True):
    """A deal's post-mortem. `schema` changes when a field's meaning does."""

    deal: DealShown
    ended_on: str | None
    outcome: str | None
    to: str | None
    rank: int | None
    outcome_said: str
    teams: list[TeamShown]
    missing: list[str]
    joint: bool
    reasons: list[ReasonShown]
    disagreements: list[str]
    offered: list[ReplayFactor]
    factors: list[FactorShown]
    actions: list[ActionShown]
    without_action: int
    failed: list[str]
    schema: str = "premortem.postmortem/1"


def post_mortem(
    entries: Sequence[Entry],
    contents: Contents,
    rules: Rules | None = None,
    today: date | None = None,
    colleagues: Sequence[str] = (),
) -> PostMortemDocument:
    """All accounts of a deal's end beside what could be seen before it.

    `colleagues` are names of ours that the deal does not know, for wording that blames.
    """
    rules = rules or rules_of()
    seen = deal_as_of(entries, moment_of(entries))
    norms = rules.norms_of(seen)
    found = review_entries(entries, norms=norms, put=rules.put)
    lived = replay(entries, norms, rules.put)
    whole, told = deal_as_of(entries), standing(entries)
    witness = Witness(whole, contents)
    end = told.outcome.status if told.outcome else None
    ranked = factors_of_a_loss.factors(lived, found.findings, end)
    named = {one.check: one.teams for one in told.factors if one.check}
    looked = {one.check: _finding(one, witness, named.get(one.check, ())) for one in ranked}
    said = _reasons(told, contents, list(looked.values())[:CAUSES])
    show = _Shown(
        contents, [*our_names(whole, contents), *colleagues], looked, today or (told.ended or seen.as_of).date()
    )
    rank = {check: number for number, check in enumerate(looked)}
    likeliest_first = sorted(told.factors, key=lambda one: (one.check is None, rank.get(one.check or "", len(rank))))
    shown = [show.factor(one) for one in likeliest_first]
    return PostMortemDocument(
        deal=deal_shown(seen, whole),
        ended_on=told.ended.date().isoformat() if told.ended else None,
        outcome=end,
        to=told.outcome.to if told.outcome else None,
        rank=told.outcome.rank if told.outcome else None,
        outcome_said=outcome_said(told.outcome),
        teams=[TeamShown(team, list(people)) for team, people in told.took_part.items()],
        missing=list(told.missing),
        joint=told.joint,
        reasons=said,
        disagreements=[*ends_differ(told), *_reasons_differ(said), *teams_differ(told)],
        offered=list(looked.values())[:OFFERED],
        factors=shown,
        actions=[show.action(one) for one in told.actions],
        without_action=sum(not one.actions for one in shown),
        failed=_failed(found, rules),
    )


def _finding(one: factors_of_a_loss.Factor, witness: Witness, named_by: Sequence[str]) -> ReplayFactor:
    return ReplayFactor(
        check=one.check,
        severity=one.finding.severity,
        says=witness.sentence(one.finding.says),
        visible_on=one.visible_at.date().isoformat() if one.visible_at else None,
        days_blind=one.days_blind,
        acted_on=_on(one.acted.at) if one.acted else None,
        acted_how=one.acted.how if one.acted else None,
        evidence=list(dict.fromkeys(witness.cite(quote) for quote in one.finding.evidence)),
        named_by=list(named_by),
    )


def _reasons(told: Standing, contents: Contents, causes: Sequence[ReplayFactor]) -> list[ReasonShown]:
    """The seller's, the buyer's, and what the evidence says: all three, though nobody may have given one."""
    found = []
    for whose, stated in (("the seller", told.sellers_reason), ("the buyer", told.buyers_reason)):
        words = [text(contents, stated.words)] if stated else []
        found.append(ReasonShown(whose, words, list(reasons.about(" ".join(words)))))
    subjects = reasons.about_checks(one.check for one in causes)
    return [*found, ReasonShown("the evidence", [one.says for one in causes], list(subjects))]


def _reasons_differ(said: Iterable[ReasonShown]) -> list[str]:
    return reasons.disagreements((one.whose, tuple(one.about)) for one in said)


def _failed(found: Review, rules: Rules) -> list[str]:
    return [*rules.wrong, *(one.error for one in found.failed)]


class _Shown:
    """Puts words and findings back into factors and actions, as of a day."""

    def __init__(self, contents: Contents, names: Sequence[str], looked: dict[str, ReplayFactor], today: date) -> None:
        self._contents, self._names, self._looked, self._today = contents, names, looked, today

    def factor(self, one: Factor) -> FactorShown:
        words = text(self._contents, one.words)
        return FactorShown(
            id=one.ids[0],
            words=words,
            check=one.check,
            teams=list(one.teams),
            finding=self._looked.get(one.check or ""),
            wording=[] if one.check else blaming(words, self._names),
            actions=[self.action(action) for action in one.actions],
        )

    def action(self, one: Action) -> ActionShown:
        return ActionShown(
            id=one.id,
            words=text(self._contents, one.words),
            owner=one.owner,
            due=_day(one.due),
            done=_day(one.done),
            late=one.done is None and one.due is not None and one.due < self._today,
            ask=one.asks_whether_it_recurred(self._today),
            recurred=[
                RecurrenceShown(_on(told.at), told.again, text(self._contents, told.words)) for told in one.recurred
            ],
        )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _on(moment: datetime) -> str:
    return moment.date().isoformat()
