"""The way back after an end: what to ask for and when, how likely a return is and why, and who inside leans our way.

People dislike to say no, and grant a reasonable wish soon after; once it is signed the winner looks away, and doubts
begin. So a play begins on the day of the end, by itself: what is entered is only what somebody did about it. A won
deal has one too, with our own attention as the one that fades.

    play(deal, told, norms)         the steps with their days and uses, from the end and what was entered since
    alarms(steps, last_word, …)     what is late, unanswered or silent
    chance(deal)                    how likely a return is, each reason with its words
    advocates(deal, norms)          who leans our way, by the conditions of a coach
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from premortem.checks.coach_conditions import Condition, conditions, last_heard, showing
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Comeback, Entry, PersonId
from premortem.ledger.norms import Norms
from premortem.ledger.saying import counted, on

What = Literal["thanks", "documents", "criteria", "who_decided", "executives", "check_in", "advocate", "returned"]
State = Literal["planned", "asked", "got", "refused", "done", "dropped"]

ASKS: dict[What, tuple[str, str]] = {
    "documents": (
        "ask for the papers of the evaluation: scores, comparison, whatever may be shown",
        "shows where we stood and what weighed, so that the next offer is written to it",
    ),
    "criteria": (
        "ask by which criteria it was decided in the end",
        "the next round is likely to begin with the same ones: we can meet them, or change them early",
    ),
    "who_decided": (
        "ask for half an hour with whoever made the choice",
        "next time that person is known to us from the first day",
    ),
    "executives": (
        "ask for contact with the executives to whom only the result was told",
        "if it goes wrong they decide whom to call, and should know a name",
    ),
}
"""What is reasonable to ask for after an end, and its use in the next round. The list is short on purpose."""
THANKS = (
    "thank everybody who gave us time, and wish them well with the choice",
    "a loss taken well is remembered, and keeps the door open for the wishes that follow",
)
CHECK_IN = (
    "call or write, and ask how it goes with what they chose",
    "by now the winner's attention has moved on and first problems show: be the one who asks",
)
OURS = (
    "call or write, and ask how it goes",
    "our own people have moved on to the next sale by now: a problem heard early keeps the customer",
)
OPEN_STATES = ("planned", "asked")
CHECK_INS = (1, 2, 4)
"""How many times the winner's attention span after the end: a quarter, half a year, and a year, by the assumption."""
LOST = ("lost", "other_way", "no_decision")


class Step(Struct, frozen=True):
    """One step of the play. `id` is what entries name it by; `use` is what it is for in the next round.

    `planned_for` is the day by which it should be done or asked; `asked_on` and `ended_on` are days on which it was.
    """

    id: str
    what: What
    says: str
    use: str
    state: State
    planned_for: date
    asked_on: date | None = None
    ended_on: date | None = None
    person: PersonId | None = None
    words: str | None = None

    @property
    def open(self) -> bool:
        return self.state in OPEN_STATES


class Alarm(Struct, frozen=True):
    """Something that should not wait: `step` is None where it is silence as a whole."""

    kind: Literal["late", "unanswered", "silence"]
    says: str
    days: int
    step: str | None = None


class Advocate(Struct, frozen=True):
    """Somebody of theirs who leans our way, how far by the five conditions, and when they were last heard."""

    person: PersonId
    conditions: tuple[Condition, ...]
    last: date | None

    @property
    def met(self) -> int:
        return sum(one.met is True for one in self.conditions)


def told_of(entries: Iterable[Entry]) -> list[tuple[date, Comeback]]:
    """What was entered of the way back, in the order of its days; of one day in the order of learning."""
    told = [(one.at, one.learned, number, one.body) for number, one in enumerate(entries) if _is_step(one)]
    return [(at.date(), body) for at, _, _, body in sorted(told, key=lambda one: one[:3]) if isinstance(body, Comeback)]


def _is_step(entry: Entry) -> bool:
    return isinstance(entry.body, Comeback)


def play(ended: date, won: bool, told: Sequence[tuple[date, Comeback]], norms: Norms) -> tuple[Step, ...]:
    """The steps after an end, in the order of their days; those that were dropped are left out."""
    planned = {step.id: step for step in _planned(ended, won, norms)}
    for day, body in told:
        planned[body.step] = _moved(planned.get(body.step) or _own(body, day), day, body)
    kept = [step for step in planned.values() if step.state != "dropped"]
    return tuple(sorted(kept, key=lambda step: (step.planned_for, step.id)))


