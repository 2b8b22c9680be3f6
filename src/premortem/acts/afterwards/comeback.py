"""The way back after an end: what to ask for, what came of it, how likely a return is; and entering a step of it.

comeback(ledger, deal, today, norms)                 the play of one deal; what `premortem comeback --json` prints
tell_step(ledger, deal, what, state, by, now, …)     a step was asked, got, refused, done or planned
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast, get_args

from msgspec.structs import replace

from premortem.acts.afterwards.comeback_shown import (
    AlarmShown,
    ComebackDocument,
    SettingShown,
    advocate_shown,
    chance_shown,
    step_shown,
    written,
)
from premortem.acts.afterwards.ends_called import ENDS_CALLED
from premortem.acts.telling.judge import entries_of
from premortem.acts.witness import Witness
from premortem.errors import Unknown
from premortem.learning.chance_of_return import Chance, chance
from premortem.learning.comeback import (
    State,
    Step,
    What,
    advocates,
    alarms,
    next_step,
    play,
    returned_on,
    told_of,
)
from premortem.ledger.contents import keep_text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Comeback, Entry
from premortem.ledger.fold import deal_as_of, end_of, noon
from premortem.ledger.norms import Norms
from premortem.ledger.store import Ledger
from premortem.playbook.mistakes import meant

STATUS = ENDS_CALLED
STATES: tuple[str, ...] = ("planned", "asked", "got", "refused", "done", "dropped")
WHATS: tuple[str, ...] = get_args(What)
SETTINGS = ("asking_days_after_the_end", "winner_fades_days", "comeback_touch_days")


def comeback(ledger: Ledger, deal: str, today: date, norms: Norms | None = None) -> ComebackDocument:
    """The play of a deal that has ended, seen from a day. Raises Unknown for one that is not there or goes on."""
    entries, norms = entries_of(ledger, deal), norms or Norms()
    view = ended_deal(entries, today)
    assert view.outcome is not None
    ended, outcome = view.outcome[0].date(), view.outcome[1]
    steps = play(ended, outcome.status == "won", told_of(entries), norms)
    witness = Witness(view, ledger.contents)
    odds = None if outcome.status == "won" else chance(view)
    last = max((one.at.date() for one in view.heard("buyer")), default=None)
    following = next_step(steps)
    return ComebackDocument(
        deal=deal,
        name=view.name,
        account=view.opened.account if view.opened else "",
        status=STATUS.get(outcome.status, outcome.status),
        ended_on=ended.isoformat(),
        to=outcome.to,
        rank=outcome.rank,
        as_of=today.isoformat(),
        next=following.id if following else None,
        alarms=[
            AlarmShown(one.kind, one.says, one.step) for one in alarms(steps, ended, last, today, slowed(norms, odds))
        ],
        steps=[step_shown(one, view, witness, ledger.contents) for one in steps],
        chance=chance_shown(odds, witness) if odds else None,
        advocates=[advocate_shown(one, witness) for one in advocates(view, norms)],
        returned_on=written(returned_on(steps)),
        called_us_on=written(called_us(view)),
        settings=[SettingShown(one, getattr(norms, one).value, getattr(norms, one).source) for one in SETTINGS],
    )


def ended_deal(entries: Sequence[Entry], today: date) -> Deal:
    """The deal as it stands, all that was entered since its end in view. Raises Unknown for one that goes on."""
    view = deal_as_of(entries, max(end_of(today), max(one.at for one in entries)))
    if view.outcome is None or view.outcome[1].status == "unknown":
        what = "how it ended is not known" if view.outcome else "has not ended"
        raise Unknown(f"'{view.id}': {what}, so there is no way back to plan", "Enter how it ended first.")
    return view


def called_us(view: Deal) -> date | None:
    """When somebody of theirs first spoke or wrote to us after the end: the sign that we are whom they call."""
    if view.outcome is None:
        return None
    since = view.outcome[0].date()
    days = [one.at.date() for one in view.heard("buyer") if one.at.date() > since]
    return min(days, default=None)


def slowed(norms: Norms, odds: Chance | None) -> Norms:
    """The norms with the days between two touches stretched where a return is rather unlikely."""
    if odds is None or odds.slower == 1:
        return norms
    days = norms.comeback_touch_days
    return replace(norms, comeback_touch_days=replace(days, value=days.value * odds.slower))


def tell_step(
    ledger: Ledger,
    deal: str,
    what: str,
    state: str,
    by: str,
    now: datetime,
    on: date | None = None,
    words: str = "",
    norms: Norms | None = None,
) -> Comeback:
    """Enter that a step was asked, got, refused, done, dropped or planned anew, on a day or now.

    `what` is a step of the play ('documents', 'check_in-2'), or a kind of step: a check-in is then the first open one.
    Raises Unknown for a deal, a step or a state that is not there, and for a day before the end or still to come.
    """
    entries, norms = entries_of(ledger, deal), norms or Norms()
    view = ended_deal(entries, now.date())
    assert view.outcome is not None
    if state not in STATES:
        raise Unknown(f"a step can't be '{state}'", f"Say one of: {', '.join(STATES)}.")
    ended = view.outcome[0].date()
    if on is not None and state != "planned" and not ended <= on <= now.date():
        raise Unknown(f"{on.isoformat()} is not between the end and today", f"The deal ended on {ended.isoformat()}.")
    step = _step_called(what, play(ended, view.outcome[1].status == "won", told_of(entries), norms))
    kept = keep_text(ledger.contents, words.strip()) if words.strip() else None
    body = Comeback(step[0], step[1], cast(State, state), on if state == "planned" else None, None, kept)
    at = noon(on) if on is not None and on < now.date() and state != "planned" else now
    ledger.store.append([Entry(deal, at, now, f"user:{by}", body)])
    ledger.reading.refresh(deal)
    return body


def _step_called(what: str, steps: Sequence[Step]) -> tuple[str, What]:
    name = what.strip().lower().replace(" ", "_")
    plain = name.replace("-", "_")
    for step in steps:
        if name == step.id or plain == step.id.replace("-", "_"):
            return step.id, step.what
    kind = next((one for one in WHATS if plain == one), None)
    if kind is None:
        raise Unknown(f"there is no step '{what}'", meant(plain, [*(step.id for step in steps), *WHATS]))
    same = [step for step in steps if step.what == kind]
    waiting = next((step for step in same if step.open), None)
    return (waiting.id if waiting else f"{kind}-{len(same) + 1}", cast(What, kind))
