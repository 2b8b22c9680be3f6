"""Trials: plan one, begin it, tell how it goes, end it.

plan(ledger, deal, told, by, now)            a new trial, or more of one: what is None stays as it was
begin(ledger, deal, trial, by, now, …)       only with nothing missing, or with a reason
verdict, week, judged, end                   users' own words, what happened, what was met, how it ended
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.buying.entering import enter, kept, read_deal
from premortem.acts.looking.people import person_called
from premortem.buying.trials import OPEN, Lack, blocking, lacks
from premortem.errors import Unknown
from premortem.ledger.contents import text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Criterion, Entry, Trial
from premortem.ledger.store import Ledger
from premortem.playbook.mistakes import meant

Ended = Literal["succeeded", "failed", "stopped"]
ENDS: tuple[Ended, ...] = ("succeeded", "failed", "stopped")


class CriterionTold(Struct, frozen=True):
    """By what it is judged, in words; `judge` is a name. `agreed` is the day on which the buyer said yes to it."""

    measure: str
    target: str
    judge: str | None = None
    by: date | None = None
    agreed: date | None = None


class TrialTold(Struct, frozen=True):
    """What somebody tells of a trial; what is None stays as it was. People are told by name or id, efforts in hours."""

    goal: str | None = None
    criteria: tuple[CriterionTold, ...] | None = None
    helper: str | None = None
    our_effort: float | None = None
    their_effort: float | None = None
    read_out: date | None = None
    read_out_with: tuple[str, ...] | None = None
    next_step: str | None = None


def plan(ledger: Ledger, deal: str, told: TrialTold, by: str, now: datetime, trial: str | None = None) -> Trial:
    """Plan a trial, or tell more of `trial`.

    Raises Unknown for a deal, trial or person that is not there, an ended deal or trial, and hours that are none.
    """
    entries, view = read_deal(ledger, deal)
    _goes_on(view)
    before = called(view, trial) if trial else Trial(f"t-{ledger.contents.nonce()[-12:]}")
    if before.state not in OPEN:
        raise Unknown(f"the trial {before.trial} has ended", "Plan another one.")
    for whose, hours in (("our", told.our_effort), ("their", told.their_effort)):
        if hours is not None and not 0 < hours < 10_000:
            raise Unknown(f"{hours:g} hours can't be {whose} effort", "Say how many hours it takes, above 0.")
    after = _with(ledger, view, before, told)
    enter(ledger, entries, [after], by, now)
    return after


def begin(
    ledger: Ledger,
    deal: str,
    trial: str | None,
    by: str,
    now: datetime,
    because: str = "",
    on: date | None = None,
    untold: Sequence[str] = (),
) -> Trial:
    """Begin a trial. `because` is why it begins though something is missing; every review shows that it did.

    `untold` are open problems of other deals that break trust and that this buyer was told nothing of.
    Raises Unknown, a line for each thing, where something is missing and no reason given, or where an open problem
    breaks trust: no reason outweighs that one.
    """
    entries, view = read_deal(ledger, deal)
    _goes_on(view)
    known = called(view, trial)
    if known.state != "planned":
        raise Unknown(f"the trial {known.trial} is {known.state}", "Only a planned one can begin.")
    _nothing_breaks_trust(ledger, view)
    missing = lacks(known, view, untold)
    if missing and not because.strip():
        raise Unknown(_told(missing), 'Settle these, or say why it begins without: --because "…".')
    override = kept(ledger.contents, because) if missing else None
    began = _not_to_come(on, now)
    after = replace(known, state="running", began=began, override=override)
    enter(ledger, entries, [after], by, now)
    return after


def verdict(ledger: Ledger, deal: str, trial: str | None, person: str, words: str, by: str, now: datetime) -> Trial:
    """Take down what a user of theirs says of it, in their words. Raises Unknown for no words, and for one of ours."""
    entries, view = read_deal(ledger, deal)
    known, who = called(view, trial), person_called(ledger, view, person)
    if view.side(who) == "seller":
        raise Unknown(f"'{person}' is one of ours", "A verdict on a trial is a user's own.")
    if (said := kept(ledger.contents, words)) is None:
        raise Unknown("a verdict without words", "Write what they said, in their words.")
    after = replace(known, verdicts=(*(one for one in known.verdicts if one[0] != who), (who, said)))
    enter(ledger, entries, [after], by, now)
    return after


def week(ledger: Ledger, deal: str, trial: str | None, on: date, words: str, by: str, now: datetime) -> Trial:
    """Tell what happened in the week of a day; a newer word on a week takes an older one's place."""
    entries, view = read_deal(ledger, deal)
    known = called(view, trial)
    if known.began is None:
        raise Unknown(f"the trial {known.trial} has not begun", "There is no week of it to tell of.")
    monday = _not_to_come(on, now) - timedelta(days=on.weekday())
    if (said := kept(ledger.contents, words)) is None:
        raise Unknown("a week without words", "Write what happened; that nothing did is a word too.")
    others = [one for one in known.weeks if one[0] != monday]
    after = replace(known, weeks=tuple(sorted([*others, (monday, said)])))
    enter(ledger, entries, [after], by, now)
    return after


