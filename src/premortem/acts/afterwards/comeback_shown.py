"""The way back of a deal as it is shown: its steps, what should not wait, how likely a return is, who leans our way."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from premortem.acts.looking.review import AskShown
from premortem.acts.witness import Cited, Witness
from premortem.learning.chance_of_return import Chance
from premortem.learning.comeback import Advocate, Step, only_heard
from premortem.ledger.contents import text
from premortem.ledger.deal import Deal
from premortem.ledger.store import Contents


class StepShown(Struct, frozen=True):
    """A step with its use. Days are null where nothing happened; `lines` is what was answered, a line each."""

    id: str
    what: str
    says: str
    use: str
    state: str
    planned_for: str
    asked_on: str | None
    ended_on: str | None
    of: list[str]
    lines: list[str]


class AlarmShown(Struct, frozen=True):
    """What should not wait."""

    kind: str
    says: str
    step: str | None


class ReasonShown(Struct, frozen=True):
    """One reason for or against a return, with the words it rests on or what to ask."""

    about: str
    speaks: str
    says: str
    evidence: list[Cited]
    ask: str | None


class ChanceShown(Struct, frozen=True):
    """How likely a return is, in words, by how many known reasons, and what it is worth."""

    likely: str
    known: int
    reasons: list[ReasonShown]
    effort: str
    spent: str


class ConditionMet(Struct, frozen=True):
    """One condition of a coach: `met` is null where nothing speaks for it or against it."""

    name: str
    met: bool | None
    says: str
    ask: AskShown | None


class AdvocateShown(Struct, frozen=True):
    """Somebody who leans our way."""

    name: str
    met: int
    of: int
    last_heard: str | None
    conditions: list[ConditionMet]


class SettingShown(Struct, frozen=True):
    """A figure that the play goes by, in days, and its source."""

    name: str
    days: float
    source: str


class ComebackDocument(Struct, frozen=True):
    """The way back of one deal. `chance` is null where it was won. `schema` changes when a field's meaning does."""

    deal: str
    name: str
    account: str
    status: str
    ended_on: str
    to: str | None
    rank: int | None
    as_of: str
    next: str | None
    alarms: list[AlarmShown]
    steps: list[StepShown]
    chance: ChanceShown | None
    advocates: list[AdvocateShown]
    returned_on: str | None
    called_us_on: str | None
    settings: list[SettingShown]
    schema: str = "premortem.comeback/1"


def step_shown(step: Step, view: Deal, witness: Witness, contents: Contents) -> StepShown:
    whom = only_heard(view) if step.what == "executives" else (step.person,) if step.person else ()
    return StepShown(
        step.id,
        step.what,
        step.says,
        step.use,
        step.state,
        step.planned_for.isoformat(),
        written(step.asked_on),
        written(step.ended_on),
        [witness.name(one) or "" for one in whom],
        [line for line in text(contents, step.words).splitlines() if line.strip()] if step.words else [],
    )


def chance_shown(odds: Chance, witness: Witness) -> ChanceShown:
    reasons = [
        ReasonShown(
            one.about, one.speaks, witness.sentence(one.says), [witness.cite(quote) for quote in one.quotes], one.ask
        )
        for one in odds.reasons
    ]
    return ChanceShown(
        odds.likely, sum(one.speaks != "unknown" for one in odds.reasons), reasons, odds.effort, odds.spent
    )


def advocate_shown(one: Advocate, witness: Witness) -> AdvocateShown:
    told = [
        ConditionMet(
            met.name,
            met.met,
            witness.sentence(met.says),
            AskShown(witness.sentence(met.ask.question), witness.name(met.ask.to)) if met.ask else None,
        )
        for met in one.conditions
    ]
    return AdvocateShown(witness.name(one.person) or "", one.met, len(told), written(one.last), told)


def written(day: date | None) -> str | None:
    return day.isoformat() if day else None