def _planned(ended: date, won: bool, norms: Norms) -> Iterable[Step]:
    yield Step("thanks", "thanks", *THANKS, "planned", ended + timedelta(days=1))
    wish_by = ended + timedelta(days=int(norms.asking_days_after_the_end.value))
    for what, (says, use) in ASKS.items():
        yield Step(what, what, says, use, "planned", wish_by)
    for number, times in enumerate(CHECK_INS, 1):
        due = ended + timedelta(days=int(norms.winner_fades_days.value) * times)
        yield Step(f"check_in-{number}", "check_in", *(OURS if won else CHECK_IN), "planned", due)


def _own(body: Comeback, day: date) -> Step:
    """A step that the play does not have by itself: an advocate to build, a return, a further check-in."""
    says = {"advocate": "keep close to somebody who leans our way", "returned": "they came back to us"}
    uses = {"advocate": "speaks for us where we are not", "returned": "counts in the record of the way back"}
    told = says.get(body.what, CHECK_IN[0]), uses.get(body.what, CHECK_IN[1])
    return Step(body.step, body.what, *told, "planned", body.due or day, person=body.person)


def _moved(step: Step, day: date, body: Comeback) -> Step:
    """A step after one more word on it."""
    ends = body.state in ("got", "refused", "done")
    return Step(
        step.id,
        step.what,
        step.says,
        step.use,
        body.state,
        body.due or step.planned_for,
        day if body.state == "asked" else None if body.state == "planned" else step.asked_on,
        day if ends else None,
        body.person or step.person,
        body.words or (step.words if body.state != "planned" else None),
    )


def alarms(steps: Sequence[Step], ended: date, last_word: date | None, today: date, norms: Norms) -> tuple[Alarm, ...]:
    """What is late, unanswered or silent on a day, the gravest first. `last_word` is the last touch with them.

    Whoever came back needs no alarm.
    """
    if returned_on(steps) is not None or today <= ended:
        return ()
    patience = int(norms.asking_days_after_the_end.value)
    found = [_quiet(steps, ended, last_word, today, norms)]
    for step in steps:
        if step.state == "planned" and step.planned_for < today:
            days = (today - step.planned_for).days
            found.append(Alarm("late", f"{counted(days, 'day')} late: {step.says}", days, step.id))
        elif step.state == "asked" and step.asked_on and (today - step.asked_on).days > patience:
            days = (today - step.asked_on).days
            says = f"asked {counted(days, 'day')} ago, and no answer: {step.says}"
            found.append(Alarm("unanswered", says, days, step.id))
    return tuple(one for one in found if one is not None)


def _quiet(steps: Sequence[Step], ended: date, last_word: date | None, today: date, norms: Norms) -> Alarm | None:
    did = [day for step in steps for day in (step.asked_on, step.ended_on) if day is not None]
    last = max([ended, *([last_word] if last_word else []), *did])
    days = (today - last).days
    if days <= norms.comeback_touch_days.value:
        return None
    since = "since the end" if last == ended else f"since {on(last)}"
    return Alarm("silence", f"nothing between us for {counted(days, 'day')}, {since}: no news is bad news", days)


def returned_on(steps: Iterable[Step]) -> date | None:
    """The day on which they came back, as somebody entered it."""
    days = [step.ended_on or step.planned_for for step in steps if step.what == "returned" and step.state == "done"]
    return min(days, default=None)


def next_step(steps: Sequence[Step]) -> Step | None:
    """What is to be done next: the first that nobody has asked or done yet."""
    return next((step for step in steps if step.state == "planned" and step.what != "returned"), None)


def advocates(deal: Deal, norms: Norms) -> tuple[Advocate, ...]:
    """Who said at least one of the first three things that make a coach, those with most conditions met first."""
    found = [Advocate(one, conditions(deal, one, norms), _day(last_heard(deal, one))) for one in showing(deal)]
    return tuple(sorted(found, key=lambda one: (-one.met, one.person)))


def only_heard(deal: Deal) -> tuple[PersonId, ...]:
    """Those of the buyer's people whom nobody of ours met, so that they only heard how it ended: deciders first."""
    unmet = [one for one in deal.buyers if one.met is None]
    return tuple(one.id for one in sorted(unmet, key=lambda one: ("economic_buyer" not in one.roles, one.id)))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
