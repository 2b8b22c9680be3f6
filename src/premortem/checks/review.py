"""A deal, put to every check: what nobody saw, since when it could be seen, and what to ask next.

A review of today is a pre-mortem. A deal that has ended is reviewed as it stood just before its end, since after it
everybody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from premortem.checks.base import Answer, Check, Clear, DoesNotApply, Raised, Sign
from premortem.checks.catalogue import checks
from premortem.checks.unknowns import Unknown, unknowns
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import Entry, Finding, TouchId, Waiver
from premortem.ledger.fold import deal_as_of, end_of, history
from premortem.ledger.norms import Norms

GRAVITY = {"high": 0, "medium": 1, "low": 2}

CLOSE_TO_THE_DECISION = (
    "economic_buyer_unmet",
    "economic_buyer_unknown",
    "stakeholder_unmet",
    "introduction_refused",
    "single_threaded",
    "gone_quiet",
    "close_date_unbacked",
    "no_next_step",
    "silent_participant",
    "seller_dominates",
)
"""The checks in the order in which what they find stands close to the decision itself: who decides, who else has a
say, whom we reach, when; last how we behaved. Others' checks come behind."""


class Failure(Struct, frozen=True):
    """A check that broke: its answer is missing from this review."""

    check: str
    deal: str
    error: str


class Review(Struct, frozen=True):
    """What the checks say of a deal, as of `deal.as_of`.

    `signs` stand by the check that saw them; `clear` and `not_applying` are pairs of check and reason.
    """

    deal: Deal
    findings: tuple[Finding, ...]
    signs: tuple[tuple[str, Sign], ...]
    clear: tuple[tuple[str, str], ...]
    not_applying: tuple[tuple[str, str], ...]
    failed: tuple[Failure, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    unknowns: tuple[Unknown, ...]
    likely_cause: tuple[str, str] | None
    """The finding that would most likely have lost the deal, and why it is this one."""


def review(
    entries: Iterable[Entry],
    as_of: datetime | None = None,
    norms: Norms | None = None,
    known: datetime | None = None,
    put: Mapping[str, Check] | None = None,
) -> Review:
    """Put every check (or those of `put`) to the deal as it stood at `as_of`, by what was learned up to `known`.

    Without `as_of` it is the last moment of the day of the last touch. Raises ValueError where there is no entry or
    where entries belong to several deals.
    """
    norms = norms or Norms()
    told = list(entries)
    put = checks() if put is None else put
    deal = deal_as_of(told, moment_of(told, as_of, known), known)
    answers, failed = put_to(deal, norms, put)
    raised = {name: answer for name, answer in answers.items() if isinstance(answer, Raised)}
    since, failed_before = first_visible(views(told, deal.as_of, known), norms, {name: put[name] for name in raised})
    findings = _in_order(deal, [finding(name, answer, since.get(name)) for name, answer in raised.items()])
    aside = [(one, waiver) for one in findings if (waiver := _waiver(deal, one.check)) is not None]
    left = tuple(one for one in findings if one not in [waived for waived, _ in aside])
    return Review(
        deal=deal,
        findings=left,
        signs=tuple((name, said) for name, said in answers.items() if isinstance(said, Sign)),
        clear=tuple((name, said.because) for name, said in answers.items() if isinstance(said, Clear)),
        not_applying=tuple((name, said.reason) for name, said in answers.items() if isinstance(said, DoesNotApply)),
        failed=(*failed, *failed_before),
        waived=tuple(aside),
        unknowns=unknowns(deal),
        likely_cause=likely_cause(left),
    )


def moment_of(entries: Sequence[Entry], as_of: datetime | None = None, known: datetime | None = None) -> datetime:
    """From when to look at a deal: `as_of`, else the last moment of the day of its last touch.

    A deal that has ended by then is looked at from the last moment before the day of its end.
    """
    whole = deal_as_of(entries, as_of, known)
    moment = as_of
    if moment is None:
        moment = end_of(whole.touches[-1].at.date()) if whole.touches else whole.as_of
    if whole.outcome is None:
        return moment
    before_its_end = end_of(whole.outcome[0].date() - timedelta(days=1))
    return before_its_end if as_of is None else min(moment, before_its_end)


def put_to(deal: Deal, norms: Norms, put: Mapping[str, Check]) -> tuple[dict[str, Answer], list[Failure]]:
    """What each check answers, and which ones broke: one that breaks never takes the others with it."""
    answers: dict[str, Answer] = {}
    failed = []
    for name, check in put.items():
        try:
            answers[name] = check(deal, norms)
        except Exception as error:  # noqa: BLE001  anybody's check may break; the review says so and goes on
            failed.append(Failure(name, deal.id, f"the check '{name}' broke on deal '{deal.id}': {error!r}"))
    return answers, failed


def views(entries: Iterable[Entry], as_of: datetime, known: datetime | None = None) -> Iterator[tuple[DealTouch, Deal]]:
    """The deal after each of its touches up to a moment; none where there was no touch yet."""
    seen = [entry for entry in entries if entry.at <= as_of and (known is None or entry.learned <= known)]
    return history(seen) if seen else iter(())


def first_visible(
    seen: Iterable[tuple[DealTouch, Deal]], norms: Norms, put: Mapping[str, Check]
) -> tuple[dict[str, TouchId], list[Failure]]:
    """For each check that is raised in the end: the first touch from which on it has been raised without a break.

    One that is raised by time passing alone, after the last touch, is dated to that touch.
    """
    since: dict[str, TouchId] = {}
    failed: dict[str, Failure] = {}
    last: TouchId | None = None
    for touch, deal in seen:
        answers, broken = put_to(deal, norms, put)
        failed.update((failure.check, failure) for failure in broken)
        for name in put:
            if isinstance(answers.get(name), Raised):
                since.setdefault(name, touch.id)
            else:
                since.pop(name, None)
        last = touch.id
    return {name: since.get(name, last) for name in put if last is not None}, list(failed.values())


def finding(name: str, raised: Raised, since: TouchId | None) -> Finding:
    return Finding(name, raised.severity, raised.says, raised.ask, raised.evidence, raised.touches, since)


def _in_order(deal: Deal, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, of equals the one that could be seen first."""
    day = {touch.id: number for number, touch in enumerate(deal.touches)}
    return tuple(
        sorted(findings, key=lambda one: (GRAVITY[one.severity], day.get(one.first_visible or "", -1), one.check))
    )


def _waiver(deal: Deal, check: str) -> Waiver | None:
    """The newest waiver of this check, if it still holds."""
    waivers = [waiver for _, waiver in deal.waivers if waiver.check == check]
    if not waivers or (waivers[-1].until is not None and waivers[-1].until < deal.as_of.date()):
        return None
    return waivers[-1]


def likely_cause(findings: Sequence[Finding]) -> tuple[str, str] | None:
    """The gravest finding, of equals the one closest to the decision. What is mild by now is no cause."""
    grave = [one for one in findings if one.severity != "low"]
    if not grave:
        return None
    cause = min(grave, key=lambda one: (GRAVITY[one.severity], _distance(one.check), one.check))
    others = len([one for one in grave if one.severity == cause.severity]) - 1
    why = f"of {cause.severity} severity" + (", and closer to the decision than the others that are" if others else "")
    return cause.check, f"{why}: {cause.says}"


def _distance(check: str) -> int:
    known = CLOSE_TO_THE_DECISION
    return known.index(check) if check in known else len(known)
