"""Problems that a buyer met while making up their mind, or that we tell them of before they do.

meet(ledger, deal, told, by, now)                  a buyer met one, or we know of one in this deal
found(ledger, deals, told, by, now)                we found one ourselves, before any buyer did
disclose(ledger, deal, …)                          the buyer was told beforehand, and which area to test later
answer, close, reopen                              they have an answer; field staff closed it; it is there again
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Literal, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.buying.entering import enter, kept, read_deal
from premortem.acts.looking.people import person_called
from premortem.buying.problems import key_of
from premortem.errors import Unknown
from premortem.ledger.contents import text
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Problem
from premortem.ledger.store import Ledger
from premortem.playbook.mistakes import meant

Moment = Literal["evaluation", "purchase", "renewal", "upgrade", "addition", "unknown"]
MOMENTS: tuple[str, ...] = get_args(Moment)
IN_THE_FIELD = ("rep", "manager")
"""Roles of those who stand before customers. Nobody else may wave a finding away."""


class ProblemTold(Struct, frozen=True):
    """What somebody tells of a problem. `met` is the day on which they met it: None where only we know of it so far.

    `known` is a problem's id that this one is the same as, in whatever deal.
    """

    words: str
    met_by: str | None = None
    met: date | None = None
    moment: str = "unknown"
    breaks_trust: bool = False
    likelihood: float | None = None
    area: str | None = None
    known: str | None = None
    ticket: str | None = None


class FieldStaff(Struct, frozen=True):
    """Who may close a problem: by role, or named by the firm (user names)."""

    named: Collection[str] = ()
    roles: Collection[str] = IN_THE_FIELD

    def may_close(self, user: str, role: str | None) -> bool:
        return role in self.roles or user in self.named


def meet(ledger: Ledger, deal: str, told: ProblemTold, by: str, now: datetime) -> Problem:
    """Enter a problem. Raises Unknown for a deal or person that is not there, and what can't be understood."""
    entries, view = read_deal(ledger, deal)
    words = kept(ledger.contents, told.words)
    if words is None:
        raise Unknown("a problem without words", "Say what went wrong, as they told it.")
    if told.moment not in MOMENTS:
        raise Unknown(f"'{told.moment}' is no moment of a decision", f"Say one of: {', '.join(MOMENTS)}.")
    if told.likelihood is not None and not 0 <= told.likelihood <= 1:
        raise Unknown(f"{told.likelihood:g} is no likelihood", "Say a share of evaluations that meet it, from 0 to 1.")
    if told.met is None and told.met_by:
        raise Unknown("nobody knows on which day they met it", "Say the day: --met YYYY-MM-DD.")
    body = Problem(
        problem=f"pr-{ledger.contents.nonce()[-12:]}",
        words=words,
        met_by=person_called(ledger, view, told.met_by) if told.met_by else None,
        moment=cast(Moment, told.moment),
        breaks_trust=told.breaks_trust,
        likelihood=told.likelihood,
        known=told.known or None,
        area=_filled(told.area),
        ticket=_filled(told.ticket),
        met=_not_to_come(told.met, now) if told.met else None,
    )
    enter(ledger, entries, [body], by, now)
    return body


def found(ledger: Ledger, deals: Sequence[str], told: ProblemTold, by: str, now: datetime) -> Problem:
    """Enter a problem that we found ourselves, before a buyer did, in each deal that it may meet: the same in all.

    Nobody met it, so its clock does not run. Raises Unknown where no deal is named.
    """
    if not deals:
        raise Unknown("a problem that meets no deal has nowhere to stand", "Choose the deals whose buyers may meet it.")
    own = replace(told, met=None, met_by=None, moment="unknown")
    first = meet(ledger, deals[0], own, by, now)
    for deal in deals[1:]:
        meet(ledger, deal, replace(own, known=key_of(first)), by, now)
    return first


def disclose(
    ledger: Ledger, deal: str, problem: str, area: str, by: str, now: datetime, on: date | None = None
) -> Problem:
    """Enter that the buyer was told of a problem of this deal beforehand, and asked to try that area later.

    Raises Unknown without an area: what shall they leave out until it is mended?
    """
    entries, view = read_deal(ledger, deal)
    known = called(view, problem)
    place = _filled(area) or known.area
    if place is None:
        raise Unknown("nobody knows what to try later", "Name the area that the buyer leaves out for now.")
    after = replace(known, disclosed=_not_to_come(on, now), area=place)
    enter(ledger, entries, [after], by, now)
    return after