def judged(ledger: Ledger, deal: str, trial: str | None, met: dict[int, bool], by: str, now: datetime) -> Trial:
    """Tell whether criteria were met, by their numbers from 1, as their judge says."""
    entries, view = read_deal(ledger, deal)
    known = called(view, trial)
    for number in met:
        if not 1 <= number <= len(known.criteria):
            raise Unknown(f"there is no criterion {number}", f"This trial has {len(known.criteria)}.")
    criteria = tuple(replace(one, met=met.get(number, one.met)) for number, one in enumerate(known.criteria, 1))
    after = replace(known, criteria=criteria)
    enter(ledger, entries, [after], by, now)
    return after


def end(
    ledger: Ledger, deal: str, trial: str | None, how: str, by: str, now: datetime, on: date | None = None
) -> Trial:
    """End a trial that runs: it succeeded, failed, or was stopped. A planned one can only be stopped."""
    entries, view = read_deal(ledger, deal)
    known = called(view, trial)
    if how not in ENDS:
        raise Unknown(f"a trial does not end as '{how}'", f"Say one of: {', '.join(ENDS)}.")
    if known.state not in OPEN or (known.state == "planned" and how != "stopped"):
        raise Unknown(f"the trial {known.trial} is {known.state}", "Only one that runs can succeed or fail.")
    day = _not_to_come(on, now)
    if known.began is not None and day < known.began:
        raise Unknown(f"{day.isoformat()} is before it began", f"It began on {known.began.isoformat()}.")
    state = next(one for one in ENDS if one == how)
    after = replace(known, state=state, ended=day)
    enter(ledger, entries, [after], by, now)
    return after


def called(view: Deal, trial: str | None) -> Trial:
    """A trial by its id; without one, the only one, or the only one that goes on. Raises Unknown where unclear."""
    if trial is not None and trial in view.trials:
        return view.trials[trial]
    if trial is not None:
        raise Unknown(f"there is no trial '{trial}' in {view.id}", meant(trial, view.trials))
    going_on = [one for one in view.trials.values() if one.state in OPEN]
    some = going_on or list(view.trials.values())
    if not some:
        raise Unknown(f"no trial is planned in {view.id}", "Plan one: say its goal.")
    if len(some) > 1:
        raise Unknown(f"{view.id} has several trials", f"Name one of: {', '.join(one.trial for one in some)}.")
    return some[0]


def _with(ledger: Ledger, view: Deal, before: Trial, told: TrialTold) -> Trial:
    contents = ledger.contents
    deciders = told.read_out_with
    return replace(
        before,
        goal=before.goal if told.goal is None else kept(contents, told.goal),
        criteria=before.criteria
        if told.criteria is None
        else tuple(_criterion(ledger, view, before, one) for one in told.criteria),
        helper=before.helper if told.helper is None else told.helper.strip() or None,
        our_effort=told.our_effort or before.our_effort,
        their_effort=told.their_effort or before.their_effort,
        read_out=told.read_out or before.read_out,
        read_out_with=before.read_out_with
        if deciders is None
        else tuple(person_called(ledger, view, one) for one in deciders),
        next_step=before.next_step if told.next_step is None else kept(contents, told.next_step),
    )


def _criterion(ledger: Ledger, view: Deal, before: Trial, told: CriterionTold) -> Criterion:
    """Raises Unknown for one without a measure or a target. What was judged of the same one stays."""
    measure, target = kept(ledger.contents, told.measure), kept(ledger.contents, told.target)
    if measure is None or target is None:
        raise Unknown("a criterion without a measure or a target", "Say what is measured, and what it must come to.")
    judge = person_called(ledger, view, told.judge) if told.judge else None
    same = (told.measure.strip(), told.target.strip())
    was = (one.met for one in before.criteria if same == tuple(text(ledger.contents, key) for key in _words(one)))
    return Criterion(measure, target, judge, told.by, told.agreed, next(was, None))


def _words(one: Criterion) -> tuple[str, str]:
    return one.measure, one.target


def _goes_on(view: Deal) -> None:
    if view.outcome is not None:
        raise Unknown(f"{view.id} has ended", "No trial begins after the end.")


def _nothing_breaks_trust(ledger: Ledger, view: Deal) -> None:
    if some := blocking(view):
        words = "; ".join(f"{one.problem}: {text(ledger.contents, one.words)}" for one in some)
        raise Unknown(
            f"an open problem that breaks trust stands in the way of a trial ({words})",
            "Have it closed by field staff, or tell the buyer of it and agree to try that area later.",
        )


def _not_to_come(on: date | None, now: datetime) -> date:
    day = on or now.date()
    if day > now.date():
        raise Unknown(f"{day.isoformat()} is still to come", "Name the day on which it happened.")
    return day


def _told(missing: Sequence[Lack]) -> str:
    return "\n".join(["the trial can't begin:", *(f"  - {one.says} (ask: {one.ask})" for one in missing)])


def trials_told(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a deal that tell of trials."""
    return [entry for entry in entries if isinstance(entry.body, Trial)]
