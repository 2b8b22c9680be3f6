"""Lessons: make one of a deal that ended, or take it back.

choices(entries, day, …)    what stood, what was said and what nobody had said on a day: of these a pattern is made
make(…), drop(…)            enter a lesson, take it back

What lessons find is in `lessons_shown.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from premortem.acts.afterwards.post_mortem import LONGEST, entries_of, new_id
from premortem.acts.playbook import Rules, rules_of
from premortem.checks.review import moment_of, review
from premortem.errors import Unknown
from premortem.learning.lessons import showing
from premortem.ledger.claims import CLAIMS, Claim
from premortem.ledger.contents import keep_text
from premortem.ledger.entries import Entry, Lesson
from premortem.ledger.fold import deal_as_of, end_of, ending
from premortem.ledger.lessons import Showing, matches, not_shown
from premortem.ledger.norms import Norms
from premortem.ledger.store import Ledger
from premortem.playbook.mistakes import meant


class Choices(Struct, frozen=True):
    """Of what a pattern can be made: the findings that stood at the end of `day`, by severity the gravest first, the
    claims that had been said by then, and those that nobody had said."""

    day: date
    findings: list[tuple[str, str]]
    said: list[str]
    unsaid: list[str]


def choices(entries: Sequence[Entry], day: date, rules: Rules | None = None, norms: Norms | None = None) -> Choices:
    """Of what a pattern of this deal can be made, as it stood on a day. Raises Unknown for a day before its first."""
    seen, findings, shown = _as_of(entries, day, rules or rules_of(), norms)
    return Choices(seen, findings, [claim for claim in CLAIMS if claim in shown.said], list(shown.unsaid))


def _as_of(
    entries: Sequence[Entry], day: date, rules: Rules, norms: Norms | None
) -> tuple[date, list[tuple[str, str]], Showing]:
    """The day from which the deal is seen, its findings with their severity, and all that it showed."""
    if not any(entry.at <= end_of(day) for entry in entries):
        first = min(entry.at for entry in entries).date()
        raise Unknown(f"nothing is known of this deal on {day.isoformat()}", f"It begins on {first.isoformat()}.")
    moment = moment_of(entries, end_of(day))
    norms = norms or rules.norms_of(deal_as_of(entries, moment))
    found = review(entries, moment, norms, put=rules.put)
    return moment.date(), [(one.check, one.severity) for one in found.findings], showing(found)


def make(
    ledger: Ledger,
    rules: Rules,
    deal: str,
    day: date,
    title: str,
    by: str,
    now: datetime,
    findings: Collection[str] = (),
    claims: Collection[str] = (),
    unsaid: Collection[str] = (),
    norms: Norms | None = None,
) -> Lesson:
    """Make a lesson of what a deal that ended looked like on a day; all of it must have held then.

    Raises Unknown for a deal that is not there or goes on, for no title, for an empty pattern, for names that there
    are not, and for what did not hold on that day.
    """
    entries = entries_of(ledger, deal)
    if ending(entries).ended is None:
        raise Unknown(f"{deal} goes on: a lesson is made after the end", "Enter how it ended first.")
    if not title.strip():
        raise Unknown("a lesson needs a title", 'Say in a few words what it warns of: --title "…".')
    seen, stood, shown = _as_of(entries, day, rules, norms)
    lesson = Lesson(
        lesson=new_id(ledger.contents).replace("c-", "l-", 1),
        title=keep_text(ledger.contents, title.strip()[:LONGEST]),
        findings=_named(findings, rules.playbook.put, "check"),
        claims=_claims(claims),
        unsaid=_claims(unsaid),
        seen=seen,
    )
    _held(lesson, shown, stood)
    return _tell(ledger, deal, lesson, by, now)


def drop(ledger: Ledger, deal: str, lesson: str, by: str, now: datetime) -> Lesson:
    """Take a lesson back; it stays in the ledger and is watched no longer. Raises Unknown where there is none."""
    known = deal_as_of(entries_of(ledger, deal)).lessons.get(lesson)
    if known is None or known.dropped:
        raise Unknown(f"there is no lesson '{lesson}' of {deal}", "`premortem lessons` lists what is there.")
    return _tell(ledger, deal, replace(known, dropped=True), by, now)


def _tell(ledger: Ledger, deal: str, lesson: Lesson, by: str, now: datetime) -> Lesson:
    ledger.store.append([Entry(deal, now, now, f"user:{by}", lesson)])
    ledger.reading.refresh(deal)
    ledger.reviews.watch(deal, lesson)
    return lesson


def _named(given: Iterable[str], known: Collection[str], what: str) -> tuple[str, ...]:
    names = dict.fromkeys(one.strip().replace(" ", "_").replace("-", "_") for one in given if one.strip())
    for name in names:
        if name not in known:
            raise Unknown(f"there is no {what} '{name}'", meant(name, known))
    return tuple(names)


def _claims(given: Iterable[str]) -> tuple[Claim, ...]:
    return _named(given, CLAIMS, "claim")  # type: ignore[return-value]  # every key of CLAIMS is a Claim


def _held(lesson: Lesson, shown: Showing, stood: Iterable[tuple[str, str]]) -> None:
    """Raises Unknown where a pattern is empty, or did not hold of the deal that it was made of."""
    assert lesson.seen is not None
    if matches(lesson, shown):
        return
    there = ", ".join(check for check, _ in stood) or "none"
    remedy = f"On {lesson.seen.isoformat()} these findings stood: {there}."
    if wrong := not_shown(lesson, shown):
        raise Unknown(f"on {lesson.seen.isoformat()} this did not hold: {'; '.join(wrong)}", remedy)
    raise Unknown("a lesson needs a pattern", f"Choose what has to hold: --findings, --claims, --unsaid. {remedy}")
