"""A deal, put to every check: what nobody saw, since when it could be seen, and what to ask next.

A review of today is a pre-mortem. A deal that has ended is reviewed as it stood just before its end, since after it
everybody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from premortem.checks.base import Answer, Check, Clear, DoesNotApply, Raised, Sign
from premortem.checks.catalogue import checks
from premortem.checks.cause import likely_causes
from premortem.checks.unknowns import Unknown, unknowns
from premortem.ledger.deal import Deal, DealTouch
from premortem.ledger.entries import Entry, Finding, TouchId, Waiver
from premortem.ledger.fold import end_of, ending, history, with_its_past
from premortem.ledger.norms import Norms

GRAVITY = {"high": 0, "medium": 1, "low": 2}


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

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What nobody knows yet, and what is known, of the six things that every post-mortem asks first."""
        return unknowns(self.deal)

    @property
    def causes(self) -> tuple[tuple[str, str], ...]:
        """The likely cause and the two next, each with why."""
        return likely_causes(self.deal, self.findings)

    @property
    def likely_cause(self) -> tuple[str, str] | None:
        """The finding that would most likely lose the deal, and why it is this one."""
        return next(iter(self.causes), None)


def review(
    entries: Iterable[Entry],
    as_of: datetime | None = None,
    norms: Norms | None = None,
    known: datetime | None = None,
    put: Mapping[str, Check] | None = None,
    today: date | None = None,
    dated: bool = True,
) -> Review:
    """Put every check (or those of `put`) to the deal as it stood at `as_of`, by what was learned up to `known`.

    Without `as_of` a deal that goes on is seen from `today`, where given: silence grows, and days pass; else it is the
    last moment of the day of the last touch. A waiver that was over by `today` no longer holds, though the deal is seen
    from an earlier day. Without `dated` no finding tells since when it could be seen,
    which is half of the work. Raises ValueError where there is no entry or where entries belong to several deals.
    """
    norms = norms or Norms()
    told = list(entries)
    put = checks() if put is None else put
    deal, past = with_its_past(told, moment_of(told, as_of, known, today), known)
    answers, failed = put_to(deal, norms, put)
    raised = {name: answer for name, answer in answers.items() if isinstance(answer, Raised)}
    since, failed_before = first_visible(past, norms, {name: put[name] for name in raised}) if dated else ({}, [])
    findings = _in_order(deal, [finding(name, answer, since.get(name)) for name, answer in raised.items()])
    aside = [(one, waiver) for one in findings if (waiver := waiver_of(deal, one.check, today)) is not None]
    waived = {one.check for one, _ in aside}
    return Review(
        deal=deal,
        findings=tuple(one for one in findings if one.check not in waived),
        signs=tuple((name, said) for name, said in answers.items() if isinstance(said, Sign)),
        clear=tuple((name, said.because) for name, said in answers.items() if isinstance(said, Clear)),
        not_applying=tuple((name, said.reason) for name, said in answers.items() if isinstance(said, DoesNotApply)),
        failed=(*failed, *failed_before),
        waived=tuple(aside),
    )


def moment_of(
    entries: Sequence[Entry],
    as_of: datetime | None = None,
    known: datetime | None = None,
    today: date | None = None,
) -> datetime:
    """From when to look at a deal: `as_of`, else the end of `today`, else the last moment of the day of its last touch.

    A deal that has ended by then is looked at from the last moment before the day of its end.
    """
    end = ending(entries, as_of, known)
    moment = as_of
    if moment is None:
        moment = end_of(end.last_touch.date()) if end.last_touch else end.latest
        if today is not None and end.ended is None:
            moment = max(moment, end_of(today))
    if end.ended is None:
        return moment
    before_its_end = end_of(end.ended.date() - timedelta(days=1))
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

    One that is raised by time passing alone, after the last touch, is dated to that touch. Each is asked from the last
    touch backwards, and no further than to where it was not raised.
    """
    from_the_end = list(seen)[::-1]
    since = {name: touch.id for touch, _ in from_the_end[:1] for name in put}
    failed: list[Failure] = []
    still = put
    for touch, deal in from_the_end:
        answers, broken = put_to(deal, norms, still)
        failed += broken
        still = {name: check for name, check in still.items() if isinstance(answers.get(name), Raised)}
        if not still:
            break
        since.update((name, touch.id) for name in still)
    return since, failed


def finding(name: str, raised: Raised, since: TouchId | None) -> Finding:
    return Finding(name, raised.severity, raised.says, raised.ask, raised.evidence, raised.touches, since)


def _in_order(deal: Deal, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, of equals the one that could be seen first."""
    day = {touch.id: number for number, touch in enumerate(deal.touches)}
    return tuple(
        sorted(findings, key=lambda one: (GRAVITY[one.severity], day.get(one.first_visible or "", -1), one.check))
    )


def waiver_of(deal: Deal, check: str, today: date | None = None) -> Waiver | None:
    """The newest waiver of this check, if it still holds on the day from which the deal is seen, and `today`."""
    waivers = [waiver for _, waiver in deal.waivers if waiver.check == check]
    day = max(today or date.min, deal.as_of.date())
    if not waivers or (waivers[-1].until is not None and waivers[-1].until < day):
        return None
    return waivers[-1]