def disclose_known(
    ledger: Ledger, deal: str, known: Problem, words: str, area: str, by: str, now: datetime, on: date | None = None
) -> Problem:
    """Tell this buyer of a problem that is known from another deal: it becomes one of this deal, not met so far."""
    entries, view = read_deal(ledger, deal)
    same = next((one for one in view.problems.values() if key_of(one) == key_of(known)), None)
    if same is not None:
        return disclose(ledger, deal, same.problem, area, by, now, on)
    place, said = _filled(area) or known.area, kept(ledger.contents, words)
    if place is None or said is None:
        raise Unknown("nobody knows what to try later", "Name the area that the buyer leaves out for now.")
    body = Problem(
        problem=f"pr-{ledger.contents.nonce()[-12:]}",
        words=said,
        breaks_trust=known.breaks_trust,
        likelihood=known.likelihood,
        known=key_of(known),
        area=place,
        disclosed=_not_to_come(on, now),
        ticket=known.ticket,
    )
    enter(ledger, entries, [body], by, now)
    return body


def answer(ledger: Ledger, deal: str, problem: str, by: str, now: datetime, on: date | None = None) -> Problem:
    """Enter that the buyer got an answer. That is not the end of it: field staff say when it is closed."""
    entries, view = read_deal(ledger, deal)
    known = called(view, problem)
    if known.state == "closed":
        raise Unknown(f"{problem} is closed", "There is nothing to answer.")
    after = replace(known, state="answered", answered=known.answered or _not_to_come(on, now))
    enter(ledger, entries, [after], by, now)
    return after


def close(
    ledger: Ledger, deal: str, problem: str, by: str, now: datetime, role: str | None, staff: FieldStaff
) -> Problem:
    """Close a problem. Raises Unknown for whoever does not stand before customers: only the field closes one."""
    entries, view = read_deal(ledger, deal)
    known = called(view, problem)
    if known.state == "closed":
        raise Unknown(f"{problem} is closed already", "There is nothing to do.")
    if not staff.may_close(by, role):
        raise Unknown(
            f"{by} is not of the field, and only field staff may close a problem",
            f"Ask a {' or a '.join(sorted(staff.roles))}, or somebody whom your firm named for it.",
        )
    day = now.date()
    after = replace(known, state="closed", closed=day, closed_by=by, answered=known.answered or day)
    enter(ledger, entries, [after], by, now)
    return after


def reopen(ledger: Ledger, deal: str, problem: str, by: str, now: datetime) -> Problem:
    """Enter that a problem is there again: its clock goes on from when it was met."""
    entries, view = read_deal(ledger, deal)
    after = replace(called(view, problem), state="open", answered=None, closed=None, closed_by=None)
    enter(ledger, entries, [after], by, now)
    return after


def bind(ledger: Ledger, deal: str, problem: str, by: str, now: datetime, ticket: str = "", known: str = "") -> Problem:
    """Say which ticket of an issue tracker a problem has, or which problem of another deal it is the same as."""
    entries, view = read_deal(ledger, deal)
    one = called(view, problem)
    after = replace(one, ticket=_filled(ticket) or one.ticket, known=_filled(known) or one.known)
    enter(ledger, entries, [after], by, now)
    return after


def called(view: Deal, problem: str) -> Problem:
    """A problem of a deal by its id. Raises Unknown where it is not there."""
    if problem not in view.problems:
        raise Unknown(f"there is no problem '{problem}' in {view.id}", meant(problem, view.problems))
    return view.problems[problem]


def words_of(ledger: Ledger, problem: Problem) -> str:
    return text(ledger.contents, problem.words)


def _filled(told: str | None) -> str | None:
    return (told or "").strip()[:200] or None


def _not_to_come(on: date | None, now: datetime) -> date:
    day = on or now.date()
    if day > now.date():
        raise Unknown(f"{day.isoformat()} is still to come", "Name the day on which it happened.")
    return day
